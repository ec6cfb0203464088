using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints;

/// <summary>Calls promised dates and departments' own clocks to mind (C1), by mail to the one whose turn it is, while that
/// department is at work.</summary>
internal abstract class RemindOfDueClocks<T>(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    ComplaintsSettings settings,
    ILogger log
) : DueSweep<ComplaintsDb, T>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
    where T : Aggregate, IHaveClocks
{
    protected override IQueryable<T> Due(ComplaintsDb db)
    {
        var now = contexts.Clock.Now;
        return db.Set<T>().Where(record => record.ClockRemindAt != null && record.ClockRemindAt <= now);
    }

    protected override async Task<bool> StepAsync(
        IServiceProvider services,
        T record,
        CancellationToken cancellationToken
    )
    {
        var context = contexts.ForSystem("complaints", record);
        var due = record.DueClocks(context);
        if (
            !await IsAnyAtWorkAsync(services.GetRequiredService<ComplaintsDb>(), due, context, cancellationToken)
            || record.RemindOfClocks(context) is not null
        )
        {
            return false;
        }

        var mails = services.GetRequiredService<ComplaintsMails>();
        var about = new RecordRef("complaints", record.Kind, record.Id, record.Number);
        foreach (var clock in due)
        {
            await mails.ClockAsync(context, about, record.Subject, clock, cancellationToken);
        }

        return true;
    }

    private static async Task<bool> IsAnyAtWorkAsync(
        ComplaintsDb db,
        IReadOnlyList<ClockToRemind> due,
        CommandContext context,
        CancellationToken cancellation
    )
    {
        foreach (var department in due.Select(clock => clock.AtWork).Distinct())
        {
            if (await db.IsAtWorkAsync(department, context, cancellation))
            {
                return true;
            }
        }

        return due.Count == 0;
    }
}
