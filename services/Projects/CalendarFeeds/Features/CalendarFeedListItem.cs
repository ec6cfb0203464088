using System.Text.Json.Serialization;
using CustomerService.Projects.CalendarFeeds.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.CalendarFeeds.Features;

/// <summary>A calendar feed in a list.</summary>
/// <param name="Id">The feed.</param>
/// <param name="Number">Always null: feeds have no number.</param>
/// <param name="State">active or revoked.</param>
/// <param name="Version">Version.</param>
/// <param name="Actions">What the caller may do now.</param>
/// <param name="Title">Name of the person or department.</param>
/// <param name="PersonId">The person whose revisits it shows; null for a department's.</param>
/// <param name="Department">The department whose people's revisits it shows.</param>
internal sealed record CalendarFeedListItem(
    Guid Id,
    string? Number,
    CalendarFeedState State,
    long Version,
    [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions,
    string Title,
    Guid? PersonId,
    string? Department
)
{
    public static CalendarFeedListItem From(CalendarFeed feed, Caller caller) =>
        new(
            feed.Id,
            null,
            feed.State,
            feed.Version,
            feed.AllowedActions(caller.Context()),
            feed.Title,
            feed.PersonId,
            feed.Department
        );
}
