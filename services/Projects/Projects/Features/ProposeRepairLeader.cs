using CustomerService.Projects.Projects.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Projects.Features;

/// <summary>A person who could lead a repair.</summary>
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

/// <summary>Who should lead a repair; a person decides.</summary>
internal sealed record LeaderProposalView(
    Guid ProjectId,
    DateOnly On,
    LeaderCandidateView Proposed,
    IReadOnlyList<LeaderCandidateView> Alternatives
);

internal static class ProposeRepairLeader
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/projects/{id:guid}/repair-leader", Handle)
            .AsQuery()
            .WithSummary("Who should lead a repair on this project?")
            .WithDescription(
                """
                Rule P3.2.2: the project's original manager; where that person was transferred, the manager of the
                nearest live project within the radius of the policy (km, great circle); else special dispatch. Says why
                and names the alternatives; a person decides. `on`: today when it is not given.
                """
            )
            .Produces<LeaderProposalView>();

    private static async Task<QueryResult> Handle(
        Guid id,
        Day? on,
        RepairLeaderProposer proposer,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var day = on?.Value ?? caller.Today;
        if (await proposer.ProposeAsync(id, day, caller.Actor, cancellation) is not { } explained)
        {
            return QueryResult.NotFound;
        }

        return QueryResult.Of(
            new LeaderProposalView(
                id,
                day,
                View(explained.Proposal.Proposed),
                [.. explained.Proposal.Alternatives.Select(View)]
            )
        );

        LeaderCandidateView View(LeaderCandidate candidate) =>
            new(
                candidate.Basis,
                candidate.Person?.Id,
                candidate.Person?.Name,
                candidate.ProjectId,
                candidate.ProjectName,
                Math.Round(candidate.DistanceKm, 3),
                proposer.Reason(explained, candidate)
            );
    }
}
