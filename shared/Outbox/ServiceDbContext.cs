using CustomerService.Contracts;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Messaging;

/// <summary>
/// The base of a service's store: what <see cref="AuditedDbContext"/> does, with outbox, inbox and
/// numbers. A save takes the events of every aggregate into the outbox, and the commit wakes the
/// relay: no record can be saved without its events, and nothing is published that was not
/// committed.
/// </summary>
public abstract class ServiceDbContext(DbContextOptions options) : AuditedDbContext(options)
{
    private readonly List<OutboxMessage> _enqueued = [];
    private readonly List<OutboxMessage> _written = [];
    private readonly List<EventPart> _work = [];
    private TimeProvider? _time;
    private OutboxSignal? _signal;
    private IWorkAnnouncer? _announcer;
    private uint _writtenPartitions;
    private uint _uncommittedPartitions;
    private InboxEntry? _inbox;
    private bool _inboxSaved;

    /// <summary>Whether a consumer is working on this context: the inbox then commits, once, when
    /// the consumer is done.</summary>
    public bool IsConsuming { get; private set; }

    /// <summary>Whether this store has a copy of the accounts; false where they are at home.</summary>
    protected virtual bool KeepsAccounts => true;

    /// <inheritdoc/>
    protected override bool IsCommittedByOthers => IsConsuming;

    /// <summary>
    /// Announces something that is not the change of an aggregate, for example that a deadline
    /// passed. It goes out when, and only when, this context is saved.
    /// </summary>
    public void Enqueue(IIntegrationEvent integrationEvent)
    {
        ArgumentNullException.ThrowIfNull(integrationEvent);
        Lease();
        _enqueued.Add(OutboxMessage.From(integrationEvent, Time));
    }

    /// <summary>Whether the inbox entry of the running consumer is in the database, or in its open
    /// transaction.</summary>
    internal bool IsInboxSaved => _inboxSaved;

    private TimeProvider Time => _time ??= Service<TimeProvider>() ?? TimeProvider.System;

    // A context outside a service, for example in a tool, has no relay to wake.
    private OutboxSignal? Signal => _signal ??= Service<OutboxSignal>();

    /// <summary>
    /// A consumer begins. Its first save opens a transaction that the inbox commits: whatever it
    /// saves, and however often, counts only together with the inbox entry, which goes along with
    /// the first save of all.
    /// </summary>
    internal void EnterConsumer(InboxEntry entry)
    {
        Lease();
        IsConsuming = true;
        _inbox = entry;
        _inboxSaved = false;
    }

    /// <summary>The consumer has ended; the next save is the inbox's own and needs no other
    /// transaction.</summary>
    internal void LeaveConsumer() => IsConsuming = false;

    /// <summary>The inbox is done with the context.</summary>
    internal void ForgetConsumer()
    {
        IsConsuming = false;
        _inbox = null;
    }

    /// <summary>Whether a save would write anything besides the inbox entry.</summary>
    internal bool HasWork()
    {
        if (_enqueued.Count > 0 || HasUnassignedNumbers || ChangeTracker.HasChanges())
        {
            return true;
        }

        List<Aggregate> untracked = [];
        CollectUntracked(untracked);
        return untracked.Count > 0
            || ChangeTracker
                .Entries<Aggregate>()
                .Any(entry => entry.Entity.PendingEvents.Count > 0 || entry.Entity.PendingEntries.Count > 0);
    }

    /// <summary>The transaction of this context is committed.</summary>
    internal void Committed()
    {
        var partitions = _uncommittedPartitions;
        _uncommittedPartitions = 0;
        if (partitions != 0)
        {
            Signal?.Wake(partitions);
        }
    }

    /// <summary>The transaction of this context is rolled back.</summary>
    internal void RolledBack()
    {
        _uncommittedPartitions = 0;
        if (_inbox is { } entry)
        {
            _inboxSaved = false;
            Entry(entry).State = EntityState.Detached;
        }
    }

    /// <inheritdoc/>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        Lease();
        if (IsConsuming && Database.CurrentTransaction is null)
        {
            Database.BeginTransaction();
        }

        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <inheritdoc/>
    public override async Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken = default
    )
    {
        Lease();
        if (IsConsuming && Database.CurrentTransaction is null)
        {
            await Database.BeginTransactionAsync(cancellationToken);
        }

        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void OnSaving(IReadOnlyList<Aggregate> aggregates)
    {
        ArgumentNullException.ThrowIfNull(aggregates);

        // Looked at with every save: a consumer may have cleared the change tracker.
        if (!_inboxSaved && _inbox is { } entry && Entry(entry).State == EntityState.Detached)
        {
            Add(entry);
        }

        foreach (var message in _enqueued)
        {
            Write(message);
        }

        foreach (var aggregate in aggregates)
        {
            foreach (var pending in aggregate.PendingEvents)
            {
                Write(OutboxMessage.From(pending, Time));
            }
        }

        // After what happened: whose move it is then.
        foreach (var changed in _work)
        {
            Write(OutboxMessage.From(changed, Time));
        }
    }

    /// <inheritdoc/>
    protected override void OnWorkChanged(Aggregate record, IReadOnlyList<WorkRow> rows)
    {
        _announcer ??= Service<IWorkAnnouncer>();
        if (_announcer is not null && !record.IsKeptQuiet)
        {
            _work.Add(_announcer.Changed(record, rows));
        }
    }

    /// <inheritdoc/>
    protected override void OnSaved()
    {
        Detach(_written);
        _enqueued.Clear();
        _work.Clear();
        _inboxSaved |= _inbox is { } entry && Entry(entry).State == EntityState.Unchanged;
        _uncommittedPartitions |= _writtenPartitions;
        _writtenPartitions = 0;

        // Inside a transaction nothing is committed yet; the relay would look too early.
        if (Database.CurrentTransaction is null)
        {
            Committed();
        }
    }

    /// <inheritdoc/>
    protected override void OnSaveFailed()
    {
        _work.Clear();
        Detach(_written);
        _writtenPartitions = 0;
    }

    /// <inheritdoc/>
    protected override void Forget()
    {
        base.Forget();
        _enqueued.Clear();
        _work.Clear();
        _written.Clear();
        _writtenPartitions = 0;
        _uncommittedPartitions = 0;
        IsConsuming = false;
        _inbox = null;
        _inboxSaved = false;
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.AddMessaging();
        if (KeepsAccounts)
        {
            modelBuilder.AddAccounts();
        }

        modelBuilder.AddNumbers();
        base.OnModelCreating(modelBuilder);
    }

    private void Write(OutboxMessage message)
    {
        Add(message);
        _written.Add(message);
        _writtenPartitions |= 1u << message.Partition;
    }
}
