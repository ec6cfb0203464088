using CustomerService.Complaints.Data;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.Complaints.Meetings.Features;
using CustomerService.Complaints.Meetings.Forms;
using CustomerService.Forms;
using CustomerService.Records;

namespace CustomerService.Complaints.Meetings;

/// <summary>Meetings of the department heads (C5.5).</summary>
internal static class MeetingsModule
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Meetings");
        CallMeeting.Map(routes);
        ListMeetings.Map(routes);
        GetMeeting.Map(routes);
        MoveMeeting.Map(routes);
        RecordMinutes.Map(routes);
        SignMinutes.Map(routes);
        GetInvitation.Map(routes);
        routes.MapForm<MeetingMinutesForm>(
            "meetings",
            "minutes",
            "Minutes of the meeting",
            "Rule C5.5; staff. Who was there, what was said and decided, and who signed; 409 `minutes-not-recorded` "
                + "before."
        );
        // No outsider sees a meeting.
        routes.MapRecords<ComplaintsDb, ReviewMeeting>(
            "meetings",
            (meetings, actor) => meetings.VisibleTo(actor),
            meeting => meeting.Number
        );
    }
}
