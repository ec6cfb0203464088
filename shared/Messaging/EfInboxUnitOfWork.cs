using Microsoft.EntityFrameworkCore;

namespace CustomerService.Messaging;

/// <summary>The inbox of a service on EF Core. The consumer shares the scoped context.</summary>
internal sealed class EfInboxUnitOfWork<TDbContext>(
    TDbContext context,
    OutboxInterceptor interceptor,
    TimeProvider time
) : IInboxUnitOfWork
    where TDbContext : DbContext
{
    public async Task<InboxOutcome> ConsumeAsync(InboxKey key, Func<Task> consume, CancellationToken cancellationToken)
    {
        interceptor.EnterConsumer(
            context,
            new InboxEntry
            {
                MessageId = key.MessageId,
                Consumer = key.Consumer,
                ConsumedAt = time.GetUtcNow(),
            }
        );
        try
        {
            await consume().ConfigureAwait(false);

            interceptor.LeaveConsumer(context);
            if (context.Database.CurrentTransaction is null && !interceptor.HasWork(context))
            {
                // It changed nothing, or it committed by itself and the entry with it.
                return interceptor.InboxSaved(context) ? InboxOutcome.Consumed : InboxOutcome.Unchanged;
            }

            // Saved already by the consumer: the transaction that the interceptor opened is still open. Not
            // yet: one save does it all.
            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            if (context.Database.CurrentTransaction is { } transaction)
            {
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }

            return InboxOutcome.Consumed;
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            // A duplicate may fail on its own inbox entry, but just as well earlier: on a rule, a version or a
            // key that its first
            // delivery has moved on. So the inbox is asked, whatever the fault.
            if (await ConsumedBeforeAsync(key, cancellationToken).ConfigureAwait(false))
            {
                return InboxOutcome.Duplicate;
            }

            throw;
        }
        finally
        {
            interceptor.ForgetConsumer(context);
        }
    }

    public async Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        await context
            .Set<InboxEntry>()
            .Where(entry => entry.ConsumedAt < before)
            .ExecuteDeleteAsync(cancellationToken)
            .ConfigureAwait(false);

    private async Task<bool> ConsumedBeforeAsync(InboxKey key, CancellationToken cancellationToken)
    {
        try
        {
            if (context.Database.CurrentTransaction is { } open)
            {
                await open.RollbackAsync(cancellationToken).ConfigureAwait(false);
                await open.DisposeAsync().ConfigureAwait(false);
            }

            return await context
                .Set<InboxEntry>()
                .AsNoTracking()
                .AnyAsync(
                    entry => entry.MessageId == key.MessageId && entry.Consumer == key.Consumer,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The database is away: the first fault tells more than this one.
            return false;
        }
    }
}
