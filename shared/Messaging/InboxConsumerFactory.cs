using CustomerService.Contracts;
using MassTransit;
using MassTransit.Context;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Messaging;

/// <summary>
/// Makes a consumer for each try of each message, in a scope of its own, and runs it in the inbox's
/// transaction. As there is no other way to get a consumer, none can do without the inbox. What waits at the gate has no
/// slot: the consumers of other queues may need it.
/// </summary>
internal sealed class InboxConsumerFactory<TConsumer>(
    IServiceProvider services,
    string queue,
    int concurrency,
    SemaphoreSlim slotsOfAll,
    AbsenceGate gate,
    IInboxEventBatch? events = null
) : IConsumerFactory<TConsumer>
    where TConsumer : class
{
    private static readonly ObjectFactory<TConsumer> Create = ActivatorUtilities.CreateFactory<TConsumer>([]);

    private readonly IServiceScopeFactory _scopes = services.GetRequiredService<IServiceScopeFactory>();
    private readonly IInboxBatch? _batch = services.GetService<IInboxBatch>();
    private readonly TimeProvider _time = services.GetRequiredService<TimeProvider>();
    private readonly SemaphoreSlim _slots = new(concurrency);
    private readonly KeyValuePair<string, object?> _tag = new("queue", queue);

    public async Task Send<T>(ConsumeContext<T> context, IPipe<ConsumerConsumeContext<TConsumer, T>> next)
        where T : class
    {
        var incoming = context.ReceiveContext.GetPayload<IncomingEvent>();
        var outcome = await gate.HandleAsync(() => HandleAsync(incoming, context, next), context.CancellationToken);
        if (incoming.Time is { } said)
        {
            MessagingTelemetry.InboxLag.Record(Math.Max(0, (_time.GetUtcNow() - said).TotalSeconds), _tag);
        }

        (outcome == InboxOutcome.Consumed ? MessagingTelemetry.Consumed : MessagingTelemetry.Duplicates).Add(1, _tag);
    }

    private async Task<InboxOutcome> HandleAsync<T>(
        IncomingEvent incoming,
        ConsumeContext<T> context,
        IPipe<ConsumerConsumeContext<TConsumer, T>> next
    )
        where T : class
    {
        var key = new InboxKey(incoming.Id, queue);
        if (
            events is not null
            && await events.TryAsync(key, new(incoming.Id, incoming.Time, (IIntegrationEvent)context.Message))
                is { } inBatch
        )
        {
            return inBatch;
        }

        InboxOutcome outcome;

        // Its own first: a consumer whose calls are slow must not take the slots of the others
        // while it waits.
        await _slots.WaitAsync(context.CancellationToken);
        try
        {
            await slotsOfAll.WaitAsync(context.CancellationToken);
            try
            {
                outcome = await ConsumeAsync(key, context, next);
            }
            finally
            {
                slotsOfAll.Release();
            }
        }
        finally
        {
            _slots.Release();
        }

        return outcome == InboxOutcome.Unchanged
            ? await (
                _batch
                ?? throw new InvalidOperationException(
                    $"{nameof(InboxOutcome.Unchanged)} needs an {nameof(IInboxBatch)}."
                )
            ).RecordAsync(key)
            : outcome;
    }

    private async Task<InboxOutcome> ConsumeAsync<T>(
        InboxKey key,
        ConsumeContext<T> context,
        IPipe<ConsumerConsumeContext<TConsumer, T>> next
    )
        where T : class
    {
        var scope = _scopes.CreateAsyncScope();
        await using (scope)
        {
            var unit = scope.ServiceProvider.GetRequiredService<IInboxUnitOfWork>();
            try
            {
                return await unit.ConsumeAsync(
                    key,
                    () => CallAsync(scope.ServiceProvider, context, next),
                    context.CancellationToken
                );
            }
            catch (OperationCanceledException e) when (!context.CancellationToken.IsCancellationRequested)
            {
                // A call that the consumer made ran out of time. As a cancellation it would look
                // like our own shutdown, and the message would come back at once and for ever.
                throw new TimeoutException($"{typeof(TConsumer).Name} gave up waiting: {e.Message}", e);
            }
        }
    }

    private static async Task CallAsync<T>(
        IServiceProvider services,
        ConsumeContext<T> context,
        IPipe<ConsumerConsumeContext<TConsumer, T>> next
    )
        where T : class
    {
        var consumer = Create(services, null);
        try
        {
            await next.Send(new ConsumerConsumeContextScope<TConsumer, T>(context, consumer));
        }
        finally
        {
            if (consumer is IAsyncDisposable asynchronous)
            {
                await asynchronous.DisposeAsync();
            }
            else
            {
                (consumer as IDisposable)?.Dispose();
            }
        }
    }

    void IProbeSite.Probe(ProbeContext context) => context.CreateScope("inbox").Add("queue", queue);
}
