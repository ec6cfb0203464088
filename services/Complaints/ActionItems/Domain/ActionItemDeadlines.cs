using System.Linq.Expressions;
using CustomerService.Rules;

namespace CustomerService.Complaints.ActionItems.Domain;

/// <summary>When an action item is overdue: its day is over, and it is not carried out.</summary>
internal static class ActionItemDeadlines
{
    private static readonly ActionItemState[] BeforeDone = [ActionItemState.Issued, ActionItemState.Received];

    public static bool IsOverdue(ActionItem item, DateOnly today) =>
        BeforeDone.Contains(item.State) && Deadlines.IsOverdue(item.DueOn, today);

    /// <summary>The same for the store.</summary>
    public static Expression<Func<ActionItem, bool>> Overdue(bool overdue, DateOnly today) =>
        item => (BeforeDone.Contains(item.State) && item.DueOn < today) == overdue;

    /// <summary>To be brought before the next level; for the store.</summary>
    public static Expression<Func<ActionItem, bool>> ToEscalate(DateOnly today) =>
        item => BeforeDone.Contains(item.State) && item.EscalateAfter != null && item.EscalateAfter < today;
}
