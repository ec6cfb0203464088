using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Projects;

/// <summary>Keeps which findings of revisits and construction repairs a CAPA that is open can serve, too (C5.4,
/// P2.2.3).</summary>
internal sealed class KeepWorksCases(ComplaintsDb db, CommandContexts contexts)
    : IConsumer<FindingRecorded>,
        IConsumer<RepairOrderOpened>,
        IConsumer<ProjectsRecordErased>,
        IConsumer<RepairsRecordErased>
{
    public Task Consume(ConsumeContext<FindingRecorded> context)
    {
        var found = context.Message;
        return KeepAsync(
            "projects",
            found.FindingId,
            CapaSource.Revisit,
            found.ContractNumber ?? Spelling.Day(found.FoundOn),
            $"{found.ProjectName} · {found.Location}",
            found.FoundOn,
            found.PartCode,
            found.RevisitId,
            context.CancellationToken
        );
    }

    public Task Consume(ConsumeContext<RepairOrderOpened> context)
    {
        var order = context.Message;
        return KeepAsync(
            "repairs",
            order.RepairOrderId,
            CapaSource.Repair,
            order.Number,
            order.ProjectName,
            order.NotifiedOn,
            order.PartCode,
            null,
            context.CancellationToken
        );
    }

    public Task Consume(ConsumeContext<ProjectsRecordErased> context) =>
        ForgetAsync("projects", context.Message.RecordId, context.CancellationToken);

    public Task Consume(ConsumeContext<RepairsRecordErased> context) =>
        ForgetAsync("repairs", context.Message.RecordId, context.CancellationToken);

    private async Task KeepAsync(
        string service,
        Guid id,
        CapaSource source,
        string number,
        string subject,
        DateOnly on,
        string part,
        Guid? revisit,
        CancellationToken cancellation
    )
    {
        await db.LockAsync($"survey-case/{id:N}", cancellation);
        if (!await db.SurveyCases.AnyAsync(known => known.Id == id, cancellation))
        {
            var line = subject.Truncate(TextLength.Line, "…");
            db.Add(SurveyCase.Hear(contexts.ForSystem(service), id, source, number, line, on, [part], revisit));
        }
    }

    // A finding goes with its revisit.
    private async Task ForgetAsync(string service, Guid record, CancellationToken cancellation)
    {
        var gone = await db
            .SurveyCases.Where(known => known.Id == record || known.RevisitId == record)
            .ToListAsync(cancellation);
        gone.ForEach(one => one.Forget(contexts.ForSystem(service)));
    }
}
