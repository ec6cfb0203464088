using System.Data.Common;
using System.Runtime.CompilerServices;
using CustomerService.Contracts;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CustomerService.Messaging;

/// <summary>
/// Takes the events of every tracked aggregate into the outbox, in the same save as the aggregate, and wakes the relay after the
/// commit. Nobody can save an aggregate and forget its events, and nobody can publish what was not saved.
/// </summary>
public sealed class OutboxInterceptor(OutboxSignal signal, TimeProvider time) : SaveChangesInterceptor, IDbTransactionInterceptor
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
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
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
    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Saved(eventData?.Context);
        return ValueTask.FromResult(result);
    }

    /// <inheritdoc/>
    public override void SaveChangesFailed(DbContextErrorEventData eventData) => Failed(eventData?.Context);

    /// <inheritdoc/>
    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Failed(eventData?.Context);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override void SaveChangesCanceled(DbContextEventData eventData) => Failed(eventData?.Context);

    /// <inheritdoc/>
    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        Failed(eventData?.Context);
        return Task.CompletedTask;
    }

    void IDbTransactionInterceptor.TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Committed(eventData.Context);

    Task IDbTransactionInterceptor.TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken)
    {
        Committed(eventData.Context);
        return Task.CompletedTask;
    }

    void IDbTransactionInterceptor.TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => RolledBack(eventData.Context);

    Task IDbTransactionInterceptor.TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken)
    {
        RolledBack(eventData.Context);
        return Task.CompletedTask;
    }

    /// <summary>The event goes with the next save of this context.</summary>
    internal void Enqueue(DbContext context, IIntegrationEvent integrationEvent) =>
        Unit(context).Loose.Add(OutboxMessage.From(integrationEvent, time));

    /// <summary>
    /// While a consumer runs, its first save opens a transaction that the inbox commits: whatever it saves, and however often, it
    /// counts only together with the inbox entry.
    /// </summary>
    internal void EnterConsumer(DbContext context) => Unit(context).InConsumer = true;

    internal void LeaveConsumer(DbContext context) => Unit(context).InConsumer = false;

    /// <summary>Whether a save would write events, of aggregates or loose ones.</summary>
    internal bool HasWork(DbContext context) =>
        Known(context) is { Loose.Count: > 0 }
        || context.ChangeTracker.Entries<Aggregate>().Any(entry => entry.Entity.PendingEvents.Count > 0 || entry.Entity.PendingEntries.Count > 0);

    private bool MustOpenTransaction(DbContext context) =>
        Known(context) is { InConsumer: true } && context.Database.CurrentTransaction is null;

    private void Collect(DbContext context)
    {
        var unit = Known(context);
        var outbox = context.Set<OutboxMessage>();

        if (unit is not null)
        {
            foreach (var message in unit.Loose)
            {
                unit.Add(outbox, message);
            }
        }

        // Entries<T>() detects changes first, so an aggregate that hangs on a tracked one by a navigation is seen, too.
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
        }
    }

    /// <summary>A pooled context is another context with every lease: what a failed user left behind is not the next one's.</summary>
    private UnitOfWork? Known(DbContext context) =>
        _units.TryGetValue(context, out var unit) && unit.Owner == context.ContextId ? unit : null;

    private UnitOfWork Unit(DbContext context)
    {
        if (Known(context) is { } known)
        {
            return known;
        }

        var unit = new UnitOfWork(context.ContextId);
        _units.AddOrUpdate(context, unit);
        return unit;
    }

    private sealed class UnitOfWork(DbContextId owner)
    {
        public DbContextId Owner { get; } = owner;

        public List<OutboxMessage> Loose { get; } = [];

        public List<OutboxMessage> Written { get; } = [];

        public List<Aggregate>? Aggregates { get; set; }

        public uint Lanes { get; set; }

        public uint WrittenLanes { get; private set; }

        public bool InConsumer { get; set; }

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
    /// Announces something that is not the change of an aggregate, for example that a deadline passed. It goes out when, and only
    /// when, this context is saved.
    /// </summary>
    /// <exception cref="InvalidOperationException">The context is not registered with <c>AddMessaging</c>, so nothing would take the event along.</exception>
    public static void Enqueue(this DbContext context, IIntegrationEvent integrationEvent)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(integrationEvent);
        Interceptor(context).Enqueue(context, integrationEvent);
    }

    internal static OutboxInterceptor Interceptor(DbContext context) =>
        context.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.Interceptors?.OfType<OutboxInterceptor>().FirstOrDefault()
        ?? throw new InvalidOperationException($"{context.GetType().Name} has no outbox. Register it with services.AddMessaging<{context.GetType().Name}>(…).");
}
