using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Complaints.Jobs;

/// <summary>Calls targets to mind before they run out and escalates those that did (C1), while the department that has the
/// complaint is at work by its own calendar.</summary>
internal sealed class RemindOfClocks(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    ComplaintsSettings settings,
    ILogger<RemindOfClocks> log
) : DueSweep<ComplaintsDb, Complaint>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<Complaint> Due(ComplaintsDb db) =>
        db.Complaints.Where(ComplaintDeadlines.ToRemind(contexts.Clock.Now));

    protected override async Task<bool> StepAsync(
        IServiceProvider services,
        Complaint complaint,
        CancellationToken cancellationToken
    ) =>
        contexts.ForSystem("complaints", complaint) is var context
        && await services
            .GetRequiredService<ComplaintsDb>()
            .IsAtWorkAsync(
                complaint.ResponsibleDepartment ?? context.Policy.Complaints.ServiceDepartment,
                context,
                cancellationToken
            )
        && complaint.Remind(context) is null;
}
