using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

internal static class ObjectToConclusion
{
    /// <param name="Reason">In the customer's words.</param>
    internal sealed record Request(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/object", Handle)
            .AsCommand()
            .WithSummary("The customer does not agree")
            .WithDescription(
                """
                Rule C5.6.1. An answer goes back to QC (with a form FM004 where it was never there), an explanation or a solution to triage. The time that the
                customer took does not count against the target.
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
            (complaint, context) =>
            {
                var refusal = complaint.Object(context, body.Reason);
                if (refusal is null)
                {
                    db.NumberFormOf(complaint, context);
                }

                return refusal;
            },
            ComplaintView.From,
            cancellation
        );
}
