using System.Globalization;
using CustomerService.Contracts.Projects.Grpc.V1;
using CustomerService.Projects.Projects;
using CustomerService.ServiceDefaults;
using Grpc.Core;
using Candidate = CustomerService.Projects.Projects.Domain.LeaderCandidate;

namespace CustomerService.Projects.Grpc;

/// <summary>Who should lead a repair? Rule P3.2.2.</summary>
internal sealed class DispatchQuestions(RepairLeaderProposer proposer, Caller caller) : Dispatch.DispatchBase
{
    // The contract promises English; clients localise by basis.
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    public override async Task<LeaderProposal> ProposeLeader(LeaderQuestion request, ServerCallContext context)
    {
        var id = Questions.Project(request.ProjectId);
        var on = Questions.Date(request.On);
        var explained =
            await proposer.ProposeAsync(id, on, caller.Actor, context.CancellationToken)
            ?? throw Questions.NotFound(request.ProjectId);
        LeaderCandidate Message(Candidate c) =>
            new()
            {
                Basis = c.Basis,
                PersonId = c.Person?.Id.ToString() ?? "",
                PersonName = c.Person?.Name ?? "",
                ProjectId = c.ProjectId?.ToString() ?? "",
                ProjectName = c.ProjectName ?? "",
                DistanceKm = c.DistanceKm,
                Reason = proposer.Reason(explained, c, English),
            };
        var answer = new LeaderProposal { Proposed = Message(explained.Proposal.Proposed) };
        answer.Alternatives.AddRange(explained.Proposal.Alternatives.Select(Message));
        return answer;
    }
}
