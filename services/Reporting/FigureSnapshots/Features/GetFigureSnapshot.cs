using CustomerService.Reporting.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.FigureSnapshots.Features;

internal static class GetFigureSnapshot
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/figure-snapshots/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("A frozen figure")
            .WithDescription("Rule C5.7; staff.")
            .Produces<FigureSnapshotView>();

    private static Task<QueryResult> Handle(Guid id, ReportingDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.FigureSnapshots, id, FigureSnapshotView.Of, cancellation);
}
