using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.ActionItems.Features;

internal static class GetActionItem
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/action-items/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("An action item with its result, extensions and escalations")
            .WithDescription("Rules C3.1.4, C5.3.1, C5.5, C5.6.2, C5.7; staff. The ETag is for If-Match.")
            .Produces<ActionItemView>();

    private static Task<QueryResult> Handle(Guid id, ComplaintsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.ActionItems.VisibleTo(caller.Actor), id, ActionItemView.From, cancellation);
}
