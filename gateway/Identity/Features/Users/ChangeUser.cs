using CustomerService.Identity.Data;
using CustomerService.Identity.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Identity.Features.Users;

internal static class ChangeProfile
{
    internal sealed record Request(string DisplayName, string? Email);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.DisplayName).NotEmpty().MaximumLength(200);
            RuleFor(r => r.Email).EmailAddress().MaximumLength(254);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("/users/{id:guid}/profile", Handle)
            .AsCommand()
            .WithSummary("Change a user's name and e-mail address")
            .Produces<UserView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        IdentityDb db,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var user = await db.Users.SingleOrDefaultAsync(u => u.Id == id, cancellationToken);
        return caller.Change(
            user,
            u =>
            {
                u.ChangeProfile(body.DisplayName, body.Email, caller.Flow(1));
                return null;
            },
            u => UserView.From(u, caller.Clock.Now)
        );
    }
}

internal static class AssignUser
{
    internal sealed record Request(IReadOnlyList<string> Roles, string? Department, Guid? OrganisationId, string? Why);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Roles).NotNull();
            RuleForEach(r => r.Roles).NotEmpty();
            RuleFor(r => r.Why).MaximumLength(1000);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("/users/{id:guid}/assignment", Handle)
            .AsCommand()
            .WithSummary("Change a user's roles, department and organisation")
            .WithDescription("Takes effect with the next access token.")
            .Produces<UserView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        IdentityDb db,
        UserPolicy policy,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var user = await db.Users.SingleOrDefaultAsync(u => u.Id == id, cancellationToken);
        if (caller.Precondition(user) is { } failed)
        {
            return failed;
        }

        var assignment = new Assignment(body.Roles, body.Department, body.OrganisationId);
        if (await policy.CheckAsync(assignment, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (
            !body.Roles.Contains(Rules.Roles.Administrator)
            && await policy.CheckAdministratorStaysAsync(user!, cancellationToken) is { } last
        )
        {
            return last;
        }

        user!.Assign(assignment, body.Why, caller.Flow(1));
        return CommandResult.Ok(UserView.From(user, caller.Clock.Now), user.Version);
    }
}

internal static class ChangeStanding
{
    internal sealed record Request(string? Why);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Why).MaximumLength(1000);
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/users/{id:guid}/deactivate", DeactivateAsync)
            .AsCommand()
            .WithSummary("Deactivate a user")
            .WithDescription(
                "No new token from then on; an access token that is out ends by itself, at the latest after its lifetime."
            )
            .Produces<UserView>();
        routes
            .MapPost("/users/{id:guid}/activate", ActivateAsync)
            .AsCommand()
            .WithSummary("Activate a user again")
            .Produces<UserView>();
    }

    private static async Task<CommandResult> DeactivateAsync(
        Guid id,
        Request body,
        IdentityDb db,
        UserPolicy policy,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var user = await db.Users.SingleOrDefaultAsync(u => u.Id == id, cancellationToken);
        if (caller.Precondition(user) is { } failed)
        {
            return failed;
        }

        return await policy.CheckAdministratorStaysAsync(user!, cancellationToken) is { } last
            ? last
            : caller.Change(user, u => u.Deactivate(body.Why, caller.Flow(1)), u => UserView.From(u, caller.Clock.Now));
    }

    private static async Task<CommandResult> ActivateAsync(
        Guid id,
        Request body,
        IdentityDb db,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var user = await db.Users.SingleOrDefaultAsync(u => u.Id == id, cancellationToken);
        return caller.Change(user, u => u.Activate(body.Why, caller.Flow(1)), u => UserView.From(u, caller.Clock.Now));
    }
}
