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
