using System.Linq.Expressions;
using CustomerService.Rules;

namespace CustomerService.Complaints.Domain;

/// <summary>
/// When a corrective action is late (C5.6.2): its due day is over and it is not executed. What is executed
/// waits for QC and customer
/// service, and is no longer late.
/// </summary>
internal static class ActionDeadline
{
    private static readonly CorrectiveActionState[] NotExecuted =
    [
        CorrectiveActionState.Unassigned,
        CorrectiveActionState.Analysis,
        CorrectiveActionState.Review,
        CorrectiveActionState.Execution,
    ];

    public static bool IsOverdue(CorrectiveActionState state, DateOnly? dueOn, DateOnly today) =>
        NotExecuted.Contains(state) && dueOn is { } due && Deadlines.IsOverdue(due, today);

    /// <summary>The same for the store.</summary>
    public static Expression<Func<CorrectiveAction, bool>> Is(bool overdue, DateOnly today) =>
        action => (NotExecuted.Contains(action.State) && action.DueOn != null && action.DueOn < today) == overdue;
}
