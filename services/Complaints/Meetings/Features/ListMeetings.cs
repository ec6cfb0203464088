using CustomerService.Complaints.Data;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Meetings.Features;

internal static class ListMeetings
{
    /// <summary>Filters; all given ones must hold.</summary>
    internal sealed record Query : PageQuery
    {
        /// <summary>States, joined by commas.</summary>
        public EnumFilter<ReviewMeetingState>? State { get; init; }

        /// <summary>The complaint.</summary>
        public Guid? ComplaintId { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/meetings", Handle)
            .AsQuery()
            .WithSummary("Meetings of the department heads, the newest first")
            .WithDescription("Rule C5.5; staff.")
            .Produces<Page<ReviewMeetingListItem>>();

    private static Task<QueryResult> Handle(
        [AsParameters] Query query,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        db
            .Meetings.VisibleTo(caller.Actor)
            .Where(query.State, states => meeting => states.Contains(meeting.State))
            .Where(query.ComplaintId, id => meeting => meeting.ComplaintId == id)
            .ToPageAsync(query, meeting => ReviewMeetingListItem.From(meeting, caller), cancellation);
}
