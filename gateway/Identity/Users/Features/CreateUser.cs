using CustomerService.Identity.Data;
using CustomerService.Identity.Users.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Identity.Users.Features;

internal static class CreateUser
{
    internal sealed record Request
    {
        /// <summary>For signing in: letters, Latin or Chinese, and digits, with <c>.</c>, <c>_</c> or <c>-</c> between
        /// them; upper and lower case are the same.</summary>
        public required string UserName { get; init; }

        public required string DisplayName { get; init; }

        public string? Email { get; init; }

        public required IReadOnlyList<string> Roles { get; init; }

        public string? Department { get; init; }

        /// <summary>For <c>customer</c> the owner organisation, for <c>repair-unit</c> the repair unit.</summary>
        public Guid? OrganisationId { get; init; }

        /// <summary>Codes of the sales regions; for <c>regional-sales</c>, and nobody else.</summary>
        public IReadOnlyList<string>? Regions { get; init; }

        [Verbatim]
        public required string Password { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.UserName).NotEmpty().MaximumLength(UserNames.Longest);
            RuleFor(r => r.DisplayName).RequiredText(TextLength.Line);
            RuleFor(r => r.Email).EmailAddress().MaximumLength(254);
            RuleFor(r => r.Roles).NotNull();
            RuleForEach(r => r.Roles).NotEmpty();
            RuleForEach(r => r.Regions).NotEmpty();
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
        if (UserNames.Check(body.UserName) is { } unfit)
        {
            return unfit;
        }

        var assignment = new Assignment(body.Roles, body.Department, body.OrganisationId, body.Regions ?? []);
        if (await policy.CheckAsync(assignment, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (policy.CheckPassword(body.UserName, body.Password) is { } weak)
        {
            return weak;
        }

        var user = User.Create(caller.Context(), body.UserName, body.DisplayName, body.Email, assignment);
        if (await db.Users.AnyAsync(u => u.NormalizedUserName == user.NormalizedUserName, cancellationToken))
        {
            return Refusal.ByRule("user-name-taken", UserRules.Rule, ["userName"], Roles.Administrator);
        }

        user.PasswordHash = hasher.HashPassword(user, body.Password);
        return caller.Create<User>(db, "users", user, UserView.From);
    }
}
