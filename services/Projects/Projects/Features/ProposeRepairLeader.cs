using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

/// <param name="Basis"><c>original-manager</c>, <c>nearest-project</c> or <c>special-dispatch</c>.</param>
/// <param name="DistanceKm">Great circle, km; 0 for the original manager.</param>
/// <param name="Reason">Why, in the caller's language.</param>
internal sealed record LeaderCandidateView(
    string Basis,
    Guid? PersonId,
    string? PersonName,
    Guid? ProjectId,
    string? ProjectName,
    double DistanceKm,
    string Reason
);

internal sealed record LeaderProposalView(
    Guid ProjectId,
    DateOnly On,
    LeaderCandidateView Proposed,
    IReadOnlyList<LeaderCandidateView> Alternatives
);

internal static class ProposeLeader
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/projects/{id:guid}/repair-leader", Handle)
            .WithTags("Warranty")
            .WithSummary("Who should lead a repair on this project?")
            .WithDescription(
                """
                Rule P3.2.2: the project's original manager; if he was transferred, the manager of the nearest live project within the radius of the policy (km, great circle); else somebody is sent
                specially. Says why and names the alternatives; a person decides. `on`: ISO date, today when it is not given.
                """
            )
            .Produces<LeaderProposalView>();

    /// <summary>Reads what the proposal of P3.2.2 needs, and makes it.</summary>
    public static async Task<LeaderProposal> ProposeAsync(
        Project project,
        DateOnly on,
        double radiusKm,
        ProjectsDb store,
        CancellationToken cancellationToken
    )
    {
        // Live projects in a box that holds the circle; a degree of latitude is 111.2 km everywhere.
        var degrees = (radiusKm / 111.19) + 0.01;
        var (south, north) = (project.Latitude - degrees, project.Latitude + degrees);
        var around = await store
            .Projects.AsNoTracking()
            .Where(p =>
                (p.State == ProjectState.Registered || p.State == ProjectState.Accepted)
                && p.Id != project.Id
                && p.Latitude >= south
                && p.Latitude <= north
            )
            .Select(p => new
            {
                p.Id,
                p.Name,
                p.Latitude,
                p.Longitude,
                p.Team,
            })
            .ToListAsync(cancellationToken);
        var near = around
            .Where(p => GreatCircle.DistanceKm(project.Site, new GeoPoint(p.Latitude, p.Longitude)) <= radiusKm)
            .ToList();
        // Who is on a project is whoever is assigned there: a transfer brings somebody whom the project itself
        // never named.
        var places = near.Select(p => p.Id.ToString()).Append(project.Id.ToString()).ToArray();
        var people = await store
            .People.FromSql(
                $"select * from people where exists (select 1 from jsonb_array_elements(assignments) a where a ->> 'projectId' = any ({places}))"
            )
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        PersonRef? ManagerOf(Guid projectId, PersonRef named) =>
            people
                .Where(p => p.Manages(projectId, on))
                .OrderByDescending(p => p.Id == named.Id)
                .ThenByDescending(p => p.ManagesSince(projectId))
                .ThenBy(p => p.Id)
                .Select(p => new PersonRef(p.Id, p.Name))
                .FirstOrDefault();
        return Leaders.Propose(
            project,
            people.Any(p => p.Id == project.Team.Manager.Id && p.Manages(project.Id, on)),
            near.Select(p => (Project: p, Manager: ManagerOf(p.Id, p.Team.Manager)))
                .Select(n => new Neighbour(
                    n.Project.Id,
                    n.Project.Name,
                    new GeoPoint(n.Project.Latitude, n.Project.Longitude),
                    n.Manager ?? n.Project.Team.Manager,
                    n.Manager is not null
                )),
            radiusKm
        );
    }

    private static async Task<IResult> Handle(
        Guid id,
        ProjectsDb store,
        Caller caller,
        HttpContext context,
        PolicyCatalogue policies,
        Texts texts,
        string? on,
        CancellationToken cancellationToken
    )
    {
        if (!Filters.TryDate(on, "on", out var day, out var refusal))
        {
            return Problems.Result(context, refusal);
        }

        // Who leads a repair is the company's business, not the owner's.
        var project = caller.Actor.SeesAll()
            ? await store.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, cancellationToken)
            : null;
        if (project is null)
        {
            return Problems.Result(context, StatusCodes.Status404NotFound, "not-found");
        }

        var asked = day ?? caller.Today;
        var radius = policies.Version(project.PolicyVersion).Repairs.DispatchRadiusKm;
        var proposal = await ProposeAsync(project, asked, radius, store, cancellationToken);
        LeaderCandidateView View(LeaderCandidate c) =>
            new(
                c.Basis,
                c.Person?.Id,
                c.Person?.Name,
                c.ProjectId,
                c.ProjectName,
                Math.Round(c.DistanceKm, 3),
                Reason(texts, c, project, radius, null)
            );
        return Results.Json(
            new LeaderProposalView(id, asked, View(proposal.Proposed), proposal.Alternatives.Select(View).ToList()),
            Json.Options
        );
    }

    /// <summary>Why this candidate, in words.</summary>
    public static string Reason(
        Texts texts,
        LeaderCandidate candidate,
        Project project,
        double radiusKm,
        System.Globalization.CultureInfo? culture
    ) =>
        texts.Find(
            candidate.ReasonCode,
            new Dictionary<string, object?>
            {
                ["manager"] = project.Team.Manager.Name,
                ["project"] = candidate.ProjectName,
                ["distance"] = Math.Round(candidate.DistanceKm, 1),
                ["radius"] = radiusKm,
            },
            culture
        ) ?? candidate.ReasonCode;
}
