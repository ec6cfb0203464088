using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Figures.Features;

/// <summary>Which figures there are.</summary>
internal static class ListFigures
{
    internal sealed record FigureItem
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

        /// <summary>How it is counted.</summary>
        public required string Formula { get; init; }

        /// <summary>What does not count.</summary>
        public string? Excludes { get; init; }

        /// <summary>By what it is grouped and filtered.</summary>
        public required IReadOnlyList<string> Dimensions { get; init; }

        /// <summary>The events that it is made from.</summary>
        public required IReadOnlyList<string> Events { get; init; }
    }

    /// <param name="Items">All figures.</param>
    internal sealed record FigureList(IReadOnlyList<FigureItem> Items);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/figures", Handle)
            .AsQuery()
            .WithName("ListFigures")
            .WithSummary("The figures, with rule and formula")
            .WithDescription("Rule C3.1.3. The same for people: /docs/metrics.")
            .Produces<FigureList>();

    private static QueryResult Handle(Texts texts) =>
        QueryResult.Of(new FigureList([.. FigureCatalogue.All.Select(figure => ItemOf(figure, texts))]));

    private static FigureItem ItemOf(Figure figure, Texts texts) =>
        new()
        {
            Code = figure.Code,
            Name = figure.NameIn(texts),
            Rule = figure.Rule,
            Kind = figure.Kind,
            Unit = figure.Unit,
            Formula = texts.Find($"figure.{figure.Code}.formula")!,
            Excludes = texts.Find($"figure.{figure.Code}.excludes"),
            Dimensions = figure.Dimensions,
            Events = figure.Events,
        };
}
