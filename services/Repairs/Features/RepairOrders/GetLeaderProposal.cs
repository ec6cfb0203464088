using CustomerService.Repairs.Data;
using CustomerService.Repairs.Domain.RepairOrders;
using CustomerService.Repairs.Questions;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Features.RepairOrders;

internal static class GetLeaderProposal
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/repair-orders/{id:guid}/leader-proposal", Handle)
            .WithSummary("Who should lead the repair, why, and who else could")
            .WithDescription(
                "Rule P3.2.2: the project's original manager, else the manager of the nearest live project within the policy's radius, else somebody sent specially. Distances in km, great circle. For staff. When Projects does not answer, `proposed` is null and `problem` says why; a person can decide all the same."
            )
            .Produces<LeaderProposalView>();

    private static async Task<IResult> Handle(
        Guid id,
        RepairsDb store,
        ProjectsQuestions projects,
        Texts texts,
        Caller caller,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (
            !caller.Actor.HasAny(Roles.Staff)
            || await store.FindVisibleAsync(id, caller, cancellationToken) is not { } order
        )
        {
            return Problems.Result(context, StatusCodes.Status404NotFound, "not-found");
        }

        var proposals = await projects.ProposeLeaderAsync(order.ProjectId, cancellationToken);
        return Results.Json(
            new LeaderProposalView(
                order.Id,
                proposals.Proposed is { } proposed ? View(proposed, texts) : null,
                [.. proposals.Alternatives.Select(c => View(c, texts))],
                proposals.Problem,
                proposals.Problem is { } problem ? texts.Find(problem) : null
            ),
            Json.Options
        );
    }

    private static LeaderCandidateView View(LeaderCandidate candidate, Texts texts) =>
        new(
            candidate.Basis,
            candidate.PersonId,
            candidate.PersonName,
            candidate.ProjectId,
            candidate.ProjectName,
            candidate.DistanceKm,
            texts.Find(
                "leader." + Spelling.Kebab(candidate.Basis.ToString()),
                new Dictionary<string, object?>
                {
                    ["person"] = candidate.PersonName,
                    ["project"] = candidate.ProjectName,
                    ["distance"] = candidate.DistanceKm,
                }
            ) ?? ""
        );
}

/// <summary>A proposal for the leader of a repair.</summary>
/// <param name="Problem"><c>no-answer</c> or <c>project-unknown</c>; null when there is a proposal.</param>
internal sealed record LeaderProposalView(
    Guid RepairOrderId,
    LeaderCandidateView? Proposed,
    IReadOnlyList<LeaderCandidateView> Alternatives,
    string? Problem,
    string? ProblemText
);

/// <summary>Somebody who could lead.</summary>
/// <param name="DistanceKm">Great circle, km; 0 for the original manager.</param>
/// <param name="Reason">Why, in the caller's language.</param>
internal sealed record LeaderCandidateView(
    LeaderBasis Basis,
    Guid? PersonId,
    string? PersonName,
    Guid? ProjectId,
    string? ProjectName,
    double? DistanceKm,
    string Reason
);
