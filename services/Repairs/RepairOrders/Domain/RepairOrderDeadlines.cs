using System.Linq.Expressions;
using CustomerService.Rules;

namespace CustomerService.Repairs.RepairOrders.Domain;

/// <summary>The deadline of P3.2.1, once in C# and once for the database; a test proves that both agree.</summary>
internal static class RepairOrderDeadlines
{
    /// <summary>Last day on which confirming the defect with the owner is in time.</summary>
    public static DateOnly ConfirmationDue(CommandContext context, DateOnly notifiedOn) =>
        Deadlines.Due(notifiedOn, context.Policy.Repairs.ConfirmDefect, context.Calendars);

    /// <summary>Not confirmed with the owner, and the due day is over.</summary>
    public static bool IsConfirmationOverdue(RepairOrder order, DateOnly today) =>
        order.State == RepairOrderState.Opened && Deadlines.IsOverdue(order.ConfirmDueOn, today);

    /// <summary>The same for the database: the orders that are overdue, or those that are not.</summary>
    public static Expression<Func<RepairOrder, bool>> ConfirmationOverdue(bool overdue, DateOnly today) =>
        order => (order.State == RepairOrderState.Opened && order.ConfirmDueOn < today) == overdue;

    /// <summary>Overdue and not marked yet.</summary>
    public static Expression<Func<RepairOrder, bool>> ConfirmationToMark(DateOnly today) =>
        order =>
            order.State == RepairOrderState.Opened && order.ConfirmDueOn < today && order.ConfirmationOverdueOn == null;

    /// <summary>A reminder day of the confirmation has come for which nobody was reminded yet.</summary>
    public static bool IsReminderDue(RepairOrder order, Policy policy, DateOnly today) =>
        order.State == RepairOrderState.Opened
        && Deadlines.IsReminderDue(
            order.ConfirmDueOn,
            policy.Repairs.ConfirmReminderDays.Where(days => order.ConfirmDueOn.AddDays(-days) > order.NotifiedOn),
            order.RemindedOn,
            today
        );

    /// <summary>The orders among which those are, for the database.</summary>
    public static Expression<Func<RepairOrder, bool>> ReminderDue(int longest, DateOnly today)
    {
        var until = today.AddDays(longest);
        return order =>
            order.State == RepairOrderState.Opened
            && order.ConfirmDueOn >= today
            && order.ConfirmDueOn <= until
            && (order.RemindedOn == null || order.RemindedOn < today);
    }

    private static readonly RepairOrderState[] Waiting = [RepairOrderState.Dispatched, RepairOrderState.Briefed];
    private static readonly RepairOrderState[] Unfinished = [.. Waiting, RepairOrderState.InRepair];

    /// <summary>By when somebody begins, or is on site (P3.2.2).</summary>
    public static DateTimeOffset StartDue(CommandContext context, DefectSeverity severity)
    {
        var targets = context.Policy.Repairs.Targets;
        return severity switch
        {
            DefectSeverity.Emergency => context.Now.AddHours(targets.EmergencyOnSiteHours),
            DefectSeverity.Major => EndOf(context, targets.MajorStart),
            _ => EndOf(context, targets.MinorStart),
        };
    }

    /// <summary>By when the work is finished; none for an emergency, which is repaired at once.</summary>
    public static DateTimeOffset? FinishDue(CommandContext context, DefectSeverity severity)
    {
        var targets = context.Policy.Repairs.Targets;
        return severity switch
        {
            DefectSeverity.Emergency => null,
            DefectSeverity.Major => EndOf(context, targets.MajorFinish),
            _ => EndOf(context, targets.MinorFinish),
        };
    }

    /// <summary>Last day on which receiving it is in time (P3.1.1).</summary>
    public static DateOnly ReceiptDue(CommandContext context) =>
        Deadlines.Due(context.Today, context.Policy.Repairs.Receipt, context.Calendars);

    /// <summary>A target after a pause: one that ends with a day moves by whole days, the others by the hour.</summary>
    public static DateTimeOffset? After(
        CommandContext context,
        DateTimeOffset? due,
        DateTimeOffset from,
        DateTimeOffset to,
        bool byHours
    )
    {
        if (due is not { } target)
        {
            return null;
        }

        return byHours
            ? target + (to - from)
            // The instant at which a day ends is the first of the next one.
            : context.Zone.EndOf(
                context.DateOf(target).AddDays(context.DateOf(to).DayNumber - context.DateOf(from).DayNumber - 1)
            );
    }

    /// <summary>Not received, not objected to, and the due day is over.</summary>
    public static bool IsReceiptOverdue(RepairOrder order, DateOnly today) =>
        Waiting.Contains(order.State)
        && order.ReceivedAt is null
        && order.ObjectedAt is null
        && order.ReceiptDueOn < today;

    public static Expression<Func<RepairOrder, bool>> ReceiptOverdue(bool overdue, DateOnly today) =>
        order =>
            (
                Waiting.Contains(order.State)
                && order.ReceivedAt == null
                && order.ObjectedAt == null
                && order.ReceiptDueOn != null
                && order.ReceiptDueOn < today
            ) == overdue;

    /// <summary>Not begun by the target; in an emergency it is enough to be on site.</summary>
    public static bool IsStartOverdue(RepairOrder order, DateTimeOffset now) =>
        Waiting.Contains(order.State)
        && !(order.IsEmergency && order.ArrivedAt is not null)
        && order.PausedSince is null
        && order.StartDueAt <= now;

    public static Expression<Func<RepairOrder, bool>> StartOverdue(bool overdue, DateTimeOffset now) =>
        order =>
            (
                Waiting.Contains(order.State)
                && !(order.Severity == DefectSeverity.Emergency && order.ArrivedAt != null)
                && order.PausedSince == null
                && order.StartDueAt != null
                && order.StartDueAt <= now
            ) == overdue;

    public static bool IsFinishOverdue(RepairOrder order, DateTimeOffset now) =>
        Unfinished.Contains(order.State) && order.PausedSince is null && order.FinishDueAt <= now;

    public static Expression<Func<RepairOrder, bool>> FinishOverdue(bool overdue, DateTimeOffset now) =>
        order =>
            (
                Unfinished.Contains(order.State)
                && order.PausedSince == null
                && order.FinishDueAt != null
                && order.FinishDueAt <= now
            ) == overdue;

    private static DateTimeOffset EndOf(CommandContext context, DayRule rule) =>
        context.Zone.EndOf(Deadlines.Due(context.Today, rule, context.Calendars));
}
