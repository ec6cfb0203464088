using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>A shipment on its way until the customer has it (C5.1.2, C3.1.1).</summary>
internal static class SendShipment
{
    /// <param name="Carrier">Who carries it; needed for express and freight.</param>
    /// <param name="TrackingNumber">The carrier's number.</param>
    internal sealed record Request(string? Carrier = null, string? TrackingNumber = null);

    /// <param name="Note">What the try to find out gave.</param>
    internal sealed record ChaseRequest(string Note);

    /// <param name="Proof">By what it is known; a customer says so in the portal.</param>
    /// <param name="On">Day on which it came.</param>
    /// <param name="Person">Who received it.</param>
    /// <param name="Reference">Of the carrier's proof, or what was said in the call.</param>
    internal sealed record ReceiptRequest(ReceiptProof? Proof, DateOnly? On, string Person, string? Reference = null);

    internal sealed record CancelRequest(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Carrier).OptionalText(TextLength.Line);
            RuleFor(r => r.TrackingNumber).OptionalText(TextLength.Line);
        }
    }

    internal sealed class ChaseValidator : AbstractValidator<ChaseRequest>
    {
        public ChaseValidator() => RuleFor(r => r.Note).RequiredText();
    }

    internal sealed class ReceiptValidator : AbstractValidator<ReceiptRequest>
    {
        public ReceiptValidator()
        {
            RuleFor(r => r.Proof).NotNull();
            RuleFor(r => r.On).NotNull();
            RuleFor(r => r.Person).RequiredText(TextLength.Line);
            RuleFor(r => r.Reference).OptionalText(TextLength.Line);
        }
    }

    internal sealed class CancelValidator : AbstractValidator<CancelRequest>
    {
        public CancelValidator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/shipments/{id:guid}/dispatch", DispatchShipment)
            .AsCommand()
            .WithSummary("The goods leave the house")
            .WithDescription("Rule C5.1.2. 409: carrier-missing.")
            .WithExample(new Request("順豐", "SF1234567890"))
            .Produces<ShipmentView>();
        routes
            .MapPost("/shipments/{id:guid}/chase", ChaseShipment)
            .AsCommand()
            .WithSummary("A try to find out whether the goods have come")
            .WithDescription("Rule C3.1.1.")
            .Produces<ShipmentView>();
        routes
            .MapPost("/shipments/{id:guid}/confirm-receipt", ConfirmShipmentReceipt)
            .AsCommand()
            .WithSummary("The customer has the goods")
            .WithDescription(
                "Rule C3.1.1. Customers say so themselves (`portal`); customer service enters the carrier's proof or a call. "
                    + "409: receipt-not-proved, date-in-future."
            )
            .WithExample(new ReceiptRequest(ReceiptProof.Carrier, new DateOnly(2026, 3, 22), "李經理", "SF1234567890"))
            .Produces<ShipmentView>();
        routes
            .MapPost("/shipments/{id:guid}/cancel", CancelShipment)
            .AsCommand()
            .WithSummary("FM003 is withdrawn before anything left; its number stays used")
            .WithDescription("Rule C5.1.2.")
            .Produces<ShipmentView>();
    }

    private static Task<CommandResult> DispatchShipment(
        Guid id,
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        WithUnitsAsync(
            id,
            (shipment, context, units) =>
                shipment.Dispatch(context, new Consignment(body.Carrier, body.TrackingNumber), units),
            db,
            caller,
            cancellation
        );

    private static Task<CommandResult> ChaseShipment(
        Guid id,
        ChaseRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Shipments.VisibleTo(caller.Actor),
            id,
            (shipment, context) => shipment.Chase(context, body.Note),
            ShipmentView.From,
            cancellation
        );

    private static Task<CommandResult> ConfirmShipmentReceipt(
        Guid id,
        ReceiptRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        WithUnitsAsync(
            id,
            (shipment, context, units) =>
                shipment.ConfirmReceipt(
                    context,
                    new GoodsReceipt(body.Proof!.Value, body.On!.Value, body.Person, body.Reference),
                    units
                ),
            db,
            caller,
            cancellation
        );

    private static Task<CommandResult> CancelShipment(
        Guid id,
        CancelRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        WithUnitsAsync(
            id,
            (shipment, context, units) => shipment.Cancel(context, body.Reason, units),
            db,
            caller,
            cancellation
        );

    private static Task<CommandResult> WithUnitsAsync(
        Guid id,
        Func<Shipment, CommandContext, IReadOnlyList<RmaUnit>, Refusal?> change,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Shipments.VisibleTo(caller.Actor),
            id,
            async (shipment, context) =>
                change(
                    shipment,
                    context,
                    await db.RmaUnits.Where(unit => unit.ShipmentId == id).OrderBy(u => u.Id).ToListAsync(cancellation)
                ),
            ShipmentView.From,
            cancellation
        );
}
