using CustomerService.Forms;
using CustomerService.Projects.Data;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Projects.Revisits.Features;
using CustomerService.Projects.Revisits.Forms;
using CustomerService.Projects.Revisits.Jobs;
using CustomerService.Records;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Revisits;

/// <summary>Revisits (回訪) from their planned date to the complete form 3.3.1.</summary>
internal static class RevisitsModule
{
    public static void Add(IServiceCollection services, ProjectsSettings settings)
    {
        services.AddSweep<MarkRevisitsOverdue>(settings);
        services.AddSweep<RemindOfRevisits>(settings);
        services.AddOverdueClock<ProjectsDb, Revisit>(
            "revisit",
            (db, clock) => db.Revisits.Where(RevisitDeadlines.Overdue(clock.Today))
        );
    }

    public static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Revisits");
        AddRevisit.Map(routes);
        OpenRevisit.Map(routes);
        MoveRevisit.Map(routes);
        CancelRevisit.Map(routes);
        HoldRevisit.Map(routes);
        RecordFinding.Map(routes);
        FollowUpFinding.Map(routes);
        SignRevisit.Map(routes);
        RecordOpinion.Map(routes);
        AssessLiability.Map(routes);
        SetDisposition.Map(routes);
        CloseRevisit.Map(routes);
        GetRevisit.Map(routes);
        ListRevisits.Map(routes);
        SummariseQualityProblems.Map(routes);
        routes
            .MapRecords<ProjectsDb, Revisit>(
                "revisits",
                (revisits, actor) => revisits.VisibleTo(actor),
                revisit => revisit.FileNumber,
                RevisitAction.Plan,
                RevisitAction.Add,
                RevisitAction.Move,
                RevisitAction.Cancel,
                RevisitAction.Hold,
                RevisitAction.Sign,
                RevisitAction.RecordOpinion,
                RevisitAction.Close
            )
            .WithFiles(
                new()
                {
                    Purposes = ["photo", "damage", "before", "after", "document", "scan", FileRules.Signature],
                    // An owner sees all of its own revisit, as it does on paper.
                    OutsidersSee =
                    [
                        "photo",
                        "damage",
                        "before",
                        "after",
                        "document",
                        "scan",
                        FileRules.Signature,
                        FileRules.Other,
                    ],
                    IsPart = async (services, revisit, finding, cancellation) =>
                        (
                            await services
                                .GetRequiredService<ProjectsDb>()
                                .Revisits.AsNoTracking()
                                .FirstOrDefaultAsync(r => r.Id == revisit, cancellation)
                        )?.Finding(finding)
                            is not null,
                }
            );
        routes.MapForm<RevisitRecord>(
            "revisits",
            "revisit-record",
            "Form 3.3.1, 工程回訪記錄表",
            "Form 3.3.1, rules P2.2.2 and P2.2.3. With what is recorded by now."
        );
    }
}
