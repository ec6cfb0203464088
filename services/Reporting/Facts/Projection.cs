using CustomerService.Contracts;
using CustomerService.Messaging;
using CustomerService.Reporting.Data;
using MassTransit;

namespace CustomerService.Reporting.Facts;

/// <summary>Hands an event to the fact that applies it; one class for all facts and events.</summary>
internal sealed class Projection<TFact, TEvent>(ReportingDb db) : IConsumer<TEvent>
    where TFact : Fact, IApplies<TEvent>, new()
    where TEvent : class, IIntegrationEvent
{
    public async Task Consume(ConsumeContext<TEvent> context) =>
        (await db.FactAsync<TFact>(context.Message.SubjectId, context.CancellationToken)).Apply(context.Message);
}

internal static class ProjectionRegistration
{
    /// <summary>Subscribes a fact to every event that it applies, in one queue named after the fact.</summary>
    public static MessagingBuilder Project<TFact>(this MessagingBuilder bus)
        where TFact : Fact
    {
        var consumers = typeof(TFact)
            .GetInterfaces()
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IApplies<>))
            .Select(i => typeof(Projection<,>).MakeGenericType(typeof(TFact), i.GetGenericArguments()[0]));
        return bus.ConsumeTogether(typeof(TFact).Name, [.. consumers]);
    }
}
