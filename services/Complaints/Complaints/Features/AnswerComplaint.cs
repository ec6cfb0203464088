using CustomerService.Complaints.Data;
using CustomerService.Complaints.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Features;

internal static class AnswerComplaint
{
    internal sealed record Request(string Cause, string Traceability, string Conclusion);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Cause).IsText();
            RuleFor(r => r.Traceability).IsText();
            RuleFor(r => r.Conclusion).IsText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/answer", Handle)
            .AsCommand()
            .WithSummary("Cause, traceability and conclusion go back to the customer")
            .WithDescription(
                """
                Rules C5.6.1 and C5.3.2; customer service or sales. Where the liability is ours it needs a corrective action (409 `corrective-action-missing`)
                and the management representative's review of each (409 `capa-not-reviewed`, rule C5.4). The resolution target of rule C1 is met with it.
                """
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
            (c, flow) => c.Reply(flow, body.Cause, body.Traceability, body.Conclusion, targets),
            cancellationToken
        );
}
