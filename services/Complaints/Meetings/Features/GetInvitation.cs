using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Meetings.Features;

internal static class GetInvitation
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/meetings/{id:guid}/invitation.ics", Handle)
            .AsQuery()
            .WithName("GetInvitationToMeeting")
            .WithSummary("The invitation for calendars, or its cancellation")
            .WithDescription(
                """
                Rule C5.5; staff. iCalendar with METHOD:REQUEST, and METHOD:CANCEL once the meeting is cancelled; the
                same UID and a higher SEQUENCE after each change, so that a calendar moves its entry.
                """
            )
            .ProducesFile("text/calendar");

    private static async Task<QueryResult> Handle(
        Guid id,
        ComplaintsDb db,
        Texts texts,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var meeting = await db
            .Meetings.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(m => m.Id == id, cancellation);
        if (meeting is null)
        {
            return QueryResult.NotFound;
        }

        var text = Write(meeting, caller.Now, reason => texts.Find($"ground.{reason}", null) ?? reason);
        return QueryResult.File(
            Results.File(
                System.Text.Encoding.UTF8.GetBytes(text),
                "text/calendar; charset=utf-8",
                $"{meeting.Number}.ics"
            )
        );
    }

    /// <param name="meeting">The meeting.</param>
    /// <param name="now">When the file is made.</param>
    /// <param name="ground">The text of a ground, where an entry of the agenda is one.</param>
    /// <param name="addresses">Mail addresses of accounts, as far as they are known.</param>
    internal static string Write(
        ReviewMeeting meeting,
        DateTimeOffset now,
        Func<string, string> ground,
        IReadOnlyDictionary<string, string>? addresses = null
    )
    {
        var cancelled = meeting.State == ReviewMeetingState.Cancelled;
        var calendar = new Calendar
        {
            Method = cancelled ? CalendarMethods.Cancel : CalendarMethods.Request,
            ProductId = "-//Customer Service//Complaints//EN",
        };
        var entry = new CalendarEvent
        {
            Uid = $"{meeting.Id}@customer-service",
            Sequence = meeting.Sequence,
            DtStamp = At(now),
            Start = At(meeting.From),
            End = At(meeting.To),
            Summary = $"{meeting.Number} {meeting.Subject}",
            Location = meeting.Place,
            Description = string.Join(
                '\n',
                Agenda.Read(meeting.Agenda, ground).Select((line, i) => $"{i + 1}. {line}")
            ),
            Status = cancelled ? EventStatus.Cancelled : EventStatus.Confirmed,
        };
        // A calendar answers to who called the meeting; whose address is not known is found by name.
        string Of(string? person) =>
            person is not null && addresses?.GetValueOrDefault(person) is { } address
                ? $"mailto:{address}"
                : $"urn:uuid:{person}";
        entry.Organizer = new Organizer(Of(meeting.CalledBy.ActorId)) { CommonName = meeting.CalledBy.Name };
        foreach (var one in meeting.Invitees.Where(one => one.Name is not null))
        {
            entry.Attendees.Add(
                new Attendee(Of(one.PersonId))
                {
                    CommonName = one.Name,
                    Role = ParticipationRole.RequiredParticipant,
                    Rsvp = !cancelled,
                }
            );
        }

        calendar.Events.Add(entry);
        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    private static CalDateTime At(DateTimeOffset instant) => new(instant.UtcDateTime, "UTC");
}
