using CustomerService.Complaints.Data;
using CustomerService.Complaints.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Features;

internal static class OpenCorrectiveAction
{
    /// <param name="Department">Responsible department; that of QC's ruling by default.</param>
    /// <param name="DueOn">Last day of execution that is in time.</param>
    /// <param name="Description">What must not recur.</param>
    internal sealed record Request(string? Department, DateOnly? DueOn, string Description);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Department).MayBeCode();
            RuleFor(r => r.DueOn).NotNull();
            RuleFor(r => r.Description).IsText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/corrective-actions", Handle)
            .AsCommand()
            .WithSummary("Open a corrective action (CAPA) for the complaint")
            .WithDescription(
                "Rules C3.2.3 and C5.4; QC, where the liability is ours. If-Match names the version of the complaint. 409 `due-in-the-past`, `not-our-liability`."
            )
            .Produces<CorrectiveActionView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb store,
        ComplaintTargets targets,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var complaint = await store
            .Complaints.VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(c => c.Id == id, cancellationToken);
        if (caller.Precondition(complaint) is { } failed)
        {
            return failed;
        }

        if (
            complaint!.OpenCorrectiveAction(
                caller.Flow(complaint.PolicyVersion),
                body.DueOn!.Value,
                body.Description
            ) is
            { } refusal
        )
        {
            return refusal;
        }

        var number = await store.NextNumberAsync(CorrectiveAction.Form, caller.Today.Year, cancellationToken);
        var department = body.Department ?? complaint.ResponsibleDepartment!;
        var (action, refused) = CorrectiveAction.OpenFor(
            complaint,
            caller.Flow(targets.VersionOn(caller.Today)),
            number,
            department,
            body.DueOn!.Value,
            body.Description
        );
        if (action is null)
        {
            return refused!;
        }

        complaint.Follow(action);
        store.Add(action);
        return CommandResult.Created(
            $"/api/complaints/v1/corrective-actions/{action.Id}",
            CorrectiveActionView.From(action, caller),
            action.Version
        );
    }
}
