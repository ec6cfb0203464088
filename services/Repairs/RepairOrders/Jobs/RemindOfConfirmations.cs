using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.RepairOrders.Jobs;

/// <summary>Reminds of defects that are to be confirmed with the owner (P3.2.1).</summary>
internal sealed class RemindOfConfirmations(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    RepairsSettings settings,
    ILogger<RemindOfConfirmations> log
) : DueSweep<RepairsDb, RepairOrder>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<RepairOrder> Due(RepairsDb db) =>
        db.RepairOrders.Where(RepairOrderDeadlines.ReminderDue(Longest, contexts.Clock.Today));

    // Each order is checked under its own version; the longest of all is asked for.
    private int Longest =>
        contexts.Policies.Versions.SelectMany(p => p.Repairs.ConfirmReminderDays).DefaultIfEmpty(0).Max();

    protected override Refusal? Step(RepairOrder order) =>
        order.RemindOfConfirmation(contexts.ForSystem("repairs", order));
}
