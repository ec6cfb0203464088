using CustomerService.Reporting.Data;
using CustomerService.Reporting.Figures;
using CustomerService.Reporting.FigureSnapshots.Domain;
using CustomerService.Reporting.Reports;
using CustomerService.Reporting.Views;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Reporting.FigureSnapshots.Features;

internal static class FreezeFigure
{
    /// <param name="Figure">Code of the figure.</param>
    /// <param name="From">First day.</param>
    /// <param name="To">Last day.</param>
    /// <param name="Filters">Values by dimension; none for all cases.</param>
    internal sealed record Request(
        string Figure,
        DateOnly? From,
        DateOnly? To,
        IReadOnlyDictionary<string, string>? Filters = null
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Figure)
                .Must(code => FigureCatalogue.Find(code ?? "") is not null)
                .WithErrorCode("figure-unknown");
            RuleFor(r => r.From).NotNull();
            RuleFor(r => r.To).NotNull();
            RuleFor(r => r.Filters)
                .Must((r, filters) => FigureCatalogue.Find(r.Figure ?? "") is not { } figure || Fit(figure, filters))
                .WithErrorCode("figure-filters");
        }

        private static bool Fit(Figure figure, IReadOnlyDictionary<string, string>? filters) =>
            filters is null
            || filters.All(f =>
                figure.Dimensions.Contains(f.Key)
                && f.Value is { Length: > 0 and <= TextFilter.Longest }
                && (
                    f.Key is not ("projectId" or "customerId")
                    || f.Value == FigureDimension.Unknown
                    || Guid.TryParse(f.Value, out _)
                )
            );
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/figure-snapshots", Handle)
            .AsCommand()
            .WithSummary("Freezes a figure with its cases")
            .WithDescription(
                """
                Rule C5.7; staff. What was frozen stays, with a hash; /figure-snapshots/{id}/changes says what is not so any more.
                400 `bad-period`; 409 `too-many-cases` beyond 20,000.
                """
            )
            .WithExample(new Request("complaints-registered", new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31)))
            .Produces<FigureSnapshotView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        ReportingDb db,
        FigureReader reader,
        Freshness freshness,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (Period.Of(body.From!.Value, body.To!.Value).Failed(out var refusal, out var period))
        {
            return refusal;
        }

        var figure = FigureCatalogue.Find(body.Figure)!;
        var filters = body.Filters ?? new Dictionary<string, string>();
        var asOf = await freshness.AsOfAsync(cancellation);
        var cases = await FrozenCases.ReadAsync(reader, figure, new(period, filters), cancellation);
        if (cases.Count > FrozenCases.Most)
        {
            return Refusal.ByRule("too-many-cases", "C5.7", ["period-or-filter"]);
        }

        var frozen = new FrozenFigure(figure.Code, period.From, period.To, filters, asOf);
        return caller.Create(
            db,
            "figure-snapshots",
            FigureSnapshot.Freeze(caller.Context(), frozen, cases),
            FigureSnapshotView.Of
        );
    }
}
