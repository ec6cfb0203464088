using CustomerService.Complaints.Data;
using CustomerService.Complaints.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Features;

/// <summary>Triage by customer service (C5.2): three ways out, one command each.</summary>
internal static class SortComplaint
{
    /// <param name="Note">What was explained and how the customer was assisted; what was done; why it goes to
    /// QC.</param>
    internal sealed record Request(string Note);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Note).IsText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/complaints/{id:guid}/explain", Explain)
            .AsCommand()
            .WithSummary("Triage: not our liability; explained, and the customer assisted")
            .WithDescription(
                "Rule C5.2; customer service, after the first response. The explanation is what the customer then confirms or objects to."
            )
            .Produces<ComplaintView>();
        routes
            .MapPost("/complaints/{id:guid}/solve", Solve)
            .AsCommand()
            .WithSummary("Triage: ours, and solved by customer service alone")
            .WithDescription(
                "Rule C5.2; customer service, after the first response. What was done is recorded, and confirmed by the customer."
            )
            .Produces<ComplaintView>();
        routes
            .MapPost("/complaints/{id:guid}/send-to-qc", SendToQc)
            .AsCommand()
            .WithSummary("Triage: everything else goes to QC with FM004")
            .WithDescription("Rule C5.2; customer service, after the first response.")
            .Produces<ComplaintView>();
    }

    private static Task<CommandResult> Explain(
        Guid id,
        Request body,
        ComplaintsDb store,
        ComplaintTargets targets,
        Caller caller,
        CancellationToken cancellationToken
    ) => caller.ChangeComplaintAsync(store, id, (c, flow) => c.Explain(flow, body.Note, targets), cancellationToken);

    private static Task<CommandResult> Solve(
        Guid id,
        Request body,
        ComplaintsDb store,
        ComplaintTargets targets,
        Caller caller,
        CancellationToken cancellationToken
    ) => caller.ChangeComplaintAsync(store, id, (c, flow) => c.Solve(flow, body.Note, targets), cancellationToken);

    private static Task<CommandResult> SendToQc(
        Guid id,
        Request body,
        ComplaintsDb store,
        Caller caller,
        CancellationToken cancellationToken
    ) => caller.ChangeComplaintAsync(store, id, (c, flow) => c.SendToQc(flow, body.Note), cancellationToken);
}
