using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Records.Keeping;

internal sealed class RetentionEntryMapping : IEntityTypeConfiguration<RetentionEntry>
{
    public void Configure(EntityTypeBuilder<RetentionEntry> entry)
    {
        entry.ToTable("retention_entries");
        entry.IsAggregate();
        entry.Property(e => e.RecordKind).HasMaxLength(40);
        entry.Property(e => e.Service).HasMaxLength(20);
        entry.Property(e => e.Hold).IsJson();
        entry.Property(e => e.Wish).IsJson();
        entry.Property(e => e.Erasure).IsJson();
        entry.PrimitiveCollection(e => e.Blobs).HasColumnType("text[]");
        entry.Property(e => e.Contents).IsJson();
        entry.HasIndex(e => e.RecordId).IsUnique();
        entry.HasIndex(e => new { e.State, e.KeepThrough });
        entry.HasIndex(e => e.BlobsDueAt).HasFilter("blobs_due_at IS NOT NULL");
    }
}
