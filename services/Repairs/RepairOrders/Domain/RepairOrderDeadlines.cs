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
}
