using CustomerService.Repairs.Data;
using CustomerService.Repairs.Projects;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class GetLeaderProposal
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/repair-orders/{id:guid}/leader-proposal", Handle)
            .AsQuery()
            .WithSummary("Who should lead the repair, why, and who else could")
            .WithDescription(
                """
                Rule P3.2.2: the project's original manager, else the manager of the nearest live project within the
                policy's radius, else a person sent specially. Distances in km, great circle. For staff. When Projects
                does not answer, `proposed` is null and `problem` says why; a person can decide all the same.
                """
            )
            .Produces<LeaderProposalView>();

    private static async Task<QueryResult> Handle(
        Guid id,
        RepairsDb db,
        ProjectsClient projects,
        Texts texts,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var project = caller.IsStaff
            ? await db
                .RepairOrders.Where(order => order.Id == id)
                .Select(order => (Guid?)order.ProjectId)
                .FirstOrDefaultAsync(cancellation)
            : null;
        if (project is not { } of)
        {
            return QueryResult.NotFound;
        }

        var proposals = await projects.ProposeLeaderAsync(of, cancellation);
        return QueryResult.Of(
            new LeaderProposalView
            {
                RepairOrderId = id,
                Proposed = proposals.Proposed is { } proposed ? View(proposed, texts) : null,
                Alternatives = [.. proposals.Alternatives.Select(candidate => View(candidate, texts))],
                Problem = proposals.Problem,
                ProblemText = proposals.Problem is { } problem ? texts.Find(problem.ToKebab()) : null,
            }
        );
    }

    private static LeaderCandidateView View(LeaderCandidate candidate, Texts texts) =>
        new()
        {
            Basis = candidate.Basis,
            PersonId = candidate.PersonId,
            PersonName = candidate.PersonName,
            ProjectId = candidate.ProjectId,
            ProjectName = candidate.ProjectName,
            DistanceKm = candidate.DistanceKm,
            Reason =
                texts.Find(
                    "leader." + candidate.Basis.ToKebab(),
                    new Dictionary<string, object?>
                    {
                        ["person"] = candidate.PersonName,
                        ["project"] = candidate.ProjectName,
                        ["distance"] = candidate.DistanceKm,
                    }
                ) ?? "",
        };
}

/// <summary>A proposal for the leader of a repair.</summary>
internal sealed record LeaderProposalView
{
    public required Guid RepairOrderId { get; init; }

    public LeaderCandidateView? Proposed { get; init; }

    public required IReadOnlyList<LeaderCandidateView> Alternatives { get; init; }

    /// <summary>Why there is no proposal; null when there is one.</summary>
    public AskProblem? Problem { get; init; }

    /// <summary>The same in the caller's language.</summary>
    public string? ProblemText { get; init; }
}

/// <summary>A person who could lead.</summary>
internal sealed record LeaderCandidateView
{
    public required LeaderBasis Basis { get; init; }

    public Guid? PersonId { get; init; }

    public string? PersonName { get; init; }

    /// <summary>The project that the person manages now.</summary>
    public Guid? ProjectId { get; init; }

    public string? ProjectName { get; init; }

    /// <summary>Great circle, km; 0 for the original manager.</summary>
    public double? DistanceKm { get; init; }

    /// <summary>Why, in the caller's language.</summary>
    public required string Reason { get; init; }
}
