using CustomerService.Identity.Data;
using CustomerService.Identity.Users.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Identity.Users.Features;

/// <summary>A person's own account.</summary>
internal static class Me
{
    internal sealed record View(
        Guid Id,
        long Version,
        string UserName,
        string DisplayName,
        string? Email,
        IReadOnlyList<string> Roles,
        string? Department,
        Guid? OrganisationId,
        IReadOnlyList<string> Regions
    )
    {
        public static View From(User user) =>
            new(
                user.Id,
                user.Version,
                user.UserName,
                user.DisplayName,
                user.Email,
                user.Roles,
                user.Department,
                user.OrganisationId,
                user.Regions
            );
    }

    internal sealed record PasswordRequest([property: Verbatim] string Current, [property: Verbatim] string New);

    internal sealed class PasswordValidator : AbstractValidator<PasswordRequest>
    {
        public PasswordValidator()
        {
            RuleFor(r => r.Current).NotEmpty().MaximumLength(200);
            RuleFor(r => r.New).NotEmpty().MaximumLength(200);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/me", Get).AsQuery().WithSummary("Read one's own account").Produces<View>();
        routes
            .MapPost("/me/password", ChangePassword)
            .AsCommand()
            .WithSecretBody()
            .WithSummary("Change one's own password")
            .WithDescription(
                "Ends all of one's sessions and tokens, this one too: sign in with the new password. "
                    + "Wrong attempts count towards the lock-out."
            )
            .Produces<View>();
    }

    private static async Task<QueryResult> Get(IdentityDb db, Caller caller, CancellationToken cancellation)
    {
        if (!Guid.TryParse(caller.Actor.Id, out var id))
        {
            return new Refusal(RefusalKind.NotFound, "not-a-person", UserRules.Rule, [], []);
        }

        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id && u.Active, cancellation);
        return user is null ? QueryResult.Unauthenticated : QueryResult.Of(View.From(user), user.Version);
    }

    private static async Task<CommandResult> ChangePassword(
        PasswordRequest body,
        HttpContext http,
        IdentityDb db,
        UserPolicy policy,
        UserManager<User> users,
        LockOut lockOut,
        IPasswordHasher<User> hasher,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var user = Guid.TryParse(caller.Actor.Id, out var id)
            ? await db.Users.SingleOrDefaultAsync(u => u.Id == id && u.Active, cancellation)
            : null;
        if (caller.Precondition(user) is { } failed)
        {
            return failed;
        }

        // As at the sign-in page: counted when it is wrong, and no use when the name is locked.
        var (name, address) = (user!.NormalizedUserName, ClientAddress.Of(http));
        var right = await users.CheckPasswordAsync(user, body.Current);
        if (!right)
        {
            await lockOut.CountAsync(name, address, user.Id, cancellation);
        }

        if (!right || !await lockOut.PassAsync(name, address, cancellation))
        {
            return new Refusal(RefusalKind.Forbidden, "password-wrong", UserRules.Rule, ["current"], []);
        }

        if (policy.CheckPassword(user.UserName, body.New) is { } weak)
        {
            return weak;
        }

        user.ChangePassword(caller.Context(), hasher.HashPassword(user, body.New), byAdministrator: false);
        return CommandResult.Ok(user, () => View.From(user));
    }
}
