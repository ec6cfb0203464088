using System.Text.Json.Serialization;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Meetings.Features;

/// <summary>A meeting in a list.</summary>
internal sealed record ReviewMeetingListItem
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required ReviewMeetingState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What this caller could do now; each is the last part of the route to post to.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required Guid ComplaintId { get; init; }

    public required string ComplaintNumber { get; init; }

    public required string Subject { get; init; }

    public required string Rule { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required string Place { get; init; }

    public static ReviewMeetingListItem From(ReviewMeeting meeting, Caller caller) =>
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
            StartsAt = meeting.From,
            Place = meeting.Place,
        };
}
