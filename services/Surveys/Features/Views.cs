using System.Text.Json.Serialization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Domain;

namespace CustomerService.Surveys.Features;

/// <summary>An invitation as the API shows it. The link is not part of it: nobody but the customer has it.</summary>
internal sealed record InvitationView(
    Guid Id,
    string State,
    long Version,
    string Kind,
    Guid CustomerId,
    string CustomerName,
    string Contact,
    string Phone,
    string? Department,
    string Source,
    Guid? SourceId,
    string? SourceNumber,
    string SentBy,
    DateOnly SentOn,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? OpenedAt,
    DateTimeOffset? EndedAt,
    Guid? FormId,
    string? WithdrawnBecause,
    int QuestionnaireVersion,
    int PolicyVersion,
    [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions
)
{
    public static InvitationView From(Invitation i, Caller caller)
    {
        // To hold the customer's role is not to hold the link: what only the link allows is no action of a
        // signed-in caller.
        var actions = caller.Actor.HasAny(Roles.Staff) ? i.AllowedActions(caller.Flow(i.PolicyVersion)) : [];
        return new(
            i.Id,
            Spelling.Kebab(i.State.ToString()),
            i.Version,
            i.Survey.ToString(),
            i.CustomerId,
            i.CustomerName,
            i.Contact,
            i.Phone,
            i.Department,
            i.Source,
            i.SourceId,
            i.SourceNumber,
            i.SentBy,
            i.SentOn,
            i.ExpiresAt,
            i.OpenedAt,
            i.EndedAt,
            i.FormId,
            i.WithdrawnBecause,
            i.QuestionnaireVersion,
            i.PolicyVersion,
            actions
        );
    }
}

/// <summary>A recovered form as the API shows it.</summary>
/// <param name="Verdict"><c>content</c>, <c>warning</c> (an item 不太滿意) or <c>complaint</c> (an item 不滿意), rule
/// C5.9.</param>
internal sealed record FormView(
    Guid Id,
    string State,
    long Version,
    Guid InvitationId,
    string Kind,
    Guid CustomerId,
    string CustomerName,
    string? Department,
    string Source,
    Guid? SourceId,
    string? SourceNumber,
    Grade Overall,
    string? OverallComment,
    IReadOnlyList<GradedAnswer> Items,
    string? Suggestions,
    string? Respondent,
    Verdict Verdict,
    DateOnly RecoveredOn,
    DateTimeOffset RecoveredAt,
    int QuestionnaireVersion,
    int PolicyVersion,
    [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions
)
{
    public static FormView From(SurveyForm f, Caller caller) =>
        new(
            f.Id,
            Spelling.Kebab(f.State.ToString()),
            f.Version,
            f.InvitationId,
            f.Survey.ToString(),
            f.CustomerId,
            f.CustomerName,
            f.Department,
            f.Source,
            f.SourceId,
            f.SourceNumber,
            f.Overall,
            f.OverallComment,
            f.Items,
            f.Suggestions,
            f.Respondent,
            f.Verdict,
            f.RecoveredOn,
            f.RecoveredAt,
            f.QuestionnaireVersion,
            f.PolicyVersion,
            f.AllowedActions(caller.Flow(f.PolicyVersion))
        );
}

/// <summary>The questionnaire in the caller's language, ready to be shown.</summary>
/// <param name="Form">Number of the form, FM006.</param>
/// <param name="Grades">The five grades, best first.</param>
/// <param name="Overall">Text of the mandatory overall evaluation.</param>
internal sealed record QuestionnaireView(
    int Version,
    string Form,
    string Title,
    string Kind,
    IReadOnlyList<CodeAndText> Grades,
    string Overall,
    IReadOnlyList<DimensionView> Dimensions
)
{
    public static QuestionnaireView From(Questionnaire questionnaire, SurveyKind kind, Texts texts) =>
        new(
            questionnaire.Version,
            questionnaire.Form,
            texts.Find("fm006.title")!,
            kind.ToString(),
            [
                .. Enum.GetValues<Grade>()
                    .Reverse()
                    .Select(grade => SurveyForm.CodeOf(grade))
                    .Select(code => new CodeAndText(code, texts.Find("grade." + code)!)),
            ],
            texts.Find("fm006.overall")!,
            [
                .. questionnaire
                    .For(kind)
                    .Select(d => new DimensionView(
                        d.Code,
                        texts.Find("dimension." + d.Code)!,
                        [.. d.Items.Select(item => new CodeAndText(item, texts.Find("item." + item)!))]
                    )),
            ]
        );
}

internal sealed record DimensionView(string Code, string Text, IReadOnlyList<CodeAndText> Items);

internal sealed record CodeAndText(string Code, string Text);

/// <summary>Kinds as callers write them.</summary>
internal static class SurveyKinds
{
    /// <summary>One of the letters A to D; nothing else, no numbers.</summary>
    public static bool TryParse(string? text, out SurveyKind kind)
    {
        kind = default;
        return text is { Length: 1 }
            && char.IsAsciiLetterUpper(text[0])
            && Enum.TryParse(text, out kind)
            && Enum.IsDefined(kind);
    }
}

/// <summary>Who may see what.</summary>
internal static class Visibility
{
    /// <summary>Staff see everything; anybody else only the records of the own organisation.</summary>
    public static bool Sees(this Actor actor, Guid customerId) =>
        actor.HasAny(Roles.Staff) || (actor.Has(Roles.Customer) && actor.OrganisationId == customerId);

    /// <summary>The customer to whom a list is narrowed: null is everybody; what the caller may not see does
    /// not exist.</summary>
    public static (bool Any, Guid? CustomerId) Narrow(this Actor actor, Guid? asked)
    {
        if (actor.HasAny(Roles.Staff))
        {
            return (true, asked);
        }

        return actor.Has(Roles.Customer) && actor.OrganisationId is { } own && (asked is null || asked == own)
            ? (true, own)
            : (false, null);
    }

    /// <summary>For the figures of all customers: staff and report readers.</summary>
    public static Refusal? MayCount(this Actor actor) =>
        actor.HasAny(Roles.Staff) || actor.Has(Roles.BiReader)
            ? null
            : new Refusal(
                RefusalKind.Forbidden,
                "role-missing",
                "C5.10",
                ["role"],
                [Roles.CustomerService, Roles.BiReader]
            ).With("action", "read-satisfaction");
}
