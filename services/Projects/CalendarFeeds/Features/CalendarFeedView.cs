using System.Text.Json.Serialization;
using CustomerService.Projects.CalendarFeeds.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.CalendarFeeds.Features;

/// <summary>A calendar feed.</summary>
internal sealed record CalendarFeedView
{
    public required Guid Id { get; init; }

    public required CalendarFeedState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>The person whose revisits it shows; null for a department's.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The department whose people's revisits it shows.</summary>
    public string? Department { get; init; }

    public required string Title { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Address behind the gateway, told only at creation. It holds the secret that opens the
    /// calendar.</summary>
    public string? Path { get; init; }

    /// <summary>Address behind the gateway.</summary>
    public static string PathOf(string secret) => $"/api/projects/v1/calendar-feeds/{secret}.ics";

    public static CalendarFeedView From(CalendarFeed feed, Caller caller) => From(feed, caller, null);

    public static CalendarFeedView From(CalendarFeed feed, Caller caller, string? path) =>
        new()
        {
            Id = feed.Id,
            State = feed.State,
            Version = feed.Version,
            Actions = feed.AllowedActions(caller.Context()),
            PersonId = feed.PersonId,
            Department = feed.Department,
            Title = feed.Title,
            CreatedBy = feed.CreatedBy,
            RevokedAt = feed.RevokedAt,
            Path = path,
        };
}
