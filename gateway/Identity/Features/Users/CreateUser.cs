using CustomerService.Identity.Data;
using CustomerService.Identity.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Identity.Features.Users;

internal static class CreateUser
{
    /// <param name="UserName">For signing in; upper and lower case are the same.</param>
    /// <param name="OrganisationId">For <c>customer</c> the owner organisation, for <c>repair-unit</c> the
    /// repair unit.</param>
    internal sealed record Request(
        string UserName,
        string DisplayName,
        string? Email,
        IReadOnlyList<string> Roles,
        string? Department,
        Guid? OrganisationId,
        string Password
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.UserName)
                .NotEmpty()
                .MaximumLength(100)
                .Must(name => name is null || !name.Any(char.IsWhiteSpace))
                .WithErrorCode("no-spaces");
            RuleFor(r => r.DisplayName).NotEmpty().MaximumLength(200);
            RuleFor(r => r.Email).EmailAddress().MaximumLength(254);
            RuleFor(r => r.Roles).NotNull();
            RuleForEach(r => r.Roles).NotEmpty();
            RuleFor(r => r.Password).NotEmpty().MaximumLength(200);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/users", Handle)
            .AsCommand()
            .WithSecretBody()
            .WithSummary("Create a user")
            .Produces<UserView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        IdentityDb db,
        UserPolicy policy,
        IPasswordHasher<User> hasher,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var assignment = new Assignment(body.Roles, body.Department, body.OrganisationId);
        if (await policy.CheckAsync(assignment, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (policy.CheckPassword(body.UserName, body.Password) is { } weak)
        {
            return weak;
        }

        var user = User.Create(body.UserName, body.DisplayName, body.Email, assignment, caller.Flow(1));
        if (await db.Users.AnyAsync(u => u.NormalizedUserName == user.NormalizedUserName, cancellationToken))
        {
            return Refusal.ByRule("user-name-taken", UserRules.Rule, ["userName"], Roles.Administrator);
        }

        user.PasswordHash = hasher.HashPassword(user, body.Password);
        db.Users.Add(user);
        return CommandResult.Created(
            $"/api/identity/v1/users/{user.Id}",
            UserView.From(user, caller.Clock.Now),
            user.Version
        );
    }
}
