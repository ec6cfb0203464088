using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;

namespace CustomerService.Surveys.Responses.Domain;

/// <summary>A form FM006 that was returned (C5.8.3).</summary>
internal sealed class Response : Aggregate<Response, ResponseState, ResponseAction>, IUnderPolicy
{
    private Response() { }

    public override string Kind => "response";

    public Guid InvitationId { get; private set; }

    public SurveyKind Survey { get; private set; }

    public Guid CustomerId { get; private set; }

    public string CustomerName { get; private set; } = "";

    public string? Department { get; private set; }

    public string Source { get; private set; } = "";

    public Guid? SourceId { get; private set; }

    public string? SourceNumber { get; private set; }

    public Guid? CampaignId { get; private set; }

    public string? Product { get; private set; }

    /// <summary>How it was answered.</summary>
    public AnswerMode Mode { get; private set; }

    /// <summary>Who asked, or typed in what came on paper.</summary>
    public Stamp? TakenDownBy { get; private set; }

    /// <summary>Number of FM006, without gaps in a year (C10); null until it is filed.</summary>
    public string? Number { get; private set; }

    /// <summary>Whether it is filed under a number.</summary>
    public bool IsFiled { get; private set; }

    /// <summary>When the customer gave the answers that staff took down.</summary>
    public DateTimeOffset? TakenAt { get; private set; }

    /// <summary>Files that show the paper.</summary>
    public IReadOnlyList<Guid> Scans { get; private set; } = [];

    /// <summary>Departments for which it counts (C5.10), joined by spaces.</summary>
    public string Judged { get; private set; } = "";

    /// <summary>Who was compared in dimension D.</summary>
    public string? Competitor { get; private set; }

    /// <summary>Whether the customer wants to be answered.</summary>
    public bool WantsAnswer { get; private set; }

    /// <summary>How a customer who wants an answer is reached, where that was not known.</summary>
    public string? Reach { get; private set; }

    public Grade Overall { get; private set; }

    public string? OverallComment { get; private set; }

    public IReadOnlyList<GradedAnswer> Items { get; private set; } = [];

    public string? Suggestions { get; private set; }

    public string? Respondent { get; private set; }

    public Verdict Verdict { get; private set; }

    public DateOnly ReceivedOn { get; private set; }

    public DateTimeOffset ReceivedAt { get; private set; }

    public int QuestionnaireVersion { get; private set; }

    public int PolicyVersion { get; private set; }

    protected override Flow<Response, ResponseState, ResponseAction> Table => ResponseFlow.Table;

    /// <summary>
    /// Takes the filled form of an invitation: the invitation is used up, and what the form says goes to the others
    /// (C5.9). Either both change or neither.
    /// </summary>
    /// <param name="context">The holder of the link acts.</param>
    /// <param name="invitation">What is answered.</param>
    /// <param name="questionnaire">The version that was sent.</param>
    /// <param name="filled">What was filled in.</param>
    public static Result<Response> Receive(
        CommandContext context,
        Invitation invitation,
        Questionnaire questionnaire,
        FilledForm filled
    ) => Take(context, invitation, questionnaire, filled, ResponseAction.Receive, new(AnswerMode.Online));

    /// <summary>Staff take the answers down for the customer: an interview, or a form on paper (C5.8.2).</summary>
    public static Result<Response> TakeDown(
        CommandContext context,
        Invitation invitation,
        Questionnaire questionnaire,
        FilledForm filled,
        TakenDown taken
    ) => Take(context, invitation, questionnaire, filled, ResponseAction.TakeDown, taken);

    private static Result<Response> Take(
        CommandContext context,
        Invitation invitation,
        Questionnaire questionnaire,
        FilledForm filled,
        ResponseAction action,
        TakenDown taken
    )
    {
        // First, because correcting the answers to a dead link would be in vain.
        if (invitation.WhyClosed(context) is { } closed)
        {
            return closed;
        }

        if (questionnaire.Check(invitation.Survey, filled).Failed(out var wrong, out var answers))
        {
            return wrong;
        }

        var response = new Response { Id = Guid.CreateVersion7(context.Now) };
        var refusal =
            response.Start(context, action)
            ?? (
                action == ResponseAction.Receive
                    ? invitation.Answer(context, response.Id)
                    : invitation.TakeDown(context, response.Id, taken)
            );
        if (refusal is not null)
        {
            return refusal;
        }

        response.Mode = taken.Mode;
        if (action == ResponseAction.TakeDown)
        {
            (response.TakenDownBy, response.TakenAt) = (Stamp.Of(context), taken.At ?? context.Now);
        }

        response.Fill(context, invitation, answers);
        response.Announce(context, invitation, questionnaire, answers);
        return response;
    }

