using CustomerService.Identity.Data;
using CustomerService.Identity.Users.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Identity;

/// <summary>
/// Counts wrong passwords: so many from one address lock the name for that address alone
/// (<see cref="WrongPasswords"/>), and many from anywhere slow the name down (<see cref="SlowDown"/>), except where its
/// owner has signed in from before. Rows are locked from the look to the change: attempts that arrive at the same time
/// must neither be counted as one nor slip through before the lock-out is seen.
/// </summary>
internal sealed partial class LockOut(
    IdentityDb db,
    IdentitySettings settings,
    TimeProvider clock,
    CommandContexts contexts,
    ILogger<LockOut> logger
)
{
    /// <summary>For so long an address is known as its owner's.</summary>
    private static readonly TimeSpan Known = TimeSpan.FromDays(30);

    /// <summary>How long this attempt waits before it is looked at; null where it is sent away, because too many
    /// wait.</summary>
    public async Task<TimeSpan?> TurnAsync(string name, string address, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var here = await db
            .SignInAttempts.AsNoTracking()
            .SingleOrDefaultAsync(a => a.NormalizedUserName == name && a.Address == address, cancellationToken);
        // One that is locked is refused in any case and takes nobody's turn.
        if (here?.PassedAt > now - Known || here?.LockedUntil > now)
        {
            return TimeSpan.Zero;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var rows = await db
            .Database.SqlQuery<Row>(
                $"""
                SELECT failed, last_at, locked_until, next_at FROM sign_in_attempts
                WHERE normalized_user_name = {name} AND address = {SignInAttempts.Everywhere} FOR UPDATE
                """
            )
            .ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return TimeSpan.Zero;
        }

        var before = new SlowDown(rows[0].Failed, rows[0].LastAt, rows[0].NextAt);
        var (after, wait) = before.Turn(now, settings.LockOutAttempts);
        if (after != before)
        {
            await Of(name, SignInAttempts.Everywhere)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.NextAt, after.NextAt), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return wait;
    }

    /// <summary>A wrong password. True when the name is locked for this address, by this one or before. What the
    /// context tracks is forgotten when this one locks.</summary>
    /// <param name="name">The name, folded.</param>
    /// <param name="address">Where the attempt came from.</param>
    /// <param name="userId">The account of that name, where there is one.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<bool> CountAsync(string name, string address, Guid? userId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await ForgetAsync(now, cancellationToken);
        // Holds the rows until the lock-out is in the audit chain, so that no other change comes in between.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Always in this order, so that two attempts never wait for each other.
        var all = await LockAsync(name, SignInAttempts.Everywhere, now, cancellationToken);
        var here = await LockAsync(name, address, now, cancellationToken);
        var before = new WrongPasswords(here.Failed, here.LastAt, here.LockedUntil);
        var after = before.Another(now, settings.LockOutAttempts, settings.LockOutTime);
        await Of(name, address)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(a => a.Failed, after.Failed)
                        .SetProperty(a => a.LastAt, now)
                        .SetProperty(a => a.LockedUntil, after.LockedUntil),
                cancellationToken
            );
        if (!before.IsLocked(now))
        {
            var slower = new SlowDown(all.Failed, all.LastAt, all.NextAt).Another(now);
            await Of(name, SignInAttempts.Everywhere)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(a => a.Failed, slower.Failed).SetProperty(a => a.LastAt, now),
                    cancellationToken
                );
        }

        var lockedNow = after.IsLocked(now) && !before.IsLocked(now);
        if (lockedNow && userId is { } id)
        {
            db.ChangeTracker.Clear();
            var user = await db.Users.SingleAsync(u => u.Id == id, cancellationToken);
            // Once at a time: a thousand addresses do not fill the chain.
            if (!(user.LockoutEnd > now))
            {
                user.NoteLockOut(contexts.ForSystem("identity"), after.LockedUntil!.Value);
                await db.SaveChangesAsync(cancellationToken);
            }
        }

        await transaction.CommitAsync(cancellationToken);
        if (lockedNow && userId is { } locked)
        {
            LockedOut(logger, locked, address);
        }

        return after.IsLocked(now);
    }

    /// <summary>
    /// A right password: forgets the wrong ones from there and knows the address from now on. False when the name is
    /// locked for it, perhaps by attempts that came while the password was being checked.
    /// </summary>
    public async Task<bool> PassAsync(string name, string address, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO sign_in_attempts AS a (normalized_user_name, address, failed, last_at, passed_at)
                VALUES ({name}, {address}, 0, {now}, {now})
                ON CONFLICT (normalized_user_name, address) DO UPDATE SET failed = 0, last_at = {now}, passed_at = {now}
                WHERE a.locked_until IS NULL OR a.locked_until <= {now}
                """,
                cancellationToken
            ) > 0;
    }

    /// <summary>Has the next save forget every attempt under the name: it has a new password.</summary>
    public async Task ClearAsync(string name, CancellationToken cancellationToken) =>
        db.SignInAttempts.RemoveRange(
            await db.SignInAttempts.Where(a => a.NormalizedUserName == name).ToListAsync(cancellationToken)
        );

    private async Task ForgetAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (wrong, known) = (now - WrongPasswords.Remembered, now - Known);
        await db
            .SignInAttempts.Where(a => a.LastAt < wrong && (a.PassedAt == null || a.LastAt < known))
            .ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<Row> LockAsync(
        string name,
        string address,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        // The update changes nothing; it locks the row, new or not.
        var rows = await db
            .Database.SqlQuery<Row>(
                $"""
                INSERT INTO sign_in_attempts AS a (normalized_user_name, address, failed, last_at)
                VALUES ({name}, {address}, 0, {now})
                ON CONFLICT (normalized_user_name, address) DO UPDATE SET failed = a.failed
                RETURNING failed, last_at, locked_until, next_at
                """
            )
            .ToListAsync(cancellationToken);
        return rows.Single();
    }

    private IQueryable<SignInAttempts> Of(string name, string address) =>
        db.SignInAttempts.Where(a => a.NormalizedUserName == name && a.Address == address);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "User {UserId} is locked out at {Address} after too many wrong passwords."
    )]
    private static partial void LockedOut(ILogger logger, Guid userId, string address);

    private sealed record Row(int Failed, DateTimeOffset? LastAt, DateTimeOffset? LockedUntil, DateTimeOffset? NextAt);
}
