using System.Text.Json.Serialization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Campaigns.Domain;

namespace CustomerService.Surveys.Campaigns.Features;

/// <summary>An interviewer's link; without its secret, which is told once. For staff alone.</summary>
internal sealed record InterviewLinkView
{
    public required Guid Id { get; init; }

    /// <summary>Number of the campaign.</summary>
    public required string Number { get; init; }

    public required InterviewLinkState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required Guid CampaignId { get; init; }

    /// <summary>The interviewer, and when the link was made.</summary>
    public required Stamp Interviewer { get; init; }

    /// <summary>It opens to the end of this day.</summary>
    public required DateOnly LastDay { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The link, once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Link { get; init; }

    /// <summary>QR code of the link as PNG, base64, once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? QrPng { get; init; }

    public static InterviewLinkView From(InterviewLink l, Caller caller) =>
        new()
        {
            Id = l.Id,
            Number = l.CampaignNumber,
            State = l.State,
            Version = l.Version,
            Actions = l.AllowedActions(caller.Context(l)),
            CampaignId = l.CampaignId,
            Interviewer = l.CreatedBy,
            LastDay = l.LastDay,
            RevokedAt = l.RevokedAt,
        };
}
