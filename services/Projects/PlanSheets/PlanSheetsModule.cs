using CustomerService.Projects.Data;
using CustomerService.Projects.PlanSheets.Domain;
using CustomerService.Projects.PlanSheets.Features;
using CustomerService.Records;
using CustomerService.Work;

namespace CustomerService.Projects.PlanSheets;

/// <summary>Plan sheets: drawings with revisions and pins.</summary>
internal static class PlanSheetsModule
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Plan sheets");
        RegisterPlanSheet.Map(routes);
        ListPlanSheets.Map(routes);
        GetPlanSheet.Map(routes);
        FilePlanRevision.Map(routes);
        PinPlanSheet.Map(routes);
        WithdrawPlanSheet.Map(routes);
        routes
            .MapRecords<ProjectsDb, PlanSheet>(
                "plan-sheets",
                (sheets, actor) => sheets.VisibleTo(actor),
                sheet => sheet.Number,
                PlanSheetAction.Register,
                PlanSheetAction.FileRevision
            )
            .WithFiles(new() { Purposes = ["drawing", "photo", "before", "after", "document", FileRules.Signature] });
        v1.MapAssignment<ProjectsDb, PlanSheet, PlanSheetView>(
            "plan-sheets",
            (db, actor) => db.PlanSheets.VisibleTo(actor),
            PlanSheetView.From
        );
    }
}
