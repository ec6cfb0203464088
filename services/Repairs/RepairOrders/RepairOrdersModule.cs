using CustomerService.Forms;
using CustomerService.Messaging;
using CustomerService.Records;
using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Consumers;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.RepairOrders.Features;
using CustomerService.Repairs.RepairOrders.Forms;
using CustomerService.Repairs.RepairOrders.Jobs;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.RepairOrders;

/// <summary>Construction repair orders: routes, consumers, jobs.</summary>
internal static class RepairOrdersModule
{
    internal static void Add(IServiceCollection services)
    {
        services.AddScoped<RepairOrderOpener>();
        services.AddScoped<OrderPhotos>();
        services.AddScoped<FieldPlaces>();
        services.AddScoped<OrderVisits>();
        services.AddScoped<TaskSheets>();
        services.AddScoped<IFollowRegistry, OrdersFollowRegistry>();
        services.AddScoped<IMoveReferences, OrdersFollowMerges>();
        services.AddHostedService<MarkOverdueConfirmations>();
        services.AddHostedService<RemindOfConfirmations>();
        services.AddHostedService<MarkOverdueReceipts>();
        services.AddHostedService<MarkOverdueStarts>();
        services.AddHostedService<AskProjectsAgain>();
        services.AddHostedService<MarkOverdueCompletions>();
        services.AddOverdueClock<RepairsDb, RepairOrder>(
            "repair-receipt",
            (db, clock) => db.RepairOrders.Where(RepairOrderDeadlines.ReceiptOverdue(true, clock.Today))
        );
        services.AddOverdueClock<RepairsDb, RepairOrder>(
            "repair-start",
            (db, clock) => db.RepairOrders.Where(RepairOrderDeadlines.StartOverdue(true, clock.Now))
        );
        services.AddOverdueClock<RepairsDb, RepairOrder>(
            "repair-completion",
            (db, clock) => db.RepairOrders.Where(RepairOrderDeadlines.FinishOverdue(true, clock.Now))
        );
        services.AddOverdueClock<RepairsDb, RepairOrder>(
            "repair-confirmation",
            (db, clock) => db.RepairOrders.Where(RepairOrderDeadlines.ConfirmationOverdue(true, clock.Today))
        );
    }

    internal static void Consume(MessagingBuilder bus) =>
        bus.Consume<OpenRepairOrderOnFinding>().Consume<TrackFindings>();

    internal static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Repair orders");
        OpenRepairOrder.Map(routes);
        ListRepairOrders.Map(routes);
        FindSimilarOrders.Map(routes);
        GetWarrantyCosts.Map(routes);
        GetUnitCard.Map(routes);
        FaultGroups.Map(routes);
        GetRepairOrder.Map(routes);
        AskWarranty.Map(routes);
        ConfirmDefect.Map(routes);
        AnalyseDefect.Map(routes);
        ReviewRepairOrder.Map(routes);
        SendBackRepairOrder.Map(routes);
        ApproveRepairOrder.Map(routes);
        RatifyRepairOrder.Map(routes);
        GetLeaderProposal.Map(routes);
        PlanRepairDays.Map(routes);
        DispatchRepairOrder.Map(routes);
        DispatchRepairOrders.Map(routes);
        AssignRepairOrders.Map(routes);
        ReceiveRepairOrder.Map(routes);
        ObjectToAssignment.Map(routes);
        OverruleObjection.Map(routes);
        GiveUnitNotice.Map(routes);
        BriefRepairCrew.Map(routes);
        ArriveOnSite.Map(routes);
        RecordAttempt.Map(routes);
        PauseRepair.Map(routes);
        ResumeRepair.Map(routes);
        AddRepairCost.Map(routes);
        StrikeRepairCost.Map(routes);
        ProposeChargeBack.Map(routes);
        DrawLessons.Map(routes);
        JudgeRecurrence.Map(routes);
        MergeRepairOrder.Map(routes);
        StartRepair.Map(routes);
        FinishRepair.Map(routes);
        InspectRepair.Map(routes);
        RespondToRepair.Map(routes);
        ReturnRepairRecord.Map(routes);
        WithdrawRepairOrder.Map(routes);
        routes
            .MapRecords<RepairsDb, RepairOrder>(
                "repair-orders",
                (orders, actor) => orders.VisibleTo(actor),
                order => order.Number,
                RepairOrderAction.Open,
                RepairOrderAction.Confirm,
                RepairOrderAction.Plan,
                RepairOrderAction.Dispatch,
                RepairOrderAction.Arrive,
                RepairOrderAction.Attempt,
                RepairOrderAction.Start,
                RepairOrderAction.Finish,
                RepairOrderAction.PassInspection,
                RepairOrderAction.Accept,
                RepairOrderAction.Refuse,
                RepairOrderAction.Return,
                RepairOrderAction.Withdraw
            )
            .WithFiles(RepairOrderFiles.Rules);
        routes.MapForm<TaskSheet>(
            "repair-orders",
            "task-sheet",
            "The task sheet (維修任務書) of an issued order",
            "Rule P3.2.3. For staff and the unit that repairs. 409: not-dispatched."
        );
        routes.MapForm<UnitNoticeLetter>(
            "repair-orders",
            "unit-notice",
            "The written notice to a unit that does not come",
            "Rule P3.1.1. For staff. 409: notice-missing."
        );
        routes.MapForm<ChargeBackEvidence>(
            "repair-orders",
            "evidence",
            "Record, notices, cost and timeline with their hash, for a charge-back",
            "Rule P3.1.1. For staff. 409: nothing-to-prove, while no unit was given notice or is charged."
        );
        routes.MapForm<RepairRecord>(
            "repair-orders",
            "repair-record",
            "The repair record, form 3.3.2",
            "Rules P3.3 and Form 3.3.2."
        );
    }
}
