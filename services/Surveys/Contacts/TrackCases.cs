using CustomerService.Contracts;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Projects;
using CustomerService.Surveys.Store;
using MassTransit;

namespace CustomerService.Surveys.Contacts;

/// <summary>Knows whose complaint or repair is open (C5.8.2); one class for all events.</summary>
internal sealed class TrackCase<TEvent>(IDocumentStore store, CommandContexts contexts) : IConsumer<TEvent>
    where TEvent : class, IIntegrationEvent
{
    public Task Consume(ConsumeContext<TEvent> context) =>
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
    private static readonly Dictionary<Type, Func<IIntegrationEvent, News>> Told = [];

    static CaseNews()
    {
        Tell<ComplaintRegistered>(c => new(c.CustomerId, true, c.Version));
        Tell<ComplaintClosed>(c => new(c.CustomerId, false, c.Version));
        Tell<ComplaintReopened>(c => new(c.CustomerId, true, c.Version));
        // What was merged goes on with the other one, which is known, too.
        Tell<ComplaintMerged>(c => new(c.CustomerId, false, c.Version));
        Tell<ComplaintUnmerged>(c => new(c.CustomerId, true, c.Version));
        Tell<RepairOrderOpened>(o => new(o.OwnerId, true, o.Version));
        Tell<RepairOrderReturned>(o => new(o.OwnerId, false, o.Version));
        Tell<RepairOrderWithdrawn>(o => new(o.OwnerId, false, o.Version));
        Tell<RepairOrderMerged>(o => new(o.OwnerId, false, o.Version));
        Tell<RepairOrderUnmerged>(o => new(o.OwnerId, true, o.Version));
        Tell<RmaDeclared>(r => new(r.CustomerId, true, r.Version));
        Tell<RmaClosed>(r => new(r.CustomerId, false, r.Version));
        Tell<RmaWithdrawn>(r => new(r.CustomerId, false, r.Version));
    }

    /// <summary>Subscribes to these events, in one queue.</summary>
    public static MessagingBuilder TrackCases(this MessagingBuilder bus) =>
        bus.ConsumeTogether(
            nameof(TrackCases),
            [.. Told.Keys.Select(e => typeof(TrackCase<>).MakeGenericType(e))],
            typeof(TrackCasesBatch)
        );

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
        var told = events.Select(e => (Event: e, News: Told[e.GetType()](e))).ToList();
        var survivors = await new KnownOrganisations(store, contexts).SurvivorsOfAsync(
            [.. told.Select(one => one.News.Customer).Distinct()],
            cancellation
        );
        foreach (var (e, news) in told)
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

            one.Apply(contexts.ForSystem("surveys"), survivors[news.Customer], news.Open, news.Version);
        }
    }

    private static void Tell<TEvent>(Func<TEvent, News> news)
        where TEvent : IIntegrationEvent => Told.Add(typeof(TEvent), e => news((TEvent)e));

    private sealed record News(Guid Customer, bool Open, long Version);
}
