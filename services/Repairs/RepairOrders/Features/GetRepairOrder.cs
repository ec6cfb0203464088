using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class GetRepairOrder
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/repair-orders/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("A repair order with its whole history")
            .WithDescription(
                """
                Rule P3.3. `_actions` lists what the caller can do now. Owners see the record once it is approved, what
                passed inspection, and the steps that concern them; the repair unit besides what it needs for the
                work. Opinions of the house, reasons, and what is between contractor and subcontractor, are for staff; so
                is what was far from the site. 404 where the caller may not see it.
                """
            )
            .Produces<RepairOrderView>();

    private static async Task<QueryResult> Handle(
        Guid id,
        RepairsDb db,
        FieldPlaces places,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var visible = db.RepairOrders.AsNoTracking().VisibleTo(caller.Actor);
        if (await visible.FirstOrDefaultAsync(o => o.Id == id, cancellation) is not { } order)
        {
            return QueryResult.NotFound;
        }

        var staff = caller.IsStaff;
        var steps = RepairOrderRelease.To(caller.Actor, order).Steps;
        var history = await db.Set<AuditRow>()
            .AsNoTracking()
            .Where(row => row.AggregateId == id && (staff || steps.Contains(row.Action)))
            .OrderBy(row => row.Sequence)
            .Select(row => new HistoryEntry
            {
                Sequence = row.Sequence,
                Action = row.Action,
                From = row.FromState,
                To = row.ToState,
                By = row.ActorName,
                At = row.At,
                Why = staff ? row.Why : null,
            })
            .ToListAsync(cancellation);
        var far = staff ? await places.FarPhotosAsync(order, caller.Context(order).Policy.Repairs, cancellation) : null;
        return QueryResult.Of(
            RepairOrderView.From(order, caller) with
            {
                FarPhotos = far,
                History = history,
            },
            order.Version
        );
    }
}
