using CustomerService.Identity.Data;
using CustomerService.Identity.Users.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.AspNetCore.Identity;

namespace CustomerService.Identity.Users.Features;

internal static class ResetPassword
{
    internal sealed record Request([property: Verbatim] string Password);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Password).RequiredText(TextLength.Line);
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/users/{id:guid}/reset-password", Handle)
            .AsCommand()
            .WithSecretBody()
            .WithSummary("Give a user a new password")
            .WithDescription("Ends open sessions, tokens and a lock-out.")
            .Produces<UserView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        IdentityDb db,
        UserPolicy policy,
        LockOut lockOut,
        IPasswordHasher<User> hasher,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Users,
            id,
            async (user, context) =>
            {
                if (policy.CheckPassword(user.UserName, body.Password) is { } weak)
                {
                    return weak;
                }

                await lockOut.ClearAsync(user.NormalizedUserName, cancellation);
                return user.ChangePassword(context, hasher.HashPassword(user, body.Password), byAdministrator: true);
            },
            UserView.From,
            cancellation
        );
}
