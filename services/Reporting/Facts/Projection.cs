using System.Collections.Frozen;
using System.Reflection;
using CustomerService.Contracts;
using CustomerService.Messaging;
using CustomerService.Reporting.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Facts;

/// <summary>Hands an event to the fact that applies it; one class for all facts and events.</summary>
internal sealed class Projection<TFact, TEvent>(ReportingDb db) : IConsumer<TEvent>
    where TFact : Fact, IApplies<TEvent>, new()
    where TEvent : class, IIntegrationEvent
{
    public async Task Consume(ConsumeContext<TEvent> context) =>
        (await db.FactAsync<TFact>(context.Message.SubjectId, context.CancellationToken)).Apply(context.Message);
}

/// <summary>Applies many events at once: one read of their facts, one commit.</summary>
internal sealed class ProjectionBatch<TFact>(ReportingDb db) : IBatchConsumer
    where TFact : Fact, new()
{
    private static readonly FrozenDictionary<Type, Action<TFact, IIntegrationEvent>> Applies = Projections
        .EventsOf(typeof(TFact))
        .ToFrozenDictionary(e => e, ApplyOf);

    public async Task ConsumeAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken cancellationToken)
    {
        var ids = events.Select(e => e.Event.SubjectId).Distinct().ToList();
        var facts = await db.Set<TFact>()
            .Where(fact => ids.Contains(fact.Id))
            .ToDictionaryAsync(fact => fact.Id, cancellationToken);
        foreach (var e in events.Select(e => e.Event))
        {
            if (!facts.TryGetValue(e.SubjectId, out var fact))
            {
                db.Add(facts[e.SubjectId] = fact = new TFact { Id = e.SubjectId });
            }

            Applies[e.GetType()](fact, e);
        }
    }

    private static Action<TFact, IIntegrationEvent> ApplyOf(Type e) =>
        (Action<TFact, IIntegrationEvent>)
            typeof(ProjectionBatch<TFact>)
                .GetMethod(nameof(Typed), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(e)
                .Invoke(null, null)!;

    private static Action<TFact, IIntegrationEvent> Typed<TEvent>()
        where TEvent : IIntegrationEvent => (fact, e) => ((IApplies<TEvent>)fact).Apply((TEvent)e);
}

internal static class Projections
{
    /// <summary>Subscribes a fact to every event that it applies, in one queue named after the fact.</summary>
    public static MessagingBuilder Project<TFact>(this MessagingBuilder bus)
        where TFact : Fact, new() =>
        bus.ConsumeTogether(
            typeof(TFact).Name,
            [.. EventsOf(typeof(TFact)).Select(e => typeof(Projection<,>).MakeGenericType(typeof(TFact), e))],
            typeof(ProjectionBatch<TFact>)
        );

    /// <summary>What applies the events of each fact, and which these are.</summary>
    internal static IReadOnlyList<(Type Consumer, IReadOnlySet<Type> Events)> Batches { get; } =
    [
        .. typeof(Fact)
            .Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(Fact)) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type =>
                (typeof(ProjectionBatch<>).MakeGenericType(type), (IReadOnlySet<Type>)EventsOf(type).ToHashSet())
            ),
    ];

    internal static IEnumerable<Type> EventsOf(Type fact) =>
        fact.GetInterfaces()
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IApplies<>))
            .Select(i => i.GetGenericArguments()[0]);
}
