using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Complaints.Jobs;

/// <summary>Calls promised dates and departments' own clocks to mind (C1), by mail to the one whose turn it is.</summary>
internal sealed class RemindOfOtherClocks(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    ComplaintsSettings settings,
    ILogger<RemindOfOtherClocks> log
) : DueSweep<ComplaintsDb, Complaint>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<Complaint> Due(ComplaintsDb db) =>
        db.Complaints.Where(ComplaintDeadlines.ToRemindOfClocks(contexts.Clock.Now));

    protected override async Task<bool> StepAsync(
        IServiceProvider services,
        Complaint complaint,
        CancellationToken cancellationToken
    )
    {
        var context = contexts.ForSystem("complaints", complaint);
        var due = OtherClocks.Due(complaint, context);
        if (complaint.RemindOfClocks(context) is not null)
        {
            return false;
        }

        var mails = services.GetRequiredService<ComplaintsMails>();
        var about = new RecordRef("complaints", complaint.Kind, complaint.Id, complaint.Number);
        foreach (var clock in due)
        {
            await mails.ClockAsync(context, about, complaint.Subject, clock, cancellationToken);
        }

        return true;
    }
}
