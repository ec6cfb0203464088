using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

internal static class PauseComplaint
{
    /// <param name="Reason">Why the resolution cannot go on.</param>
    internal sealed record Request(PauseReason? Reason, string? Note);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Reason)
                .NotNull()
                .Must(reason => reason is not (PauseReason.WaitingForConfirmation or PauseReason.Merged))
                .WithErrorCode("by-system-only");
            RuleFor(r => r.Note).OptionalText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/pause", Handle)
            .AsCommand()
            .WithSummary("Stop the resolution target, with a reason")
            .WithDescription(
                """
                Rule C1; customer service or QC. The first response never pauses; a pause outside business hours moves
                nothing. 409 `already-paused`.
                """
            )
            .Produces<ComplaintView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            (complaint, context) => complaint.Pause(context, body.Reason!.Value, body.Note),
            ComplaintView.From,
            cancellation
        );
}
