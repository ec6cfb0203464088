using CustomerService.Forms;
using CustomerService.Records;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Repairs.Returns.Features;
using CustomerService.Repairs.Returns.Jobs;
using CustomerService.Work;

namespace CustomerService.Repairs.Returns;

/// <summary>Returns, exchanges and the terms that they are decided by: routes, jobs.</summary>
internal static class ReturnsModule
{
    internal static void Add(IServiceCollection services)
    {
        services.AddScoped<ReturnOpener>();
        services.AddScoped<IScannable, ScannedReturns>();
        services.AddHostedService<MarkOverdueAdvances>();
        services.AddHostedService<RemindOfSlips>();
    }

    internal static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Returns");
        RequestReturn.Map(routes);
        DecideReturn.Map(routes);
        IssueReturnSlip.Map(routes);
        MoveReturnedGoods.Map(routes);
        ConfirmReplacement.Map(routes);
        ActOnReturns.Map(routes);
        ListReturns.Map(routes);
        DraftTerms.Map(routes);
        routes.MapForm<ReturnSlip>(
            "return-cases",
            "slip",
            "The slip 退回/換貨品詳單",
            "Rule C5.1.5. For staff. 409: slip-not-made-out."
        );
        routes.MapForm<ReturnInspectionReport>(
            "return-cases",
            "inspection-report",
            "The inspection report",
            "Rule C5.1.4. 409: not-inspected-yet."
        );
        routes
            .MapRecords<RepairsDb, ReturnCase>(
                "return-cases",
                (cases, actor) => cases.VisibleTo(actor),
                one => one.Number,
                ReturnCaseAction.Request,
                ReturnCaseAction.Complete,
                ReturnCaseAction.Inspect,
                ReturnCaseAction.Accept,
                ReturnCaseAction.Decline,
                ReturnCaseAction.ReceiveGoods,
                ReturnCaseAction.ShipReplacement,
                ReturnCaseAction.ConfirmReplacement,
                ReturnCaseAction.Close,
                ReturnCaseAction.Withdraw
            )
            .WithFiles(ReturnFiles.Rules);
        routes
            .MapRecords<RepairsDb, TermsEdition>(
                "terms-editions",
                (editions, actor) => editions.VisibleTo(actor),
                edition => edition.Number
            )
            .WithFiles(new());
        v1.MapAssignment<RepairsDb, ReturnCase, ReturnCaseView>(
            "return-cases",
            (db, actor) => db.ReturnCases.VisibleTo(actor),
            ReturnCaseView.From
        );
        v1.MapAssignment<RepairsDb, TermsEdition, TermsEditionView>(
            "terms-editions",
            (db, actor) => db.TermsEditions.VisibleTo(actor),
            TermsEditionView.From
        );
    }
}
