using System.Globalization;
using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Projects;

/// <summary>A proposal, with what its reasons say.</summary>
/// <param name="Proposal">The candidates.</param>
/// <param name="ManagerName">Name of the original manager.</param>
/// <param name="RadiusKm">Kilometres within which a project is near.</param>
internal sealed record ExplainedProposal(LeaderProposal Proposal, string ManagerName, double RadiusKm);

/// <summary>Reads what the proposal of P3.2.2 needs, and makes it.</summary>
internal sealed class RepairLeaderProposer(ProjectsDb db, PolicyCatalogue policies, Texts texts)
{
    // A degree of latitude is as long everywhere.
    private const double KilometresPerDegree = 111.19;

    /// <summary>Null where there is no such project, or the actor may not ask: who leads a repair is the company's
    /// business, not the owner's.</summary>
    public async Task<ExplainedProposal?> ProposeAsync(
        Guid projectId,
        DateOnly on,
        Actor actor,
        CancellationToken cancellation
    )
    {
        if (
            !actor.SeesAll()
            || await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == projectId, cancellation)
                is not { } project
        )
        {
            return null;
        }

        var radius = policies.ByVersion(project.PolicyVersion).Repairs.DispatchRadiusKm;
        var near = await NearAsync(project, radius, cancellation);
        var people = await AssignedToAsync([project.Id, .. near.Select(p => p.Id)], cancellation);
        var neighbours = near.Select(p =>
        {
            var manager = ManagerOf(p.Id, p.Team.Manager);
            return new Neighbour(p.Id, p.Name, p.Site, manager ?? p.Team.Manager, manager is not null);
        });
        var originalIsThere = people.Any(p => p.Id == project.Team.Manager.Id && p.Manages(project.Id, on));
        return new(
            RepairLeaders.Propose(project, originalIsThere, neighbours, radius),
            project.Team.Manager.Name,
            radius
        );

        PersonRef? ManagerOf(Guid id, PersonRef named) =>
            people
                .Where(p => p.Manages(id, on))
                .OrderByDescending(p => p.Id == named.Id)
                .ThenByDescending(p => p.ManagesSince(id))
                .ThenBy(p => p.Id)
                .Select(p => new PersonRef(p.Id, p.Name))
                .FirstOrDefault();
    }

    /// <summary>Why this candidate, in words.</summary>
    public string Reason(ExplainedProposal explained, LeaderCandidate candidate, CultureInfo? culture = null) =>
        texts.Find(
            candidate.ReasonCode,
            new Dictionary<string, object?>
            {
                ["manager"] = explained.ManagerName,
                ["project"] = candidate.ProjectName,
                ["distance"] = Math.Round(candidate.DistanceKm, 1),
                ["radius"] = explained.RadiusKm,
            },
            culture
        ) ?? candidate.ReasonCode;

    // Live projects in a belt that holds the circle, and of these the ones inside it.
    private async Task<IReadOnlyList<LiveProject>> NearAsync(
        Project project,
        double radiusKm,
        CancellationToken cancellation
    )
    {
        var degrees = (radiusKm / KilometresPerDegree) + 0.01;
        var (south, north) = (project.Latitude - degrees, project.Latitude + degrees);
        var around = await db
            .Projects.AsNoTracking()
            .Where(p =>
                (p.State == ProjectState.Registered || p.State == ProjectState.Accepted)
                && p.Id != project.Id
                && p.Latitude >= south
                && p.Latitude <= north
            )
            .Select(p => new LiveProject(p.Id, p.Name, new GeoPoint(p.Latitude, p.Longitude), p.Team))
            .ToListAsync(cancellation);
        return around.FindAll(p => GreatCircle.DistanceKm(project.Site, p.Site) <= radiusKm);
    }

    // A project's manager is the person assigned there: a transfer may bring one whom the project never named.
    private Task<List<People.Domain.Person>> AssignedToAsync(Guid[] projects, CancellationToken cancellation)
    {
        var places = projects.Select(id => id.ToString()).ToArray();
        return db
            .People.FromSql(
                $"""
                select * from people where exists
                (select 1 from jsonb_array_elements(assignments) a where a ->> 'projectId' = any ({places}))
                """
            )
            .AsNoTracking()
            .ToListAsync(cancellation);
    }

    private sealed record LiveProject(Guid Id, string Name, GeoPoint Site, ProjectTeam Team);
}
