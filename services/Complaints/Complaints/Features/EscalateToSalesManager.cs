using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

internal static class EscalateToSalesManager
{
    internal sealed record Request(EscalationReason? Reason, string Note);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Reason)
                .NotNull()
                .NotEqual(EscalationReason.MajorQualityProblem)
                .WithErrorCode("reason-of-qc-head");
            RuleFor(r => r.Note).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/escalate-to-sales-manager", Handle)
            .AsCommand()
            .WithSummary("Customer service escalates to the sales manager")
            .WithDescription(
                """
                Rule C5.5.1: not improvable in time, cause unknown, or liability unclear. The department heads then
                meet; until they have, the customer is not answered and the complaint is not closed.
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
            (complaint, context) => complaint.EscalateToSalesManager(context, body.Reason!.Value, body.Note),
            ComplaintView.From,
            cancellation
        );
}
