using System.Security.Claims;
using CustomerService.Identity.Data;
using CustomerService.Identity.OpenId;
using CustomerService.Identity.Users.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CustomerService.Identity;

internal enum SignInOutcome
{
    Done,

    /// <summary>Wrong name, wrong password or an account that is not active: the same answer for all three.</summary>
    Wrong,

    Locked,
}

/// <summary>
/// Checks a name and a password. Names that no account has are treated like those of accounts in every respect
/// that can be
/// seen from outside: the time that a hash takes, the count of attempts, the lock-out.
/// </summary>
internal sealed partial class PasswordSignIn(
    UserManager<User> users,
    LockOut lockOut,
    IdentityDb db,
    IPasswordHasher<User> hasher,
    IdentitySettings settings,
    TimeProvider clock,
    ILogger<PasswordSignIn> logger
)
{
    public const string Scheme = "identity";

    private static string? decoyHash;

    public async Task<SignInOutcome> TryAsync(HttpContext context, string userName, string password)
    {
        var cancellation = context.RequestAborted;
        var user = await users.FindByNameAsync(userName);
        if (user is not { Active: true, PasswordHash: not null })
        {
            decoyHash ??= hasher.HashPassword(null!, "decoy");
            hasher.VerifyHashedPassword(null!, decoyHash, password);
            return await CountUnknownAsync(users.NormalizeName(userName), cancellation)
                ? SignInOutcome.Locked
                : SignInOutcome.Wrong;
        }

        // Hashed before the lock is looked at: a locked account takes as long as any other, and what attempts
        // sent at the same time have locked
        // meanwhile stays locked for this one.
        if (!await users.CheckPasswordAsync(user, password))
        {
            return await lockOut.CountAsync(user.Id, cancellation) ? SignInOutcome.Locked : SignInOutcome.Wrong;
        }

        if (!await lockOut.PassAsync(user.Id, cancellation))
        {
            return SignInOutcome.Locked;
        }

        var identity = new ClaimsIdentity(
            [
                new Claim(Claims.Subject, user.Id.ToString()),
                new Claim(Claims.Name, user.DisplayName),
                new Claim(Tokens.Stamp, user.SecurityStamp),
            ],
            Scheme,
            Claims.Name,
            null
        );
        await context.SignInAsync(Scheme, new ClaimsPrincipal(identity));
        SignedIn(logger, user.Id);
        return SignInOutcome.Done;
    }

    private async Task<bool> CountUnknownAsync(string normalizedName, CancellationToken cancellationToken)
    {
        if (normalizedName.Length > 100)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        var lockedUntil = now + settings.LockOutTime;
        var forgotten = now - LockOut.Remembered;
        await db.UnknownSignIns.Where(a => a.LastAt < forgotten).ExecuteDeleteAsync(cancellationToken);
        var locks = await db
            .Database.SqlQuery<DateTimeOffset?>(
                $"""
                INSERT INTO unknown_sign_ins AS u (normalized_user_name, failed, last_at, locked_until)
                VALUES ({normalizedName}, 1, {now}, CASE WHEN {settings.LockOutAttempts} <= 1 THEN {lockedUntil} END)
                ON CONFLICT (normalized_user_name) DO UPDATE SET
                    failed = CASE WHEN u.locked_until > {now} THEN u.failed WHEN u.failed + 1 >= {settings.LockOutAttempts} THEN 0 ELSE u.failed + 1 END,
                    locked_until = CASE WHEN u.locked_until > {now} THEN u.locked_until WHEN u.failed + 1 >= {settings.LockOutAttempts} THEN {lockedUntil} END,
                    last_at = {now}
                RETURNING locked_until
                """
            )
            .ToListAsync(cancellationToken);
        return locks.Single() > now;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "User {UserId} signed in.")]
    private static partial void SignedIn(ILogger logger, Guid userId);
}
