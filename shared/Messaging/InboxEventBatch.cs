using CustomerService.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.Messaging;

/// <summary>Gathers the events of one queue and hands them to its <see cref="IBatchConsumer"/>.</summary>
internal interface IInboxEventBatch
{
    /// <summary>Whether the event was dealt with in a batch; if not, it must be dealt with alone.</summary>
    Task<bool> TryAsync(InboxKey key, ReceivedEvent received);
}

/// <summary>Makes the batches of a service on one kind of store.</summary>
internal interface IInboxEventBatches
{
    IInboxEventBatch Of(Type consumer);
}

/// <summary>The batches of a service on EF Core.</summary>
internal sealed class InboxEventBatches<TDb>(
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger<InboxEventBatch<TDb>> log
) : IInboxEventBatches
    where TDb : ServiceDbContext
{
    public IInboxEventBatch Of(Type consumer) => new InboxEventBatch<TDb>(consumer, scopes, time, log);
}

internal sealed class InboxEventBatch<TDb> : IInboxEventBatch
    where TDb : ServiceDbContext
{
    // Under load a batch may fill up: at 400 events a second it then holds ten. With fewer events each is dealt with at
    // once, so that what somebody has just done is on the next screen.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(25);
    private const int ManyASecond = 300;

    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ObjectFactory _create;
    private readonly BatchLoader<(InboxKey Key, ReceivedEvent Event), bool> _events;

    public InboxEventBatch(Type consumer, IServiceScopeFactory scopes, TimeProvider time, ILogger log)
    {
        (_scopes, _time, _log) = (scopes, time, log);
        _create = ActivatorUtilities.CreateFactory(consumer, []);
        _events = new(ConsumeAsync, largest: 128, atOnce: 1, Gather, ManyASecond);
    }

    public Task<bool> TryAsync(InboxKey key, ReceivedEvent received) => _events.LoadAsync((key, received));

    private async Task<IReadOnlyList<bool>> ConsumeAsync(IReadOnlyList<(InboxKey Key, ReceivedEvent Event)> events)
    {
        var scope = _scopes.CreateAsyncScope();
        await using (scope)
        {
            try
            {
                var context = scope.ServiceProvider.GetRequiredService<TDb>();
                var consumer = (IBatchConsumer)_create(scope.ServiceProvider, null);
                await consumer.ConsumeAsync([.. events.Select(e => e.Event)], CancellationToken.None);
                var now = _time.GetUtcNow();
                context.AddRange(
                    events.Select(e => new InboxEntry
                    {
                        MessageId = e.Key.MessageId,
                        Consumer = e.Key.Consumer,
                        ConsumedAt = now,
                    })
                );
                await context.SaveChangesAsync();
                return [.. events.Select(_ => true)];
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                _log.LogDebug(e, "A batch of {Count} events failed; each is tried alone", events.Count);
                return [.. events.Select(_ => false)];
            }
        }
    }
}
