using System.Globalization;
using CustomerService.Contracts.Projects.Grpc.V1;
using CustomerService.Projects.Data;
using CustomerService.Projects.Features;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Candidate = CustomerService.Projects.Domain.LeaderCandidate;

namespace CustomerService.Projects.Grpc;

/// <summary>Who should lead a repair? Rule P3.2.2.</summary>
internal sealed class DispatchQuestions(ProjectsDb store, Caller caller, PolicyCatalogue policies, Texts texts)
    : Dispatch.DispatchBase
{
    // The contract promises English; whoever shows it to people localises by basis.
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    public override async Task<LeaderProposal> ProposeLeader(LeaderQuestion request, ServerCallContext context)
    {
        var id = Questions.Project(request.ProjectId);
        var on = Questions.Date(request.On);
        var project = caller.Actor.SeesAll()
            ? await store.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, context.CancellationToken)
            : null;
        if (project is null)
        {
            throw Questions.NotFound(request.ProjectId);
        }

        var radius = policies.Version(project.PolicyVersion).Repairs.DispatchRadiusKm;
        var proposal = await Features.ProposeLeader.ProposeAsync(project, on, radius, store, context.CancellationToken);
        LeaderCandidate Message(Candidate c) =>
            new()
            {
                Basis = c.Basis,
                PersonId = c.Person?.Id.ToString() ?? "",
                PersonName = c.Person?.Name ?? "",
                ProjectId = c.ProjectId?.ToString() ?? "",
                ProjectName = c.ProjectName ?? "",
                DistanceKm = c.DistanceKm,
                Reason = Features.ProposeLeader.Reason(texts, c, project, radius, English),
            };
        var answer = new LeaderProposal { Proposed = Message(proposal.Proposed) };
        answer.Alternatives.AddRange(proposal.Alternatives.Select(Message));
        return answer;
    }
}
