using CustomerService.Complaints.Capas;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using MassTransit;

namespace CustomerService.Complaints.Projects;

/// <summary>A construction fault that must not recur opens a CAPA (P2.2.3): one a finding, however often the event
/// comes.</summary>
internal sealed class OpenCapaOnRequest(
    ComplaintsDb db,
    RecordNumbers numbers,
    Links links,
    Files files,
    CommandContexts contexts
) : IConsumer<CapaRequested>
{
    public async Task Consume(ConsumeContext<CapaRequested> context)
    {
        var (request, cancellation) = (context.Message, context.CancellationToken);
        var command = contexts.ForSystem("projects");
        var number = await numbers.NextAsync(Capa.NumberKind, command.Today.Year, cancellation);
        await db.LockCasesAsync([request.FindingId], cancellation);
        // By its own request, in a group of faults, or because QC let another one serve it.
        if ((await db.ServedByAsync([request.FindingId], cancellation)).Count > 0)
        {
            return;
        }

        var finding = new Finding(
            request.FindingId,
            request.ProjectId,
            request.ProjectName,
            request.ContractNumber,
            request.Location,
            request.Description
        );
        var capa = Capa.OpenForFinding(command, number, finding).Required();
        db.Add(capa);
        var own = new RecordRef("complaints", capa.Kind, capa.Id, capa.Number);
        var revisit = new RecordRef("projects", "revisit", request.RevisitId, null);
        await own.ComesFromAsync(revisit, links, files, command, cancellation, request.FindingId);
    }
}
