using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;

namespace CustomerService.Surveys.Domain;

/// <summary>Who is asked and about what.</summary>
/// <param name="Survey">Kind A to D (C5.8.2).</param>
/// <param name="CustomerId">Organisation of the customer or owner.</param>
/// <param name="CustomerName">Its name.</param>
/// <param name="Contact">Contact person.</param>
/// <param name="Phone">Telephone number.</param>
/// <param name="Department">Department that the form judges, where there is one (C5.10).</param>
/// <param name="Source">What it is about: <c>repair-order</c>, <c>sample</c>, <c>visit</c>, <c>special</c> …</param>
/// <param name="SourceId">The record.</param>
/// <param name="SourceNumber">Its number for people.</param>
/// <param name="Occasion">A name of which there is one invitation at most; null where any number may be sent.</param>
internal sealed record Addressee(
    SurveyKind Survey,
    Guid CustomerId,
    string CustomerName,
    string Contact,
    string Phone,
    string? Department,
    string Source,
    Guid? SourceId,
    string? SourceNumber,
    string? Occasion = null
);

/// <summary>A customer asked for an opinion by a link that works once (C5.8.2).</summary>
internal sealed class Invitation : Aggregate<Invitation, InvitationState, InvitationAction>
{
    private Invitation() { }

    public override string Kind => "invitation";

    public SurveyKind Survey { get; private set; }

    public Guid CustomerId { get; private set; }

    public string CustomerName { get; private set; } = "";

    public string Contact { get; private set; } = "";

    public string Phone { get; private set; } = "";

    public string? Department { get; private set; }

    public string Source { get; private set; } = "";

    public Guid? SourceId { get; private set; }

    public string? SourceNumber { get; private set; }

    public string? Occasion { get; private set; }

    /// <summary>SHA-256 of the token; the token itself is nowhere.</summary>
    public string TokenHash { get; private set; } = "";

    public int QuestionnaireVersion { get; private set; }

    public int PolicyVersion { get; private set; }

    public string SentBy { get; private set; } = "";

    public DateOnly SentOn { get; private set; }

    public DateTimeOffset SentAt { get; private set; }

    /// <summary>From this instant on the link is dead.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? OpenedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public Guid? FormId { get; private set; }

    public string? WithdrawnBecause { get; private set; }

    protected override Flow<Invitation, InvitationState, InvitationAction> Table => InvitationFlow.Table;

    /// <summary>Asks a customer. The token goes out in the link and nowhere else.</summary>
    public static (Invitation Invitation, Refusal? Refusal) Send(
        Addressee to,
        FlowContext context,
        SurveyPolicy policy,
        int questionnaireVersion,
        string token,
        Func<string, string> link
    )
    {
        var invitation = new Invitation
        {
            Id = Guid.CreateVersion7(context.Now),
            Survey = to.Survey,
            CustomerId = to.CustomerId,
            CustomerName = to.CustomerName,
            Contact = to.Contact,
            Phone = to.Phone,
            Department = to.Department,
            Source = to.Source,
            SourceId = to.SourceId,
            SourceNumber = to.SourceNumber,
            Occasion = to.Occasion,
            TokenHash = LinkToken.HashOf(token),
            QuestionnaireVersion = questionnaireVersion,
            PolicyVersion = context.PolicyVersion,
            SentBy = context.Actor.Name,
            SentOn = context.Today,
            SentAt = Milliseconds(context.Now),
            ExpiresAt = Milliseconds(context.Now.AddDays(policy.InvitationExpiryDays)),
        };
        var refusal = invitation.Begin(InvitationFlow.Beginning(to.Survey), context);
        if (refusal is null)
        {
            invitation.Raise(
                new InvitationSent(
                    invitation.Id,
                    invitation.Version,
                    to.Survey.ToString(),
                    to.CustomerId,
                    to.CustomerName,
                    to.Contact,
                    to.Phone,
                    to.Source,
                    to.SourceId,
                    to.SourceNumber,
                    link(token),
                    invitation.ExpiresAt,
                    invitation.SentOn,
                    to.Department
                )
            );
        }

        return (invitation, refusal);
    }

    /// <summary>The holder of the link, acting. Holding it is the permission.</summary>
    public Actor Holder =>
        new(
            $"link:{Id:D}",
            Contact.Length > 0 ? Contact : CustomerName,
            new HashSet<string> { Roles.Customer },
            null,
            CustomerId
        );

    /// <summary>Why the link no longer leads to a form; null while it does.</summary>
    public Refusal? Fault(FlowContext context) =>
        State switch
        {
            InvitationState.Answered => Refusal.ByRule(
                "link-used",
                "C5.8.2",
                ["invitation"],
                Roles.CustomerService,
                Roles.Sales
            ),
            InvitationState.Withdrawn => Refusal.ByRule(
                "link-withdrawn",
                "C5.8.2",
                ["invitation"],
                Roles.CustomerService,
                Roles.Sales
            ),
            _ when context.Now >= ExpiresAt => Refusal.ByRule(
                "link-expired",
                "C5.8.2",
                ["invitation"],
                Roles.CustomerService,
                Roles.Sales
            ),
            _ => null,
        };

    /// <summary>The form was looked at for the first time.</summary>
    public Refusal? Open(FlowContext context) =>
        Apply(InvitationAction.Open, context, change: () => OpenedAt = Milliseconds(context.Now));

    /// <summary>The form came back.</summary>
    public Refusal? Answer(FlowContext context, Guid formId) =>
        Apply(
            InvitationAction.Answer,
            context,
            change: () =>
            {
                FormId = formId;
                EndedAt = Milliseconds(context.Now);
            }
        );

    /// <summary>Its time is over.</summary>
    public Refusal? Expire(FlowContext context) =>
        Apply(InvitationAction.Expire, context, change: () => EndedAt = Milliseconds(context.Now));

    /// <summary>Takes it back: the link is dead.</summary>
    public Refusal? Withdraw(FlowContext context, string reason) =>
        Apply(
            InvitationAction.Withdraw,
            context,
            why: reason,
            change: () =>
            {
                WithdrawnBecause = reason;
                EndedAt = Milliseconds(context.Now);
            }
        );

    /// <summary>Whole milliseconds come back from every store as they went in.</summary>
    private static DateTimeOffset Milliseconds(DateTimeOffset instant) =>
        DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}
