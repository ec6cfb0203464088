using Microsoft.EntityFrameworkCore;

namespace CustomerService.Messaging;

/// <summary>The inbox of a service on EF Core. The consumer shares the scoped context.</summary>
internal sealed class EfInboxUnitOfWork<TDb>(TDb context, TimeProvider time) : IInboxUnitOfWork
    where TDb : ServiceDbContext
{
    public async Task<InboxOutcome> ConsumeAsync(InboxKey key, Func<Task> consume, CancellationToken cancellationToken)
    {
        context.EnterConsumer(
            new InboxEntry
            {
                MessageId = key.MessageId,
                Consumer = key.Consumer,
                ConsumedAt = time.GetUtcNow(),
            }
        );
        try
        {
            await consume();

            context.LeaveConsumer();
            if (context.Database.CurrentTransaction is null && !context.HasWork())
            {
                // It changed nothing, or it committed by itself and the entry with it.
                return context.IsInboxSaved ? InboxOutcome.Consumed : InboxOutcome.Unchanged;
            }

            // Saved already by the consumer: the transaction that its first save opened is still
            // open. Not yet: one save does it all.
            await context.SaveChangesAsync(cancellationToken);
            if (context.Database.CurrentTransaction is { } transaction)
            {
                await transaction.CommitAsync(cancellationToken);
            }

            return InboxOutcome.Consumed;
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            // A duplicate may fail on its own inbox entry, but just as well earlier: on a rule, a
            // version or a key that its first delivery has moved on. So the inbox is asked,
            // whatever the fault.
            if (await ConsumedBeforeAsync(key, cancellationToken))
            {
                return InboxOutcome.Duplicate;
            }

            if (ConflictException.IsMeantBy(e))
            {
                throw new ConflictException($"{key.Consumer} met another writer: {e.Message}", e);
            }

            throw;
        }
        finally
        {
            context.ForgetConsumer();
        }
    }

    public async Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        await context.Set<InboxEntry>().Where(entry => entry.ConsumedAt < before).ExecuteDeleteAsync(cancellationToken);

    private async Task<bool> ConsumedBeforeAsync(InboxKey key, CancellationToken cancellationToken)
    {
        try
        {
            if (context.Database.CurrentTransaction is { } open)
            {
                await open.RollbackAsync(cancellationToken);
                await open.DisposeAsync();
            }

            return await context
                .Set<InboxEntry>()
                .AsNoTracking()
                .AnyAsync(
                    entry => entry.MessageId == key.MessageId && entry.Consumer == key.Consumer,
                    cancellationToken
                );
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The database is away: the first fault tells more than this one.
            return false;
        }
    }
}
