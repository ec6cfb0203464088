using CustomerService.Identity.Data;
using CustomerService.Identity.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Identity.Features.Users;

internal static class ResetPassword
{
    internal sealed record Request(string Password);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Password).NotEmpty().MaximumLength(200);
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/users/{id:guid}/reset-password", Handle)
            .AsCommand()
            .WithSecretBody()
            .WithSummary("Give a user a new password")
            .WithDescription("Ends open sessions and a lock-out.")
            .Produces<UserView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        IdentityDb db,
        UserPolicy policy,
        IPasswordHasher<User> hasher,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var user = await db.Users.SingleOrDefaultAsync(u => u.Id == id, cancellationToken);
        return caller.Change(
            user,
            u =>
            {
                if (policy.CheckPassword(u.UserName, body.Password) is { } weak)
                {
                    return weak;
                }

                u.ChangePassword(hasher.HashPassword(u, body.Password), byAdministrator: true, caller.Flow(1));
                return null;
            },
            u => UserView.From(u, caller.Clock.Now)
        );
    }
}

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
        Guid? OrganisationId
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
                user.OrganisationId
            );
    }

    internal sealed record PasswordRequest(string Current, string New);

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
        routes.MapGet("/me", GetAsync).WithSummary("Read one's own account").Produces<View>();
        routes
            .MapPost("/me/password", ChangePasswordAsync)
            .AsCommand()
            .WithSecretBody()
            .WithSummary("Change one's own password")
            .WithDescription("Ends one's other sessions. Wrong attempts count towards the lock-out.")
            .Produces<View>();
    }

    private static async Task<IResult> GetAsync(
        HttpContext context,
        IdentityDb db,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!Guid.TryParse(caller.Actor.Id, out var id))
        {
            return Problems.Result(context, new Refusal(RefusalKind.NotFound, "not-a-person", UserRules.Rule, [], []));
        }

        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id && u.Active, cancellationToken);
        return user is null
            ? Problems.Result(context, StatusCodes.Status401Unauthorized, "unauthenticated")
            : ETags.Representation(context, View.From(user), user.Version);
    }

    private static async Task<CommandResult> ChangePasswordAsync(
        PasswordRequest body,
        IdentityDb db,
        UserPolicy policy,
        UserManager<User> users,
        LockOut lockOut,
        IPasswordHasher<User> hasher,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var user = Guid.TryParse(caller.Actor.Id, out var id)
            ? await db.Users.SingleOrDefaultAsync(u => u.Id == id && u.Active, cancellationToken)
            : null;
        if (caller.Precondition(user) is { } failed)
        {
            return failed;
        }

        // As at the sign-in page: counted when it is wrong, and no use when the account is locked.
        var right = await users.CheckPasswordAsync(user!, body.Current);
        if (!right)
        {
            await lockOut.CountAsync(user!.Id, cancellationToken);
        }

        if (!right || !await lockOut.PassAsync(user!.Id, cancellationToken))
        {
            return new Refusal(RefusalKind.Forbidden, "password-wrong", UserRules.Rule, ["current"], []);
        }

        if (policy.CheckPassword(user.UserName, body.New) is { } weak)
        {
            return weak;
        }

        user.ChangePassword(hasher.HashPassword(user, body.New), byAdministrator: false, caller.Flow(1));
        return CommandResult.Ok(View.From(user), user.Version);
    }
}
