using CustomerService.Reporting.Archive.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Reporting.Archive;

internal sealed class ArchivedEventMapping : IEntityTypeConfiguration<ArchivedEvent>
{
    private const int NameLength = 120;

    public void Configure(EntityTypeBuilder<ArchivedEvent> archived)
    {
        archived.ToTable("event_archive");
        archived.HasKey(e => e.MessageId);
        archived.Property(e => e.MessageId).ValueGeneratedNever();
        archived.Property(e => e.Sequence).UseIdentityAlwaysColumn();
        archived.Property(e => e.Name).HasMaxLength(NameLength);
        archived.Property(e => e.Body).HasColumnType("jsonb");
        archived.HasIndex(e => e.Sequence).IsUnique();
        archived.HasIndex(e => e.ArchivedAt);
        // What is personal of an erased record goes from here, too (C8).
        archived.HasIndex(e => e.SubjectId);
    }
}
