using CustomerService.Identity.Data;
using CustomerService.Identity.Users.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Identity.Users.Features;

internal static class AssignUser
{
    internal sealed record Request(IReadOnlyList<string> Roles, string? Department, Guid? OrganisationId, string? Why);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Roles).NotNull();
            RuleForEach(r => r.Roles).NotEmpty();
            RuleFor(r => r.Why).OptionalText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/users/{id:guid}/assign", Handle)
            .AsCommand()
            .WithSummary("Change a user's roles, department and organisation")
            .WithDescription("Takes effect with the next access token. 409 `last-administrator`.")
            .Produces<UserView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        IdentityDb db,
        UserPolicy policy,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Users,
            id,
            async (user, context) =>
            {
                var assignment = new Assignment(body.Roles, body.Department, body.OrganisationId);
                if (await policy.CheckAsync(assignment, cancellation) is { } refusal)
                {
                    return refusal;
                }

                if (
                    !body.Roles.Contains(Roles.Administrator)
                    && await policy.CheckAdministratorStaysAsync(user, cancellation) is { } last
                )
                {
                    return last;
                }

                return user.Assign(context, assignment, body.Why);
            },
            UserView.From,
            cancellation
        );
}
