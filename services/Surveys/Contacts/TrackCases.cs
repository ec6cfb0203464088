using CustomerService.Contracts;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Store;
using MassTransit;

namespace CustomerService.Surveys.Contacts;

/// <summary>Knows whose complaint or repair is open (C5.8.2).</summary>
internal sealed class TrackCases(IDocumentStore store, CommandContexts contexts)
    : IConsumer<ComplaintRegistered>,
        IConsumer<ComplaintClosed>,
        IConsumer<ComplaintReopened>,
        IConsumer<ComplaintMerged>,
        IConsumer<ComplaintUnmerged>,
        IConsumer<RepairOrderOpened>,
        IConsumer<RepairOrderReturned>,
        IConsumer<RepairOrderWithdrawn>,
        IConsumer<RepairOrderMerged>,
        IConsumer<RepairOrderUnmerged>,
        IConsumer<RmaDeclared>,
        IConsumer<RmaClosed>,
        IConsumer<RmaWithdrawn>
{
    public Task Consume(ConsumeContext<ComplaintRegistered> context) => HearAsync(context);

    public Task Consume(ConsumeContext<ComplaintClosed> context) => HearAsync(context);

    public Task Consume(ConsumeContext<ComplaintReopened> context) => HearAsync(context);

    public Task Consume(ConsumeContext<ComplaintMerged> context) => HearAsync(context);

    public Task Consume(ConsumeContext<ComplaintUnmerged> context) => HearAsync(context);

    public Task Consume(ConsumeContext<RepairOrderOpened> context) => HearAsync(context);

    public Task Consume(ConsumeContext<RepairOrderReturned> context) => HearAsync(context);

    public Task Consume(ConsumeContext<RepairOrderWithdrawn> context) => HearAsync(context);

    public Task Consume(ConsumeContext<RepairOrderMerged> context) => HearAsync(context);

    public Task Consume(ConsumeContext<RepairOrderUnmerged> context) => HearAsync(context);

    public Task Consume(ConsumeContext<RmaDeclared> context) => HearAsync(context);

    public Task Consume(ConsumeContext<RmaClosed> context) => HearAsync(context);

    public Task Consume(ConsumeContext<RmaWithdrawn> context) => HearAsync(context);

    private Task HearAsync<TEvent>(ConsumeContext<TEvent> context)
        where TEvent : class, IIntegrationEvent =>
        store.HearAsync(contexts, [context.Message], context.CancellationToken);
}

/// <summary>Many events at once: one read of their cases, one commit.</summary>
internal sealed class TrackCasesBatch(IDocumentStore store, CommandContexts contexts) : IBatchConsumer
{
    public Task ConsumeAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken cancellationToken) =>
        store.HearAsync(contexts, [.. events.Select(received => received.Event)], cancellationToken);
}

/// <summary>What the events say of a case.</summary>
internal static class CaseNews
{
    public static async Task HearAsync(
        this IDocumentStore store,
        CommandContexts contexts,
        IReadOnlyList<IIntegrationEvent> events,
        CancellationToken cancellation
    )
    {
        var ids = events.Select(e => e.SubjectId).Distinct().ToList();
        // Most are new; only the others are fetched to be changed.
        var old = (
            await store.ListAsync(DocumentQuery<CustomerCase>.All.In(c => c.Id, ids), null, ids.Count, cancellation)
        )
            .Select(c => c.Id)
            .ToHashSet();
        var known = new Dictionary<Guid, CustomerCase>();
        foreach (var e in events)
        {
            if (!known.TryGetValue(e.SubjectId, out var one))
            {
                one = old.Contains(e.SubjectId)
                    ? await store.FindAsync(DocumentQuery<CustomerCase>.All.Where(c => c.Id, e.SubjectId), cancellation)
                    : null;
                if (one is null)
                {
                    store.Add(one = CustomerCase.Heard(e.SubjectId));
                }

                known[e.SubjectId] = one;
            }

            var (customer, open, version) = Of(e);
            one.Apply(contexts.ForSystem("surveys"), customer, open, version);
        }
    }

    private static (Guid Customer, bool Open, long Version) Of(IIntegrationEvent e) =>
        e switch
        {
            ComplaintRegistered c => (c.CustomerId, true, c.Version),
            ComplaintClosed c => (c.CustomerId, false, c.Version),
            ComplaintReopened c => (c.CustomerId, true, c.Version),
            // What was merged goes on with the other one, which is known, too.
            ComplaintMerged c => (c.CustomerId, false, c.Version),
            ComplaintUnmerged c => (c.CustomerId, true, c.Version),
            RepairOrderOpened o => (o.OwnerId, true, o.Version),
            RepairOrderReturned o => (o.OwnerId, false, o.Version),
            RepairOrderWithdrawn o => (o.OwnerId, false, o.Version),
            RepairOrderMerged o => (o.OwnerId, false, o.Version),
            RepairOrderUnmerged o => (o.OwnerId, true, o.Version),
            RmaDeclared r => (r.CustomerId, true, r.Version),
            RmaClosed r => (r.CustomerId, false, r.Version),
            RmaWithdrawn r => (r.CustomerId, false, r.Version),
            _ => throw new ArgumentException($"{e.GetType().Name} says nothing of a case.", nameof(e)),
        };
}
