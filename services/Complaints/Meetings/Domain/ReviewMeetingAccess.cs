using CustomerService.Rules;

namespace CustomerService.Complaints.Meetings.Domain;

/// <summary>Meetings are internal: staff see all of them, others none.</summary>
internal static class ReviewMeetingAccess
{
    public static IQueryable<ReviewMeeting> VisibleTo(this IQueryable<ReviewMeeting> meetings, Actor actor) =>
        actor.IsStaff() ? meetings : meetings.Where(_ => false);
}
