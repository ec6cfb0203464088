using CustomerService.Identity.Data;
using CustomerService.Identity.Users.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Identity.Users.Features;

internal static class ChangeProfile
{
    internal sealed record Request(string DisplayName, string? Email);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.DisplayName).RequiredText(TextLength.Line);
            RuleFor(r => r.Email).EmailAddress().MaximumLength(254);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/users/{id:guid}/change-profile", Handle)
            .AsCommand()
            .WithSummary("Change a user's name and e-mail address")
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
                await policy.RenameOfficesAsync(user, body.DisplayName, context, cancellation);
                return user.ChangeProfile(context, body.DisplayName, body.Email);
            },
            UserView.From,
            cancellation
        );
}
