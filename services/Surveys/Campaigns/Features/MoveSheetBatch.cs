using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Store;
using FluentValidation;

namespace CustomerService.Surveys.Campaigns.Features;

/// <summary>Prints a batch again, or revokes it where it was lost (C5.8.2).</summary>
internal static class MoveSheetBatch
{
    /// <param name="Reason">Why.</param>
    internal sealed record Request(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/sheet-batches/{id:guid}/reprint", ReprintAsync)
            .AsCommand()
            .ForRoles(Roles.CustomerService, Roles.Sales)
            .WithName("ReprintSheetBatch")
            .WithSummary("Note that a batch is printed again")
            .WithDescription("Rule C5.8.2. The codes stay the same, so that no form can be answered twice.")
            .Produces<SheetBatchView>();
        routes
            .MapPost("/sheet-batches/{id:guid}/revoke", RevokeAsync)
            .AsCommand()
            .ForRoles(Roles.CustomerService, Roles.Sales)
            .WithName("RevokeSheetBatch")
            .WithSummary("Revoke a batch")
            .WithDescription("Rule C5.8.2. Its unused codes are dead at once; answers that came in stay.")
            .Produces<SheetBatchView>();
    }

    private static Task<CommandResult> ReprintAsync(
        Guid id,
        Request body,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            store,
            StaffAccess.Of<SheetBatch>(caller.Actor),
            id,
            (batch, context) => batch.Reprint(context, body.Reason.Trim()),
            (batch, by) => SheetBatchView.From(batch, by, null),
            cancellation
        );

    private static async Task<CommandResult> RevokeAsync(
        Guid id,
        Request body,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var batch = await store.FindAsync(StaffAccess.Of<SheetBatch>(caller.Actor).Where(b => b.Id, id), cancellation);
        if (caller.Precondition(batch) is { } failed)
        {
            return failed;
        }

        if (batch!.Revoke(caller.Context(batch), body.Reason.Trim()) is { } refusal)
        {
            return refusal;
        }

        var unused = DocumentQuery<Invitation>
            .All.Where(i => i.BatchId, id)
            .In(i => i.State, InvitationDeadlines.Running);
        foreach (var one in await store.ListIdsAsync(unused, Guid.Empty, SheetBatch.MostSheets, cancellation))
        {
            if (await store.FindAsync(unused.Where(i => i.Id, one), cancellation) is { } invitation)
            {
                invitation.Withdraw(caller.Context(invitation), body.Reason.Trim());
            }
        }

        return CommandResult.Ok(batch, () => SheetBatchView.From(batch, caller, null));
    }
}
