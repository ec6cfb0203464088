using CustomerService.Identity.Data;
using CustomerService.Identity.Users.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Identity.Users.Features;

/// <summary>Ends and restores an account: two directions of one change.</summary>
internal static class ActivateUser
{
    internal sealed record Request(string? Why);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Why).OptionalText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/users/{id:guid}/deactivate", Deactivate)
            .AsCommand()
            .WithSummary("Deactivate a user")
            .WithDescription(
                "The user gets no new token, and those that are out are refused in every service within seconds. "
                    + "Who was head or deputy of a department is so no longer."
            )
            .Produces<UserView>();
        routes
            .MapPost("/users/{id:guid}/activate", Activate)
            .AsCommand()
            .WithSummary("Activate a user again")
            .Produces<UserView>();
    }

    private static Task<CommandResult> Deactivate(
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
                if (
                    (
                        await policy.CheckAdministratorStaysAsync(user, cancellation)
                        ?? user.Deactivate(context, body.Why)
                    ) is
                    { } refusal
                )
                {
                    return refusal;
                }

                await policy.LeaveOfficesAsync(user, context, cancellation);
                return null;
            },
            UserView.From,
            cancellation
        );

    private static Task<CommandResult> Activate(
        Guid id,
        Request body,
        IdentityDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Users,
            id,
            (user, context) => user.Activate(context, body.Why),
            UserView.From,
            cancellation
        );
}
