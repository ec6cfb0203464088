using System.Text.Json.Serialization;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;

namespace CustomerService.Surveys.Invitations.Features;

/// <summary>An invitation in a list.</summary>
internal sealed record InvitationListItem
{
    public required Guid Id { get; init; }

    /// <summary>Invitations have no number.</summary>
    public string? Number { get; init; }

    public required InvitationState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary><c>A</c> to <c>D</c>.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<SurveyKind>))]
    public required SurveyKind Kind { get; init; }

    public required Guid CustomerId { get; init; }

    public required string CustomerName { get; init; }

    /// <summary>What it is about: <c>repair-order</c>, <c>sample</c>, <c>visit</c>, <c>special</c> …</summary>
    public required string Source { get; init; }

    /// <summary>The record that it is about.</summary>
    public Guid? SourceId { get; init; }

    /// <summary>Its number for people.</summary>
    public string? SourceNumber { get; init; }

    /// <summary>Department that the form judges, where there is one. For staff.</summary>
    public string? Department { get; init; }

    /// <summary>Day of sending.</summary>
    public required DateOnly SentOn { get; init; }

    /// <summary>From this instant on the link is dead.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The response, once it is answered.</summary>
    public Guid? ResponseId { get; init; }

    public static InvitationListItem From(Invitation i, Caller caller) =>
        new()
        {
            Id = i.Id,
            State = i.State,
            Version = i.Version,
            Actions = i.AllowedActions(caller.Context(i)),
            Kind = i.Survey,
            CustomerId = i.CustomerId,
            CustomerName = i.CustomerName,
            Source = i.Source,
            SourceId = i.SourceId,
            SourceNumber = i.SourceNumber,
            Department = caller.IsStaff ? i.Department : null,
            SentOn = i.SentOn,
            ExpiresAt = i.ExpiresAt,
            ResponseId = i.ResponseId,
        };
}
