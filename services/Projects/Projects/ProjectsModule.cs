using CustomerService.Projects.Data;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Projects.Features;
using CustomerService.Projects.Projects.Jobs;
using CustomerService.Records;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Projects;

/// <summary>Projects from registration to the end of the warranty.</summary>
internal static class ProjectsModule
{
    public static void Add(IServiceCollection services, ProjectsSettings settings)
    {
        services.AddSingleton<PlanGeneration>();
        services.AddSingleton<WarrantyBasisLoader>();
        services.AddScoped<RepairLeaderProposer>();
        services.AddSweep<MarkClearancesOverdue>(settings);
        services.AddSweep<RemindOfClearances>(settings);
        services.AddSweep<MarkBreaches>(settings);
        services.AddSweep<EndWarranties>(settings);
        services.AddOverdueClock<ProjectsDb, Project>(
            "project-clearance",
            (db, clock) => db.Projects.Where(ProjectDeadlines.ClearanceOverdue(clock.Today))
        );
        services.AddOverdueClock<ProjectsDb, Project>(
            "project-breach",
            (db, clock) => db.Projects.Where(ProjectDeadlines.InBreach(clock.Today))
        );
    }

    public static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Projects");
        RegisterProject.Map(routes);
        ImportProjects.Map(routes);
        ReviseProject.Map(routes);
        WithdrawProject.Map(routes);
        AcceptProject.Map(routes);
        HandOverProject.Map(routes);
        ClearSite.Map(routes);
        RecordWarrantyContract.Map(routes);
        CorrectDates.Map(routes);
        ChangeCommitments.Map(routes);
        RegeneratePlan.Map(routes);
        RegeneratePlans.Map(routes);
        GetProject.Map(routes);
        ListProjects.Map(routes);
        routes
            .MapRecords<ProjectsDb, Project>(
                "projects",
                (projects, actor) => projects.VisibleTo(actor),
                project => project.ContractNumber,
                ProjectAction.Register,
                ProjectAction.Accept,
                ProjectAction.HandOver,
                ProjectAction.ClearSite,
                ProjectAction.EndWarranty
            )
            .WithFiles(
                new()
                {
                    Purposes = ["photo", "before", "after", "document", "contract", "scan", FileRules.Signature],
                    // An owner sees all of its own project, as it does on paper.
                    OutsidersSee =
                    [
                        "photo",
                        "before",
                        "after",
                        "document",
                        "contract",
                        "scan",
                        FileRules.Signature,
                        FileRules.Other,
                    ],
                }
            );

        var warranty = v1.MapGroup("").WithTags("Warranty");
        GrantGoodwill.Map(warranty);
        AskWarranty.Map(warranty);
        ProposeRepairLeader.Map(warranty);
        ListExpiringWarranties.Map(warranty);
    }
}
