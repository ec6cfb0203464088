using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.ActionItems.Features;

/// <summary>Who gave an action item supervises it, and settles it, sends it back or withdraws it.</summary>
internal static class CheckActionItem
{
    internal sealed record OpinionRequest(string? Opinion);

    internal sealed record ReasonRequest(string Reason);

    internal sealed record NoteRequest(string Note);

    internal sealed class OpinionValidator : AbstractValidator<OpinionRequest>
    {
        public OpinionValidator() => RuleFor(r => r.Opinion).OptionalText();
    }

    internal sealed class ReasonValidator : AbstractValidator<ReasonRequest>
    {
        public ReasonValidator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal sealed class NoteValidator : AbstractValidator<NoteRequest>
    {
        public NoteValidator() => RuleFor(r => r.Note).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/action-items/{id:guid}/accept", Accept)
            .AsCommand()
            .WithName("AcceptActionItem")
            .WithSummary("Checked: it is settled")
            .WithDescription(
                """
                By who gave it: customer service or sales for what was passed on (C3.1.4), QC for a remedy (C5.3.1), the
                head of the department for an action of a CAPA (C5.6.2), the caller of the meeting for a decision
                (C5.5). 409 `not-the-checker`, `checker-is-doer`.
                """
            )
            .Produces<ActionItemView>();
        routes
            .MapPost("/action-items/{id:guid}/send-back", SendBack)
            .AsCommand()
            .WithName("SendBackActionItem")
            .WithSummary("Checked: it is not what was asked for")
            .WithDescription("409 `not-the-checker`, `checker-is-doer`. What was reported is kept.")
            .Produces<ActionItemView>();
        routes
            .MapPost("/action-items/{id:guid}/withdraw", Withdraw)
            .AsCommand()
            .WithName("WithdrawActionItem")
            .WithSummary("It is not wanted any more")
            .WithDescription("By who may grant a later day. 409 `not-the-granter`.")
            .Produces<ActionItemView>();
        routes
            .MapPost("/action-items/{id:guid}/supervise", Supervise)
            .AsCommand()
            .WithName("SuperviseActionItem")
            .WithSummary("A supervisor notes how it goes")
            .WithDescription("Rule C5.3.1: QC supervises the remedy.")
            .Produces<ActionItemView>();
    }

    private static Task<CommandResult> Accept(
        Guid id,
        OpinionRequest body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ChangeActionAsync(db, id, (item, context) => item.Accept(context, body.Opinion), cancellation);

    private static Task<CommandResult> SendBack(
        Guid id,
        ReasonRequest body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ChangeActionAsync(db, id, (item, context) => item.SendBack(context, body.Reason), cancellation);

    private static Task<CommandResult> Withdraw(
        Guid id,
        ReasonRequest body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ChangeActionAsync(db, id, (item, context) => item.Withdraw(context, body.Reason), cancellation);

    private static Task<CommandResult> Supervise(
        Guid id,
        NoteRequest body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ChangeActionAsync(db, id, (item, context) => item.Supervise(context, body.Note), cancellation);
}
