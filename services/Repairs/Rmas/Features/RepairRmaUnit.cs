using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>Repair, and the quality department's word on it (C5.1.1, C5.1.2).</summary>
internal static class RepairRmaUnit
{
    /// <param name="WorkDone">What was done.</param>
    /// <param name="FinishedOn">Day.</param>
    /// <param name="Replaced">Codes of replaced components.</param>
    /// <param name="Crew">Printed names of who worked on it, besides the caller.</param>
    /// <param name="Hours">Working hours.</param>
    internal sealed record Request(
        string WorkDone,
        DateOnly? FinishedOn,
        IReadOnlyList<string>? Replaced = null,
        IReadOnlyList<string>? Crew = null,
        decimal? Hours = null
    );

    internal sealed record OpinionRequest(string Opinion);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.WorkDone).RequiredText();
            RuleFor(r => r.FinishedOn).NotNull();
            RuleFor(r => r.Replaced).AtMost(50);
            RuleForEach(r => r.Replaced).RequiredCode();
            RuleFor(r => r.Crew).AtMost(50);
            RuleForEach(r => r.Crew).RequiredText(TextLength.Line);
            RuleFor(r => r.Hours).InclusiveBetween(0, 10_000);
        }
    }

    internal sealed class OpinionValidator : AbstractValidator<OpinionRequest>
    {
        public OpinionValidator() => RuleFor(r => r.Opinion).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapStep("start-repair", "StartRmaUnitRepair", (unit, context) => unit.StartRepair(context))
            .WithSummary("The repair begins")
            .WithDescription(
                "Rule C5.1.1, worked case 5. Where a main component is damaged out of warranty, not before the signed "
                    + "consent. 409: consent-needed."
            );
        routes
            .MapPost("/rma-units/{id:guid}/finish-repair", Handle)
            .AsCommand()
            .WithSummary("The repair is done")
            .WithDescription("Rule C5.1.1. 400: component-unknown. 409: date-in-future.")
            .WithExample(new Request("更換主控板，老化 4 小時", new DateOnly(2026, 3, 15), ["MAINBOARD"]))
            .Produces<RmaUnitView>();
        routes
            .MapStep("reassemble", "ReassembleRmaUnit", (unit, context) => unit.Reassemble(context))
            .WithSummary("A refused unit is put together as it came")
            .WithDescription("Rule C5.1.1.1. It goes back unrepaired, without the quality department.");
        routes
            .MapStep<OpinionRequest>(
                "pass-qc",
                "PassRmaUnit",
                (unit, context, body) => unit.PassQc(context, body.Opinion)
            )
            .WithSummary("The quality department passes the repaired unit")
            .WithDescription("Rule C5.1.2. The repairer never inspects. 409: inspector-repaired-it.");
        routes
            .MapStep<OpinionRequest>(
                "fail-qc",
                "FailRmaUnit",
                (unit, context, body) => unit.FailQc(context, body.Opinion)
            )
            .WithSummary("The quality department sends it back to repair")
            .WithDescription("Rule C5.1.2. The failure is counted. 409: inspector-repaired-it.");
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
                (await RmaComponents.OfAsync(db, unit.ModelId, body.Replaced, cancellation)).Failed(
                    out var unknown,
                    out var replaced
                )
                    ? unit.CheckRole(context, RmaUnitAction.FinishRepair) ?? unknown
                    : unit.FinishRepair(
                        context,
                        body.WorkDone,
                        replaced,
                        body.Crew ?? [],
                        body.Hours,
                        body.FinishedOn!.Value
                    ),
            RmaUnitView.From,
            cancellation
        );
}
