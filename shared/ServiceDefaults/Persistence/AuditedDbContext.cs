using System.Runtime.CompilerServices;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// The base of every store: one save writes the aggregates, their audit entries and the idempotency
/// record of the command. Enums are text, immutable parts of aggregates are <c>jsonb</c>, and each
/// <see cref="IEntityTypeConfiguration{TEntity}"/> of the context's assembly is applied, so that
/// <see cref="DbContext.OnModelCreating"/> of a service stays empty.
/// </summary>
public abstract partial class AuditedDbContext : DbContext
{
    // Below the provider's limit of a batch.
    private const int LargestBatch = 500;

    private static readonly ConditionalWeakTable<IModel, object> KeysFromTheStore = [];

    private readonly List<Aggregate> _saving = [];
    private readonly List<AuditRow> _entries = [];
    private DbContextId _lease;

    /// <param name="options">Options of the derived context.</param>
    protected AuditedDbContext(DbContextOptions options)
        : base(options) =>
        // A save that fails ends its transaction, so that no savepoint is needed, and no round trip
        // for it.
        Database.AutoSavepointsEnabled = false;

    /// <summary>Parts of aggregates that have a table of their own (<c>OwnsMany</c>) and so are no
    /// <c>jsonb</c>.</summary>
    protected virtual IReadOnlyCollection<Type> PartsInTables => [];

    /// <summary>Whether records with states, and so work items, are kept here (S1).</summary>
    protected virtual bool KeepsWork => true;

    /// <summary>Whether the unit of work is made of records that are read again when it runs again;
    /// false where something else is tracked that others remember, for example accounts.</summary>
    protected internal virtual bool IsRepeatable => ChangeTracker.Entries<Aggregate>().Any();

    /// <summary>Forgets what was read, changed and enqueued, and gives back locks and numbers: the
    /// unit of work can run again on the current state.</summary>
    public void Reset()
    {
        if (Database.CurrentTransaction is { } open)
        {
            open.Rollback();
            open.Dispose();
        }

        ChangeTracker.Clear();
        Forget();
    }

    /// <inheritdoc/>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        if (HasUnassignedNumbers)
        {
            throw new InvalidOperationException("A number is registered: save with SaveChangesAsync.");
        }

