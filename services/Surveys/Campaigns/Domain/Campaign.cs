using CustomerService.Rules;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;

namespace CustomerService.Surveys.Campaigns.Domain;

/// <summary>People of one population are asked until a day (C5.8.2).</summary>
internal sealed class Campaign : Aggregate<Campaign, CampaignState, CampaignAction>, IUnderPolicy
{
    private Campaign() { }

    public override string Kind => "campaign";

    public override WorkSubject WorkSubject => new(Number, Title);

    protected override DateTimeOffset? DueOf(CampaignAction action, CommandContext context) =>
        context.Zone.EndOf(LastDay);

    public string Number { get; private set; } = "";

    public string Title { get; private set; } = "";

    public SurveyKind Survey { get; private set; }

    public string? Department { get; private set; }

    public string? Product { get; private set; }

    public DateOnly LastDay { get; private set; }

    public bool IsAnonymous { get; private set; }

    public int QuestionnaireVersion { get; private set; }

    /// <summary>From which the link for everybody is made; null where there is none.</summary>
    public Guid? OpenSeed { get; private set; }

    public string? OpenHash { get; private set; }

    public int Batches { get; private set; }

    public int PolicyVersion { get; private set; }

    public Stamp PlannedBy { get; private set; } = null!;

    protected override Flow<Campaign, CampaignState, CampaignAction> Table => CampaignFlow.Table;

    public static Result<Campaign> Plan(
        CommandContext context,
        string number,
        CampaignPlan plan,
        Questionnaire questionnaire,
        IssuedLink? open
    )
    {
        var campaign = new Campaign { Id = Guid.CreateVersion7(context.Now) };
        if (campaign.Start(context, CampaignAction.Plan) is { } refusal)
        {
            return refusal;
        }

        if (plan.LastDay < context.Today)
        {
            return Refusal.ByRule("campaign-over", "C5.8.2", ["later-day"]);
        }

        if (questionnaire.EffectiveFrom > context.Today)
        {
            return Refusal.ByRule("questionnaire-not-in-force", "C5.8.3", ["edition-in-force"], CampaignFlow.Senders);
        }

        if (questionnaire.DimensionsLackedBy(plan.Survey).Any())
        {
            return Refusal.ByRule("questionnaire-incomplete", "C5.8.3", ["graded-items"], CampaignFlow.Senders);
        }

        campaign.Number = number;
        campaign.Title = plan.Title;
        campaign.Survey = plan.Survey;
        campaign.Department = plan.Department ?? questionnaire.Kinds[plan.Survey].Department;
        campaign.Product = plan.Product;
        campaign.LastDay = plan.LastDay;
        campaign.IsAnonymous = plan.IsAnonymous;
        campaign.QuestionnaireVersion = questionnaire.Version;
        (campaign.OpenSeed, campaign.OpenHash) = (open?.Seed, open?.TokenHash);
        campaign.PolicyVersion = context.Policy.Version;
        campaign.PlannedBy = Stamp.Of(context);
        return campaign;
    }

    public Refusal? Begin(CommandContext context) => Transition(context, CampaignAction.Begin);

    public Refusal? Invite(CommandContext context, int people) =>
        Transition(
            context,
            CampaignAction.Invite,
            why: people.ToString(System.Globalization.CultureInfo.InvariantCulture)
        );

    /// <summary>One more batch of sheets.</summary>
    public Refusal? Print(CommandContext context) => Transition(context, CampaignAction.Print, change: () => Batches++);

    /// <summary>An interviewer gets a link to its people.</summary>
    public Refusal? Interview(CommandContext context) => Transition(context, CampaignAction.Interview);

    public Refusal? Close(CommandContext context, string? reason = null) =>
        Transition(context, CampaignAction.Close, why: reason);

    public Refusal? Cancel(CommandContext context, string reason) =>
        Transition(context, CampaignAction.Cancel, why: reason);

    /// <summary>Whether its open link leads to a form.</summary>
    public bool IsOpenOn(DateOnly day) => State == CampaignState.Running && OpenSeed is not null && day <= LastDay;

    /// <summary>Departments for which its forms count (C5.10).</summary>
    public IReadOnlyList<string> JudgedBy(Questionnaire questionnaire) =>
        Department is { } named ? [named] : questionnaire.DepartmentsOf(Survey);

    /// <summary>Who is asked by it, as far as the campaign says.</summary>
    public Addressee Addressee(InvitationChannel channel) =>
        new()
        {
            Survey = Survey,
            CustomerId = Guid.Empty,
            CustomerName = "",
            Contact = "",
            Phone = "",
            Department = Department,
            SourceNumber = Number,
            Product = Product,
            CampaignId = Id,
            Channel = channel,
            LastDay = LastDay,
        };
}
