using System.Linq.Expressions;
using System.Reflection;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Pages of tables with many wide rows, in two reads: first the identities, which an index alone can tell for most
/// filters, then the rows of this page only. The order is that of <see cref="Lists"/>.
/// </summary>
public static class LargeLists
{
    private static readonly MethodInfo LessThan = typeof(NpgsqlDbFunctionsExtensions)
        .GetMethods()
        .First(method => method.Name == nameof(NpgsqlDbFunctionsExtensions.LessThan));

    /// <summary>A page, the newest first.</summary>
    /// <param name="source">What the caller may see, filtered.</param>
    /// <param name="query">Cursor and size.</param>
    /// <param name="load">Reads the items of these identities, in any order.</param>
    /// <param name="cancellation">Ends the first read.</param>
    public static async Task<QueryResult> ToPageInTwoStepsAsync<T, TItem>(
        this IQueryable<T> source,
        PageQuery query,
        Func<IReadOnlyList<Guid>, Task<IReadOnlyDictionary<Guid, TItem>>> load,
        CancellationToken cancellation
    )
        where T : Aggregate
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(load);
        if (!query.TryAfter(out var after))
        {
            return PageQuery.BadCursor;
        }

        if (after is { } last)
        {
            source = source.Where(record => record.Id < last);
        }

        var keys = await source
            .OrderByDescending(record => record.Id)
            .Take(query.Size + 1)
            .Select(record => record.Id)
            .ToListAsync(cancellation);
        var items = await load([.. keys.Take(query.Size)]);
        return QueryResult.Of(Lists.Cut([.. keys.Where(IsThere)], query, key => key.ToString("N"), key => items[key]));

        // What is beyond the page only tells that there is another one.
        bool IsThere(Guid key) => items.ContainsKey(key) || (keys.Count > query.Size && key == keys[^1]);
    }

    /// <summary>A page by a day, the latest first, and within a day by identity.</summary>
    /// <inheritdoc cref="ToPageInTwoStepsAsync"/>
    /// <param name="source">What the caller may see, filtered.</param>
    /// <param name="query">Cursor and size.</param>
    /// <param name="by">The day; an index on it and on the identity makes it fast.</param>
    /// <param name="load">Reads the items of these identities, in any order.</param>
    /// <param name="cancellation">Ends the first read.</param>
    public static async Task<QueryResult> ToPageInTwoStepsByAsync<T, TItem>(
        this IQueryable<T> source,
        PageQuery query,
        Expression<Func<T, DateOnly>> by,
        Func<IReadOnlyList<Guid>, Task<IReadOnlyDictionary<Guid, TItem>>> load,
        CancellationToken cancellation
    )
        where T : Aggregate
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(load);
        if (!string.IsNullOrEmpty(query.After))
        {
            if (!DatedCursor.TryRead(query.After, out var last))
            {
                return PageQuery.BadCursor;
            }

            source = source.Where(Before(by, last));
        }

        var keys = await source
            .OrderByDescending(by)
            .ThenByDescending(record => record.Id)
            .Take(query.Size + 1)
            .Select(KeyOf(by))
            .ToListAsync(cancellation);
        var items = await load([.. keys.Take(query.Size).Select(key => key.Id)]);
        return QueryResult.Of(Lists.Cut([.. keys.Where(IsThere)], query, key => key.ToString(), key => items[key.Id]));

        bool IsThere(DatedCursor key) => items.ContainsKey(key.Id) || (keys.Count > query.Size && key == keys[^1]);
    }

    private static Expression<Func<T, DatedCursor>> KeyOf<T>(Expression<Func<T, DateOnly>> by)
        where T : Aggregate =>
        Expression.Lambda<Func<T, DatedCursor>>(
            Expression.New(
                typeof(DatedCursor).GetConstructors()[0],
                by.Body,
                Expression.Property(by.Parameters[0], nameof(Aggregate.Id))
            ),
            by.Parameters
        );

    // (day, id) < (last.On, last.Id), as a row comparison that an index answers.
    private static Expression<Func<T, bool>> Before<T>(Expression<Func<T, DateOnly>> by, DatedCursor last)
        where T : Aggregate
    {
        Expression<Func<ValueTuple<DateOnly, Guid>>> bound = () => ValueTuple.Create(last.On, last.Id);
        var id = Expression.Property(by.Parameters[0], nameof(Aggregate.Id));
        var pair = Expression.Call(
            typeof(ValueTuple),
            nameof(ValueTuple.Create),
            [typeof(DateOnly), typeof(Guid)],
            by.Body,
            id
        );
        return Expression.Lambda<Func<T, bool>>(
            Expression.Call(
                LessThan,
                Expression.Constant(EF.Functions),
                Expression.Convert(pair, LessThan.GetParameters()[1].ParameterType),
                Expression.Convert(bound.Body, LessThan.GetParameters()[2].ParameterType)
            ),
            by.Parameters
        );
    }
}
