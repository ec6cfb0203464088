using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.Messaging;

/// <summary>Gathers the events of one queue and hands them to its <see cref="IBatchConsumer"/>.</summary>
internal interface IInboxEventBatch
{
    /// <summary>What came of the event in a batch; null when it must be dealt with alone.</summary>
    Task<InboxOutcome?> TryAsync(InboxKey key, ReceivedEvent received);
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
    // Under load a batch may fill up: at 400 events a second in a lane it then holds ten. With fewer events each is dealt
    // with at once, so that what somebody has just done is on the next screen.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(25);
    private const int ManyASecond = 300;

    // Two batches at a time: an event need not wait for the commit of the one before, which is of another subject.
    private const int Lanes = 2;

    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ObjectFactory _create;
    private readonly BatchLoader<(InboxKey Key, ReceivedEvent Event), InboxOutcome?>[] _lanes;

    public InboxEventBatch(Type consumer, IServiceScopeFactory scopes, TimeProvider time, ILogger log)
    {
        (_scopes, _time, _log) = (scopes, time, log);
        _create = ActivatorUtilities.CreateFactory(consumer, []);
        _lanes =
        [
            .. Enumerable
                .Range(0, Lanes)
                .Select(_ => new BatchLoader<(InboxKey Key, ReceivedEvent Event), InboxOutcome?>(
                    ConsumeAsync,
                    largest: 128,
                    atOnce: 1,
                    Gather,
                    ManyASecond
                )),
        ];
    }

    public Task<InboxOutcome?> TryAsync(InboxKey key, ReceivedEvent received) =>
        _lanes[(uint)received.Event.SubjectId.GetHashCode() % Lanes].LoadAsync((key, received));

    private async Task<IReadOnlyList<InboxOutcome?>> ConsumeAsync(
        IReadOnlyList<(InboxKey Key, ReceivedEvent Event)> events
    )
    {
        var once = events.DistinctBy(e => e.Key).ToList();
        var before = new HashSet<InboxKey>();
        var done = await TryAsync(once);
        if (!done)
        {
            // Those that had their effect before must not send all others to their consumers one by one.
            before = await ConsumedBeforeAsync(once);
            once.RemoveAll(e => before.Contains(e.Key));
            done = before.Count > 0 && await TryAsync(once);
        }

        // The same message twice among them: the first one has the effect.
        var consumed = once.Select(e => e.Key).ToHashSet();
        return
        [
            .. events.Select(e =>
                before.Contains(e.Key) ? InboxOutcome.Duplicate
                : !done ? (InboxOutcome?)null
                : consumed.Remove(e.Key) ? InboxOutcome.Consumed
                : InboxOutcome.Duplicate
            ),
        ];
    }

    /// <returns>Whether they are dealt with, all of them.</returns>
    private async Task<bool> TryAsync(IReadOnlyList<(InboxKey Key, ReceivedEvent Event)> events)
    {
        if (events.Count == 0)
        {
            return true;
        }

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
                if (context.Database.CurrentTransaction is { } transaction)
                {
                    await transaction.CommitAsync();
                    if (consumer.IsSeenFirst)
                    {
                        await KeptAsync(context);
                    }
                }

                return true;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                _log.LogDebug(e, "A batch of {Count} events failed", events.Count);
                return false;
            }
        }
    }

    /// <summary>Waits until the disk has what was committed before: a message in the log of the server, which is written in
    /// order, is committed with it.</summary>
    private static Task KeptAsync(TDb context) =>
        context.Database.ExecuteSqlRawAsync("SELECT pg_logical_emit_message(true, 'inbox', '')");

    private async Task<HashSet<InboxKey>> ConsumedBeforeAsync(IReadOnlyList<(InboxKey Key, ReceivedEvent Event)> events)
    {
        var scope = _scopes.CreateAsyncScope();
        await using (scope)
        {
            try
            {
                // All are of one queue.
                var consumer = events[0].Key.Consumer;
                var ids = events.Select(e => e.Key.MessageId).ToList();
                var known = await scope
                    .ServiceProvider.GetRequiredService<TDb>()
                    .Set<InboxEntry>()
                    .Where(entry => entry.Consumer == consumer && ids.Contains(entry.MessageId))
                    .Select(entry => entry.MessageId)
                    .ToListAsync();
                return known.Select(id => new InboxKey(id, consumer)).ToHashSet();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                _log.LogDebug(e, "The inbox could not be asked");
                return [];
            }
        }
    }
}
