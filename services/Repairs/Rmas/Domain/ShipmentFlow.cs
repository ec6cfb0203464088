using CustomerService.Rules;
using static CustomerService.Repairs.Rmas.Domain.ShipmentAction;
using static CustomerService.Repairs.Rmas.Domain.ShipmentState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Repairs.Rmas.Domain.Shipment,
    CustomerService.Repairs.Rmas.Domain.ShipmentState,
    CustomerService.Repairs.Rmas.Domain.ShipmentAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Repairs.Rmas.Domain.Shipment>;

namespace CustomerService.Repairs.Rmas.Domain;

/// <summary>The life of a shipment and its FM003, rules C5.1.2 and C3.1.1.</summary>
internal static class ShipmentFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("shipment")
        .Start(Issue, Issued, "C5.1.2", Shippers)

        .From(Issued)    .On(Dispatch,       InTransit, "C5.1.2", Senders, IsTraceable)
        .From(InTransit) .Stay(Chase,                   "C3.1.1", Shippers)
        .From(InTransit) .On(ConfirmReceipt, Delivered, "C3.1.1", Confirmers, IsProved, ReceivedByToday, NotBeforeItLeft)
        .From(Issued)    .On(Cancel,         Cancelled, "C5.1.2", Shippers)
        .In(Issued, InTransit)
                         .Stay(FollowRegistry,          "S3",     TheSystem)
        .Ends(Delivered)
        .Abandons(Cancelled)
        .Build();

    /// <summary>Who makes FM003 out.</summary>
    public static readonly string[] Shippers = [Roles.CustomerService];
    private static readonly string[] Senders = [Roles.CustomerService, Roles.AfterSales];
    private static readonly string[] Confirmers = [Roles.Customer, Roles.CustomerService];
    private static readonly string[] TheSystem = [Roles.System];

    private static readonly Guard IsTraceable = Guard.RequireInput<Consignment>(
        (shipment, _, given) =>
            shipment.Method is ShippingMethod.OwnVehicle or ShippingMethod.PickedUp
            || (!TextFolding.IsBlank(given.Carrier) && !TextFolding.IsBlank(given.TrackingNumber)),
        code: "carrier-missing",
        rule: "C5.1.2",
        missing: ["carrier", "tracking-number"],
        suppliedBy: Senders
    );
    private static readonly Guard IsProved = Guard.RequireInput<GoodsReceipt>(
        (_, context, given) =>
            context.Actor.Has(Roles.CustomerService)
                ? given.Proof != ReceiptProof.Portal && !TextFolding.IsBlank(given.Reference)
                : given.Proof == ReceiptProof.Portal,
        code: "receipt-not-proved",
        rule: "C3.1.1",
        missing: ["receipt-proof"],
        suppliedBy: Confirmers
    );
    private static readonly Guard NotBeforeItLeft = Guard.RequireInput<GoodsReceipt>(
        (shipment, _, given) => given.On >= shipment.ShippedOn,
        code: "received-before-shipped",
        rule: "C3.1.1",
        missing: ["day-after-dispatch"],
        suppliedBy: Confirmers
    );
    private static readonly Guard ReceivedByToday = Guard.RequireInput<GoodsReceipt>(
        (_, context, given) => given.On <= context.Today,
        code: "date-in-future",
        rule: "C3.1.1",
        missing: ["past-date"],
        suppliedBy: Confirmers
    );
}
