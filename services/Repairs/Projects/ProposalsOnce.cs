using CustomerService.Repairs.RepairOrders.Domain;

namespace CustomerService.Repairs.Projects;

/// <summary>Asks Projects for many orders in a row: for the leader once a project, and for nothing more once it does not
/// answer, because each line would wait as long.</summary>
internal sealed class ProposalsOnce(ProjectsClient projects)
{
    private readonly Dictionary<Guid, LeaderProposals> _leaders = [];
    private bool _away;

    public async Task<LeaderProposals> LeaderAsync(Guid projectId, CancellationToken cancellation)
    {
        if (_leaders.TryGetValue(projectId, out var known))
        {
            return known;
        }

        var answer = _away
            ? LeaderProposals.None(AskProblem.NoAnswer)
            : await projects.ProposeLeaderAsync(projectId, cancellation);
        _away |= answer.Problem == AskProblem.NoAnswer;
        return _leaders[projectId] = answer;
    }

    /// <summary>What Projects says now about the warranty; null where it has not been asked.</summary>
    public async Task<WarrantyStanding?> WarrantyAsync(RepairOrder order, CancellationToken cancellation)
    {
        if (_away)
        {
            return null;
        }

        var answer = await projects.AskWarrantyAsync(order.ProjectId, order.PartCode, order.NotifiedOn, cancellation);
        _away |= answer.Problem == AskProblem.NoAnswer;
        return answer;
    }
}
