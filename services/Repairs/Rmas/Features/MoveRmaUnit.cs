using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>Custody: who has a unit, where; lots that are split and merged; what is scrapped (C3.1.1).</summary>
internal static class MoveRmaUnit
{
    /// <param name="Place">Where to.</param>
    /// <param name="Note">For example the shelf.</param>
    internal sealed record Request(Place? Place, string? Note = null);

    /// <param name="Quantity">How many are taken off.</param>
    internal sealed record SplitRequest(int? Quantity);

    /// <param name="UnitId">The lot that it becomes part of.</param>
    internal sealed record MergeRequest(Guid? UnitId);

    /// <param name="Reason">Why it is scrapped.</param>
    /// <param name="Agreed">The customer's word.</param>
    internal sealed record ScrapRequest(string Reason, WordRequest? Agreed = null);

    /// <param name="Unit">What remains.</param>
    /// <param name="Part">What was taken off.</param>
    internal sealed record SplitView(RmaUnitView Unit, RmaUnitView Part);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Place).NotNull();
            RuleFor(r => r.Note).OptionalText(TextLength.Line);
        }
    }

    internal sealed class SplitValidator : AbstractValidator<SplitRequest>
    {
        public SplitValidator() => RuleFor(r => r.Quantity).NotNull();
    }

    internal sealed class MergeValidator : AbstractValidator<MergeRequest>
    {
        public MergeValidator() => RuleFor(r => r.UnitId).NotNull();
    }

    internal sealed class ScrapValidator : AbstractValidator<ScrapRequest>
    {
        public ScrapValidator()
        {
            RuleFor(r => r.Reason).RequiredText();
            RuleFor(r => r.Agreed!).SetValidator(new WordRequest.Validator()).When(r => r.Agreed is not null);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapStep<Request>(
                "move-to",
                "MoveRmaUnit",
                (unit, context, body) => unit.MoveTo(context, body.Place!.Value, body.Note)
            )
            .WithSummary("Who scans it takes it over")
            .WithDescription("Rule C3.1.1. 409: already-there.");
        routes
            .MapPost("/rma-units/{id:guid}/split", SplitRmaUnit)
            .AsCommand()
            .WithSummary("Takes so many off a lot; they are a unit of their own")
            .WithDescription("Rule C3.1.1. 409: split-out-of-range (not more than 0, or not less than the lot).")
            .WithExample(new SplitRequest(3))
            .Produces<SplitView>();
        routes
            .MapPost("/rma-units/{id:guid}/merge-into", MergeRmaUnit)
            .AsCommand()
            .WithSummary("A lot becomes part of another of the same RMA, model and place")
            .WithDescription("Rule C3.1.1. 409: lots-differ.")
            .Produces<RmaUnitView>();
        routes
            .MapStep<ScrapRequest>(
                "scrap",
                "ScrapRmaUnit",
                (unit, context, body) => unit.Scrap(context, body.Agreed?.Word(), body.Reason)
            )
            .WithSummary("The quality department scraps a unit with the customer's agreement")
            .WithDescription("Rule C3.1.1. 409: scrapping-not-agreed.");
    }

    private static async Task<CommandResult> SplitRmaUnit(
        Guid id,
        SplitRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var unit = await db.RmaUnits.VisibleTo(caller.Actor).FirstOrDefaultAsync(u => u.Id == id, cancellation);
        if (caller.Precondition(unit) is { } failed)
        {
            return failed;
        }

        var context = caller.Context(unit!);
        if (unit!.CheckRole(context, RmaUnitAction.Split) is { } forbidden)
        {
            return forbidden;
        }

        var rma = await db.Rmas.FirstAsync(r => r.Id == unit.RmaId, cancellation);
        if (unit.Split(context, body.Quantity!.Value, rma.NextUnitNumber(), out var part) is { } refusal)
        {
            return refusal;
        }

        db.Add(part!);
        return CommandResult.Ok(
            unit,
            () => new SplitView(RmaUnitView.From(unit, caller), RmaUnitView.From(part!, caller))
        );
    }

    private static Task<CommandResult> MergeRmaUnit(
        Guid id,
        MergeRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RmaUnits.VisibleTo(caller.Actor),
            id,
            async (unit, context) =>
                await db.RmaUnits.VisibleTo(caller.Actor).FirstOrDefaultAsync(u => u.Id == body.UnitId, cancellation)
                    is { } other
                    ? unit.MergeInto(context, other)
                    : unit.CheckRole(context, RmaUnitAction.MergeInto)
                        ?? Rules.Refusal.Invalid("unit-unknown", "C3.1.1", "unit"),
            RmaUnitView.From,
            cancellation
        );
}
