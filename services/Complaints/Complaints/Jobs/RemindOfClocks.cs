using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

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
        await IsAtWorkAsync(complaint, services.GetRequiredService<ComplaintsDb>(), cancellationToken)
        && complaint.Remind(contexts.ForSystem("complaints", complaint)) is null;

    private async Task<bool> IsAtWorkAsync(Complaint complaint, ComplaintsDb db, CancellationToken cancellation)
    {
        var context = contexts.ForSystem("complaints", complaint);
        var code = complaint.ResponsibleDepartment ?? context.Policy.Complaints.ServiceDepartment;
        var department = await db.Set<DepartmentCopy>()
            .AsNoTracking()
            .FirstOrDefaultAsync(d => d.Code == code && d.Active, cancellation);
        return department is null
            || !context.Calendars.Contains(department.Calendar)
            || context.BusinessClock(department.Calendar).IsOpen(context.Now);
    }
}
