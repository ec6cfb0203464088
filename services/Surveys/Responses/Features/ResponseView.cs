using System.Text.Json.Serialization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;

namespace CustomerService.Surveys.Responses.Features;

/// <summary>A response: the form FM006 as it was returned.</summary>
internal sealed record ResponseView
{
    public required Guid Id { get; init; }

    public required ResponseState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>Number of FM006; null until it is filed.</summary>
    public string? Number { get; init; }

    /// <summary>The invitation that it answers.</summary>
    public required Guid InvitationId { get; init; }

    /// <summary><c>A</c> sample testers, <c>B</c> after a repair, <c>C</c> visited by sales, <c>D</c>
    /// special.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<SurveyKind>))]
    public required SurveyKind Kind { get; init; }

    /// <summary>Organisation of the customer.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>Its name.</summary>
    public required string CustomerName { get; init; }

    /// <summary>What it is about: <c>repair-order</c>, <c>sample</c>, <c>visit</c>, <c>special</c> …</summary>
    public required string Source { get; init; }

    /// <summary>The record that it is about.</summary>
    public Guid? SourceId { get; init; }

    /// <summary>Its number for people.</summary>
    public string? SourceNumber { get; init; }

    /// <summary>Overall evaluation.</summary>
    public required Grade Overall { get; init; }

    /// <summary>Comment on it.</summary>
    public string? OverallComment { get; init; }

    /// <summary>The items that were graded.</summary>
    public required IReadOnlyList<GradedAnswer> Items { get; init; }

    /// <summary>Other suggestions or needs.</summary>
    public string? Suggestions { get; init; }

    /// <summary>Who filled it in, where a name was given.</summary>
    public string? Respondent { get; init; }

    /// <summary>Day of receipt.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>When it was received, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Version of the questionnaire that was answered.</summary>
    public required int QuestionnaireVersion { get; init; }

    /// <summary><c>content</c>, <c>warning</c> (an item 不太滿意) or <c>complaint</c> (an item 不滿意), rule C5.9. For
    /// staff.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>Department that the form judges, where there is one. For staff.</summary>
    public string? Department { get; init; }

    /// <summary>Policy version by which it was judged. For staff.</summary>
    public int? PolicyVersion { get; init; }

    /// <summary><c>online</c>, <c>interview</c> or <c>paper</c>. For staff.</summary>
    public AnswerMode? Mode { get; init; }

    /// <summary>Who asked, or typed in what came on paper. For staff.</summary>
    public Stamp? TakenDownBy { get; init; }

    /// <summary>When the customer gave the answers that staff took down; <c>receivedAt</c> says when they arrived. For
    /// staff.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>Files of the invitation that show the paper; the response has them by reference. For staff.</summary>
    public IReadOnlyList<Guid>? Scans { get; init; }

    public static ResponseView From(Response response, Caller caller) =>
        caller.IsStaff ? ForStaff(response, caller) : ForCustomer(response, caller);

    private static ResponseView ForStaff(Response r, Caller caller) =>
        ForCustomer(r, caller) with
        {
            Verdict = r.Verdict,
            Department = r.Department,
            PolicyVersion = r.PolicyVersion,
            Mode = r.Mode,
            TakenDownBy = r.TakenDownBy,
            TakenAt = r.TakenAt,
            Scans = r.Mode == AnswerMode.Paper ? r.Scans : null,
        };

    private static ResponseView ForCustomer(Response r, Caller caller) =>
        new()
        {
            Id = r.Id,
            State = r.State,
            Version = r.Version,
            Actions = r.AllowedActions(caller.Context(r)),
            Number = r.Number,
            InvitationId = r.InvitationId,
            Kind = r.Survey,
            CustomerId = r.CustomerId,
            CustomerName = r.CustomerName,
            Source = r.Source,
            SourceId = r.SourceId,
            SourceNumber = r.SourceNumber,
            Overall = r.Overall,
            OverallComment = r.OverallComment,
            Items = r.Items,
            Suggestions = r.Suggestions,
            Respondent = r.Respondent,
            ReceivedOn = r.ReceivedOn,
            ReceivedAt = r.ReceivedAt,
            QuestionnaireVersion = r.QuestionnaireVersion,
        };
}
