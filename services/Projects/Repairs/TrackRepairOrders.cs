using CustomerService.Contracts;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Messaging;
using CustomerService.Projects.Data;
using CustomerService.Projects.Revisits.Domain;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Repairs;

/// <summary>Keeps what a finding shows of its repair order (P2.2.3, P3.3); one class for all events.</summary>
internal sealed class TrackRepairOrder<TEvent>(ProjectsDb db) : IConsumer<TEvent>
    where TEvent : class, IIntegrationEvent
{
    public Task Consume(ConsumeContext<TEvent> context) =>
        db.HearOfOrdersAsync([context.Message], context.CancellationToken);
}

/// <summary>Many events at once: one read of their orders, one commit.</summary>
internal sealed class TrackRepairOrdersBatch(ProjectsDb db) : IBatchConsumer
{
    public Task ConsumeAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken cancellationToken) =>
        db.HearOfOrdersAsync([.. events.Select(received => received.Event)], cancellationToken);
}

/// <summary>What the events say of an order.</summary>
internal static class OrderNews
{
    private static readonly Dictionary<Type, Action<LinkedCase, IIntegrationEvent>> Told = [];

    static OrderNews()
    {
        Tell<RepairOrderOpened>(
            (order, e) =>
            {
                order.Advance(e.Version, "opened", e.NotifiedOn);
                order.Identify(e.SourceId, e.Number);
                order.Place(e.ProjectId);
            }
        );
        Tell<RepairOrderConfirmed>((order, e) => order.Advance(e.Version, "confirmed", e.ConfirmedOn));
        Tell<RepairOrderApproved>((order, e) => order.Advance(e.Version, "approved", e.ApprovedOn));
        Tell<RepairOrderDispatched>((order, e) => order.Advance(e.Version, "dispatched", e.DispatchedOn));
        Tell<RepairOrderStarted>((order, e) => order.Advance(e.Version, "in-repair", e.StartedOn));
        Tell<RepairOrderInspected>(
            (order, e) => order.Advance(e.Version, e.Passed ? "inspection-passed" : "inspection-failed", e.InspectedOn)
        );
        Tell<RepairOrderOwnerResponded>(
            (order, e) => order.Advance(e.Version, e.Accepted ? "owner-accepted" : "owner-refused", e.RespondedOn)
        );
        Tell<RepairOrderReturned>(
            (order, e) =>
            {
                order.Advance(e.Version, "returned", e.ReturnedOn, done: true);
                order.Identify(null, e.Number);
            }
        );
        Tell<RepairOrderWithdrawn>((order, e) => order.Advance(e.Version, "withdrawn", e.WithdrawnOn, done: true));
        // Another order goes on for both (S4).
        Tell<RepairOrderMerged>((order, e) => order.Advance(e.Version, "merged", e.MergedOn, done: true));
        Tell<RepairOrderUnmerged>((order, e) => order.Advance(e.Version, "opened", e.UnmergedOn));
    }

    /// <summary>Subscribes to these events, in one queue.</summary>
    public static MessagingBuilder TrackRepairOrders(this MessagingBuilder bus) =>
        bus.ConsumeTogether(
            nameof(TrackRepairOrders),
            [.. Told.Keys.Select(e => typeof(TrackRepairOrder<>).MakeGenericType(e))],
            typeof(TrackRepairOrdersBatch)
        );

    public static async Task HearOfOrdersAsync(
        this ProjectsDb db,
        IReadOnlyList<IIntegrationEvent> events,
        CancellationToken cancellation
    )
    {
        // A ratified order was issued before, and is further than approved by now.
        var news = events.Where(e => e is not RepairOrderApproved { Ratified: true }).ToList();
        var ids = news.Select(e => e.SubjectId).Distinct().ToList();
        var known = await db
            .LinkedCases.Where(c => c.Kind == LinkedCase.RepairOrder && ids.Contains(c.Id))
            .ToDictionaryAsync(c => c.Id, cancellation);
        foreach (var e in news)
        {
            if (!known.TryGetValue(e.SubjectId, out var order))
            {
                order = new LinkedCase { Kind = LinkedCase.RepairOrder, Id = e.SubjectId };
                db.Add(order);
                known.Add(order.Id, order);
            }

            Told[e.GetType()](order, e);
        }
    }

    private static void Tell<TEvent>(Action<LinkedCase, TEvent> news)
        where TEvent : IIntegrationEvent => Told.Add(typeof(TEvent), (order, e) => news(order, (TEvent)e));
}
