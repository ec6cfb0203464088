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

    /// <summary>Where the link is sent by mail, where that was named.</summary>
    public string? Email { get; private set; }

    /// <summary>Department that the form judges, where there is one (C5.10).</summary>
    public string? Department { get; private set; }

    public string Source { get; private set; } = "";

    public Guid? SourceId { get; private set; }

    public string? SourceNumber { get; private set; }

    public string? Occasion { get; private set; }

    public string? Product { get; private set; }

    public string Language { get; private set; } = "zh-Hant";

    public Guid? CampaignId { get; private set; }

    public Guid? BatchId { get; private set; }

    public InvitationChannel Channel { get; private set; }

    /// <summary>The person, over all populations; see <see cref="ContactHistory.KeyOf"/>.</summary>
    public string? Recipient { get; private set; }

    /// <summary>Departments for which the form counts (C5.10), joined by spaces.</summary>
    public string Judged { get; private set; } = "";

    /// <summary>From which its token can be made again.</summary>
    public Guid? Seed { get; private set; }

    /// <summary>What was filled in and not sent yet.</summary>
    public FilledForm? Draft { get; private set; }

    /// <summary>Whether there is a draft: such a form that is never sent is a partial one.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>Days after sending on which a reminder went out.</summary>
    public IReadOnlyList<int> Reminded { get; private set; } = [];

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
    /// <param name="context">Who asks.</param>
    /// <param name="to">Who is asked, and about what.</param>
    /// <param name="questionnaire">What is asked.</param>
    /// <param name="link">The link.</param>
    /// <param name="history">What is known of the recipient; null where nobody in particular is asked.</param>
    public static Result<Invitation> Send(
        CommandContext context,
        Addressee to,
        Questionnaire questionnaire,
        IssuedLink link,
        ContactHistory? history = null
    )
    {
        var invitation = new Invitation { Id = Guid.CreateVersion7(context.Now) };
        if (invitation.Start(context, InvitationFlow.StartOf(to.Survey, to.Channel)) is { } refusal)
        {
            return refusal;
        }

        if (history?.WhyNot(context) is { } bothered)
        {
            return bothered;
        }

        invitation.Survey = to.Survey;
        invitation.CustomerId = to.CustomerId;
        invitation.CustomerName = to.CustomerName;
        invitation.Contact = to.Contact;
        invitation.Phone = to.Phone;
        invitation.Email = to.Email;
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
        invitation.ExpiresAt = InvitationDeadlines.ExpiryOf(context, to);
        invitation.Product = to.Product;
        invitation.Language = to.Language ?? invitation.Language;
        invitation.CampaignId = to.CampaignId;
        invitation.BatchId = to.BatchId;
        invitation.Channel = to.Channel;
        invitation.Seed = link.Seed;
        invitation.Recipient = to.Contact.Length > 0 ? ContactHistory.KeyOf(to.CustomerId, to.Contact) : null;
        invitation.Judged = string.Join(
            ' ',
            invitation.Department is { } named ? [named] : questionnaire.DepartmentsOf(to.Survey)
        );
        invitation.Announce(link);
        return invitation;
    }

    /// <summary>Why the link no longer leads to a form; null while it does.</summary>
    public Refusal? WhyClosed(CommandContext context) =>
        State switch
        {
            InvitationState.Answered => Closed("link-used"),
            InvitationState.Withdrawn or InvitationState.BrokenOff => Closed("link-withdrawn"),
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

    /// <summary>Staff took the answers down: an interview, or a form on paper.</summary>
    public Refusal? TakeDown(CommandContext context, Guid responseId, TakenDown taken) =>
        Transition(
            context,
            InvitationAction.TakeDown,
            taken,
            change: () =>
            {
                ResponseId = responseId;
                EndedAt = context.Now;
            }
        );

    /// <summary>Keeps what was filled in so far, so that the holder can go on later.</summary>
    public Refusal? SaveDraft(CommandContext context, Questionnaire questionnaire, FilledForm filled) =>
        questionnaire.CheckDraft(Survey, filled)
        ?? Transition(context, InvitationAction.SaveDraft, change: () => (Draft, IsPartial) = (filled, true));

    /// <summary>An interview was broken off: it is counted apart, and never as recovered.</summary>
    public Refusal? BreakOff(CommandContext context, Questionnaire questionnaire, FilledForm filled, string reason) =>
        questionnaire.CheckDraft(Survey, filled)
        ?? Transition(
            context,
            InvitationAction.BreakOff,
            why: reason,
            change: () =>
            {
                (Draft, IsPartial) = (filled, true);
                EndedAt = context.Now;
            }
        );

    /// <summary>Reminds who did not answer, once a reminder day.</summary>
    /// <param name="context">The system acts.</param>
    /// <param name="address">The link again.</param>
    /// <param name="history">What is known of the recipient now.</param>
    public Refusal? Remind(CommandContext context, string? address, ContactHistory history)
    {
        if (history.WhyInPeace() is { } peace)
        {
            return peace;
        }

        var day = InvitationDeadlines.ReminderDue(this, context);
        return Transition(
            context,
            InvitationAction.Remind,
            change: () =>
            {
                Reminded = [.. Reminded, day!.Value];
                Raise(
                    new InvitationReminded(
                        Id,
                        Version,
                        CustomerId,
                        CustomerName,
                        Contact,
                        Phone,
                        address,
                        Language,
                        ExpiresAt,
                        Reminded.Count
                    )
                );
            }
        );
    }

    /// <summary>Its time is over.</summary>
    public Refusal? Expire(CommandContext context) =>
        Transition(context, InvitationAction.Expire, change: () => EndedAt = context.Now);

    /// <summary>The customer turned out to be another organisation that is known, or not to be it after all (S4). Once it
    /// is answered or over it keeps its words.</summary>
    public void MoveCustomer(CommandContext context, Guid customerId, string name)
    {
        CustomerId = customerId;
        Recipient = Recipient is null ? null : ContactHistory.KeyOf(customerId, Contact);
        if (InvitationDeadlines.Running.Contains(State))
        {
            CustomerName = name;
        }

        Record(context, "customer-merged", State.ToKebab(), State.ToKebab(), name);
    }

    /// <summary>The registry calls the customer otherwise (S3).</summary>
    public void FollowName(CommandContext context, string name)
    {
        if (CustomerName != name && InvitationDeadlines.Running.Contains(State))
        {
            Record(context, "follow-registry", State.ToKebab(), State.ToKebab(), $"{CustomerName} → {name}");
            CustomerName = name;
        }
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

    private static Refusal Closed(string code) => Refusal.Ended(code, "C5.8.2", ["invitation"], InvitationFlow.Senders);

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
                Department,
                Channel.ToKebab(),
                Language
            )
        );
}
