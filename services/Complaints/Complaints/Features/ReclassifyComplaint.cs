using CustomerService.Complaints.Data;
using CustomerService.Complaints.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Severity = CustomerService.Rules.Severity;

namespace CustomerService.Complaints.Features;

internal static class ReclassifyComplaint
{
    internal sealed record Request(Severity? Severity, string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Severity).NotNull();
            RuleFor(r => r.Reason).IsText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/reclassify", Handle)
            .AsCommand()
            .WithSummary("Correct the severity, with a reason")
            .WithDescription(
                "Rule C1; customer service or QC. The targets are worked out again from the same start; a response that was given keeps its target. 409 `severity-unchanged`."
            )
            .Produces<ComplaintView>();

    private static Task<CommandResult> Handle(
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
            (c, flow) => c.Reclassify(flow, body.Severity!.Value, body.Reason, targets),
            cancellationToken
        );
}
