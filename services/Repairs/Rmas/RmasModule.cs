using CustomerService.Forms;
using CustomerService.Messaging;
using CustomerService.Records;
using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Consumers;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Repairs.Rmas.Features;
using CustomerService.Repairs.Rmas.Jobs;
using CustomerService.ServiceDefaults;
using CustomerService.Work;

namespace CustomerService.Repairs.Rmas;

/// <summary>Machines that customers send for repair: routes, jobs.</summary>
internal static class RmasModule
{
    internal static void Add(IServiceCollection services)
    {
        services.AddToTimelines<CustomerLink>(link => link.RmaId);
        services.AddScoped<RmaIntake>();
        services.AddScoped<RmaOpener>();
        services.AddScoped<IFollowRegistry, GoodsFollowRegistry>();
        services.AddScoped<IMoveReferences, GoodsFollowMerges>();
        services.AddHostedService<CloseFinishedRmas>();
        services.AddHostedService<RemindOfOffers>();
        services.AddHostedService<MarkOverdueContacts>();
        services.AddOverdueClock<RepairsDb, RmaUnit>(
            "rma-contact",
            (db, clock) => db.RmaUnits.Where(RmaUnit.ContactOverdue(true, clock.Today))
        );
        services.AddScoped<IScannable, ScannedShipments>();
    }

    internal static void Consume(MessagingBuilder bus)
    {
        bus.Consume<DeclareRmaOnEnquiry>();
        bus.Consume<DeclareRmaOnRemedy>();
    }

    internal static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("RMA");
        DeclareRma.Map(routes);
        ReceiveRma.Map(routes);
        ConfirmRmaCount.Map(routes);
        WithdrawRma.Map(routes);
        ListRmas.Map(routes);
        ListRmaUnits.Map(routes);
        DiagnoseRmaUnit.Map(routes);
        MakeOutOffer.Map(routes);
        AnswerOffer.Map(routes);
        MakeOutCharge.Map(routes);
        RepairRmaUnit.Map(routes);
        MoveRmaUnit.Map(routes);
        ActOnRmaUnits.Map(routes);
        IssueShipment.Map(routes);
        SendShipment.Map(routes);
        DispatchShipments.Map(routes);
        ListShipments.Map(routes);
        MakeCustomerLink.Map(routes);
        UseCustomerLink.Map(routes);
        PrintRmaLabels.Map(routes);
        routes.MapForm<Fm001>(
            "rma-units",
            "fm001",
            "返回品信息反饋單, form FM001",
            "Rules C5.1.1.1 and C10. The version in force. 409: offer-not-made-out."
        );
        routes.MapForm<Fm002>(
            "rma-units",
            "fm002",
            "維修收費單, form FM002",
            "Rules C5.1.1.1 and C10. 409: charge-not-made-out."
        );
        routes.MapForm<Fm003>("shipments", "fm003", "返修品出庫單, form FM003", "Rules C5.1.2 and C10.");
        routes
            .MapRecords<RepairsDb, Rma>(
                "rmas",
                (rmas, actor) => rmas.VisibleTo(actor),
                rma => rma.Number,
                RmaAction.Declare,
                RmaAction.Revise,
                RmaAction.Receive,
                RmaAction.Confirm,
                RmaAction.Close,
                RmaAction.Withdraw
            )
            .WithFiles(
                new()
                {
                    Purposes = ["photo", "damage", "before", "after", "document", "scan", FileRules.Signature],
                    // What the customer sees of the state of their goods.
                    OutsidersSee = ["photo", "damage", "before", "after"],
                }
            );
        routes
            .MapRecords<RepairsDb, RmaUnit>(
                "rma-units",
                (units, actor) => units.VisibleTo(actor),
                unit => unit.Number,
                RmaUnitAction.Receive,
                RmaUnitAction.ReceiveReleased,
                RmaUnitAction.HandOver,
                RmaUnitAction.SendOffer,
                RmaUnitAction.Consent,
                RmaUnitAction.Refuse,
                RmaUnitAction.MakeOutCharge,
                RmaUnitAction.StartRepair,
                RmaUnitAction.FinishRepair,
                RmaUnitAction.PassQc,
                RmaUnitAction.Ship,
                RmaUnitAction.Deliver
            )
            .WithFiles(
                new()
                {
                    Purposes = ["photo", "damage", "before", "after", "document", "scan", FileRules.Signature],
                    // What the customer sees of the state of their goods.
                    OutsidersSee = ["photo", "damage", "before", "after"],
                }
            );
        routes
            .MapRecords<RepairsDb, Shipment>(
                "shipments",
                (shipments, actor) => shipments.VisibleTo(actor),
                shipment => shipment.Number,
                ShipmentAction.Issue,
                ShipmentAction.Dispatch,
                ShipmentAction.ConfirmReceipt
            )
            .WithFiles(
                new()
                {
                    Purposes = ["photo", "damage", "before", "after", "document", "scan", FileRules.Signature],
                    // What the customer sees of the state of their goods.
                    OutsidersSee = ["photo", "damage", "before", "after"],
                }
            );
        v1.MapAssignment<RepairsDb, Rma, RmaView>("rmas", (db, actor) => db.Rmas.VisibleTo(actor), RmaView.From);
        v1.MapAssignment<RepairsDb, RmaUnit, RmaUnitView>(
            "rma-units",
            (db, actor) => db.RmaUnits.VisibleTo(actor),
            RmaUnitView.From
        );
        v1.MapAssignment<RepairsDb, Shipment, ShipmentView>(
            "shipments",
            (db, actor) => db.Shipments.VisibleTo(actor),
            ShipmentView.From
        );
    }
}
