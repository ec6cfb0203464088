using CustomerService.Records;
using CustomerService.Repairs.Components.Domain;
using CustomerService.Repairs.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Components.Features;

/// <summary>A component or a machine goes to its maker.</summary>
internal static class PrepareMakerClaim
{
    /// <param name="UnitId">The customer's unit.</param>
    /// <param name="Maker">The maker.</param>
    /// <param name="Code">Code of the component; left out where the unit itself goes.</param>
    /// <param name="Name">What it is called.</param>
    /// <param name="Serial">The component's own serial number.</param>
    /// <param name="Quantity">How many.</param>
    /// <param name="Fault">What is wrong with it.</param>
    /// <param name="Claimed">What is asked for, in the currency of offers.</param>
    internal sealed record Request(
        Guid? UnitId,
        string Maker,
        string? Code,
        string? Name,
        string? Serial,
        int? Quantity,
        string Fault,
        decimal? Claimed = null
    );

    /// <param name="ExpectedOn">By when the maker is expected to answer.</param>
    /// <param name="Carrier">With whom it goes.</param>
    /// <param name="TrackingNumber">The carrier's number.</param>
    /// <param name="Reference">The maker's own number for it.</param>
    internal sealed record SendRequest(
        DateOnly? ExpectedOn,
        string? Carrier = null,
        string? TrackingNumber = null,
        string? Reference = null
    );

    internal sealed record ReasonRequest(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.UnitId).NotNull();
            RuleFor(r => r.Maker).RequiredText(TextLength.Line);
            RuleFor(r => r.Code).OptionalCode();
            RuleFor(r => r.Name).OptionalText(TextLength.Line);
            RuleFor(r => r.Serial).OptionalCode();
            RuleFor(r => r.Quantity).NotNull().LessThanOrEqualTo(100_000);
            RuleFor(r => r.Fault).RequiredText();
            RuleFor(r => r.Claimed).LessThanOrEqualTo(99_999_999m);
        }
    }

    internal sealed class SendValidator : AbstractValidator<SendRequest>
    {
        public SendValidator()
        {
            RuleFor(r => r.ExpectedOn).NotNull();
            RuleFor(r => r.Carrier).OptionalText(TextLength.Line);
            RuleFor(r => r.TrackingNumber).OptionalText(TextLength.Line);
            RuleFor(r => r.Reference).OptionalText(TextLength.Line);
        }
    }

    internal sealed class ReasonValidator : AbstractValidator<ReasonRequest>
    {
        public ReasonValidator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/maker-claims", Handle)
            .AsCommand()
            .WithSummary("A component, or a customer's machine, is to go to its maker")
            .WithDescription(
                """
                Rule C3.1.1. Without `code` the unit itself goes. 400: unit-unknown, quantity-not-positive (a unit goes
                whole), not-an-amount.
                """
            )
            .WithExample(
                new Request(
                    Guid.Parse("0198c0de-0000-7000-8000-000000000001"),
                    "華芯電子",
                    "MAINBOARD",
                    "主控板",
                    null,
                    1,
                    "功率管擊穿",
                    320m
                )
            )
            .Produces<MakerClaimView>(StatusCodes.Status201Created);
        routes
            .MapPost("/maker-claims/{id:guid}/send", SendToMaker)
            .AsCommand()
            .WithSummary("It leaves; the ledger of the unit says so")
            .WithDescription("Rule C3.1.1. 409: expected-in-the-past, not-in-this-state (of the unit).")
            .Produces<MakerClaimView>();
        routes
            .MapPost("/maker-claims/{id:guid}/cancel", CancelMakerClaim)
            .AsCommand()
            .WithSummary("It is not sent after all")
            .WithDescription("Rule C3.1.1.")
            .Produces<MakerClaimView>();
    }

    private static async Task<CommandResult> Handle(
        Request body,
        RepairsDb db,
        RecordNumbers numbers,
        Links links,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var context = caller.Context();
        if (MakerClaim.CheckPrepare(context) is { } refusal)
        {
            return refusal;
        }

        if (await db.RmaUnits.FirstOrDefaultAsync(u => u.Id == body.UnitId, cancellation) is not { } unit)
        {
            return Refusal.Invalid("unit-unknown", "C3.1.1", "unit");
        }

        var whole = TextFolding.IsBlank(body.Code);
        var code = whole ? unit.ModelCode ?? unit.Number : body.Code!.Trim();
        var name = whole ? unit.ModelName : body.Name;
        var prepared = MakerClaim.Prepare(
            context,
            await numbers.NextAsync(MakerClaim.NumberKind, context.Today.Year, cancellation),
            body.Maker,
            unit,
            new(
                whole,
                code,
                TextFolding.IsBlank(name) ? code : name!.Trim(),
                whole ? unit.Serial : body.Serial,
                body.Quantity!.Value,
                body.Fault,
                body.Claimed ?? 0m,
                context.Policy.Rmas.Currency
            )
        );
        if (!prepared.Failed(out _, out var claim))
        {
            await links.LinkAsync(
                context,
                new LinkedPair(
                    new RecordRef("repairs", claim.Kind, claim.Id, claim.Number),
                    LinkKind.CausedBy,
                    new RecordRef("repairs", "rma", unit.RmaId, unit.RmaNumber)
                ),
                cancellation
            );
        }

        return caller.Create(db, "maker-claims", prepared, MakerClaimView.From);
    }

    private static Task<CommandResult> SendToMaker(
        Guid id,
        SendRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.MakerClaims.VisibleTo(caller.Actor),
            id,
            async (claim, context) =>
                claim.Send(
                    context,
                    await db.RmaUnits.FirstAsync(u => u.Id == claim.UnitId, cancellation),
                    new(body.ExpectedOn!.Value, body.Carrier, body.TrackingNumber, body.Reference, Stamp.Of(context))
                ),
            MakerClaimView.From,
            cancellation
        );

    private static Task<CommandResult> CancelMakerClaim(
        Guid id,
        ReasonRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.MakerClaims.VisibleTo(caller.Actor),
            id,
            (claim, context) => claim.Cancel(context, body.Reason),
            MakerClaimView.From,
            cancellation
        );
}
