using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Rules;

namespace CustomerService.Complaints.Meetings.Domain;

/// <summary>Who is asked to come: the head of a department, or who leads.</summary>
/// <param name="Department">Code of the department; null for the management.</param>
/// <param name="Name">Printed name; null where the department has no head on record.</param>
internal sealed record Invitee(string? Department, string? PersonId, string? Name);

/// <summary>What a meeting is called with.</summary>
internal sealed record MeetingCall(
    DateTimeOffset From,
    DateTimeOffset To,
    string Place,
    IReadOnlyList<Invitee> Invitees,
    IReadOnlyList<string> Agenda
);

/// <summary>Whether an invitee came.</summary>
internal enum Presence
{
    Attended,
    Substituted,
    Absent,
}

/// <summary>Who was there for a department.</summary>
/// <param name="Name">Who came; for an absent one who did not.</param>
/// <param name="Reason">Why there is a substitute, or nobody.</param>
internal sealed record Attendance(string? Department, Presence Presence, string Name, string? Reason);

/// <summary>A decision with its owner and day (C5.5).</summary>
internal sealed record Decision(string What, string Department, string? OwnerId, string? OwnerName, DateOnly DueOn);

/// <summary>What the meeting is recorded with.</summary>
internal sealed record Minutes(
    DateOnly HeldOn,
    string Chair,
    IReadOnlyList<Attendance> Attendance,
    string Text,
    IReadOnlyList<Decision> Decisions,
    Stamp By
);

internal sealed record MeetingTime(DateTimeOffset From, DateTimeOffset To);

/// <summary>An entry of the agenda that is drawn from the case.</summary>
internal static class Agenda
{
    /// <summary>The grounds, what is known, and what is still open.</summary>
    public static IReadOnlyList<string> Of(Complaint complaint, IReadOnlyList<EscalationReason> reasons) =>
        [
            $"{complaint.Number} {complaint.Subject}",
            .. reasons.Select(reason => reason.ToKebab()),
            .. complaint.EscalationsNow.Where(e => reasons.Contains(e.Reason)).Select(e => e.Note).Distinct(),
            .. complaint.LiabilityRuling is { } ruling ? [ruling.Findings] : Array.Empty<string>(),
        ];

    /// <summary>The agenda as it is read: an entry that is the code of a ground is its text.</summary>
    public static IEnumerable<string> Read(IEnumerable<string> agenda, Func<string, string> ground)
    {
        var grounds = Spelling.WordsOf<EscalationReason>();
        return agenda.Select(line => grounds.Contains(line) ? ground(line) : line);
    }
}
