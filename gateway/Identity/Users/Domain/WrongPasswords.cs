namespace CustomerService.Identity.Users.Domain;

/// <summary>
/// The rule of the lock-out: so many wrong passwords in a row from one address lock the name for it for a time. It ends by itself, attempts meanwhile do
/// not prolong it, and a day without a wrong password forgets those before. The same for accounts and for names that no
/// account has.
/// </summary>
/// <param name="Failed">Wrong passwords in a row, since the last lock-out.</param>
/// <param name="LastAt">The last one, UTC; null where there was none.</param>
/// <param name="LockedUntil">First instant at which a right password is heard again, UTC.</param>
internal sealed record WrongPasswords(int Failed, DateTimeOffset? LastAt, DateTimeOffset? LockedUntil)
{
    /// <summary>After this time without a wrong password the earlier ones are forgotten.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    public bool IsLocked(DateTimeOffset now) => LockedUntil > now;

    /// <summary>What is remembered after one more.</summary>
    /// <param name="now">When, UTC.</param>
    /// <param name="attempts">So many in a row lock.</param>
    /// <param name="lockOut">For how long.</param>
    public WrongPasswords Another(DateTimeOffset now, int attempts, TimeSpan lockOut)
    {
        if (IsLocked(now))
        {
            return this with { LastAt = now };
        }

        var failed = LastAt < now - Remembered ? 1 : Failed + 1;
        return failed >= attempts ? new(0, now, now + lockOut) : new(failed, now, null);
    }
}
