using System.Collections.Concurrent;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Whose access tokens no longer count though they have not expired: the account was deactivated, or what it may do
/// changed. Held in memory, because it is looked at with every request. An instant only ever moves forward, so that
/// news that come late or twice change nothing.
/// </summary>
public sealed class WithdrawnTokens
{
    /// <summary>No token lives longer (<c>Identity:Tokens:AccessMinutes</c>), with room for clocks that differ: what is
    /// older says nothing any more.</summary>
    public static readonly TimeSpan LongestLifetime = TimeSpan.FromHours(25);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _validFrom = new(StringComparer.Ordinal);

    /// <summary>Notes that tokens of this person count only when they were issued at this instant or later.</summary>
    public void Note(Withdrawal withdrawal) =>
        _validFrom.AddOrUpdate(
            withdrawal.Subject,
            static (_, given) => given,
            static (_, known, given) => given > known ? given : known,
            withdrawal.ValidFrom
        );

    /// <summary>Whether a token is from before that instant.</summary>
    /// <param name="subject">The token's <c>sub</c>.</param>
    /// <param name="issuedAt">Its <c>iat</c>, UTC; a token that does not say counts as issued long ago.</param>
    public bool IsOutdated(string? subject, DateTimeOffset issuedAt) =>
        subject is not null && _validFrom.TryGetValue(subject, out var validFrom) && issuedAt < validFrom;

    /// <summary>Forgets what no token that is still alive can be from before of.</summary>
    public void Forget(DateTimeOffset before)
    {
        foreach (var (subject, validFrom) in _validFrom)
        {
            if (validFrom < before)
            {
                _validFrom.TryRemove(KeyValuePair.Create(subject, validFrom));
            }
        }
    }
}

/// <summary>Tokens of this person count only from this instant on.</summary>
/// <param name="Subject">The person, the token's <c>sub</c>.</param>
/// <param name="ValidFrom">Tokens issued before it are refused, UTC.</param>
public readonly record struct Withdrawal(string Subject, DateTimeOffset ValidFrom);

/// <summary>Where a replica reads what was withdrawn, however it came into its store.</summary>
public interface IWithdrawals
{
    /// <summary>What was withdrawn since.</summary>
    Task<IReadOnlyList<Withdrawal>> SinceAsync(DateTimeOffset since, CancellationToken cancellationToken);
}
