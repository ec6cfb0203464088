using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.ChargeBacks.Features;

internal static class GetChargeBack
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/charge-backs/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("A charge-back with what was said of it")
            .WithDescription("Rule P3.1.1. 404 where the caller may not see it.")
            .Produces<ChargeBackView>();

    private static Task<QueryResult> Handle(Guid id, RepairsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.ChargeBacks.VisibleTo(caller.Actor), id, ChargeBackView.From, cancellation);
}
