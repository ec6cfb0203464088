using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Contracts;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Contracts.Repairs.V1;
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
        var ids = events.Select(IdOf).ToList();
        var known = await db
            .SurveyCases.Where(one => ids.Contains(one.Id))
            .Select(one => one.Id)
            .ToHashSetAsync(cancellation);
        foreach (var e in events)
        {
            if (e is ProjectsRecordErased or RepairsRecordErased)
            {
                var service = e is ProjectsRecordErased ? "projects" : "repairs";
                await ForgetAsync(db, contexts.ForSystem(service), IdOf(e), cancellation);
            }
            else if (known.Add(IdOf(e)))
            {
                db.Add(CaseOf(contexts, e));
            }
        }
    }

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

    // A finding goes with its revisit. What this very batch has added is not in the store yet.
    private static async Task ForgetAsync(
        ComplaintsDb db,
        CommandContext context,
        Guid record,
        CancellationToken cancellation
    )
    {
        var stored = await db
            .SurveyCases.Where(known => known.Id == record || known.RevisitId == record)
            .ToListAsync(cancellation);
        var added = db.SurveyCases.Local.Where(known => known.Id == record || known.RevisitId == record);
        foreach (var one in stored.Union(added).ToList())
        {
            one.Forget(context);
        }
    }
}
