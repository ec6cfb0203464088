using System.Text.Json.Serialization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;

namespace CustomerService.Surveys.Responses.Features;

/// <summary>A response in a list.</summary>
internal sealed record ResponseListItem
{
    public required Guid Id { get; init; }

    /// <summary>Responses have no number.</summary>
    public string? Number { get; init; }

    public required ResponseState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>The invitation that it answers.</summary>
    public required Guid InvitationId { get; init; }

    /// <summary><c>A</c> to <c>D</c>.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<SurveyKind>))]
    public required SurveyKind Kind { get; init; }

    public required Guid CustomerId { get; init; }

    public required string CustomerName { get; init; }

    /// <summary>Number of what it is about, for people.</summary>
    public string? SourceNumber { get; init; }

    /// <summary>Overall evaluation.</summary>
    public required Grade Overall { get; init; }

    /// <summary>Day of receipt.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary><c>content</c>, <c>warning</c> or <c>complaint</c>, rule C5.9. For staff.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>Department that the form judges, where there is one. For staff.</summary>
    public string? Department { get; init; }

    public static ResponseListItem From(Response r, Caller caller) =>
        new()
        {
            Id = r.Id,
            State = r.State,
            Version = r.Version,
            Actions = r.AllowedActions(caller.Context(r)),
            InvitationId = r.InvitationId,
            Kind = r.Survey,
            CustomerId = r.CustomerId,
            CustomerName = r.CustomerName,
            SourceNumber = r.SourceNumber,
            Overall = r.Overall,
            ReceivedOn = r.ReceivedOn,
            Verdict = caller.IsStaff ? r.Verdict : null,
            Department = caller.IsStaff ? r.Department : null,
        };
}
