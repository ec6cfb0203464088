namespace CustomerService.Identity.Users.Domain;

/// <summary>
/// The rule that slows attempts under one name down, from wherever they come: after some wrong passwords they are
/// answered one after the other, each later than the one before. It locks nobody out for good, and an hour without a
/// wrong password ends it. The same for accounts and for names that no account has.
/// </summary>
/// <param name="Failed">Wrong passwords under this name, from all addresses.</param>
/// <param name="LastAt">The last one, UTC; null where there was none.</param>
/// <param name="NextAt">When the last turn that was given out comes, UTC.</param>
internal sealed record SlowDown(int Failed, DateTimeOffset? LastAt, DateTimeOffset? NextAt)
{
    /// <summary>After this time without a wrong password the earlier ones are forgotten.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    /// <summary>Whoever would wait for longer is sent away.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>One more attempt: how long it waits for its turn; null where too many wait already.</summary>
    /// <param name="now">When, UTC.</param>
    /// <param name="free">So many wrong passwords cost nothing.</param>
    public (SlowDown After, TimeSpan? Wait) Turn(DateTimeOffset now, int free)
    {
        if (LastAt is not { } last || last < now - Remembered || Failed < free)
        {
            return (this, TimeSpan.Zero);
        }

        // 250 ms, 500 ms, 1 s … 5 s.
        var pause = First * Math.Pow(2, Math.Min(Failed - free, 10));
        var turn = (NextAt > now ? NextAt.Value : now) + (pause < Longest ? pause : Longest);
        var wait = turn - now;
        return wait > LongestWait ? (this, null) : (this with { NextAt = turn }, wait);
    }

    /// <summary>What is remembered after a wrong password.</summary>
    public SlowDown Another(DateTimeOffset now) =>
        this with
        {
            Failed = LastAt < now - Remembered ? 1 : Failed + 1,
            LastAt = now,
        };
}
