using CustomerService.Rules;

namespace CustomerService.Surveys.Domain;

internal enum InvitationState
{
    /// <summary>The link is out.</summary>
    Sent,

    /// <summary>Somebody has looked at the form.</summary>
    Opened,

    /// <summary>The form came back.</summary>
    Answered,

    /// <summary>Nobody answered in time.</summary>
    Expired,

    /// <summary>Taken back, with a reason.</summary>
    Withdrawn,
}

internal enum InvitationAction
{
    InviteTester,
    InviteAfterRepair,
    InviteAfterVisit,
    InviteSpecially,
    Open,
    Answer,
    Expire,
    Withdraw,
}

/// <summary>The life of an invitation (C5.8.2): one link, one answer, until it expires.</summary>
internal static class InvitationFlow
{
    /// <summary>Who may take an invitation back: who may send one.</summary>
    private static readonly string[] Senders = [Roles.CustomerService, Roles.Sales];

    public static Flow<Invitation, InvitationState, InvitationAction> Table { get; } =
        Flow<Invitation, InvitationState, InvitationAction>
            .Named("invitation")
            .Begins(InvitationAction.InviteTester, InvitationState.Sent, "C5.8.2", Roles.CustomerService, Roles.Sales)
            .Begins(InvitationAction.InviteAfterRepair, InvitationState.Sent, "C5.8.2", Roles.System)
            .Begins(InvitationAction.InviteAfterVisit, InvitationState.Sent, "C5.8.2", Roles.Sales)
            .Begins(
                InvitationAction.InviteSpecially,
                InvitationState.Sent,
                "C5.8.2",
                Roles.CustomerService,
                Roles.Sales
            )
            .On(InvitationState.Sent, InvitationAction.Open, InvitationState.Opened, "C5.8.2", Roles.Customer)
            .When(NotOver, "link-expired", "C5.8.2", ["invitation"], Senders)
            .On(InvitationState.Sent, InvitationAction.Answer, InvitationState.Answered, "C5.8.3", Roles.Customer)
            .When(NotOver, "link-expired", "C5.8.2", ["invitation"], Senders)
            .On(InvitationState.Opened, InvitationAction.Answer, InvitationState.Answered, "C5.8.3", Roles.Customer)
            .When(NotOver, "link-expired", "C5.8.2", ["invitation"], Senders)
            .On(InvitationState.Sent, InvitationAction.Expire, InvitationState.Expired, "C5.8.2", Roles.System)
            .When(Over, "still-open", "C5.8.2", ["expiry"], Roles.System)
            .On(InvitationState.Opened, InvitationAction.Expire, InvitationState.Expired, "C5.8.2", Roles.System)
            .When(Over, "still-open", "C5.8.2", ["expiry"], Roles.System)
            .On(InvitationState.Sent, InvitationAction.Withdraw, InvitationState.Withdrawn, "C5.8.2", Senders)
            .On(InvitationState.Opened, InvitationAction.Withdraw, InvitationState.Withdrawn, "C5.8.2", Senders)
            .EndsIn(InvitationState.Answered, InvitationState.Expired, InvitationState.Withdrawn)
            .Build();

    /// <summary>How an invitation of each kind begins.</summary>
    public static InvitationAction Beginning(SurveyKind kind) =>
        kind switch
        {
            SurveyKind.A => InvitationAction.InviteTester,
            SurveyKind.B => InvitationAction.InviteAfterRepair,
            SurveyKind.C => InvitationAction.InviteAfterVisit,
            _ => InvitationAction.InviteSpecially,
        };

    private static bool NotOver(Invitation invitation, FlowContext context) => context.Now < invitation.ExpiresAt;

    private static bool Over(Invitation invitation, FlowContext context) => !NotOver(invitation, context);
}
