using CustomerService.Complaints.Data;
using CustomerService.Complaints.Domain;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Messaging;

/// <summary>A construction fault that must not recur opens a corrective action (P2.2.3): one a finding, however
/// often the event comes.</summary>
internal sealed class OpenCorrectiveActionOnFinding(ComplaintsDb store, ComplaintTargets targets, CompanyClock clock)
    : IConsumer<FindingRecorded>
{
    public async Task Consume(ConsumeContext<FindingRecorded> context)
    {
        var found = context.Message;
        if (!found.CorrectiveActionWanted)
        {
            return;
        }

        await store.LockAsync(CorrectiveAction.FromRevisit, found.FindingId, context.CancellationToken);
        if (
            await store.CorrectiveActions.AnyAsync(
                a => a.Source == CorrectiveAction.FromRevisit && a.SourceId == found.FindingId,
                context.CancellationToken
            )
        )
        {
            return;
        }

        var flow = clock.Context(Actor.System("projects"), targets.VersionOn(clock.Today));
        var number = await store.NextNumberAsync(CorrectiveAction.Form, flow.Today.Year, context.CancellationToken);
        var finding = new Finding(
            found.FindingId,
            found.ProjectId,
            found.ProjectName,
            found.ContractNumber,
            found.PartCode,
            found.Location,
            found.Description
        );
        var (action, refusal) = CorrectiveAction.OpenFor(finding, flow, number);
        store.Add(
            action
                ?? throw new InvalidOperationException($"The finding {found.FindingId} was refused: {refusal!.Code}.")
        );
    }
}
