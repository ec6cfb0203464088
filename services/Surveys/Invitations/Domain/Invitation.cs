using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;
using CustomerService.Surveys.Questionnaires.Domain;

namespace CustomerService.Surveys.Invitations.Domain;

/// <summary>A customer asked for an opinion by a link that works once (C5.8.2).</summary>
internal sealed class Invitation : Aggregate<Invitation, InvitationState, InvitationAction>, IUnderPolicy
{
    private Invitation() { }

    public override string Kind => "invitation";

    public override WorkSubject WorkSubject => new(SourceNumber ?? "", CustomerName);

    protected override DateTimeOffset? DueOf(InvitationAction action, CommandContext context) => ExpiresAt;

    public override Guid? OutsideOrganisation(string role) => role == Roles.Customer ? CustomerId : null;

    public SurveyKind Survey { get; private set; }

    public Guid CustomerId { get; private set; }

    public string CustomerName { get; private set; } = "";

    public string Contact { get; private set; } = "";

    public string Phone { get; private set; } = "";

    /// <summary>Department that the form judges, where there is one (C5.10).</summary>
    public string? Department { get; private set; }

    public string Source { get; private set; } = "";

    public Guid? SourceId { get; private set; }

    public string? SourceNumber { get; private set; }

    public string? Occasion { get; private set; }

    /// <summary>The token itself is kept nowhere.</summary>
    public string TokenHash { get; private set; } = "";

    public int QuestionnaireVersion { get; private set; }

    public int PolicyVersion { get; private set; }

    public Stamp SentBy { get; private set; } = null!;

    public DateOnly SentOn { get; private set; }

    /// <summary>From this instant on the link is dead: the end of a day in company time.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? OpenedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public Guid? ResponseId { get; private set; }

    public string? WithdrawalReason { get; private set; }

    protected override Flow<Invitation, InvitationState, InvitationAction> Table => InvitationFlow.Table;

    /// <summary>The holder of the link, acting. Holding it is the permission.</summary>
    public Actor Holder =>
        new(
            $"link:{Id:D}",
            Contact.Length > 0 ? Contact : CustomerName,
            new HashSet<string> { Roles.Customer },
            null,
            CustomerId
        );

    /// <summary>Asks a customer, who gets the link with the event.</summary>
    public static Result<Invitation> Send(
        CommandContext context,
        Addressee to,
        Questionnaire questionnaire,
        IssuedLink link
    )
    {
        var invitation = new Invitation { Id = Guid.CreateVersion7(context.Now) };
        if (invitation.Start(context, InvitationFlow.StartOf(to.Survey)) is { } refusal)
        {
            return refusal;
        }

        invitation.Survey = to.Survey;
        invitation.CustomerId = to.CustomerId;
        invitation.CustomerName = to.CustomerName;
        invitation.Contact = to.Contact;
        invitation.Phone = to.Phone;
        invitation.Department = to.Department ?? questionnaire.Kinds[to.Survey].Department;
        invitation.Source = to.Source ?? UsualSource(to.Survey);
        invitation.SourceId = to.SourceId;
        invitation.SourceNumber = to.SourceNumber;
        invitation.Occasion = to.Occasion;
        invitation.TokenHash = link.TokenHash;
        invitation.QuestionnaireVersion = questionnaire.Version;
        invitation.PolicyVersion = context.Policy.Version;
        invitation.SentBy = Stamp.Of(context);
        invitation.SentOn = context.Today;
        invitation.ExpiresAt = InvitationDeadlines.ExpiryOf(context);
        invitation.Announce(link);
        return invitation;
    }

    /// <summary>Why the link no longer leads to a form; null while it does.</summary>
    public Refusal? WhyClosed(CommandContext context) =>
        State switch
        {
            InvitationState.Answered => Closed("link-used"),
            InvitationState.Withdrawn => Closed("link-withdrawn"),
            _ when InvitationDeadlines.IsOver(ExpiresAt, context.Now) => Closed("link-expired"),
            _ => null,
        };

    /// <summary>The form was looked at for the first time.</summary>
    public Refusal? Open(CommandContext context) =>
        Transition(context, InvitationAction.Open, change: () => OpenedAt = context.Now);

    /// <summary>The form was returned.</summary>
    public Refusal? Answer(CommandContext context, Guid responseId) =>
        Transition(
            context,
            InvitationAction.Answer,
            change: () =>
            {
                ResponseId = responseId;
                EndedAt = context.Now;
            }
        );

    /// <summary>Its time is over.</summary>
    public Refusal? Expire(CommandContext context) =>
        Transition(context, InvitationAction.Expire, change: () => EndedAt = context.Now);

    /// <summary>The customer turned out to be another organisation that is known, or not to be it after all (S4). Once it
    /// is answered or over it keeps its words.</summary>
    public void MoveCustomer(CommandContext context, Guid customerId, string name)
    {
        CustomerId = customerId;
        if (InvitationDeadlines.Running.Contains(State))
        {
            CustomerName = name;
        }

        Record(context, "customer-merged", State.ToKebab(), State.ToKebab(), name);
    }

    /// <summary>Withdraws it: the link is dead at once.</summary>
    public Refusal? Withdraw(CommandContext context, string reason) =>
        Transition(
            context,
            InvitationAction.Withdraw,
            why: reason,
            change: () =>
            {
                WithdrawalReason = reason;
                EndedAt = context.Now;
            }
        );

    private static Refusal Closed(string code) =>
        Refusal.ByRule(code, "C5.8.2", ["invitation"], InvitationFlow.Senders);

    private static string UsualSource(SurveyKind kind) =>
        kind switch
        {
            SurveyKind.A => "sample",
            SurveyKind.B => "repair-order",
            SurveyKind.C => "visit",
            _ => "special",
        };

    private void Announce(IssuedLink link) =>
        Raise(
            new InvitationSent(
                Id,
                Version,
                Survey.ToString(),
                CustomerId,
                CustomerName,
                Contact,
                Phone,
                Source,
                SourceId,
                SourceNumber,
                link.Address,
                ExpiresAt,
                SentOn,
                Department
            )
        );
}
