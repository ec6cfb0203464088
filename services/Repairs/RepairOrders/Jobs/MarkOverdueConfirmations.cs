using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders.Jobs;

/// <summary>Marks and announces each defect that was not confirmed with the owner by its due day (P3.2.1).</summary>
internal sealed class MarkOverdueConfirmations(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    RepairsSettings settings,
    ILogger<MarkOverdueConfirmations> log
) : DueSweep<RepairsDb, RepairOrder>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<RepairOrder> Due(RepairsDb db) =>
        db.RepairOrders.Where(RepairOrderDeadlines.ConfirmationToMark(contexts.Clock.Today));

    protected override Refusal? Step(RepairOrder order) => order.MarkOverdue(contexts.ForSystem("repairs", order));
}
