using CustomerService.Repairs.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Features.RepairOrders;

internal static class GetAuditTrail
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/audit/{aggregateId:guid}", Handle)
        .WithSummary("The audit trail of a repair order, hash by hash")
        .WithDescription("Rule P3.3. For staff. Each entry carries the hash of the one before; `verify-audit` checks them all.")
        .Produces<IReadOnlyList<AuditEntry>>();

    private static async Task<IResult> Handle(Guid aggregateId, RepairsDb store, Caller caller, HttpContext context, CancellationToken cancellationToken)
    {
        if (!caller.Actor.HasAny(Roles.Staff))
        {
            return Problems.Result(context, StatusCodes.Status404NotFound, "not-found");
        }

        var rows = await store.Set<AuditRow>().AsNoTracking().Where(r => r.AggregateId == aggregateId).OrderBy(r => r.Sequence).ToListAsync(cancellationToken);
        return rows.Count == 0
            ? Problems.Result(context, StatusCodes.Status404NotFound, "not-found")
            : Results.Json(rows.Select(r => r.ToEntry()).ToList(), Json.Options);
    }
}
