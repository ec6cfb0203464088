using CustomerService.Identity.Data;
using CustomerService.Identity.Users.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Identity;

/// <summary>
/// Counts wrong passwords by <see cref="WrongPasswords"/>. The row is locked from the look to the change: attempts that
/// arrive at the same time must neither be counted as one nor slip through before the lock-out is seen.
/// </summary>
internal sealed partial class LockOut(
    IdentityDb db,
    IdentitySettings settings,
    TimeProvider clock,
    CommandContexts contexts,
    ILogger<LockOut> logger
)
{
    /// <summary>A wrong password. True when the account is locked, by this one or before. What the context tracks is
    /// forgotten when this one locks.</summary>
    public async Task<bool> CountAsync(Guid userId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // Holds the row until the lock-out is in the audit chain, so that no other change comes in between.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var rows = await db
            .Database.SqlQuery<Row>(
                $"""
                SELECT access_failed_count AS failed, last_failed_at AS last_at, lockout_end AS locked_until
                FROM users WHERE id = {userId} FOR UPDATE
                """
            )
            .ToListAsync(cancellationToken);
        var (before, after) = Another(rows.Single(), now);
        await db
            .Users.Where(u => u.Id == userId)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(u => u.AccessFailedCount, after.Failed)
                        .SetProperty(u => u.LastFailedAt, after.LastAt)
                        .SetProperty(u => u.LockoutEnd, after.LockedUntil),
                cancellationToken
            );
        var lockedNow = after.IsLocked(now) && !before.IsLocked(now);
        if (lockedNow)
        {
            db.ChangeTracker.Clear();
            var user = await db.Users.SingleAsync(u => u.Id == userId, cancellationToken);
            user.NoteLockOut(contexts.ForSystem("identity"));
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        if (lockedNow)
        {
            LockedOut(logger, userId);
        }

        return after.IsLocked(now);
    }

    /// <summary>A password for a name that no account has. True when the name is locked, by this one or
    /// before.</summary>
    public async Task<bool> CountUnknownAsync(string normalizedName, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var forgotten = now - WrongPasswords.Remembered;
        await db.UnknownSignIns.Where(a => a.LastAt < forgotten).ExecuteDeleteAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // The update changes nothing; it locks the row, new or not.
        var rows = await db
            .Database.SqlQuery<Row>(
                $"""
                INSERT INTO unknown_sign_ins AS u (normalized_user_name, failed, last_at)
                VALUES ({normalizedName}, 0, {now})
                ON CONFLICT (normalized_user_name) DO UPDATE SET failed = u.failed
                RETURNING failed, last_at, locked_until
                """
            )
            .ToListAsync(cancellationToken);
        var (_, after) = Another(rows.Single(), now);
        await db
            .UnknownSignIns.Where(a => a.NormalizedUserName == normalizedName)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(a => a.Failed, after.Failed)
                        .SetProperty(a => a.LastAt, now)
                        .SetProperty(a => a.LockedUntil, after.LockedUntil),
                cancellationToken
            );
        await transaction.CommitAsync(cancellationToken);
        return after.IsLocked(now);
    }

    /// <summary>
    /// A right password: forgets the wrong ones before it. False when the account is locked, perhaps by attempts that
    /// came while the password was being checked.
    /// </summary>
    public async Task<bool> PassAsync(Guid userId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await db
                .Users.Where(u => u.Id == userId && (u.LockoutEnd == null || u.LockoutEnd <= now))
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, 0), cancellationToken) > 0;
    }

    private (WrongPasswords Before, WrongPasswords After) Another(Row row, DateTimeOffset now)
    {
        var before = new WrongPasswords(row.Failed, row.LastAt, row.LockedUntil);
        return (before, before.Another(now, settings.LockOutAttempts, settings.LockOutTime));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "User {UserId} is locked out after too many wrong passwords.")]
    private static partial void LockedOut(ILogger logger, Guid userId);

    private sealed record Row(int Failed, DateTimeOffset? LastAt, DateTimeOffset? LockedUntil);
}
