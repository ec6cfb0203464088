using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.RepairOrders.Jobs;

/// <summary>Marks and announces each order that its unit has not received in time (P3.1.1).</summary>
internal sealed class MarkOverdueReceipts(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    RepairsSettings settings,
    ILogger<MarkOverdueReceipts> log
) : DueSweep<RepairsDb, RepairOrder>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<RepairOrder> Due(RepairsDb db) =>
        db
            .RepairOrders.Where(RepairOrderDeadlines.ReceiptOverdue(true, contexts.Clock.Today))
            .Where(order => order.ReceiptOverdueOn == null);

    protected override Refusal? Step(RepairOrder order) =>
        order.MarkReceiptOverdue(contexts.ForSystem("repairs", order));
}
