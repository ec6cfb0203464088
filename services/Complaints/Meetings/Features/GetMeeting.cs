using CustomerService.Complaints.Data;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Meetings.Features;

internal static class GetMeeting
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/meetings/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("A meeting with invitation, attendance, minutes and decisions")
            .WithDescription("Rule C5.5; staff. The ETag is for If-Match.")
            .Produces<ReviewMeetingView>();

    private static Task<QueryResult> Handle(Guid id, ComplaintsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.Meetings.VisibleTo(caller.Actor), id, ReviewMeetingView.From, cancellation);
}
