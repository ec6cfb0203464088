using CustomerService.Identity.Data;
using CustomerService.Identity.Users.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Identity.Users.Features;

internal static class AssignUser
{
    /// <param name="Regions">Codes of the sales regions; for <c>regional-sales</c>, and nobody else.</param>
    internal sealed record Request(
        IReadOnlyList<string> Roles,
        string? Department,
        Guid? OrganisationId,
        IReadOnlyList<string>? Regions,
        string? Why
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Roles).NotNull();
            RuleForEach(r => r.Roles).NotEmpty();
            RuleForEach(r => r.Regions).NotEmpty();
            RuleFor(r => r.Why).OptionalText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/users/{id:guid}/assign", Handle)
            .AsCommand()
            .WithSummary("Change a user's roles, department, organisation and regions")
            .WithDescription(
                "Takes effect in every service within seconds: tokens that are out are refused with 401 `token-outdated`, "
                    + "and a refresh brings the new roles. Who leaves a department is its head or deputy no longer. "
                    + "409 `last-administrator`."
            )
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
                var assignment = new Assignment(body.Roles, body.Department, body.OrganisationId, body.Regions ?? []);
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

                if (user.Department != body.Department)
                {
                    await policy.LeaveOfficesAsync(user, context, cancellation);
                }

                return user.Assign(context, assignment, body.Why);
            },
            UserView.From,
            cancellation
        );
}
