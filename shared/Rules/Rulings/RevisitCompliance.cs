namespace CustomerService.Rules;

/// <summary>What became of a revisit that is due (P2.1.1).</summary>
public enum RevisitOutcome
{
    /// <summary>Its date has not passed, and it can still be held in time.</summary>
    Ahead,

    HeldInTime,

    HeldLate,

    /// <summary>Its date has passed.</summary>
    NotHeld,
}

/// <summary>Which revisits are due in a period, and whether the plan was kept (P2.1.1): one definition for every
/// service that counts them.</summary>
public static class RevisitCompliance
{
    /// <summary>A revisit is due in a period when its date, as it was moved, lies in it and it is not
    /// cancelled.</summary>
    /// <param name="date">The date for which it is planned now.</param>
    /// <param name="cancelled">Whether it was cancelled.</param>
    /// <param name="from">First day; null where there is none.</param>
    /// <param name="to">Last day; null where there is none.</param>
    public static bool IsDue(DateOnly? date, bool cancelled, DateOnly? from, DateOnly? to) =>
        !cancelled && date is { } day && !(day < from) && !(day > to);

    /// <summary>What became of a revisit that is due.</summary>
    public static RevisitOutcome OutcomeOf(DateOnly date, DateOnly? heldOn, DateOnly today) =>
        heldOn is { } held
            ? held <= date
                ? RevisitOutcome.HeldInTime
                : RevisitOutcome.HeldLate
            : date < today
                ? RevisitOutcome.NotHeld
                : RevisitOutcome.Ahead;
}
