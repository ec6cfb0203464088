using Microsoft.EntityFrameworkCore;

namespace CustomerService.ServiceDefaults;

/// <summary>A record of any service that was erased, or a part of one (C8): what is still under way about it is not
/// kept, or without what is personal.</summary>
public sealed class ErasedSubject
{
    /// <summary>The record or the part.</summary>
    public Guid Id { get; init; }
}

/// <summary>
/// Marks of what was erased, for a service that keeps copies of it. Each event has a queue of its own, so that the erasure
/// may be heard before what it erases. Who keeps a copy asks under a shared lock
/// (<see cref="StoreLocks.LockSharedAsync"/>), and who marks holds the same lock alone
/// (<see cref="StoreLocks.LockAsync"/>): or the two would not see each other.
/// </summary>
public static class ErasedSubjects
{
    /// <summary>Adds the table. Call it in the service's <c>OnModelCreating</c>.</summary>
    public static ModelBuilder AddErasedSubjects(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Entity<ErasedSubject>(erased =>
        {
            erased.ToTable("erased_subjects");
            erased.Property(e => e.Id).ValueGeneratedNever();
        });
    }

    /// <summary>Those of these that were erased.</summary>
    public static async Task<HashSet<Guid>> ErasedAsync(
        this DbContext store,
        IEnumerable<Guid> subjects,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        var asked = subjects.Distinct().ToList();
        return asked.Count == 0
            ? []
            : await store
                .Set<ErasedSubject>()
                .Where(erased => asked.Contains(erased.Id))
                .Select(erased => erased.Id)
                .ToHashSetAsync(cancellationToken);
    }

    /// <summary>Puts down that these were erased; saved by the caller.</summary>
    public static async Task MarkErasedAsync(
        this DbContext store,
        IEnumerable<Guid> subjects,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        var marked = subjects.Distinct().ToList();
        var known = await store.ErasedAsync(marked, cancellationToken);
        // What was marked a moment ago is not in the store yet.
        known.UnionWith(store.Set<ErasedSubject>().Local.Select(erased => erased.Id));
        store.AddRange(marked.Except(known).Select(id => new ErasedSubject { Id = id }));
    }
}
