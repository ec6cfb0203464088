using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.RepairOrders.Jobs;

/// <summary>Marks and announces each order whose work has not begun by its target (P3.2.2).</summary>
internal sealed class MarkOverdueStarts(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    RepairsSettings settings,
    ILogger<MarkOverdueStarts> log
) : DueSweep<RepairsDb, RepairOrder>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<RepairOrder> Due(RepairsDb db) =>
        db
            .RepairOrders.Where(RepairOrderDeadlines.StartOverdue(true, contexts.Clock.Now))
            .Where(order => order.StartOverdueOn == null);

    protected override Refusal? Step(RepairOrder order) => order.MarkStartOverdue(contexts.ForSystem("repairs", order));
}
