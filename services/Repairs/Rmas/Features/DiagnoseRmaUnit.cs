using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>From the fault in the customer's words to the diagnosis.</summary>
internal static class DiagnoseRmaUnit
{
    /// <param name="Words">The customer's words.</param>
    /// <param name="Code">Fault code, where intake can tell.</param>
    internal sealed record FaultRequest(string Words, string? Code = null);

    /// <param name="Finding">What is wrong.</param>
    /// <param name="FaultCode">Fault code.</param>
    /// <param name="Damaged">Codes of damaged components; which of them are main ones, the model says.</param>
    /// <param name="Covered">Whether the warranty covers it, where the machine's dates do not tell.</param>
    /// <param name="WarrantyEvidence">By what that is known, for example an invoice.</param>
    internal sealed record Request(
        string Finding,
        string FaultCode,
        IReadOnlyList<string>? Damaged = null,
        bool? Covered = null,
        string? WarrantyEvidence = null
    );

    internal sealed class FaultValidator : AbstractValidator<FaultRequest>
    {
        public FaultValidator()
        {
            RuleFor(r => r.Words).RequiredText();
            RuleFor(r => r.Code).OptionalCode();
        }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Finding).RequiredText();
            RuleFor(r => r.FaultCode).RequiredCode();
            RuleFor(r => r.Damaged).AtMost(50);
            RuleForEach(r => r.Damaged).RequiredCode();
            RuleFor(r => r.WarrantyEvidence).OptionalText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapStep<FaultRequest>(
                "record-fault",
                "RecordRmaUnitFault",
                (unit, context, body) => unit.RecordFault(context, body.Words, body.Code)
            )
            .WithSummary("The fault is recorded in the customer's words")
            .WithDescription("Rule C5.1.1.");
        routes
            .MapStep("hand-over", "HandOverRmaUnit", (unit, context) => unit.HandOver(context))
            .WithSummary("The unit is handed to the repair group")
            .WithDescription(
                "Rule C5.1.1, worked case 4. 409: count-not-confirmed (the received quantity is not agreed yet), "
                    + "fault-not-recorded."
            );
        routes
            .MapPost("/rma-units/{id:guid}/diagnose", Handle)
            .AsCommand()
            .WithSummary("The repair group says what is wrong, and whether the warranty covers it")
            .WithDescription(
                """
                Rules C5.1.1.1, C3.1.2, worked case 5. The machine's dates decide whether the warranty covers it; what is
                said here only counts where they are not known. Only a damaged main component out of warranty asks for
                FM001; the customer is then contacted within the policy's working days. 400: component-unknown.
                409: warranty-undecided.
                """
            )
            .WithExample(new Request("主控板燒毀", "F-12", ["MAINBOARD"]))
            .Produces<RmaUnitView>();
    }

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RmaUnits.VisibleTo(caller.Actor),
            id,
            async (unit, context) =>
                (await RmaComponents.OfAsync(db, unit.ModelId, body.Damaged, cancellation)).Failed(
                    out var unknown,
                    out var damaged
                )
                    ? unit.CheckRole(context, RmaUnitAction.Diagnose) ?? unknown
                    : unit.Diagnose(
                        context,
                        body.Finding,
                        body.FaultCode,
                        damaged,
                        body.Covered,
                        body.WarrantyEvidence
                    ),
            RmaUnitView.From,
            cancellation
        );
}