    /// <summary>The customer turned out to be another organisation that is known, or not to be it after all (S4): the form
    /// is found under that one and keeps its words.</summary>
    public void MoveCustomer(CommandContext context, Guid customerId, string name)
    {
        CustomerId = customerId;
        Record(context, "customer-merged", State.ToKebab(), State.ToKebab(), name);
    }

    /// <summary>Files it under its number. Forms come faster than numbers without gaps can be given, so they get theirs
    /// one after the other when they are here.</summary>
    public void File(CommandContext context, string number)
    {
        (Number, IsFiled) = (number, true);
        Record(context, "file", State.ToKebab(), State.ToKebab(), number);
    }

    /// <summary>The paper as it came, which is kept with the invitation.</summary>
    public void ShowPaper(IEnumerable<Guid> scans) => Scans = [.. scans];

    private static Verdict VerdictOn(Answers answers, SurveyPolicy policy)
    {
        var grades = answers.All.Select(a => a.Grade).ToList();
        return Satisfaction.MakesComplaint(grades, policy) ? Verdict.Complaint
            : Satisfaction.OnlyWarns(grades, policy) ? Verdict.Warning
            : Verdict.Content;
    }

    private static List<GradedItem> Graded(IEnumerable<GradedAnswer> answers) =>
        [.. answers.Select(a => new GradedItem(a.Item, a.Grade.ToKebab(), a.Comment))];

    private static DissatisfiedItem Named(Questionnaire questionnaire, GradedAnswer answer)
    {
        var names = ItemNames.Of(questionnaire, answer.Item);
        return new(answer.Item, names.En, names.ZhHant, names.ZhHans, answer.Comment);
    }

    private void Fill(CommandContext context, Invitation invitation, Answers answers)
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
        PolicyVersion = context.Policy.Version;
        Overall = answers.Overall;
        OverallComment = answers.OverallComment;
        Items = answers.Items;
        Suggestions = answers.Suggestions;
        Respondent = answers.Respondent;
        CampaignId = invitation.CampaignId;
        Product = invitation.Product;
        Judged = invitation.Judged;
        Competitor = answers.Competitor;
        WantsAnswer = answers.WantsAnswer;
        Reach = answers.Reach;
        ReceivedOn = context.Today;
        ReceivedAt = context.Now;
        Verdict = VerdictOn(answers, context.Policy.Surveys);
    }

    private void Announce(CommandContext context, Invitation invitation, Questionnaire questionnaire, Answers answers)
    {
        Raise(
            new ResponseReceived(
                Id,
                Version,
                InvitationId,
                Survey.ToString(),
                CustomerId,
                CustomerName,
                Department,
                Overall.ToKebab(),
                Graded(Items),
                Suggestions,
                ReceivedOn,
                Judged.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                Mode.ToKebab()
            )
        );
        if (Verdict == Verdict.Complaint)
        {
            Raise(
                new ResponseDissatisfied(
                    Id,
                    Version,
                    InvitationId,
                    Survey.ToString(),
                    CustomerId,
                    CustomerName,
                    invitation.Contact,
                    invitation.Phone,
                    Source,
                    SourceId,
                    SourceNumber,
                    [
                        .. answers
                            .All.Where(a => a.Grade <= context.Policy.Surveys.ComplaintThrough)
                            .Select(a => Named(questionnaire, a)),
                    ],
                    Suggestions,
                    ReceivedOn
                )
            );
        }
        else if (Verdict == Verdict.Warning)
        {
            Raise(
                new ResponseWarned(
                    Id,
                    Version,
                    InvitationId,
                    CustomerId,
                    Graded(answers.All.Where(a => a.Grade <= context.Policy.Surveys.WarnThrough)),
                    ReceivedOn
                )
            );
        }
    }
}
