using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Capas.Features;

internal static class GetCapa
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/capas/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("A CAPA with proposal, review, execution, verification and earlier rounds")
            .WithDescription("Rules C5.4 and C5.6.2; staff. The ETag is for If-Match.")
            .Produces<CapaView>();

    private static Task<QueryResult> Handle(Guid id, ComplaintsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.Capas.VisibleTo(caller.Actor), id, CapaView.From, cancellation);
}
