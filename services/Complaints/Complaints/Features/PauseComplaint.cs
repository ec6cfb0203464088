using CustomerService.Complaints.Data;
using CustomerService.Complaints.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Features;

internal static class PauseComplaint
{
    internal sealed record Request(PauseReason? Reason, string? Note);

    internal sealed record Resumption;

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Reason)
                .NotNull()
                .NotEqual(PauseReason.WaitingForConfirmation)
                .WithErrorCode("by-system-only");
            RuleFor(r => r.Note).MayBeText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/complaints/{id:guid}/pause", Pause)
            .AsCommand()
            .WithSummary("Stop the resolution target, with a reason")
            .WithDescription(
                "Rule C1; customer service or QC. The first response never pauses; a pause outside business hours moves nothing. 409 `already-paused`."
            )
            .Produces<ComplaintView>();
        routes
            .MapPost("/complaints/{id:guid}/resume", Resume)
            .AsCommand()
            .WithSummary("Let the resolution target run again")
            .WithDescription("Rule C1; customer service or QC. 409 `not-paused`. An answer ends a pause by itself.")
            .Produces<ComplaintView>();
    }

    private static Task<CommandResult> Pause(
        Guid id,
        Request body,
        ComplaintsDb store,
        ComplaintTargets targets,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        caller.ChangeComplaintAsync(
            store,
            id,
            (c, flow) => c.Pause(flow, body.Reason!.Value, body.Note, targets),
            cancellationToken
        );

    private static Task<CommandResult> Resume(
        Guid id,
        Resumption? body,
        ComplaintsDb store,
        ComplaintTargets targets,
        Caller caller,
        CancellationToken cancellationToken
    ) => caller.ChangeComplaintAsync(store, id, (c, flow) => c.Resume(flow, targets), cancellationToken);
}
