using CustomerService.Complaints.Data;
using CustomerService.Complaints.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Features;

/// <summary>The customer's word on the conclusion (C5.6.1): his own on the portal, or recorded by whoever heard
/// it.</summary>
internal static class ConfirmConclusion
{
    /// <param name="ConfirmedBy">Printed name of who confirmed; the caller's own by default.</param>
    /// <param name="Opinion">What the customer said.</param>
    internal sealed record Confirmation(string? ConfirmedBy, string? Opinion);

    internal sealed record Objection(string Reason);

    internal sealed class ConfirmationValidator : AbstractValidator<Confirmation>
    {
        public ConfirmationValidator()
        {
            RuleFor(r => r.ConfirmedBy).MayBeText(Limits.Line);
            RuleFor(r => r.Opinion).MayBeText();
        }
    }

    internal sealed class ObjectionValidator : AbstractValidator<Objection>
    {
        public ObjectionValidator() => RuleFor(r => r.Reason).IsText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/complaints/{id:guid}/confirm", Confirm)
            .AsCommand()
            .WithSummary("The customer confirms the conclusion")
            .WithDescription(
                "Rule C5.6.1; the customer himself, or customer service and sales for him (then with `confirmedBy`, else 400 `confirmed-by-missing`)."
            )
            .Produces<ComplaintView>();
        routes
            .MapPost("/complaints/{id:guid}/object", Object)
            .AsCommand()
            .WithSummary("The customer does not agree")
            .WithDescription(
                "Rule C5.6.1. An answer goes back to QC, an explanation or a solution to triage. The time that the customer took does not count against the target."
            )
            .Produces<ComplaintView>();
    }

    private static async Task<CommandResult> Confirm(
        Guid id,
        Confirmation body,
        ComplaintsDb store,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        // Staff confirm nothing themselves: they record who did.
        if (caller.Actor.IsStaff() && body.ConfirmedBy is null)
        {
            return Rules.Refusal.Invalid("confirmed-by-missing", "C5.6.1", "confirmed-by");
        }

        return await caller.ChangeComplaintAsync(
            store,
            id,
            (c, flow) => c.Confirm(flow, body.ConfirmedBy, body.Opinion),
            cancellationToken
        );
    }

    private static Task<CommandResult> Object(
        Guid id,
        Objection body,
        ComplaintsDb store,
        ComplaintTargets targets,
        Caller caller,
        CancellationToken cancellationToken
    ) => caller.ChangeComplaintAsync(store, id, (c, flow) => c.Object(flow, body.Reason, targets), cancellationToken);
}
