using System.Data.Common;
using System.Runtime.CompilerServices;
using CustomerService.Contracts;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CustomerService.Messaging;

/// <summary>
/// Takes the events of every tracked aggregate into the outbox, in the same save as the aggregate, and wakes
/// the relay after the
/// commit. Nobody can save an aggregate and forget its events, and nobody can publish what was not saved.
/// </summary>
public sealed class OutboxInterceptor(OutboxSignal signal, TimeProvider time)
    : SaveChangesInterceptor,
        IDbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbContext, UnitOfWork> _units = [];

    /// <inheritdoc/>
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        if (eventData?.Context is { } context)
        {
            if (MustOpenTransaction(context))
            {
                context.Database.BeginTransaction();
            }

            Collect(context);
        }

        return result;
    }

    /// <inheritdoc/>
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData?.Context is { } context)
        {
            if (MustOpenTransaction(context))
            {
                await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            }

            Collect(context);
        }

        return result;
    }

    /// <inheritdoc/>
    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Saved(eventData?.Context);
        return result;
    }

    /// <inheritdoc/>
    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        Saved(eventData?.Context);
        return ValueTask.FromResult(result);
    }

    /// <inheritdoc/>
    public override void SaveChangesFailed(DbContextErrorEventData eventData) => Failed(eventData?.Context);

    /// <inheritdoc/>
    public override Task SaveChangesFailedAsync(
        DbContextErrorEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Failed(eventData?.Context);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override void SaveChangesCanceled(DbContextEventData eventData) => Failed(eventData?.Context);

    /// <inheritdoc/>
    public override Task SaveChangesCanceledAsync(
        DbContextEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Failed(eventData?.Context);
        return Task.CompletedTask;
    }

    void IDbTransactionInterceptor.TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) =>
        Committed(eventData.Context);

    Task IDbTransactionInterceptor.TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken
    )
    {
        Committed(eventData.Context);
        return Task.CompletedTask;
    }

    void IDbTransactionInterceptor.TransactionRolledBack(
        DbTransaction transaction,
        TransactionEndEventData eventData
    ) => RolledBack(eventData.Context);

    Task IDbTransactionInterceptor.TransactionRolledBackAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken
    )
    {
        RolledBack(eventData.Context);
        return Task.CompletedTask;
    }

    /// <summary>The event goes with the next save of this context.</summary>
    internal void Enqueue(DbContext context, IIntegrationEvent integrationEvent) =>
        Unit(context).Loose.Add(OutboxMessage.From(integrationEvent, time));

    /// <summary>What was enqueued and not saved is gone: the work begins anew and will enqueue it again.</summary>
    internal void Forget(DbContext context) => Known(context)?.Loose.Clear();

    /// <summary>
    /// A consumer begins. Its first save opens a transaction that the inbox commits: whatever it saves, and
    /// however often, counts
    /// only together with the inbox entry, which goes along with the first save of all.
    /// </summary>
    internal void EnterConsumer(DbContext context, InboxEntry entry)
    {
        var unit = Unit(context);
        unit.InConsumer = true;
        unit.Inbox = entry;
        unit.InboxSaved = false;
    }

    /// <summary>The consumer has ended; the next save is the inbox's own and needs no other transaction.</summary>
    internal void LeaveConsumer(DbContext context)
    {
        if (Known(context) is { } unit)
        {
            unit.InConsumer = false;
        }
    }

    /// <summary>The inbox is done with the context.</summary>
    internal void ForgetConsumer(DbContext context)
    {
        if (Known(context) is { } unit)
        {
            unit.InConsumer = false;
            unit.Inbox = null;
        }
    }

    internal bool IsConsuming(DbContext context) => Known(context) is { InConsumer: true };

    /// <summary>Whether the inbox entry of the running consumer is in the database, or in its open
    /// transaction.</summary>
    internal bool InboxSaved(DbContext context) => Known(context) is { InboxSaved: true };

    /// <summary>Whether a save would write anything besides the inbox entry.</summary>
    internal bool HasWork(DbContext context) =>
        Known(context) is { Loose.Count: > 0 }
        || context.ChangeTracker.HasChanges()
        || context
            .ChangeTracker.Entries<Aggregate>()
            .Any(entry => entry.Entity.PendingEvents.Count > 0 || entry.Entity.PendingEntries.Count > 0);

    private bool MustOpenTransaction(DbContext context) =>
        Known(context) is { InConsumer: true } && context.Database.CurrentTransaction is null;

    private void Collect(DbContext context)
    {
        var unit = Known(context);
        var outbox = context.Set<OutboxMessage>();

        if (unit is not null)
        {
            // Looked at anew with every save: a consumer may have cleared the change tracker.
            if (unit is { Inbox: { } entry, InboxSaved: false } && context.Entry(entry).State == EntityState.Detached)
            {
                context.Add(entry);
            }

            foreach (var message in unit.Loose)
            {
                unit.Add(outbox, message);
            }
        }

        // Entries<T>() detects changes first, so an aggregate that hangs on a tracked one by a navigation is
        // seen, too.
        List<Aggregate>? aggregates = null;
        foreach (var entry in context.ChangeTracker.Entries<Aggregate>())
        {
            (aggregates ??= []).Add(entry.Entity);
        }

        if (aggregates is null)
        {
            return;
        }

        unit ??= Unit(context);
        unit.Aggregates = aggregates;
        foreach (var aggregate in aggregates)
        {
            foreach (var pending in aggregate.PendingEvents)
            {
                unit.Add(outbox, OutboxMessage.From(pending, time));
            }
        }
    }

    private void Saved(DbContext? context)
    {
        if (context is null || Known(context) is not { } unit)
        {
            return;
        }

        if (unit.Aggregates is { } aggregates)
        {
            foreach (var aggregate in aggregates)
            {
                aggregate.MarkSaved();
            }
        }

        foreach (var message in unit.Written)
        {
            // They are of no more use here, and a long-lived context must not collect them.
            context.Entry(message).State = EntityState.Detached;
        }

        unit.InboxSaved |= unit.Inbox is { } entry && context.Entry(entry).State == EntityState.Unchanged;
        unit.Lanes |= unit.WrittenLanes;
        unit.Forget();
        unit.Loose.Clear();

        // Inside an explicit transaction nothing is committed yet; the relay would look too early.
        if (context.Database.CurrentTransaction is null)
        {
            Committed(context);
        }
    }

    private void Failed(DbContext? context)
    {
        if (context is null || Known(context) is not { } unit)
        {
            return;
        }

        // Aggregates keep their events, a second try takes them again.
        foreach (var message in unit.Written)
        {
            context.Entry(message).State = EntityState.Detached;
        }

        unit.Forget();
    }

    private void Committed(DbContext? context)
    {
        if (context is not null && Known(context) is { } unit)
        {
            var lanes = unit.Lanes;
            unit.Lanes = 0;
            signal.Wake(lanes);
        }
    }

    private void RolledBack(DbContext? context)
    {
        if (context is not null && Known(context) is { } unit)
        {
            unit.Lanes = 0;
            if (unit.Inbox is { } entry)
            {
                unit.InboxSaved = false;
                context.Entry(entry).State = EntityState.Detached;
            }
        }
    }

    /// <summary>A pooled context is another context with every lease: what a failed user left behind is not the
    /// next one's.</summary>
    private UnitOfWork? Known(DbContext context) =>
        _units.TryGetValue(context, out var unit) && unit.Owner == context.ContextId ? unit : null;

    private UnitOfWork Unit(DbContext context)
    {
        if (!_units.TryGetValue(context, out var unit))
        {
            unit = new UnitOfWork();
            _units.Add(context, unit);
        }

        if (unit.Owner != context.ContextId)
        {
            unit.Begin(context.ContextId);
        }

        return unit;
    }

    private sealed class UnitOfWork
    {
        public DbContextId Owner { get; private set; }

        public List<OutboxMessage> Loose { get; } = [];

        public List<OutboxMessage> Written { get; } = [];

        public List<Aggregate>? Aggregates { get; set; }

        public uint Lanes { get; set; }

        public uint WrittenLanes { get; private set; }

        public bool InConsumer { get; set; }

        public InboxEntry? Inbox { get; set; }

        public bool InboxSaved { get; set; }

        /// <summary>Nothing of a former lease is left.</summary>
        public void Begin(DbContextId owner)
        {
            Owner = owner;
            Loose.Clear();
            Forget();
            Lanes = 0;
            InConsumer = false;
            Inbox = null;
            InboxSaved = false;
        }

        public void Add(DbSet<OutboxMessage> outbox, OutboxMessage message)
        {
            outbox.Add(message);
            Written.Add(message);
            WrittenLanes |= 1u << message.Lane;
        }

        public void Forget()
        {
            Written.Clear();
            WrittenLanes = 0;
            Aggregates = null;
        }
    }
}

