using CustomerService.Complaints.Capas;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Repairs;

/// <summary>A construction fault that is systemic or recurs, or a group of them, opens a CAPA (P2.2.3): one a request,
/// however often the event comes, for those that none serves yet.</summary>
internal sealed class OpenCapaOnRepair(
    ComplaintsDb db,
    RecordNumbers numbers,
    Links links,
    Files files,
    CommandContexts contexts
) : IConsumer<RepairCapaRequested>, IConsumer<FaultGroupCapaRequested>
{
    public Task Consume(ConsumeContext<RepairCapaRequested> context)
    {
        var request = context.Message;
        return OpenAsync(
            new(
                request.RequestId,
                request.ProjectId,
                request.ProjectName,
                request.Number,
                request.Location,
                request.Description,
                CapaSource.Repair
            ),
            [.. request.RepairOrderIds.Distinct().Select(id => new GroupedFault("repair-order", id, request.Number))],
            context.CancellationToken
        );
    }

    public Task Consume(ConsumeContext<FaultGroupCapaRequested> context)
    {
        var group = context.Message;
        return OpenAsync(
            new(
                group.GroupId,
                group.ProjectId,
                group.ProjectName,
                group.Faults[0].Number,
                group.Subject,
                group.Description,
                CapaSource.Repair
            ),
            group.Faults,
            context.CancellationToken
        );
    }

    private async Task OpenAsync(Finding request, IReadOnlyList<GroupedFault> faults, CancellationToken cancellation)
    {
        var command = contexts.ForSystem("repairs");
        var number = await numbers.NextAsync(Capa.NumberKind, command.Today.Year, cancellation);
        await db.LockAsync($"capa/repair/{request.Id:N}", cancellation);
        // The file of the revisit may ask for it at the same moment, or QC let another one serve it.
        Guid[] ids = [.. faults.Select(fault => fault.Id), .. faults.Select(fault => fault.FindingId).OfType<Guid>()];
        await db.LockCasesAsync(ids, cancellation);
        if (
            await db.Capas.AnyAsync(
                capa => capa.Source == CapaSource.Repair && capa.SourceId == request.Id,
                cancellation
            )
        )
        {
            return;
        }

        var served = await db.ServedByAsync(ids, cancellation);
        var open = faults
            .Where(fault =>
                !served.ContainsKey(fault.Id) && !(fault.FindingId is { } finding && served.ContainsKey(finding))
            )
            .ToList();
        if (open.Count == 0)
        {
            return;
        }

        var capa = Capa.OpenForFinding(
                command,
                number,
                request with
                {
                    Cases = [.. open.Select(fault => (fault.Kind, fault.Id, fault.Number))],
                }
            )
            .Required();
        db.Add(capa);
        var own = new RecordRef("complaints", capa.Kind, capa.Id, capa.Number);
        foreach (var fault in open)
        {
            if (fault is { Kind: "finding", RevisitId: { } id })
            {
                var revisit = new RecordRef("projects", "revisit", id, null);
                await own.ComesFromAsync(revisit, links, files, command, cancellation, fault.Id);
            }
            else
            {
                var order = new RecordRef("repairs", "repair-order", fault.Id, null);
                await links.LinkAsync(command, new LinkedPair(own, LinkKind.CausedBy, order), cancellation);
            }
        }
    }
}
