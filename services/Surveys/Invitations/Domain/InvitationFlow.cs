using CustomerService.Rules;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;
using static CustomerService.Surveys.Invitations.Domain.InvitationAction;
using static CustomerService.Surveys.Invitations.Domain.InvitationState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Surveys.Invitations.Domain.Invitation,
    CustomerService.Surveys.Invitations.Domain.InvitationState,
    CustomerService.Surveys.Invitations.Domain.InvitationAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Surveys.Invitations.Domain.Invitation>;

namespace CustomerService.Surveys.Invitations.Domain;

/// <summary>The life of an invitation (C5.8.2): one link, one answer, until it expires.</summary>
internal static class InvitationFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("invitation")
        .Start(InviteTester,      Sent, "C5.8.2", Senders)
        .Start(InviteAfterRepair, Sent, "C5.8.2", Systems)
        .Start(InviteAfterVisit,  Sent, "C5.8.2", Visitors)
        .Start(InviteSpecially,   Sent, "C5.8.2", Senders)
        .Start(InviteOpenly,      Sent, "C5.8.2", Systems)

        .From(Sent)          .On(Open,     Opened,    "C5.8.2", Customers, HoldsTheLink, NotExpired)
        .From(Sent, Opened)  .On(Answer,   Answered,  "C5.8.3", Customers, HoldsTheLink, NotExpired)
                             .On(Expire,   Expired,   "C5.8.2", Systems,   IsExpired)
                             .On(Withdraw, Withdrawn, "C5.8.2", Senders)
                             .MayOn(TakeDown, Answered, "C5.8.2", Interviewers, NotExpired, NotTakenLater, TakenLately, PaperHasScan)
                             .On(BreakOff, BrokenOff, "C5.8.2", Interviewers)
        .In(Sent, Opened)    .Stay(SaveDraft,         "C5.8.2", Customers, HoldsTheLink, NotExpired)
                             .Stay(Remind,            "C5.8.2", Systems,   NotExpired, IsReminderDay)
        .Ends(Answered)
        .Abandons(Expired, Withdrawn, BrokenOff)
        .Build();

    /// <summary>Who may invite, and so withdraw an invitation or send another one.</summary>
    internal static readonly string[] Senders = [Roles.CustomerService, Roles.Sales];

    /// <summary>Who asks face to face, or types in what came on paper.</summary>
    internal static readonly string[] Interviewers = [Roles.CustomerService, Roles.Sales, Roles.RegionalSales];

    private static readonly string[] Visitors = [Roles.Sales, Roles.RegionalSales];
    private static readonly string[] Customers = [Roles.Customer];
    private static readonly string[] Systems = [Roles.System];

    private static readonly Guard HoldsTheLink = Guard.RequirePeople(
        (invitation, _) => People.Of(new Taker(PersonId: invitation.Holder.Id)),
        code: "link-not-held",
        rule: "C5.8.2",
        missing: ["link"],
        suppliedBy: Senders
    );

    private static readonly Guard NotExpired = Guard.Require(
        (invitation, context) => !InvitationDeadlines.IsOver(invitation.ExpiresAt, context.Now),
        code: "link-expired",
        rule: "C5.8.2",
        missing: ["invitation"],
        suppliedBy: Senders
    );

    private static readonly Guard NotTakenLater = Guard.RequireInput<TakenDown>(
        (_, context, taken) => taken.At is not { } at || at <= context.Now,
        code: "taken-in-future",
        rule: "C5.8.2",
        missing: ["time-of-answers"],
        suppliedBy: Interviewers
    );

    // What was taken down without a connection arrives later, but not next year.
    private static readonly Guard TakenLately = Guard.RequireInput<TakenDown>(
        (_, context, taken) =>
            taken.At is not { } at
            || context.DateOf(at).AddDays(context.Policy.Surveys.LateAnswerDays) >= context.Today,
        code: "taken-long-ago",
        rule: "C5.8.2",
        missing: ["time-of-answers"],
        suppliedBy: Interviewers
    );

    private static readonly Guard PaperHasScan = Guard.RequireInput<TakenDown>(
        (_, _, taken) => taken.Mode != AnswerMode.Paper || (taken.Scans > 0 && taken.Scans == taken.NamedScans),
        code: "scan-missing",
        rule: "C5.8.2",
        missing: ["scan"],
        suppliedBy: Interviewers
    );

    private static readonly Guard IsExpired = Guard.Require(
        (invitation, context) => InvitationDeadlines.IsOver(invitation.ExpiresAt, context.Now),
        code: "still-open",
        rule: "C5.8.2",
        missing: ["expiry"],
        suppliedBy: Systems
    );

    private static readonly Guard IsReminderDay = Guard.Require(
        (invitation, context) => InvitationDeadlines.ReminderDue(invitation, context) is not null,
        code: "no-reminder-due",
        rule: "C5.8.2",
        missing: ["reminder-day"],
        suppliedBy: Systems
    );

    /// <summary>How an invitation of each kind starts.</summary>
    public static InvitationAction StartOf(SurveyKind kind, InvitationChannel channel) =>
        kind switch
        {
            _ when channel is InvitationChannel.Open or InvitationChannel.Anonymous => InviteOpenly,
            // Whoever types in what came on paper after a repair.
            SurveyKind.B when channel is InvitationChannel.Staff or InvitationChannel.Sheet => InviteSpecially,
            SurveyKind.A => InviteTester,
            SurveyKind.B => InviteAfterRepair,
            SurveyKind.C => InviteAfterVisit,
            _ => InviteSpecially,
        };
}
