using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

internal static class CloseComplaint
{
    /// <param name="WithoutConfirmationReason">Why the customer's confirmation is not to be had; sales manager
    /// only.</param>
    internal sealed record Request(string? WithoutConfirmationReason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.WithoutConfirmationReason).OptionalText();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/close", Handle)
            .AsCommand()
            .WithSummary("Close the complaint")
            .WithDescription(
                """
                Rules C5.6.1 and C5.6.2; customer service or sales. 409 `meeting-due` while the department heads must
                meet (C5.5), `capa-open` while a CAPA is not verified as
                effective, `customer-not-answered`, `customer-not-confirmed` (only the sales manager closes without the
                confirmation, with a reason: `unconfirmed-reason-missing`).
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
            (complaint, context) => complaint.Close(context, body.WithoutConfirmationReason),
            ComplaintView.From,
            cancellation
        );
}
