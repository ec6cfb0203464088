using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

internal static class ConfirmConclusion
{
    /// <param name="ConfirmedBy">Printed name of who confirmed; a customer's own by default.</param>
    /// <param name="Opinion">What the customer said.</param>
    internal sealed record Request(string? ConfirmedBy, string? Opinion);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.ConfirmedBy).OptionalText(TextLength.Line);
            RuleFor(r => r.Opinion).OptionalText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/confirm", Handle)
            .AsCommand()
            .WithSummary("The customer confirms the conclusion")
            .WithDescription(
                """
                Rule C5.6.1; the customer on the portal, or customer service and sales for a named person (else 409
                `confirmed-by-missing`).
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
            (complaint, context) => complaint.Confirm(context, body.ConfirmedBy, body.Opinion),
            ComplaintView.From,
            cancellation
        );
}
