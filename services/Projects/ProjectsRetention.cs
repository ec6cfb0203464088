using CustomerService.Projects.PlanSheets.Domain;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Records.Keeping;

namespace CustomerService.Projects;

/// <summary>What is kept and, after its day, erased (C8).</summary>
internal static class ProjectsRetention
{
    public static IReadOnlyList<KeptKind> Kinds { get; } =
    [
        KeptKind.Of<Project>(project => project.ContractNumber).Warranty<Project>(project => project.WarrantyEndsOn),
        KeptKind.Of<Revisit>(revisit => revisit.FileNumber).WarrantyOf<Revisit, Project>(revisit => revisit.ProjectId),
        KeptKind
            .Of<PlanSheet>(sheet => sheet.Number)
            .WarrantyOf<PlanSheet, Project>(sheet => sheet.ProjectId)
            .InUse(PlanSheetState.InForce),
    ];
}
