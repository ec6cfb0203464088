using CustomerService.Reporting.Views;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Figures.Features;

/// <summary>A figure of a period, whole and in groups.</summary>
internal static class GetFigure
{
    /// <param name="Keys">Values of <c>by</c>, in its order; as filters they give the cases of the group.</param>
    /// <param name="Cases">How many cases.</param>
    /// <param name="Total">What their values add up to.</param>
    /// <param name="Value">The figure of the group; null where there is nothing to divide by.</param>
    internal sealed record Group(IReadOnlyList<string> Keys, int Cases, decimal Total, decimal? Value);

    internal sealed record FigureView
    {
        /// <summary>Its name in addresses.</summary>
        public required string Code { get; init; }

        /// <summary>Its name for people, in the language of the request.</summary>
        public required string Name { get; init; }

        /// <summary>The rule that asks for it.</summary>
        public required string Rule { get; init; }

        /// <summary>How it is made from its cases.</summary>
        public required FigureKind Kind { get; init; }

        /// <summary><c>cases</c>, <c>percent</c>, <c>days</c>, <c>money</c>, <c>pieces</c>.</summary>
        public required string Unit { get; init; }

        /// <summary>First day.</summary>
        public required DateOnly From { get; init; }

        /// <summary>Last day.</summary>
        public required DateOnly To { get; init; }

        /// <summary>The time zone whose days are counted.</summary>
        public required string TimeZone { get; init; }

        /// <summary>How many cases.</summary>
        public required int Cases { get; init; }

        /// <summary>What their values add up to.</summary>
        public required decimal Total { get; init; }

        /// <summary>The figure; null, never 0, where there is nothing to divide by.</summary>
        public decimal? Value { get; init; }

        /// <summary>By what the groups are.</summary>
        public required IReadOnlyList<string> By { get; init; }

        /// <summary>The groups, the largest first.</summary>
        public required IReadOnlyList<Group> Groups { get; init; }

        /// <summary>When the last event happened that is in it, UTC.</summary>
        public required DateTimeOffset DataAsOf { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/figures/{code}", Handle)
            .AddEndpointFilter(OneSnapshot.ReadAsync)
            .AsQuery()
            .WithName("GetFigure")
            .WithSummary("A figure of a period")
            .WithDescription(
                """
                Rule C3.1.3. `by` groups it by one dimension or two, `by=department,month`. The cases behind the figure, or behind
                a group with its keys as filters: /figures/{code}/cases. 400 `bad-period`, `bad-filter`.
                """
            )
            .Produces<FigureView>();

    private static async Task<QueryResult> Handle(
        string code,
        TextFilter? by,
        [AsParameters] FigureQuery.Query query,
        FigureReader reader,
        RowScope scope,
        Freshness freshness,
        Texts texts,
        CompanyClock clock,
        CancellationToken cancellation
    )
    {
        if (FigureCatalogue.Find(code) is not { } figure)
        {
            return QueryResult.NotFound;
        }

        if (scope.Refuse(figure) is { } notYours)
        {
            return notYours;
        }

        if (FigureQuery.Read(figure, query).Failed(out var refusal, out var filter))
        {
            return refusal;
        }

        string[] names = by is { } given ? given.Value.Split(',') : [];
        if (names.Length > 2 || names.Except(figure.Dimensions).Any() || names.Distinct().Count() < names.Length)
        {
            return PageQuery.BadFilter("by", figure.Dimensions);
        }

        var asOf = await freshness.AsOfAsync(cancellation);
        var whole = await reader.ReadAsync(figure, filter, names.Length == 0 ? [] : new[] { names }, cancellation);
        var groups = names.Length == 0 ? [] : whole.By(names);
        return QueryResult.Of(
            new FigureView
            {
                Code = figure.Code,
                Name = figure.NameIn(texts),
                Rule = figure.Rule,
                Kind = figure.Kind,
                Unit = figure.Unit,
                From = filter.Period.From,
                To = filter.Period.To,
                TimeZone = clock.Zone.Id,
                Cases = whole.Cases,
                Total = whole.Total,
                Value = whole.Value,
                By = names,
                Groups = [.. groups.Select(g => new Group(g.Keys, g.Cases, g.Total, figure.ValueOf(g.Cases, g.Total)))],
                DataAsOf = asOf,
            }
        );
    }
}
