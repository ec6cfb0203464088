using System.Linq.Expressions;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Reports;
using CustomerService.Reporting.Views;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Figures;

/// <summary>Which cases of a figure are asked for.</summary>
/// <param name="Period">The days, both included.</param>
/// <param name="Words">Values by the names of dimensions; <see cref="FigureDimension.Unknown"/> for cases without.</param>
internal sealed record FigureFilter(Period Period, IReadOnlyDictionary<string, string> Words)
{
    public FigureFilter(Period period)
        : this(period, new Dictionary<string, string>()) { }
}

/// <summary>The one query of every figure: what is counted, listed, put into files and frozen comes from here.</summary>
internal sealed class FigureReader(ReportingDb db, RowScope scope, FigureSums sums)
{
    /// <summary>Reads every row, for what nobody asks.</summary>
    public static FigureReader OfAll(ReportingDb db) => new(db, RowScope.All, new FigureSums(db));

    /// <summary>The cases behind a figure.</summary>
    public IQueryable<FigureCase> Cases(Figure figure, FigureFilter filter) =>
        Cases(
            figure,
            filter,
            figure.Kind == FigureKind.Stock ? OpenAt(filter.Period.To) : Between(filter.Period.From, filter.Period.To)
        );

    /// <summary>Opens the connection for commands of one's own; it ends with the request.</summary>
    public Task OpenAsync(CancellationToken cancellation) => db.Database.OpenConnectionAsync(cancellation);

    /// <summary>The figure as a whole and in groups: the cases are read once for all of them.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="filter">Which cases.</param>
    /// <param name="groupings">By which dimensions, one or two each.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<FigureAnswer> ReadAsync(
        Figure figure,
        FigureFilter filter,
        IReadOnlyList<IReadOnlyList<string>> groupings,
        CancellationToken cancellation
    )
    {
        var answer = new FigureAnswer(figure, groupings);
        // Sums are of all cases.
        if (filter.Words.Count > 0 || scope.IsLimited || figure.Kind == FigureKind.Stock)
        {
            await CountAsync(Cases(figure, filter), answer, cancellation);
            return answer;
        }

        var left = await sums.ReadAsync(figure, filter.Period, answer, cancellation);
        if (left.Count > 0)
        {
            await CountAsync(Cases(figure, filter, AnyOf(left)), answer, cancellation);
        }

        return answer;
    }

    private IQueryable<FigureCase> Cases(Figure figure, FigureFilter filter, Expression<Func<FigureCase, bool>> days)
    {
        var cases = db.FigureCases.FromSqlRaw(FigureView.Of(figure)).AsNoTracking().Where(days);
        foreach (var (name, value) in filter.Words)
        {
            cases = cases.Where(Has(FigureDimension.Find(name)!, value));
        }

        return scope.Of(cases)!;
    }

    private async Task CountAsync(IQueryable<FigureCase> cases, FigureAnswer answer, CancellationToken cancellation)
    {
        await using var command = cases.CreateDbCommand();
#pragma warning disable CA2100 // Names of our own columns, around a query that EF Core made.
        command.CommandText = FigureView.Grouped(command.CommandText, answer.Groupings);
#pragma warning restore CA2100
        await OpenAsync(cancellation);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var (grouping, count, total) = (rows.GetInt32(0), rows.GetInt32(3), rows.GetDecimal(4));
            if (grouping < 0)
            {
                answer.Add(count, total);
            }
            else
            {
                answer.Add(grouping, rows.GetString(1), rows.GetString(2), count, total);
            }
        }
    }

    private static Expression<Func<FigureCase, bool>> OpenAt(DateOnly day) =>
        c => c.Day <= day && (c.EndsOn == null || c.EndsOn > day);

    private static Expression<Func<FigureCase, bool>> Between(DateOnly from, DateOnly to) =>
        c => c.Day >= from && c.Day <= to;

    private static Expression<Func<FigureCase, bool>> AnyOf(IReadOnlyList<Period> ranges)
    {
        var all = Between(ranges[0].From, ranges[0].To);
        foreach (var range in ranges.Skip(1))
        {
            var next = Between(range.From, range.To);
            all = Expression.Lambda<Func<FigureCase, bool>>(
                Expression.OrElse(all.Body, new Replaced(next.Parameters[0], all.Parameters[0]).Visit(next.Body)),
                all.Parameters
            );
        }

        return all;
    }

    private static Expression<Func<FigureCase, bool>> Has(FigureDimension dimension, string value)
    {
        if (dimension.Name is "projectId" or "customerId" && value != FigureDimension.Unknown)
        {
            var id = Guid.Parse(value);
            return dimension.Name == "projectId" ? c => c.ProjectId == id : c => c.CustomerId == id;
        }

        Expression<Func<string>> given = () => value;
        return Expression.Lambda<Func<FigureCase, bool>>(
            value == FigureDimension.Unknown ? Missing(dimension) : Expression.Equal(dimension.Of.Body, given.Body),
            dimension.Of.Parameters
        );
    }

    private static Expression Missing(FigureDimension dimension) =>
        dimension.Of.Body is MethodCallExpression { Object: { } id }
            ? Expression.Equal(id, Expression.Constant(null, id.Type))
            : Expression.Equal(dimension.Of.Body, Expression.Constant(null, typeof(string)));

    private sealed class Replaced(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
