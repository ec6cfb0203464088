using CustomerService.Identity.Data;
using CustomerService.Identity.Users.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Identity;

/// <summary>
/// Counts wrong passwords and locks the account. Both are done in the database in one statement: attempts that
/// arrive at the same time must
/// neither be counted as one nor slip through before the lock is seen.
/// </summary>
internal sealed partial class LockOut(
    IdentityDb db,
    IdentitySettings settings,
    TimeProvider clock,
    CommandContexts contexts,
    ILogger<LockOut> logger
)
{
    /// <summary>Failures are forgotten after this time, the same for accounts and for names that no account
    /// has.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    private enum Outcome
    {
        Counted,
        LockedBefore,
        LockedNow,
    }

    /// <summary>A wrong password. True when the account is locked, by this one or before. What the context
    /// tracks is forgotten when this one locks.</summary>
    public async Task<bool> CountAsync(Guid userId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var lockedUntil = now + settings.LockOutTime;
        var forgotten = now - Remembered;
        // The statement holds the row until the lock-out is in the audit chain, so that no other change can
        // come in between.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var outcomes = await db
            .Database.SqlQuery<int>(
                $"""
                UPDATE users AS u SET
                    access_failed_count = CASE WHEN u.lockout_end > {now} THEN u.access_failed_count WHEN c.failed >= {settings.LockOutAttempts} THEN 0 ELSE c.failed END,
                    lockout_end = CASE WHEN u.lockout_end > {now} THEN u.lockout_end WHEN c.failed >= {settings.LockOutAttempts} THEN {lockedUntil} END,
                    last_failed_at = {now}
                FROM (
                    SELECT id, lockout_end > {now} AS locked, 1 + CASE WHEN last_failed_at < {forgotten} THEN 0 ELSE access_failed_count END AS failed
                    FROM users WHERE id = {userId} FOR UPDATE
                ) AS c
                WHERE u.id = c.id
                RETURNING CASE WHEN c.locked THEN {(int)Outcome.LockedBefore} WHEN u.lockout_end > {now} THEN {(int)
                    Outcome.LockedNow} ELSE {(int)Outcome.Counted} END
                """
            )
            .ToListAsync(cancellationToken);
        var outcome = (Outcome)outcomes.Single();
        if (outcome == Outcome.LockedNow)
        {
            db.ChangeTracker.Clear();
            var user = await db.Users.SingleAsync(u => u.Id == userId, cancellationToken);
            user.NoteLockOut(contexts.ForSystem("identity"));
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        if (outcome == Outcome.LockedNow)
        {
            LockedOut(logger, userId);
        }

        return outcome != Outcome.Counted;
    }

    /// <summary>
    /// A right password: forgets the wrong ones before it. False when the account is locked, perhaps by
    /// attempts that came while the password was
    /// being checked.
    /// </summary>
    public async Task<bool> PassAsync(Guid userId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await db
                .Users.Where(u => u.Id == userId && (u.LockoutEnd == null || u.LockoutEnd <= now))
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, 0), cancellationToken) > 0;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "User {UserId} is locked out after too many wrong passwords.")]
    private static partial void LockedOut(ILogger logger, Guid userId);
}
