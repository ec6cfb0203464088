using System.Text.Json.Serialization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;

namespace CustomerService.Surveys.Invitations.Features;

/// <summary>An invitation. Its link is not part of it: only the customer has it.</summary>
internal sealed record InvitationView
{
    public required Guid Id { get; init; }

    public required InvitationState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary><c>A</c> sample testers, <c>B</c> after a repair, <c>C</c> visited by sales, <c>D</c>
    /// special.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<SurveyKind>))]
    public required SurveyKind Kind { get; init; }

    /// <summary>Organisation of the customer.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>Its name.</summary>
    public required string CustomerName { get; init; }

    /// <summary>Contact person.</summary>
    public required string Contact { get; init; }

    /// <summary>Telephone number.</summary>
    public required string Phone { get; init; }

    /// <summary>What it is about: <c>repair-order</c>, <c>sample</c>, <c>visit</c>, <c>special</c> …</summary>
    public required string Source { get; init; }

    /// <summary>The record that it is about.</summary>
    public Guid? SourceId { get; init; }

    /// <summary>Its number for people.</summary>
    public string? SourceNumber { get; init; }

    /// <summary>Day of sending.</summary>
    public required DateOnly SentOn { get; init; }

    /// <summary>From this instant on the link is dead.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the form was looked at for the first time.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>When it was answered, withdrawn or found expired.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The response, once it is answered.</summary>
    public Guid? ResponseId { get; init; }

    /// <summary>Version of the questionnaire that was sent.</summary>
    public required int QuestionnaireVersion { get; init; }

    /// <summary>Department that the form judges, where there is one. For staff.</summary>
    public string? Department { get; init; }

    /// <summary>Who sent it. For staff.</summary>
    public Stamp? SentBy { get; init; }

    /// <summary>Why it was withdrawn. For staff.</summary>
    public string? WithdrawalReason { get; init; }

    /// <summary>Policy version under which it runs. For staff.</summary>
    public int? PolicyVersion { get; init; }

    public static InvitationView From(Invitation invitation, Caller caller) =>
        caller.IsStaff ? ForStaff(invitation, caller) : ForCustomer(invitation, caller);

    private static InvitationView ForStaff(Invitation i, Caller caller) =>
        ForCustomer(i, caller) with
        {
            Department = i.Department,
            SentBy = i.SentBy,
            WithdrawalReason = i.WithdrawalReason,
            PolicyVersion = i.PolicyVersion,
        };

    private static InvitationView ForCustomer(Invitation i, Caller caller) =>
        new()
        {
            Id = i.Id,
            State = i.State,
            Version = i.Version,
            Actions = i.AllowedActions(caller.Context(i)),
            Kind = i.Survey,
            CustomerId = i.CustomerId,
            CustomerName = i.CustomerName,
            Contact = i.Contact,
            Phone = i.Phone,
            Source = i.Source,
            SourceId = i.SourceId,
            SourceNumber = i.SourceNumber,
            SentOn = i.SentOn,
            ExpiresAt = i.ExpiresAt,
            OpenedAt = i.OpenedAt,
            EndedAt = i.EndedAt,
            ResponseId = i.ResponseId,
            QuestionnaireVersion = i.QuestionnaireVersion,
        };
}
