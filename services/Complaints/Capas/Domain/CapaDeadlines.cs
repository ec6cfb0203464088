using System.Linq.Expressions;
using CustomerService.Rules;

namespace CustomerService.Complaints.Capas.Domain;

/// <summary>
/// When a CAPA is overdue (C5.6.2): its due day is over and it is not executed. Once executed it waits for QC and
/// customer service, and is no longer overdue.
/// </summary>
internal static class CapaDeadlines
{
    private static readonly CapaState[] BeforeExecution =
    [
        CapaState.Unassigned,
        CapaState.Analysis,
        CapaState.Review,
        CapaState.Execution,
    ];

    public static bool IsOverdue(CapaState state, DateOnly? dueOn, DateOnly today) =>
        BeforeExecution.Contains(state) && dueOn is { } due && Deadlines.IsOverdue(due, today);

    /// <summary>The same for the store.</summary>
    public static Expression<Func<Capa, bool>> Overdue(bool overdue, DateOnly today) =>
        capa => (BeforeExecution.Contains(capa.State) && capa.DueOn != null && capa.DueOn < today) == overdue;
}
