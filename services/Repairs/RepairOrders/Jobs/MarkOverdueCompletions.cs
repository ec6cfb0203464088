using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.RepairOrders.Jobs;

/// <summary>Marks and announces each order that is not finished by its target (P3.2.2).</summary>
internal sealed class MarkOverdueCompletions(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    RepairsSettings settings,
    ILogger<MarkOverdueCompletions> log
) : DueSweep<RepairsDb, RepairOrder>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<RepairOrder> Due(RepairsDb db) =>
        db
            .RepairOrders.Where(RepairOrderDeadlines.FinishOverdue(true, contexts.Clock.Now))
            .Where(order => order.FinishOverdueOn == null);

    protected override Refusal? Step(RepairOrder order) =>
        order.MarkFinishOverdue(contexts.ForSystem("repairs", order));
}
