using System.Linq.Expressions;
using CustomerService.Rules;

namespace CustomerService.Projects.Revisits.Domain;

/// <summary>What becomes due or overdue of a revisit (P2.1.1): each rule once in C# and once for the store, side by
/// side.</summary>
internal static class RevisitDeadlines
{
    /// <summary>The planned date is over and the revisit was not held.</summary>
    public static bool IsOverdue(Revisit revisit, DateOnly today) =>
        revisit.IsOpen && Deadlines.IsOverdue(revisit.DueOn, today);

    /// <inheritdoc cref="IsOverdue"/>
    public static Expression<Func<Revisit, bool>> Overdue(DateOnly today) =>
        revisit =>
            (revisit.State == RevisitState.Planned || revisit.State == RevisitState.Opened) && revisit.DueOn < today;

    /// <inheritdoc cref="RevisitCompliance.IsDue"/>
    public static bool IsDueIn(Revisit revisit, DateOnly? from, DateOnly? to) =>
        RevisitCompliance.IsDue(revisit.DueOn, revisit.State == RevisitState.Cancelled, from, to);

    /// <inheritdoc cref="RevisitCompliance.IsDue"/>
    public static Expression<Func<Revisit, bool>> DueIn(DateOnly? from, DateOnly? to)
    {
        // Fixed ends keep the index in use.
        var (first, last) = (from ?? DateOnly.MinValue, to ?? DateOnly.MaxValue);
        return revisit => revisit.State != RevisitState.Cancelled && revisit.DueOn >= first && revisit.DueOn <= last;
    }

    /// <summary>The contrary of <see cref="Overdue"/>, for lists.</summary>
    public static Expression<Func<Revisit, bool>> NotOverdue(DateOnly today) =>
        revisit =>
            !((revisit.State == RevisitState.Planned || revisit.State == RevisitState.Opened) && revisit.DueOn < today);

    /// <summary>A reminder day has come for which there was no reminder yet.</summary>
    public static bool IsReminderDue(Revisit revisit, IReadOnlyList<int> days, DateOnly today) =>
        revisit.IsOpen && Deadlines.IsReminderDue(revisit.DueOn, days, revisit.RemindedOn, today);

    /// <inheritdoc cref="IsReminderDue"/>
    public static Expression<Func<Revisit, bool>> ReminderDue(int[] days, DateOnly today)
    {
        // A fixed end keeps the index in use.
        var latest = today.AddDays(days.DefaultIfEmpty().Max());
        return revisit =>
            (revisit.State == RevisitState.Planned || revisit.State == RevisitState.Opened)
            && revisit.DueOn >= today
            && revisit.DueOn <= latest
            && days.Any(day =>
                revisit.DueOn.AddDays(-day) <= today
                && (revisit.RemindedOn == null || revisit.RemindedOn < revisit.DueOn.AddDays(-day))
            );
    }
}
