using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;

namespace CustomerService.Surveys.Domain;

internal enum SurveyFormState
{
    /// <summary>The form is back.</summary>
    Recovered,
}

internal enum SurveyFormAction
{
    Recover,
}

/// <summary>The life of a form: it comes back (C5.8.3).</summary>
internal static class SurveyFormFlow
{
    public static Flow<SurveyForm, SurveyFormState, SurveyFormAction> Table { get; } =
        Flow<SurveyForm, SurveyFormState, SurveyFormAction>
            .Named("survey-form")
            .Begins(SurveyFormAction.Recover, SurveyFormState.Recovered, "C5.8.3", Roles.Customer)
            .EndsIn(SurveyFormState.Recovered)
            .Build();
}

/// <summary>What follows from a form (C5.9).</summary>
internal enum Verdict
{
    /// <summary>Nothing.</summary>
    Content,

    /// <summary>An item is graded 不太滿意, none worse: the departments look at it.</summary>
    Warning,

    /// <summary>An item is graded 不滿意: the form enters the complaint procedure.</summary>
    Complaint,
}

/// <summary>A graded item as it was filled in.</summary>
internal sealed record GradedAnswer(string Item, Grade Grade, string? Comment);

/// <summary>A filled form FM006, checked against its questionnaire.</summary>
/// <param name="Overall">Overall evaluation, mandatory (C5.8.3).</param>
/// <param name="OverallComment">Comment on it.</param>
/// <param name="Items">Items that were graded; any may be left out.</param>
/// <param name="Suggestions">Dimension F: other suggestions or needs.</param>
/// <param name="Respondent">Who filled it in, where a name was given.</param>
internal sealed record Answers(
    Grade Overall,
    string? OverallComment,
    IReadOnlyList<GradedAnswer> Items,
    string? Suggestions,
    string? Respondent
)
{
    /// <summary>Under this name the overall evaluation stands among graded items.</summary>
    public const string OverallItem = "overall";

    /// <summary>Every grade of the form, the overall evaluation too.</summary>
    public IEnumerable<GradedAnswer> All => Items.Append(new GradedAnswer(OverallItem, Overall, OverallComment));
}

/// <summary>A form FM006 that came back (C5.8.3).</summary>
internal sealed class SurveyForm : Aggregate<SurveyForm, SurveyFormState, SurveyFormAction>
{
    private SurveyForm() { }

    public override string Kind => "survey-form";

    public Guid InvitationId { get; private set; }

    public SurveyKind Survey { get; private set; }

    public Guid CustomerId { get; private set; }

    public string CustomerName { get; private set; } = "";

    public string? Department { get; private set; }

    public string Source { get; private set; } = "";

    public Guid? SourceId { get; private set; }

    public string? SourceNumber { get; private set; }

    public Grade Overall { get; private set; }

    public string? OverallComment { get; private set; }

    public IReadOnlyList<GradedAnswer> Items { get; private set; } = [];

    public string? Suggestions { get; private set; }

    public string? Respondent { get; private set; }

    public Verdict Verdict { get; private set; }

    public DateOnly RecoveredOn { get; private set; }

    public DateTimeOffset RecoveredAt { get; private set; }

    public int QuestionnaireVersion { get; private set; }

    public int PolicyVersion { get; private set; }

    protected override Flow<SurveyForm, SurveyFormState, SurveyFormAction> Table => SurveyFormFlow.Table;

    /// <summary>
    /// Takes the answers to an invitation: the invitation is used up, and what the form says goes to the others
    /// (C5.9). Either both
    /// change or neither.
    /// </summary>
    public static (SurveyForm? Form, Refusal? Refusal) Recover(
        Invitation invitation,
        Answers answers,
        FlowContext context,
        SurveyPolicy policy
    )
    {
        var form = new SurveyForm { Id = Guid.CreateVersion7(context.Now) };
        var refusal =
            invitation.Fault(context)
            ?? invitation.Answer(context, form.Id)
            ?? form.Begin(SurveyFormAction.Recover, context);
        if (refusal is not null)
        {
            return (null, refusal);
        }

        form.Fill(invitation, answers, context, policy);
        return (form, null);
    }

    private void Fill(Invitation invitation, Answers answers, FlowContext context, SurveyPolicy policy)
    {
        InvitationId = invitation.Id;
        Survey = invitation.Survey;
        CustomerId = invitation.CustomerId;
        CustomerName = invitation.CustomerName;
        Department = invitation.Department;
        Source = invitation.Source;
        SourceId = invitation.SourceId;
        SourceNumber = invitation.SourceNumber;
        QuestionnaireVersion = invitation.QuestionnaireVersion;
        PolicyVersion = context.PolicyVersion;
        Overall = answers.Overall;
        OverallComment = answers.OverallComment;
        Items = answers.Items;
        Suggestions = answers.Suggestions;
        Respondent = answers.Respondent;
        RecoveredOn = context.Today;
        RecoveredAt = DateTimeOffset.FromUnixTimeMilliseconds(context.Now.ToUnixTimeMilliseconds());

        var grades = answers.All.Select(a => a.Grade).ToList();
        Verdict =
            Satisfaction.MakesComplaint(grades, policy) ? Verdict.Complaint
            : Satisfaction.OnlyWarns(grades, policy) ? Verdict.Warning
            : Verdict.Content;

        var survey = Survey.ToString();
        Raise(
            new FormRecovered(
                Id,
                Version,
                InvitationId,
                survey,
                CustomerId,
                CustomerName,
                Department,
                CodeOf(Overall),
                Graded(answers.Items),
                Suggestions,
                RecoveredOn
            )
        );
        if (Verdict == Verdict.Complaint)
        {
            Raise(
                new FormDissatisfied(
                    Id,
                    Version,
                    InvitationId,
                    survey,
                    CustomerId,
                    CustomerName,
                    invitation.Contact,
                    invitation.Phone,
                    Source,
                    SourceId,
                    SourceNumber,
                    Graded(answers.All.Where(a => a.Grade <= policy.ComplaintThrough)),
                    Suggestions,
                    RecoveredOn
                )
            );
        }
        else if (Verdict == Verdict.Warning)
        {
            Raise(
                new FormWarned(
                    Id,
                    Version,
                    InvitationId,
                    CustomerId,
                    Graded(answers.All.Where(a => a.Grade <= policy.WarnThrough)),
                    RecoveredOn
                )
            );
        }
    }

    private static List<GradedItem> Graded(IEnumerable<GradedAnswer> answers) =>
        [.. answers.Select(a => new GradedItem(a.Item, CodeOf(a.Grade), a.Comment))];

    /// <summary>A grade as it is spelled outside.</summary>
    internal static string CodeOf(Grade grade) => Spelling.Kebab(grade.ToString());
}