        Lease();
        var (detecting, transaction) = (ChangeTracker.AutoDetectChangesEnabled, Database.AutoTransactionBehavior);
        try
        {
            BeforeSave();
            var saved = base.SaveChanges(acceptAllChangesOnSuccess);
            AfterSave();
            return saved;
        }
        catch
        {
            AfterFailure();
            throw;
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = detecting;
            Database.AutoTransactionBehavior = transaction;
        }
    }

    /// <inheritdoc/>
    public override async Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken = default
    )
    {
        Lease();
        await AssignNumbersAsync(cancellationToken);
        var (detecting, transaction) = (ChangeTracker.AutoDetectChangesEnabled, Database.AutoTransactionBehavior);
        try
        {
            BeforeSave();
            var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            AfterSave();
            await CommitNumbersAsync(cancellationToken);
            return saved;
        }
        catch
        {
            AfterFailure();
            throw;
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = detecting;
            Database.AutoTransactionBehavior = transaction;
        }
    }

    /// <summary>Adds the aggregates that EF Core does not track: a store of documents writes them
    /// to their rows here; their audit entries and events then go along with the save. Called
    /// before changes are detected.</summary>
    protected virtual void CollectUntracked(ICollection<Aggregate> aggregates) { }

    /// <summary>Adds rows that belong to the same save. Changes have been detected; what is added
    /// needs no detection.</summary>
    protected virtual void OnSaving(IReadOnlyList<Aggregate> aggregates) { }

    /// <summary>The rows are written. Inside a transaction they are not committed yet.</summary>
    protected virtual void OnSaved() { }

    /// <summary>Nothing was written; aggregates keep their entries and events for the next
    /// try.</summary>
    protected virtual void OnSaveFailed() { }

    /// <summary>Clears what the unit of work has collected and not saved.</summary>
    protected virtual void Forget()
    {
        _saving.Clear();
        _entries.Clear();
        ForgetNumbers();
    }

    /// <summary>Detects a new lease of a pooled context: what the last user left behind is not the
    /// next one's. Call it before collecting anything.</summary>
    protected void Lease()
    {
        if (_lease != ContextId)
        {
            _lease = ContextId;
            Forget();
        }
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        StoreConventions.Apply(configurationBuilder, GetType().Assembly, PartsInTables);
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.AddAudit();
        if (KeepsWork)
        {
            modelBuilder.AddWork();
        }

        modelBuilder.ApplyConfigurationsFromAssembly(GetType().Assembly);
    }

    private void BeforeSave()
    {
        RefuseLostNumbers();
        _saving.Clear();
        WriteWorkOfUntracked();
        CollectUntracked(_saving);
        WriteWorkOfTracked();
        // Once for everything that follows; each further look would compare every tracked value
        // again.
        if (ChangeTracker.AutoDetectChangesEnabled)
        {
            ChangeTracker.DetectChanges();
            ChangeTracker.AutoDetectChangesEnabled = false;
        }

        foreach (var entry in ChangeTracker.Entries<Aggregate>())
        {
            if (
                entry.Entity.PendingEntries.Count > 0
                || entry.Entity.PendingEvents.Count > 0
                || entry.State is not EntityState.Unchanged
            )
            {
                _saving.Add(entry.Entity);
            }
        }

        foreach (var aggregate in _saving)
        {
            foreach (var entry in aggregate.PendingEntries)
            {
                var row = AuditRow.From(entry);
                Add(row);
                _entries.Add(row);
            }
        }

        OnSaving(_saving);
        if (IsOneBatch())
        {
            Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        }
    }

    /// <summary>
    /// Whether the rows go to the server as one batch, which PostgreSQL runs as one transaction by
    /// itself: the round trip of the commit is saved. Only where rows are added: that a changed row
    /// was there is seen after the batch, when it would be committed already.
    /// </summary>
    private bool IsOneBatch()
    {
        if (Database.CurrentTransaction is not null || KeysComeFromTheStore())
        {
            return false;
        }

        var added = 0;
        foreach (var entry in ChangeTracker.Entries())
        {
            if (entry.State is EntityState.Modified or EntityState.Deleted)
            {
                return false;
            }

            added += entry.State == EntityState.Added ? 1 : 0;
        }

        return added < LargestBatch;
    }

    // A row that refers to a key which the store gives needs a batch of its own behind the first.
    private bool KeysComeFromTheStore() =>
        KeysFromTheStore.GetValue(
            Model,
            static model =>
                (object)
                    model
                        .GetEntityTypes()
                        .SelectMany(type => type.GetForeignKeys())
                        .Any(key =>
                            key.PrincipalKey.Properties.Any(p =>
                                p.ValueGenerated != ValueGenerated.Never && p.ClrType != typeof(Guid)
                            )
                        )
        )
            is true;

    private void AfterSave()
    {
        foreach (var aggregate in _saving)
        {
            aggregate.MarkSaved();
        }

        // A long-lived context must not collect what is only ever added.
        Detach(_entries);
        Detach(_work);
        _workBefore.Clear();
        _saving.Clear();
        OnSaved();
    }

    private void AfterFailure()
    {
        Detach(_entries);
        ForgetWork();
        _saving.Clear();
        RollBackNumbers();
        OnSaveFailed();
    }

    /// <summary>A service of the program; null where the context works outside of one, for example in a tool.</summary>
    protected T? Service<T>()
        where T : class =>
        this.GetService<IDbContextOptions>()
            .FindExtension<CoreOptionsExtension>()
            ?.ApplicationServiceProvider?.GetService(typeof(T)) as T;

    /// <summary>Stops tracking rows that were added for one save.</summary>
    protected void Detach<T>(List<T> rows)
        where T : class
    {
        foreach (var row in rows)
        {
            Entry(row).State = EntityState.Detached;
        }

        rows.Clear();
    }
}
