using CustomerService.Reporting.Views;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Figures.Features;

/// <summary>The cases behind a figure.</summary>
internal static class ListFigureCases
{
    /// <summary>Cursor and size.</summary>
    internal sealed record CasePage : PageQuery;

    internal sealed record FigureCaseItem
    {
        /// <summary>The record.</summary>
        public required Guid Id { get; init; }

        /// <summary>Its number.</summary>
        public string? Number { get; init; }

        /// <summary>What it is: <c>complaint</c>, <c>repair-order</c> …</summary>
        public required string Kind { get; init; }

        /// <summary>Tells several rows of one record apart; mostly empty.</summary>
        public required string Line { get; init; }

        /// <summary>The day that puts it into the period.</summary>
        public required DateOnly Day { get; init; }

        /// <summary>What it adds to the figure.</summary>
        public required decimal Value { get; init; }

        /// <summary>Its dimensions; those without a value are left out.</summary>
        public required IReadOnlyDictionary<string, string> Dimensions { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/figures/{code}/cases", Handle)
            .AsQuery()
            .WithName("ListFigureCases")
            .WithSummary("The cases behind a figure, the newest day first")
            .WithDescription(
                "Rule C3.1.3. As many as the figure has cases, under the same filters. 400 `bad-period`, `bad-filter`, `bad-cursor`."
            )
            .Produces<Page<FigureCaseItem>>();

    private static async Task<QueryResult> Handle(
        string code,
        [AsParameters] CasePage page,
        [AsParameters] FigureQuery.Query query,
        FigureReader reader,
        RowScope scope,
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

        var cases = reader.Cases(figure, filter);
        if (!string.IsNullOrEmpty(page.After))
        {
            if (Cursor.Read(page.After) is not { } after)
            {
                return PageQuery.BadCursor;
            }

            cases = cases.Where(c =>
                EF.Functions.LessThan(
                    ValueTuple.Create(c.Day, c.CaseId, c.Line),
                    ValueTuple.Create(after.Day, after.Id, after.Line)
                )
            );
        }

        var read = await cases
            .OrderByDescending(c => c.Day)
            .ThenByDescending(c => c.CaseId)
            .ThenByDescending(c => c.Line)
            .Take(page.Size + 1)
            .ToListAsync(cancellation);
        return QueryResult.Of(
            Lists.Cut(read, page, c => new Cursor(c.Day, c.CaseId, c.Line).ToString(), c => ItemOf(figure, c))
        );
    }

    private static FigureCaseItem ItemOf(Figure figure, FigureCase one) =>
        new()
        {
            Id = one.CaseId,
            Number = one.Number,
            Kind = one.Kind,
            Line = one.Line,
            Day = one.Day,
            Value = one.Value,
            Dimensions = figure
                .Dimensions.Select(name => (name, Value: FigureDimension.Find(name)!.Read(one)))
                .Where(d => !string.IsNullOrEmpty(d.Value))
                .ToDictionary(d => d.name, d => d.Value!),
        };

    private sealed record Cursor(DateOnly Day, Guid Id, string Line)
    {
        public static Cursor? Read(string text) =>
            text.Split('-', 3) is [var day, var id, var line]
            && DateOnly.TryParseExact(day, "yyyyMMdd", out var on)
            && Guid.TryParseExact(id, "N", out var identity)
                ? new(on, identity, line)
                : null;

        public override string ToString() => $"{Day:yyyyMMdd}-{Id:N}-{Line}";
    }
}
