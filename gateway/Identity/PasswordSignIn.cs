using System.Security.Claims;
using CustomerService.Identity.OpenId;
using CustomerService.Identity.Users.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
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
/// Checks a name and a password. Names that no account has are treated like those of accounts in every respect that
/// can be seen from outside: the time that a hash takes, the count of attempts, the lock-out.
/// </summary>
internal sealed partial class PasswordSignIn(
    UserManager<User> users,
    LockOut lockOut,
    IPasswordHasher<User> hasher,
    TimeProvider clock,
    ILogger<PasswordSignIn> logger
)
{
    public const string Scheme = "identity";

    private static string? decoyHash;

    public async Task<SignInOutcome> TryAsync(HttpContext context, string userName, string password)
    {
        var cancellation = context.RequestAborted;
        var (name, address) = (UserNames.Fold(userName), ClientAddress.Of(context));
        // A name that is longer when it is folded than an account's can be is no one's, and is not kept.
        if (name.Length > UserNames.Longest)
        {
            return SignInOutcome.Wrong;
        }

        if (await lockOut.TurnAsync(name, address, cancellation) is not { } wait)
        {
            return SignInOutcome.Locked;
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, cancellation);
        }

        var user = await users.FindByNameAsync(userName);
        if (user is not { Active: true, PasswordHash: not null })
        {
            decoyHash ??= hasher.HashPassword(null!, "decoy");
            hasher.VerifyHashedPassword(null!, decoyHash, password);
            // An account that is not active has no lock-out to write down.
            return await lockOut.CountAsync(name, address, userId: null, cancellation)
                ? SignInOutcome.Locked
                : SignInOutcome.Wrong;
        }

        // Hashed before the lock is looked at: a locked account takes as long as any other, and what attempts sent
        // at the same time have locked meanwhile stays locked for this one.
        if (!await users.CheckPasswordAsync(user, password))
        {
            return await lockOut.CountAsync(name, address, user.Id, cancellation)
                ? SignInOutcome.Locked
                : SignInOutcome.Wrong;
        }

        if (!await lockOut.PassAsync(name, address, cancellation))
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

    [LoggerMessage(Level = LogLevel.Information, Message = "User {UserId} signed in.")]
    private static partial void SignedIn(ILogger logger, Guid userId);
}
