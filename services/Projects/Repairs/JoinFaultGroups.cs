using CustomerService.Contracts.Repairs.V1;
using CustomerService.Projects.Data;
using CustomerService.Rules;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Repairs;

/// <summary>Findings whose CAPA was asked for with other faults show it, and their files close with it (P2.2.3,
/// P3.3.2).</summary>
internal sealed class JoinFaultGroups(ProjectsDb db, CommandContexts contexts) : IConsumer<FaultGroupCapaRequested>
{
    public async Task Consume(ConsumeContext<FaultGroupCapaRequested> context)
    {
        var group = context.Message;
        var found = group.Faults.Where(fault => fault is { RevisitId: not null, FindingId: not null }).ToList();
        var ids = found.Select(fault => fault.RevisitId!.Value).Distinct().ToList();
        var revisits = await db
            .Revisits.Where(revisit => ids.Contains(revisit.Id))
            .ToDictionaryAsync(revisit => revisit.Id, context.CancellationToken);
        foreach (var fault in found)
        {
            // It was erased meanwhile (C8).
            if (revisits.GetValueOrDefault(fault.RevisitId!.Value) is { } revisit)
            {
                revisit.JoinFaultGroup(
                    contexts.ForSystem("repairs", revisit),
                    fault.FindingId!.Value,
                    group.GroupId,
                    group.Subject
                );
            }
        }
    }
}