/// <summary>Events that no aggregate raises.</summary>
public static class OutboxExtensions
{
    /// <summary>
    /// Announces something that is not the change of an aggregate, for example that a deadline passed. It goes
    /// out when, and only
    /// when, this context is saved.
    /// </summary>
    /// <exception cref="InvalidOperationException">The context is not registered with <c>AddMessaging</c>, so
    /// nothing would take the event along.</exception>
    public static void Enqueue(this DbContext context, IIntegrationEvent integrationEvent)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(integrationEvent);
        Interceptor(context).Enqueue(context, integrationEvent);
    }

    /// <summary>Forgets what was enqueued and not saved. Whoever clears the change tracker to begin anew does
    /// this, too, or it goes out twice.</summary>
    public static void ForgetEnqueued(this DbContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Find(context)?.Forget(context);
    }

    /// <summary>Whether a consumer is working on this context: the inbox then commits, once, when the consumer
    /// is done.</summary>
    public static bool IsConsuming(this DbContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Interceptor(context).IsConsuming(context);
    }

    internal static OutboxInterceptor Interceptor(DbContext context) =>
        Find(context)
        ?? throw new InvalidOperationException(
            $"{context.GetType().Name} has no outbox. Register it with services.AddMessaging<{context.GetType().Name}>(…)."
        );

    private static OutboxInterceptor? Find(DbContext context) =>
        context
            .GetService<IDbContextOptions>()
            .FindExtension<CoreOptionsExtension>()
            ?.Interceptors?.OfType<OutboxInterceptor>()
            .FirstOrDefault();
}
