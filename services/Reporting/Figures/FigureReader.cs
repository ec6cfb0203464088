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

/// <summary>A figure, or a group of it.</summary>
/// <param name="Keys">Values of the dimensions that it is grouped by, in their order.</param>
/// <param name="Cases">How many cases.</param>
/// <param name="Total">What their values add up to.</param>
internal sealed record FigureTotals(IReadOnlyList<string> Keys, int Cases, decimal Total);

/// <summary>The one query of every figure: what is counted, listed, put into files and frozen comes from here.</summary>
internal sealed class FigureReader(ReportingDb db, RowScope scope)
{
    /// <summary>The cases behind a figure.</summary>
    public IQueryable<FigureCase> Cases(Figure figure, FigureFilter filter)
    {
        var (from, to) = (filter.Period.From, filter.Period.To);
        var cases = db.FigureCases.FromSqlRaw(FigureView.Of(figure)).AsNoTracking();
        cases =
            figure.Kind == FigureKind.Stock
                ? cases.Where(c => c.Day <= to && (c.EndsOn == null || c.EndsOn > to))
                : cases.Where(c => c.Day >= from && c.Day <= to);
        foreach (var (name, value) in filter.Words)
        {
            cases = cases.Where(Has(FigureDimension.Find(name)!, value));
        }

        return scope.Of(cases)!;
    }

    /// <summary>Opens the connection for commands of one's own; it ends with the request.</summary>
    public Task OpenAsync(CancellationToken cancellation) => db.Database.OpenConnectionAsync(cancellation);

    /// <summary>The figure as a whole.</summary>
    public async Task<FigureTotals> TotalAsync(Figure figure, FigureFilter filter, CancellationToken cancellation) =>
        (
            await Cases(figure, filter)
                .GroupBy(_ => 1)
                .Select(all => new FigureTotals(Array.Empty<string>(), all.Count(), all.Sum(c => c.Value)))
                .ToListAsync(cancellation)
        ).SingleOrDefault() ?? new([], 0, 0);

    /// <summary>The figure in groups, the largest first.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="filter">Which cases.</param>
    /// <param name="by">One dimension or two.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<IReadOnlyList<FigureTotals>> GroupsAsync(
        Figure figure,
        FigureFilter filter,
        IReadOnlyList<FigureDimension> by,
        CancellationToken cancellation
    )
    {
        var groups = await Cases(figure, filter)
            .GroupBy(KeyOf(by[0], by.Count > 1 ? by[1] : by[0]))
            .Select(g => new
            {
                g.Key.First,
                g.Key.Second,
                Cases = g.Count(),
                Total = g.Sum(c => c.Value),
            })
            .ToListAsync(cancellation);
        return
        [
            .. groups
                .Select(g => new FigureTotals(
                    by.Count > 1 ? [Word(g.First), Word(g.Second)] : [Word(g.First)],
                    g.Cases,
                    g.Total
                ))
                .OrderByDescending(g => Math.Abs(g.Total))
                .ThenByDescending(g => g.Cases)
                .ThenBy(g => string.Join('\n', g.Keys), StringComparer.Ordinal),
        ];
    }

    private static string Word(string? value) => string.IsNullOrEmpty(value) ? FigureDimension.Unknown : value;

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

    private static Expression<Func<FigureCase, GroupKey>> KeyOf(FigureDimension first, FigureDimension second)
    {
        var one = first.Of.Parameters[0];
        var other = new Replaced(second.Of.Parameters[0], one).Visit(second.Of.Body);
        return Expression.Lambda<Func<FigureCase, GroupKey>>(
            Expression.MemberInit(
                Expression.New(typeof(GroupKey)),
                Expression.Bind(typeof(GroupKey).GetProperty(nameof(GroupKey.First))!, first.Of.Body),
                Expression.Bind(typeof(GroupKey).GetProperty(nameof(GroupKey.Second))!, other)
            ),
            one
        );
    }

    private sealed class GroupKey
    {
        public string? First { get; init; }

        public string? Second { get; init; }
    }

    private sealed class Replaced(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
