using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.ServiceDefaults;

/// <summary>Filters and pages of lists, the same in every service.</summary>
public static class Lists
{
    /// <summary>Applies the condition where the filter is given.</summary>
    public static IQueryable<T> Where<T, TValue>(
        this IQueryable<T> source,
        TValue? given,
        Func<TValue, Expression<Func<T, bool>>> condition
    )
        where TValue : struct => given is { } value ? source.Where(condition(value)) : source;

    /// <summary>Keeps what is in one of the states, kinds … of the filter, where it is given.</summary>
    [OverloadResolutionPriority(1)]
    public static IQueryable<T> Where<T, TEnum>(
        this IQueryable<T> source,
        EnumFilter<TEnum>? given,
        Func<IReadOnlyList<TEnum>, Expression<Func<T, bool>>> condition
    )
        where TEnum : struct, Enum =>
        given is not { } filter ? source
        : filter.Values is [var one] ? source.Where(new OneValue<TEnum>(one).Of(condition(filter.Values)))
        : source.Where(condition(filter.Values));

    // One value of a list is written as an equation: an index then gives the rows in the order of the page.
    private sealed class OneValue<TEnum>(TEnum value) : ExpressionVisitor
        where TEnum : struct, Enum
    {
        public Expression<Func<T, bool>> Of<T>(Expression<Func<T, bool>> condition) =>
            (Expression<Func<T, bool>>)Visit(condition);

        protected override Expression VisitMethodCall(MethodCallExpression node) =>
            node is { Method.Name: nameof(Enumerable.Contains), Arguments: [var list, var item] }
            && list.Type.IsAssignableTo(typeof(IEnumerable<TEnum>))
                ? Expression.Equal(Visit(item), Expression.Constant(value))
                : base.VisitMethodCall(node);
    }

    /// <summary>Applies the condition where the day is given.</summary>
    [OverloadResolutionPriority(1)]
    public static IQueryable<T> Where<T>(
        this IQueryable<T> source,
        Day? given,
        Func<DateOnly, Expression<Func<T, bool>>> condition
    ) => given is { } day ? source.Where(condition(day.Value)) : source;

    /// <summary>Applies the condition where the text is given.</summary>
    [OverloadResolutionPriority(1)]
    public static IQueryable<T> Where<T>(
        this IQueryable<T> source,
        TextFilter? given,
        Func<string, Expression<Func<T, bool>>> condition
    ) => given is { } text ? source.Where(condition(text.Value)) : source;

    /// <summary>
    /// A page, the newest first: identities are of version 7 and so in order of time.
    /// </summary>
    /// <param name="source">What the caller may see, filtered.</param>
    /// <param name="query">Cursor and size.</param>
    /// <param name="item">Makes the list item.</param>
    /// <param name="cancellation">Ends the read.</param>
    public static async Task<QueryResult> ToPageAsync<T, TItem>(
        this IQueryable<T> source,
        PageQuery query,
        Func<T, TItem> item,
        CancellationToken cancellation
    )
        where T : Aggregate
    {
        if (!query.TryAfter(out var after))
        {
            return PageQuery.BadCursor;
        }

        if (after is { } last)
        {
            source = source.Where(record => record.Id < last);
        }

        var read = await source
            .AsNoTracking()
            .OrderByDescending(record => record.Id)
            .Take(query.Size + 1)
            .ToListAsync(cancellation);
        return QueryResult.Of(Cut(read, query, record => record.Id.ToString("N"), item));
    }

    /// <summary>Cuts a list that was read with one item more than the page has.</summary>
    public static Page<TItem> Cut<T, TItem>(
        IReadOnlyList<T> read,
        PageQuery query,
        Func<T, string> cursor,
        Func<T, TItem> item
    ) => new([.. read.Take(query.Size).Select(item)], read.Count > query.Size ? cursor(read[query.Size - 1]) : null);

    /// <summary>
    /// What has the text, however wide it is typed, in traditional or simplified characters, with whatever punctuation.
    /// A search of signs only finds nothing: every text would contain it.
    /// </summary>
    /// <param name="searched">The column that <see cref="SearchText.Of"/> made.</param>
    /// <param name="search">As the user typed it.</param>
    public static Expression<Func<T, bool>> Has<T>(Expression<Func<T, string>> searched, string search)
    {
        ArgumentNullException.ThrowIfNull(searched);
        var fragment = TextFolding.ForSearch(search);
        Expression<Func<string>> looked = () => fragment;
        Expression found =
            fragment.Length == 0
                ? Expression.Constant(false)
                : Expression.Call(searched.Body, nameof(string.Contains), [], looked.Body);
        return Expression.Lambda<Func<T, bool>>(found, searched.Parameters);
    }
}
