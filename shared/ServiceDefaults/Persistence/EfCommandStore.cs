using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerService.ServiceDefaults;

/// <summary>The command store of a service with EF Core on PostgreSQL: one SaveChanges, one
/// transaction.</summary>
internal sealed class EfCommandStore<TDb>(TDb db) : ICommandStore
    where TDb : AuditedDbContext
{
    public async Task<IdempotencyRecord?> FindOutcomeAsync(
        string actorId,
        string key,
        CancellationToken cancellationToken
    ) =>
        await db.Set<IdempotencyRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(r => r.ActorId == actorId && r.Key == key, cancellationToken)
            is { } row
            ? new IdempotencyRecord(
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

    public Task PrepareAsync(CancellationToken cancellationToken) => db.AssignNumbersAsync(cancellationToken);

    public async Task<Commit> CommitAsync(IdempotencyRecord? outcome, CancellationToken cancellationToken)
    {
        if (outcome is not null)
        {
            db.Add(
                new IdempotencyRow
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
            await db.SaveChangesAsync(cancellationToken);

            // A handler that holds a lock has begun the transaction already; a consumer's is the inbox's to commit.
            if (db.Database.CurrentTransaction is { } begun && !db.IsCommittedByOthers)
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
                StoreModel.IdempotencyKey => Commit.KeyTaken,
                // Two changes of the same version race for the same place in the audit chain.
                StoreModel.AuditKey => Commit.Stale,
                _ => Commit.AlreadyExists,
            };
        }
    }

    public bool Reset()
    {
        // Where something else than aggregates is tracked, for example accounts, more than this
        // context remembers them.
        if (!db.IsRepeatable)
        {
            return false;
        }

        db.Reset();
        return true;
    }

    public Task<int> PurgeOutcomesAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        db.Set<IdempotencyRow>().Where(r => r.At < before).ExecuteDeleteAsync(cancellationToken);

    // The winner's outcome is read next, and a transaction that has failed answers nothing.
    private async Task RollBackAsync(CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is { } failed)
        {
            await failed.RollbackAsync(cancellationToken);
        }
    }
}
