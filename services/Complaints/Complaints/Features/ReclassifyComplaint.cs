using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Severity = CustomerService.Rules.Severity;

namespace CustomerService.Complaints.Complaints.Features;

internal static class ReclassifyComplaint
{
    internal sealed record Request(Severity? Severity, string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Severity).NotNull();
            RuleFor(r => r.Reason).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/reclassify", Handle)
            .AsCommand()
            .WithSummary("Correct the severity, with a reason")
            .WithDescription(
                """
                Rule C1; customer service or QC. The targets are calculated again from the same start; a response that
                was given keeps its target. 409 `severity-unchanged`.
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
            (complaint, context) => complaint.Reclassify(context, body.Severity!.Value, body.Reason),
            ComplaintView.From,
            cancellation
        );
}
