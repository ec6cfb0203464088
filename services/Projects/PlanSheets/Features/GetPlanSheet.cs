using CustomerService.Projects.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.PlanSheets.Features;

internal static class GetPlanSheet
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/plan-sheets/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("A plan sheet with its revisions and pins")
            .WithDescription("Rule P3.3. For staff.")
            .Produces<PlanSheetView>();

    private static Task<QueryResult> Handle(Guid id, ProjectsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.PlanSheets.VisibleTo(caller.Actor), id, PlanSheetView.From, cancellation);
}
