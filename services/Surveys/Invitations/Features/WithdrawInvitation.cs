using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Store;
using FluentValidation;

namespace CustomerService.Surveys.Invitations.Features;

/// <summary>Withdraws an invitation (C5.8.2): sent to the wrong person, lost, or out of place.</summary>
internal static class WithdrawInvitation
{
    /// <param name="Reason">Why.</param>
    internal sealed record Request(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/invitations/{id:guid}/withdraw", Handle)
            .AsCommand()
            .WithSummary("Withdraw an invitation")
            .WithDescription(
                "Rule C5.8.2. Customer service or sales, with a reason, while it is not answered or expired. The link "
                    + "is dead at once. To send a new link, withdraw and invite again."
            )
            .Produces<InvitationView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            store,
            InvitationAccess.VisibleTo(caller.Actor),
            id,
            (invitation, context) => invitation.Withdraw(context, body.Reason.Trim()),
            InvitationView.From,
            cancellation
        );
}
