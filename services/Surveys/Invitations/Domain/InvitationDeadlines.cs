using CustomerService.Rules;

namespace CustomerService.Surveys.Invitations.Domain;

/// <summary>When the time of an invitation is over (C5.8.2). The store's query of the same is
/// <c>InvitationDocument.Overdue</c>.</summary>
internal static class InvitationDeadlines
{
    /// <summary>The states in which an invitation still runs, and so can expire.</summary>
    public static IReadOnlyList<InvitationState> Running { get; } = [InvitationState.Sent, InvitationState.Opened];

    /// <summary>The end of the last day on which an invitation is valid: it is sent on a day and holds so many
    /// more. Answers that staff take down on the last day may arrive later.</summary>
    public static DateTimeOffset ExpiryOf(CommandContext context, Addressee to)
    {
        var surveys = context.Policy.Surveys;
        return context.Zone.EndOf(
            to switch
            {
                { LastDay: { } last, Channel: InvitationChannel.Staff } => last.AddDays(surveys.LateAnswerDays),
                { LastDay: { } last } => last,
                _ => context.Today.AddDays(surveys.InvitationExpiryDays),
            }
        );
    }

    /// <summary>Days after sending whose reminder is due and was not given; null where none is.</summary>
    public static int? ReminderDue(Invitation invitation, CommandContext context)
    {
        if (invitation.Channel != InvitationChannel.Message)
        {
            return null;
        }

        var passed = context
            .Policy.Surveys.ReminderDays.Where(days => invitation.SentOn.AddDays(days) <= context.Today)
            .ToList();
        return passed.Count > 0 && !invitation.Reminded.Contains(passed.Max()) ? passed.Max() : null;
    }

    /// <summary>The last day on which the link works, as the customer is told it.</summary>
    public static DateOnly LastDay(Invitation invitation, CompanyClock clock) =>
        clock.DateOf(invitation.ExpiresAt.AddTicks(-1));

    /// <summary>From the instant of expiry on the link is dead, that instant included.</summary>
    public static bool IsOver(DateTimeOffset expiresAt, DateTimeOffset now) => now >= expiresAt;

    /// <summary>Runs although its time is over: it is to be ended.</summary>
    public static bool IsOverdue(Invitation invitation, DateTimeOffset now) =>
        Running.Contains(invitation.State) && IsOver(invitation.ExpiresAt, now);
}
