using CustomerService.Contracts.Projects.V1;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders.Consumers;

/// <summary>Keeps what revisits found, for the groups of faults (P3.3.2).</summary>
internal sealed class TrackFindings(RepairsDb db, CommandContexts contexts)
    : IConsumer<FindingRecorded>,
        IConsumer<FindingAssessed>,
        IConsumer<CapaRequested>
{
    public async Task Consume(ConsumeContext<FindingRecorded> context)
    {
        var e = context.Message;
        var fault = await FaultAsync(e.FindingId, e.RevisitId, context.CancellationToken);
        fault.Hear(contexts.ForSystem("projects"), e);
    }

    public async Task Consume(ConsumeContext<FindingAssessed> context)
    {
        var e = context.Message;
        var fault = await FaultAsync(e.FindingId, e.RevisitId, context.CancellationToken);
        fault.Hear(contexts.ForSystem("projects"), e);
    }

    public async Task Consume(ConsumeContext<CapaRequested> context)
    {
        var (e, command) = (context.Message, contexts.ForSystem("projects"));
        var fault = await FaultAsync(e.FindingId, e.RevisitId, context.CancellationToken);
        fault.RequestCapa(command, command.Today, null);
        var order = await db.RepairOrders.FirstOrDefaultAsync(
            o => o.Source == OrderSource.Revisit && o.SourceId == e.FindingId,
            context.CancellationToken
        );
        order?.NoteCapa(contexts.ForSystem("projects", order), command.Today);
    }

    private async Task<FoundFault> FaultAsync(Guid finding, Guid revisit, CancellationToken cancellation)
    {
        // Several words of one finding come at once.
        await db.LockAsync($"finding/{finding:N}", cancellation);
        if (await db.FoundFaults.FirstOrDefaultAsync(f => f.Id == finding, cancellation) is { } known)
        {
            return known;
        }

        var fault = FoundFault.Of(finding, revisit);
        db.Add(fault);
        return fault;
    }
}
