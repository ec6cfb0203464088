using CustomerService.Reporting.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.FigureSnapshots.Features;

internal static class ListFigureSnapshots
{
    internal sealed record Query : PageQuery
    {
        /// <summary>Code of the figure.</summary>
        public TextFilter? Figure { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/figure-snapshots", Handle)
            .AsQuery()
            .WithSummary("Frozen figures, the newest first")
            .WithDescription("Rule C5.7; staff. 400 `bad-filter`, `bad-cursor`.")
            .Produces<Page<FigureSnapshotView>>();

    private static Task<QueryResult> Handle(
        [AsParameters] Query query,
        ReportingDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        db
            .FigureSnapshots.Where(query.Figure, figure => s => s.FigureCode == figure)
            .ToPageAsync(query, s => FigureSnapshotView.Of(s, caller), cancellation);
}
