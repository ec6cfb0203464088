using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Complaints.Jobs;

/// <summary>Marks and announces each complaint whose liability was unclear for too long (C5.5.1).</summary>
internal sealed class RequireMeetings(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    ComplaintsSettings settings,
    ILogger<RequireMeetings> log
) : DueSweep<ComplaintsDb, Complaint>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<Complaint> Due(ComplaintsDb db) =>
        db.Complaints.Where(ComplaintDeadlines.MeetingToRequire(contexts.Clock.Today));

    protected override Refusal? Step(Complaint complaint) =>
        complaint.RequireMeeting(contexts.ForSystem("complaints", complaint));
}
