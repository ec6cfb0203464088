using CustomerService.Projects.Data;
using CustomerService.Projects.PlanSheets.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.PlanSheets.Features;

internal static class ListPlanSheets
{
    internal sealed record Query : PageQuery
    {
        /// <summary>The project.</summary>
        public Guid? ProjectId { get; init; }

        /// <summary>States, joined by commas.</summary>
        public EnumFilter<PlanSheetState>? State { get; init; }

        /// <summary>Drawing number.</summary>
        public TextFilter? Number { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/plan-sheets", Handle)
            .AsQuery()
            .WithSummary("Plan sheets, the newest first")
            .WithDescription("Rule P3.3. For staff. 400: bad-filter, bad-cursor.")
            .Produces<Page<PlanSheetListItem>>();

    private static Task<QueryResult> Handle(
        [AsParameters] Query query,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        db
            .PlanSheets.VisibleTo(caller.Actor)
            .Where(query.ProjectId, id => sheet => sheet.ProjectId == id)
            .Where(query.State, states => sheet => states.Contains(sheet.State))
            .Where(query.Number, number => sheet => sheet.Number == number)
            .ToPageAsync(query, sheet => PlanSheetListItem.From(sheet, caller), cancellation);
}
