namespace CustomerService.Rules;

/// <summary>How long a record is kept (C8): until the latest of the years after closing, the warranty's end and
/// a legal hold.</summary>
public static class Retention
{
    /// <summary>The last day on which the record must be there.</summary>
    /// <param name="closed">Day on which the case was closed; null while it is open.</param>
    /// <param name="warrantyThrough">Last warranty day, where the record belongs to one.</param>
    /// <param name="legalHoldThrough">End of a legal hold, where there is one; <see cref="DateOnly.MaxValue"/>
    /// where it has no end.</param>
    /// <param name="department">Code of the department, which may have asked for more.</param>
    /// <param name="policy">The policy of the case.</param>
    /// <returns>Null while the case is open: it cannot be said yet.</returns>
    public static DateOnly? KeepThrough(
        DateOnly? closed,
        DateOnly? warrantyThrough,
        DateOnly? legalHoldThrough,
        string? department,
        RetentionPolicy policy
    )
    {
        if (closed is not { } day)
        {
            return null;
        }

        var years =
            department is not null && policy.DepartmentYears.TryGetValue(department, out var more)
                ? Math.Max(more, policy.Years)
                : policy.Years;
        return new[]
        {
            CalendarMonths.LastDayOfTerm(day, years * 12),
            warrantyThrough ?? DateOnly.MinValue,
            legalHoldThrough ?? DateOnly.MinValue,
        }.Max();
    }

    /// <summary>Whether a record may be deleted on a day.</summary>
    /// <returns>Null when it may; else <c>case-still-open</c> or <c>retention-not-over</c>.</returns>
    public static Refusal? CheckDeletion(DateOnly today, DateOnly? keepThrough) =>
        keepThrough is not { } through ? Refusal.ByRule("case-still-open", "C8", ["closing"], Roles.CustomerService)
        : today > through ? null
        : Refusal
            .ByRule("retention-not-over", "C8", ["retention-end"], Roles.Administrator)
            .With("keepThrough", through);
}
