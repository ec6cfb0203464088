using CustomerService.Contracts.Projects.V1;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders.Consumers;

/// <summary>A revisit's finding that needs repair opens an order (P2.2.3, P3.2.1), one a finding whatever the
/// deliveries.</summary>
internal sealed class OpenRepairOrderOnFinding(RepairsDb db, RepairOrderOpener opener, CommandContexts contexts)
    : IConsumer<RepairRequested>
{
    public async Task Consume(ConsumeContext<RepairRequested> context)
    {
        var (finding, cancellation) = (context.Message, context.CancellationToken);
        if (
            await db.RepairOrders.AnyAsync(
                order => order.Source == OrderSource.Revisit && order.SourceId == finding.FindingId,
                cancellation
            )
        )
        {
            return;
        }

        var announced = new ProjectRef(
            finding.ProjectId,
            finding.ProjectName,
            finding.ContractNumber,
            finding.OwnerId,
            finding.OwnerName,
            null,
            null
        );
        // The finding may come before its project's announcement; it names the project as the registry does.
        var project = (await opener.ProjectAsync(finding.ProjectId, cancellation)).Failed(out _, out var known)
            ? announced
            : known;
        var opened = await opener.OpenAsync(contexts.ForSystem("repairs"), Notice(finding, project), cancellation);
        // The system may always open: a refusal is a fault of the program, and the message must not get lost.
        var order = opened.Required();
        // Not before Projects was asked: the lock opens the transaction.
        await db.LockAsync($"finding/{finding.FindingId:N}", cancellation);
        var found = await db
            .FoundFaults.AsNoTracking()
            .FirstOrDefaultAsync(fault => fault.Id == finding.FindingId, cancellation);
        if (found?.CapaRequestedOn is { } on)
        {
            order.NoteCapa(contexts.ForSystem("projects", order), on);
        }
    }

    private static Notice Notice(RepairRequested finding, ProjectRef project) =>
        new()
        {
            Source = OrderSource.Revisit,
            SourceId = finding.FindingId,
            RevisitId = finding.RevisitId,
            Project = project,
            SiteContact = new SiteContact(finding.Contact, finding.Phone.Length > 0 ? finding.Phone : null),
            PartCode = finding.PartCode,
            Location = finding.Location,
            Description = finding.Description,
            Severity =
                Spelling.FromKebab<DefectSeverity>(finding.Severity)
                ?? throw new InvalidOperationException(
                    $"Severity '{finding.Severity}' is none of {string.Join(", ", Spelling.WordsOf<DefectSeverity>())}."
                ),
            NotifiedOn = finding.FoundOn,
        };
}
