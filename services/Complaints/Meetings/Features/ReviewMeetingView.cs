using System.Text.Json.Serialization;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Meetings.Features;

/// <summary>A meeting of the department heads.</summary>
internal sealed record ReviewMeetingView
{
    public required Guid Id { get; init; }

    /// <summary>For example <c>HY-2026-000004</c>; with gaps.</summary>
    public required string Number { get; init; }

    public required ReviewMeetingState State { get; init; }

    /// <summary>Its ETag.</summary>
    public required long Version { get; init; }

    /// <summary>What this caller could do now; each is the last part of the route to post to.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required Guid ComplaintId { get; init; }

    public required string ComplaintNumber { get; init; }

    public required string Subject { get; init; }

    /// <summary><c>C5.5.1</c>: the sales manager leads; <c>C5.5.2</c>: the general manager or the deputy.</summary>
    public required string Rule { get; init; }

    /// <summary>The grounds that it deals with.</summary>
    public required IReadOnlyList<EscalationReason> Reasons { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    public required string Place { get; init; }

    /// <summary>Drawn from the case, with what the caller added.</summary>
    public required IReadOnlyList<string> Agenda { get; init; }

    public required IReadOnlyList<InviteeView> Invitees { get; init; }

    /// <summary>0, and one more with each change of the invitation.</summary>
    public required int Sequence { get; init; }

    public required string CalledBy { get; init; }

    public string? CancelledBecause { get; init; }

    public MinutesView? Minutes { get; init; }

    /// <summary>Who led it and signed the minutes.</summary>
    public string? SignedBy { get; init; }

    public DateTimeOffset? SignedAt { get; init; }

    public static ReviewMeetingView From(ReviewMeeting meeting, Caller caller) =>
        new()
        {
            Id = meeting.Id,
            Number = meeting.Number,
            State = meeting.State,
            Version = meeting.Version,
            Actions = meeting.AllowedActions(caller.Context(meeting)),
            ComplaintId = meeting.ComplaintId,
            ComplaintNumber = meeting.ComplaintNumber,
            Subject = meeting.Subject,
            Rule = meeting.Rule,
            Reasons = meeting.Reasons,
            StartsAt = meeting.From,
            EndsAt = meeting.To,
            Place = meeting.Place,
            Agenda = meeting.Agenda,
            Invitees = [.. meeting.Invitees.Select(i => new InviteeView(i.Department, i.PersonId, i.Name))],
            Sequence = meeting.Sequence,
            CalledBy = meeting.CalledBy.Name,
            CancelledBecause = meeting.CancelledBecause,
            Minutes = MinutesView.From(meeting.Minutes),
            SignedBy = meeting.Signature?.PrintedName,
            SignedAt = meeting.Signature?.At,
        };
}

/// <param name="Department">Code of the department.</param>
/// <param name="Name">Its head; null where none is on record.</param>
internal sealed record InviteeView(string? Department, string? PersonId, string? Name);

internal sealed record MinutesView(
    DateOnly HeldOn,
    string Chair,
    IReadOnlyList<AttendanceView> Attendance,
    string Text,
    IReadOnlyList<MinutedDecisionView> Decisions,
    string By
)
{
    public static MinutesView? From(Minutes? m) =>
        m is null
            ? null
            : new(
                m.HeldOn,
                m.Chair,
                [.. m.Attendance.Select(a => new AttendanceView(a.Department, a.Presence, a.Name, a.Reason))],
                m.Text,
                [.. m.Decisions.Select(d => new MinutedDecisionView(d.What, d.Department, d.OwnerName, d.DueOn))],
                m.By.Name
            );
}

internal sealed record AttendanceView(string? Department, Presence Presence, string Name, string? Reason);

internal sealed record MinutedDecisionView(string What, string Department, string? OwnerName, DateOnly DueOn);
