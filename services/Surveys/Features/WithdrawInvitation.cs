using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Data;
using FluentValidation;

namespace CustomerService.Surveys.Features;

/// <summary>Takes an invitation back (C5.8.2): sent to the wrong person, lost, or out of place.</summary>
internal static class WithdrawInvitation
{
    internal sealed record Request(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Reason).NotEmpty().MaximumLength(1000);
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/invitations/{id:guid}/withdraw", Handle)
            .AsCommand()
            .WithSummary("Take an invitation back")
            .WithDescription(
                "Rule C5.8.2. Customer service or sales, with a reason, while it is not answered or expired. The link is dead at once. To send a new link, withdraw and invite again."
            )
            .Produces<InvitationView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        ISurveyStore store,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var invitation = await store.FindInvitationAsync(id, cancellationToken);
        if (invitation is not null && !caller.Actor.Sees(invitation.CustomerId))
        {
            invitation = null;
        }

        return caller.Change(
            invitation,
            i => i.Withdraw(caller.Flow(i.PolicyVersion), body.Reason.Trim()),
            i => InvitationView.From(i, caller)
        );
    }
}
