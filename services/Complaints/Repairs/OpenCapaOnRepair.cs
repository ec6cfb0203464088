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
/// however often the event comes.</summary>
internal sealed class OpenCapaOnRepair(ComplaintsDb db, RecordNumbers numbers, Links links, CommandContexts contexts)
    : IConsumer<RepairCapaRequested>
{
    public async Task Consume(ConsumeContext<RepairCapaRequested> context)
    {
        var (request, cancellation) = (context.Message, context.CancellationToken);
        var command = contexts.ForSystem("repairs");
        var number = await numbers.NextAsync(Capa.NumberKind, command.Today.Year, cancellation);
        await db.LockAsync($"capa/repair/{request.RequestId:N}", cancellation);
        if (
            await db.Capas.AnyAsync(
                capa => capa.Source == CapaSource.Repair && capa.SourceId == request.RequestId,
                cancellation
            )
        )
        {
            return;
        }

        var fault = new Finding(
            request.RequestId,
            request.ProjectId,
            request.ProjectName,
            request.Number,
            request.Location,
            request.Description,
            CapaSource.Repair
        );
        var capa = Capa.OpenForFinding(command, number, fault).Required();
        db.Add(capa);
        foreach (var order in request.RepairOrderIds.Distinct())
        {
            await links.LinkAsync(
                command,
                new LinkedPair(
                    new RecordRef("complaints", capa.Kind, capa.Id, capa.Number),
                    LinkKind.CausedBy,
                    new RecordRef("repairs", "repair-order", order, null)
                ),
                cancellation
            );
        }
    }
}
