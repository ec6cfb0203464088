using CustomerService.Repairs.Data;
using CustomerService.Repairs.Products;
using CustomerService.Repairs.Products.Domain;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Returns.Features;

/// <summary>Goods, slip and exchange (C5.1.5).</summary>
internal static class IssueReturnSlip
{
    /// <param name="Quantity">How many came.</param>
    /// <param name="Note">For example what the packaging looks like.</param>
    internal sealed record GoodsRequest(int? Quantity, string? Note = null);

    /// <param name="ShippedOutOn">When the goods were shipped out.</param>
    /// <param name="Reason">Why they come back.</param>
    internal sealed record Request(DateOnly? ShippedOutOn, string Reason);

    /// <param name="Note">Remark of who takes the copy over.</param>
    internal sealed record HandRequest(string? Note = null);

    /// <param name="PrintedName">Name in print of the sales manager.</param>
    internal sealed record SignRequest(string PrintedName);

    /// <param name="Reason">Why the exchange ships first.</param>
    /// <param name="Deadline">By when goods and slip are here.</param>
    internal sealed record AdvanceRequest(string Reason, DateOnly? Deadline);

    /// <param name="Quantity">How many.</param>
    /// <param name="Serial">Serial number of the machine given; needed where a machine is exchanged.</param>
    /// <param name="Carrier">With whom it goes.</param>
    /// <param name="TrackingNumber">The carrier's number.</param>
    internal sealed record ReplacementRequest(
        int? Quantity,
        string? Serial = null,
        string? Carrier = null,
        string? TrackingNumber = null
    );

