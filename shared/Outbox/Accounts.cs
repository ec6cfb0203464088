using CustomerService.Contracts.Identity.V1;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Messaging;

/// <summary>An account as Identity announced it last, rule S3.</summary>
public sealed record Account
{
    /// <summary>The person, the <c>sub</c> of their tokens.</summary>
    public required Guid UserId { get; init; }

    /// <summary>Version of the account; what is older than what is kept is passed over.</summary>
    public required long Version { get; init; }

    /// <summary>Printed name.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Roles held.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Codes of the sales regions of a salesperson.</summary>
    public required IReadOnlyList<string> Regions { get; init; }

    /// <summary>Department code.</summary>
    public string? Department { get; init; }

    /// <summary>The outside organisation that the person belongs to.</summary>
    public Guid? OrganisationId { get; init; }

    /// <summary>Whether the person may sign in.</summary>
    public required bool Active { get; init; }

    /// <summary>Tokens issued before it no longer count, UTC; null while none was withdrawn.</summary>
    public DateTimeOffset? TokensValidFrom { get; init; }

    /// <summary>Address for mails to that person, where one is known.</summary>
    public string? Email { get; init; }

    /// <summary>The person as an actor, to whom work may be given.</summary>
    public Actor ToActor() =>
        new(UserId.ToString(), DisplayName, Roles.ToHashSet(StringComparer.Ordinal), Department, OrganisationId)
        {
            Regions = Regions,
        };

    /// <summary>The account as the event says.</summary>
    public static Account From(UserChanged changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        return new()
        {
            UserId = changed.UserId,
            Version = changed.Version,
            DisplayName = changed.DisplayName,
            // A sender of another make may leave the lists out.
            Roles = changed.Roles ?? [],
            Regions = changed.Regions ?? [],
            Department = changed.Department,
            OrganisationId = changed.OrganisationId,
            Active = changed.Active,
            TokensValidFrom = changed.TokensValidFrom,
            Email = changed.Email,
        };
    }
}

/// <summary>
/// The accounts of the system: a copy in the service's own store, kept up by <c>bus.TrackAccounts()</c>. An account
/// that is not known here may exist all the same: its event has not come yet.
/// </summary>
public interface IAccounts
{
    /// <summary>The account of this person, null where none is known.</summary>
    Task<Account?> FindAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Those of these people that are known.</summary>
    Task<IReadOnlyList<Account>> ListAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken);

    /// <summary>Keeps an account, unless a version at least as new is kept already. For the consumer: what it writes
    /// counts together with the inbox entry.</summary>
    Task KeepAsync(Account account, CancellationToken cancellationToken);
}

/// <summary>The accounts in a service's PostgreSQL store.</summary>
internal sealed class EfAccounts<TDb>(TDb db) : IAccounts, IWithdrawals
    where TDb : ServiceDbContext
{
    public async Task<Account?> FindAsync(Guid userId, CancellationToken cancellationToken) =>
        await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(a => a.UserId == userId, cancellationToken);

    public async Task<IReadOnlyList<Account>> ListAsync(
        IReadOnlyCollection<Guid> userIds,
        CancellationToken cancellationToken
    ) => await db.Set<Account>().AsNoTracking().Where(a => userIds.Contains(a.UserId)).ToListAsync(cancellationToken);

    public async Task KeepAsync(Account account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (await db.Set<Account>().FindAsync([account.UserId], cancellationToken) is not { } kept)
        {
            db.Add(account);
        }
        else if (account.Version > kept.Version)
        {
            // Its version guards the row: of two that come at the same time one is tried again.
            db.Entry(kept).CurrentValues.SetValues(account);
        }
    }

    public async Task<IReadOnlyList<Withdrawal>> SinceAsync(
        DateTimeOffset since,
        CancellationToken cancellationToken
    ) =>
        [
            .. (
                await db.Set<Account>()
                    .AsNoTracking()
                    .Where(a => a.TokensValidFrom > since)
                    .Select(a => new { a.UserId, a.TokensValidFrom })
                    .ToListAsync(cancellationToken)
            ).Select(a => new Withdrawal(a.UserId.ToString(), a.TokensValidFrom!.Value)),
        ];
}
