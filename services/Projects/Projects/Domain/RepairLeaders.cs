using CustomerService.Rules;

namespace CustomerService.Projects.Projects.Domain;

/// <summary>A person who could lead a repair.</summary>
/// <param name="Basis"><c>original-manager</c>, <c>nearest-project</c> or <c>special-dispatch</c>.</param>
/// <param name="Person">The person; null for special dispatch, which a person decides.</param>
/// <param name="ProjectId">Project that the person manages.</param>
/// <param name="ProjectName">Its name.</param>
/// <param name="DistanceKm">Great circle, 0 for the original manager.</param>
/// <param name="ReasonCode">Key of the text that says why.</param>
internal sealed record LeaderCandidate(
    string Basis,
    PersonRef? Person,
    Guid? ProjectId,
    string? ProjectName,
    double DistanceKm,
    string ReasonCode
)
{
    public const string OriginalManager = "original-manager";
    public const string NearestProject = "nearest-project";
    public const string SpecialDispatch = "special-dispatch";
}

/// <summary>A live project with its manager, as a neighbour of another one.</summary>
/// <param name="ProjectId">The project.</param>
/// <param name="ProjectName">Its name.</param>
/// <param name="Site">Where it is.</param>
/// <param name="Manager">Who manages it.</param>
/// <param name="IsManaging">Whether the manager is still there on the day in question.</param>
internal sealed record Neighbour(Guid ProjectId, string ProjectName, GeoPoint Site, PersonRef Manager, bool IsManaging);

/// <summary>The proposal of P3.2.2: the first is proposed, the others are alternatives. A person decides.</summary>
internal sealed record LeaderProposal(LeaderCandidate Proposed, IReadOnlyList<LeaderCandidate> Alternatives);

/// <summary>Who should lead a repair (P3.2.2): the original manager, else the nearest live project's, else special
/// dispatch.</summary>
internal static class RepairLeaders
{
    /// <param name="project">Where the repair is.</param>
    /// <param name="originalIsThere">Whether its manager was not transferred by the day.</param>
    /// <param name="neighbours">Live projects around it; those beyond the radius are left out here.</param>
    /// <param name="radiusKm">Kilometres within which a project is near.</param>
    public static LeaderProposal Propose(
        Project project,
        bool originalIsThere,
        IEnumerable<Neighbour> neighbours,
        double radiusKm
    )
    {
        var near = neighbours
            .Where(n => n.IsManaging && n.ProjectId != project.Id)
            .Select(n => (Neighbour: n, Distance: GreatCircle.DistanceKm(project.Site, n.Site)))
            .Where(n => n.Distance <= radiusKm)
            .OrderBy(n => n.Distance)
            .ThenBy(n => n.Neighbour.ProjectId)
            .Select(n => new LeaderCandidate(
                LeaderCandidate.NearestProject,
                n.Neighbour.Manager,
                n.Neighbour.ProjectId,
                n.Neighbour.ProjectName,
                n.Distance,
                originalIsThere ? "leader.alternative-nearby" : "leader.original-transferred"
            ))
            .ToList();
        var candidates = new List<LeaderCandidate>();
        if (originalIsThere)
        {
            candidates.Add(
                new(
                    LeaderCandidate.OriginalManager,
                    project.Team.Manager,
                    project.Id,
                    project.Name,
                    0,
                    "leader.original-manager"
                )
            );
        }

        candidates.AddRange(near);
        candidates.Add(
            new(
                LeaderCandidate.SpecialDispatch,
                null,
                null,
                null,
                0,
                candidates.Count > 0 ? "leader.alternative-special" : "leader.nobody-near"
            )
        );
        return new(candidates[0], candidates[1..]);
    }
}