    internal sealed class GoodsValidator : AbstractValidator<GoodsRequest>
    {
        public GoodsValidator()
        {
            RuleFor(r => r.Quantity).NotNull();
            RuleFor(r => r.Note).OptionalText();
        }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.ShippedOutOn).NotNull();
            RuleFor(r => r.Reason).RequiredText();
        }
    }

    internal sealed class HandValidator : AbstractValidator<HandRequest>
    {
        public HandValidator() => RuleFor(r => r.Note).OptionalText();
    }

    internal sealed class SignValidator : AbstractValidator<SignRequest>
    {
        public SignValidator() => RuleFor(r => r.PrintedName).RequiredText(TextLength.Line);
    }

    internal sealed class AdvanceValidator : AbstractValidator<AdvanceRequest>
    {
        public AdvanceValidator()
        {
            RuleFor(r => r.Reason).RequiredText();
            RuleFor(r => r.Deadline).NotNull();
        }
    }

    internal sealed class ReplacementValidator : AbstractValidator<ReplacementRequest>
    {
        public ReplacementValidator()
        {
            RuleFor(r => r.Quantity).NotNull();
            RuleFor(r => r.Serial).OptionalCode();
            RuleFor(r => r.Carrier).OptionalText(TextLength.Line);
            RuleFor(r => r.TrackingNumber).OptionalText(TextLength.Line);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/return-cases/{id:guid}/receive-goods", ReceiveReturnedGoods)
            .AsCommand()
            .WithSummary("Returned goods come in")
            .WithDescription("Rule C5.1.5. Never more than were asked back. 409: goods-are-here, more-than-asked.")
            .Produces<ReturnCaseView>();
        routes
            .MapPost("/return-cases/{id:guid}/issue-slip", Handle)
            .AsCommand()
            .WithSummary("The slip 退回/換貨品詳單 is made out; its red copy begins its way")
            .WithDescription(
                "Rules C5.1.5, C10, S3. Region and salesperson are the customer's in the registry. 409: region-unknown, "
                    + "slip-incomplete."
            )
            .WithExample(new Request(new DateOnly(2026, 1, 5), "定子短路，出廠三個月內"))
            .Produces<ReturnCaseView>();
        routes
            .MapStep<HandRequest>(
                "hand-slip",
                "HandReturnSlip",
                (one, context, body) => one.HandSlip(context, body.Note)
            )
            .WithSummary("The region's salesperson receives the red copy")
            .WithDescription("Rule C5.1.5. 409: not-your-region.");
        routes
            .MapStep<HandRequest>(
                "collect-slip",
                "CollectReturnSlip",
                (one, context, body) => one.CollectSlip(context, body.Note)
            )
            .WithSummary("The after-sales department collects the red copy")
            .WithDescription("Rule C5.1.5.");
        routes
            .MapStep<SignRequest>(
                "sign-slip",
                "SignReturnSlip",
                (one, context, body) => one.SignSlip(context, body.PrintedName)
            )
            .WithSummary("The sales manager signs the slip")
            .WithDescription("Rule C5.1.5.");
        routes
            .MapStep<HandRequest>(
                "book-slip",
                "BookReturnSlip",
                (one, context, body) => one.BookSlip(context, body.Note)
            )
            .WithSummary("Finance books the slip")
            .WithDescription("Rule C5.1.5, worked case 6. 409: slip-not-signed.");
        routes
            .MapStep<AdvanceRequest>(
                "approve-advance",
                "ApproveAdvanceExchange",
                (one, context, body) => one.ApproveAdvance(context, body.Reason, body.Deadline)
            )
            .WithSummary("The sales manager lets an exchange ship before goods and slip are here")
            .WithDescription("Rule C5.1.5. 409: no-exchange, replaced-already, deadline-not-ahead.");
        routes
            .MapPost("/return-cases/{id:guid}/ship-replacement", ShipReplacement)
            .AsCommand()
            .WithSummary("What is given in exchange is shipped")
            .WithDescription(
                """
                Rule C5.1.5, worked case 6. Only when the returned goods and the slip are here, or in advance by exception.
                The machine given inherits the rest of the warranty, and stands in the chain of the one that it replaces.
                409: goods-or-slip-missing, no-exchange, replaced-already, replacement-quantity-differs,
                replacement-serial-missing, serial-unknown, replacement-used, replacement-of-another,
                replacement-of-other-model, replacement-in-use.
                """
            )
            .Produces<ReturnCaseView>();
        routes
            .MapPost("/return-cases/{id:guid}/close", CloseReturn)
            .AsCommand()
            .WithSummary("The case is complete")
            .WithDescription(
                "Rule C5.1.5. 409: goods-outstanding, replacement-outstanding, " + "replacement-not-delivered."
            )
            .Produces<ReturnCaseView>();
    }

    private static Task<CommandResult> ReceiveReturnedGoods(
        Guid id,
        GoodsRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.ReturnCases.VisibleTo(caller.Actor),
            id,
            async (one, context) =>
            {
                var asUnit = await ReturnGoodsBack.AreUnitAsync(db, one, cancellation);
                if (one.ReceiveGoods(context, body.Quantity!.Value, body.Note, asUnit) is { } refusal)
                {
                    return refusal;
                }

                return one.IsComplete ? await ReturnGoodsBack.KeepAsync(db, one, context, cancellation) : null;
            },
            ReturnCaseView.From,
            cancellation
        );

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.ReturnCases.VisibleTo(caller.Actor),
            id,
            (one, context) =>
            {
                var input = new SlipInput(body.ShippedOutOn!.Value, body.Reason);
                if (one.IssueSlip(context, input) is { } refusal)
                {
                    return refusal;
                }

                db.NumberOnCommit(ReturnCase.SlipForm, context.Today.Year, one.NumberSlip);
                return null;
            },
            ReturnCaseView.From,
            cancellation
        );

    private static Task<CommandResult> ShipReplacement(
        Guid id,
        ReplacementRequest body,
        RepairsDb db,
        ProductLookup products,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.ReturnCases.VisibleTo(caller.Actor),
            id,
            async (one, context) =>
            {
                ProductSerial? given = null;
                if (body.Serial is { } number)
                {
                    var key = ProductSerial.KeyOf(number);
                    given = (await products.SerialsAsync([key], cancellation)).GetValueOrDefault(key);
                }

                if (
                    one.ShipReplacement(
                        context,
                        body.Quantity!.Value,
                        given?.Number ?? body.Serial,
                        given?.Id,
                        body.Carrier,
                        body.TrackingNumber
                    ) is
                    { } refusal
                )
                {
                    return refusal;
                }

                if (given is not null && await OpenOfAsync(db, given, one.Id, cancellation) is { } open)
                {
                    return Refusal
                        .ByRule("replacement-in-use", "C5.1.5", ["serial-of-nobody"], Roles.CustomerService)
                        .With("serial", given.Number)
                        .With("record", open);
                }

                return one.SerialId is { } formerId
                    ? Inherit(
                        context,
                        given,
                        body.Serial,
                        await db.ProductSerials.FirstAsync(s => s.Id == formerId, cancellation)
                    )
                    : null;
            },
            ReturnCaseView.From,
            cancellation
        );

    private static Task<CommandResult> CloseReturn(
        Guid id,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.ReturnCases.VisibleTo(caller.Actor),
            id,
            (one, context) => one.Close(context),
            ReturnCaseView.From,
            cancellation
        );

    // What is here for repair, declared or asked back is given to nobody.
    private static async Task<string?> OpenOfAsync(
        RepairsDb db,
        ProductSerial given,
        Guid own,
        CancellationToken cancellation
    )
    {
        var key = given.NumberKey;
        return await db
                .RmaUnits.Where(u => u.OpenSerialKey == key)
                .Select(u => u.Number)
                .FirstOrDefaultAsync(cancellation)
            ?? await db
                .Rmas.Where(r => r.State == RmaState.Declared && r.SerialKeys.Contains(key))
                .Select(r => r.Number)
                .FirstOrDefaultAsync(cancellation)
            ?? await db
                .ReturnCases.Where(r => r.OpenSerialKey == key && r.Id != own)
                .Select(r => r.Number)
                .FirstOrDefaultAsync(cancellation);
    }

    private static Refusal? Inherit(
        CommandContext context,
        ProductSerial? given,
        string? number,
        ProductSerial former
    ) =>
        given is not null ? given.Replace(context, former)
        : number is null
            ? Refusal.ByRule("replacement-serial-missing", "C5.1.5", ["serial-number"], Roles.CustomerService)
        : Refusal.Invalid("serial-unknown", "S3", "model").With("serial", number);
}
