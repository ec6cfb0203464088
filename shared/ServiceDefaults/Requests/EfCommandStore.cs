using CustomerService.Messaging;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerService.ServiceDefaults;

/// <summary>The command store of a service with EF Core on PostgreSQL: one SaveChanges, one transaction.</summary>
internal sealed class EfCommandStore<TDbContext>(TDbContext store) : ICommandStore
    where TDbContext : DbContext
{
    public async Task<CommandOutcome?> FindOutcomeAsync(
        string actorId,
        string key,
        CancellationToken cancellationToken
    ) =>
        await store
            .Set<CommandOutcomeRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(r => r.ActorId == actorId && r.Key == key, cancellationToken)
            is { } row
            ? new CommandOutcome(
                row.ActorId,
                row.Key,
                row.RequestHash,
                row.Status,
                row.Body,
                row.ETag,
                row.Location,
                row.At
            )
            : null;

    public async Task<Commit> CommitAsync(CommandOutcome? outcome, CancellationToken cancellationToken)
    {
        if (outcome is not null)
        {
            store.Add(
                new CommandOutcomeRow
                {
                    ActorId = outcome.ActorId,
                    Key = outcome.Key,
                    RequestHash = outcome.RequestHash,
                    Status = outcome.Status,
                    Body = outcome.Body,
                    ETag = outcome.ETag,
                    Location = outcome.Location,
                    At = outcome.At,
                }
            );
        }

        try
        {
            await store.SaveChangesAsync(cancellationToken);

            // A handler that took a number from a locked counter has begun the transaction already.
            if (store.Database.CurrentTransaction is { } begun)
            {
                await begun.CommitAsync(cancellationToken);
            }

            return Commit.Done;
        }
        catch (DbUpdateConcurrencyException)
        {
            await RollBackAsync(cancellationToken);
            return Commit.Stale;
        }
        catch (DbUpdateException exception)
            when (exception.InnerException
                    is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } violation
            )
        {
            await RollBackAsync(cancellationToken);
            return violation.ConstraintName switch
            {
                StoreMappings.OutcomeKey => Commit.KeyTaken,
                // Two changes of the same version race for the same place in the audit chain.
                "pk_audit_trail" => Commit.Stale,
                _ => Commit.AlreadyExists,
            };
        }
    }

    public bool Forget()
    {
        // Where something else than aggregates is tracked, for example accounts, more than this context
        // remembers them.
        if (!store.ChangeTracker.Entries<Aggregate>().Any())
        {
            return false;
        }

        store.ChangeTracker.Clear();
        store.ForgetEnqueued();
        return true;
    }

    public Task<int> PurgeOutcomesAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        store.Set<CommandOutcomeRow>().Where(r => r.At < before).ExecuteDeleteAsync(cancellationToken);

    // The winner's outcome is read next, and a transaction that has failed answers nothing.
    private async Task RollBackAsync(CancellationToken cancellationToken)
    {
        if (store.Database.CurrentTransaction is { } failed)
        {
            await failed.RollbackAsync(cancellationToken);
        }
    }
}
