using CustomerService.Complaints.Capas;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Contracts;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Contracts.Retention;
using CustomerService.Messaging;
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
    public Task Consume(ConsumeContext<FindingRecorded> context) => KeepAsync(context);

    public Task Consume(ConsumeContext<RepairOrderOpened> context) => KeepAsync(context);

    public Task Consume(ConsumeContext<ProjectsRecordErased> context) => KeepAsync(context);

    public Task Consume(ConsumeContext<RepairsRecordErased> context) => KeepAsync(context);

    private Task KeepAsync<TEvent>(ConsumeContext<TEvent> context)
        where TEvent : class, IIntegrationEvent =>
        db.HearOfWorksAsync(contexts, [context.Message], context.CancellationToken);
}

/// <summary>Many events at once: one look for what is known, one commit.</summary>
internal sealed class KeepWorksCasesBatch(ComplaintsDb db, CommandContexts contexts) : IBatchConsumer
{
    public Task ConsumeAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken cancellationToken) =>
        db.HearOfWorksAsync(contexts, [.. events.Select(received => received.Event)], cancellationToken);
}

/// <summary>What the events say of a case.</summary>
internal static class WorksCases
{
    /// <summary>Subscribes to these events, in one queue.</summary>
    public static MessagingBuilder KeepWorksCases(this MessagingBuilder bus) =>
        bus.ConsumeTogether(nameof(KeepWorksCases), [typeof(KeepWorksCases)], typeof(KeepWorksCasesBatch));

    // Two that hear of one case at the same time meet at its key, and the second one hears of it again.
    public static async Task HearOfWorksAsync(
        this ComplaintsDb db,
        CommandContexts contexts,
        IReadOnlyList<IIntegrationEvent> events,
        CancellationToken cancellation
    )
    {
        var gone = events.Where(e => e is IRecordErasedEvent).Select(IdOf).ToList();
        await db.LockCasesAsync(gone.Count > 0, cancellation);
        await db.MarkErasedAsync(gone, cancellation);
        var ids = events.Select(IdOf).ToList();
        var known = await db
            .SurveyCases.Where(one => ids.Contains(one.Id))
            .Select(one => one.Id)
            .ToHashSetAsync(cancellation);
        // A finding goes with its revisit, and with this very batch, too, wherever the erasure stands in it.
        var erased = await db.ErasedAsync(ids.Concat(events.Select(RevisitOf).OfType<Guid>()), cancellation);
        erased.UnionWith(gone);
        foreach (var e in events.Where(e => e is not IRecordErasedEvent))
        {
            if (!erased.Contains(IdOf(e)) && !(RevisitOf(e) is { } r && erased.Contains(r)) && known.Add(IdOf(e)))
            {
                db.Add(CaseOf(contexts, e));
            }
        }

        foreach (var e in events.Where(e => e is IRecordErasedEvent))
        {
            var service = e is ProjectsRecordErased ? "projects" : "repairs";
            await db.ForgetCasesAsync(contexts.ForSystem(service), IdOf(e), cancellation);
        }
    }

    private static Guid? RevisitOf(IIntegrationEvent e) => (e as FindingRecorded)?.RevisitId;

    private static Guid IdOf(IIntegrationEvent e) =>
        e switch
        {
            FindingRecorded found => found.FindingId,
            RepairOrderOpened order => order.RepairOrderId,
            ProjectsRecordErased erased => erased.RecordId,
            RepairsRecordErased erased => erased.RecordId,
            _ => throw new ArgumentOutOfRangeException(nameof(e), e.GetType().Name, null),
        };

    private static SurveyCase CaseOf(CommandContexts contexts, IIntegrationEvent e) =>
        e switch
        {
            FindingRecorded found => SurveyCase.Hear(
                contexts.ForSystem("projects"),
                found.FindingId,
                CapaSource.Revisit,
                found.ContractNumber ?? Spelling.Day(found.FoundOn),
                $"{found.ProjectName} · {found.Location}".Truncate(TextLength.Line, "…"),
                found.FoundOn,
                [found.PartCode],
                found.RevisitId
            ),
            RepairOrderOpened order => SurveyCase.Hear(
                contexts.ForSystem("repairs"),
                order.RepairOrderId,
                CapaSource.Repair,
                order.Number,
                order.ProjectName.Truncate(TextLength.Line, "…"),
                order.NotifiedOn,
                [order.PartCode],
                null
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(e), e.GetType().Name, null),
        };
}
