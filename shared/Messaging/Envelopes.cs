using MassTransit;

namespace CustomerService.Messaging;

/// <summary>What the envelope of a consumed event says.</summary>
public static class Envelopes
{
    /// <summary>Its <c>cloudEvents:id</c>, or what stands for it where a foreign sender gave none, and when it
    /// happened, UTC.</summary>
    public static (Guid Id, DateTimeOffset? OccurredAt) EventIdentity(this ConsumeContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.ReceiveContext.TryGetPayload<IncomingEvent>(out var incoming)
            ? (incoming.Id, incoming.Time)
            : throw new InvalidOperationException("The message did not come by this service's receive endpoint.");
    }
}
