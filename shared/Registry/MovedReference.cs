using CustomerService.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Registry;

/// <summary>A reference that a merge moved, remembered so that it can go back (rule S4).</summary>
public sealed class MovedReference
{
    /// <summary>The party that was merged, to which the record referred before.</summary>
    public Guid MergedId { get; init; }

    /// <summary>Kind of the record and of the reference.</summary>
    public required string What { get; init; }

    /// <summary>The record.</summary>
    public Guid RecordId { get; init; }

    internal RecordReference Reference => new(What, RecordId);
}

internal sealed class MovedReferenceMapping : IEntityTypeConfiguration<MovedReference>
{
    public void Configure(EntityTypeBuilder<MovedReference> moved)
    {
        moved.ToTable("moved_references");
        moved.HasKey(m => new
        {
            m.MergedId,
            m.What,
            m.RecordId,
        });
        moved.Property(m => m.What).HasMaxLength(60);
        moved.Ignore(m => m.Reference);
    }
}

/// <summary>What merges moved, in a table of the service's own database.</summary>
public sealed class MovedReferenceTable(ServiceDbContext db) : IMovedReferences
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<(Guid Merged, RecordReference Reference)>> OfAsync(
        IReadOnlyList<Guid> merged,
        CancellationToken cancellation
    ) =>
        merged.Count == 0
            ? []
            :
            [
                .. (
                    await db.Set<MovedReference>().Where(row => merged.Contains(row.MergedId)).ToListAsync(cancellation)
                ).Select(row => (row.MergedId, row.Reference)),
            ];

    /// <inheritdoc/>
    public async Task AddAsync(Guid merged, RecordReference reference, CancellationToken cancellation)
    {
        if (await FindAsync(merged, reference, cancellation) is null)
        {
            db.Add(
                new MovedReference
                {
                    MergedId = merged,
                    What = reference.What,
                    RecordId = reference.RecordId,
                }
            );
        }
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(Guid merged, RecordReference reference, CancellationToken cancellation)
    {
        if (await FindAsync(merged, reference, cancellation) is { } row)
        {
            db.Remove(row);
        }
    }

    private ValueTask<MovedReference?> FindAsync(
        Guid merged,
        RecordReference reference,
        CancellationToken cancellation
    ) => db.FindAsync<MovedReference>([merged, reference.What, reference.RecordId], cancellation);
}
