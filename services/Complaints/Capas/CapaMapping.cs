using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Complaints.Capas;

internal sealed class CapaMapping : IEntityTypeConfiguration<Capa>
{
    public void Configure(EntityTypeBuilder<Capa> capa)
    {
        capa.IsAggregate();
        capa.Property(c => c.Number).HasMaxLength(30);
        capa.HasIndex(c => c.Number).IsUnique();
        // One CAPA a finding or order, however often its event comes; a complaint may need several.
        capa.HasIndex(c => new { c.Source, c.SourceId })
            .IsUnique()
            .HasFilter($"source in ('{CapaSource.Revisit}', '{CapaSource.CorrectiveOrder}')")
            .HasDatabaseName("ux_capas_finding");
        capa.HasIndex(c => c.ComplaintId);
        capa.HasIndex(c => c.ComplaintIds).HasMethod("gin");
        capa.HasIndex(c => new { c.WatchKey, c.WatchThrough }).HasFilter("watch_key is not null");
        capa.HasIndex(c => new { c.State, c.Id });
        capa.HasIndex(c => new { c.Department, c.Id });
        capa.HasOne<Complaint>().WithMany().HasForeignKey(c => c.ComplaintId).OnDelete(DeleteBehavior.Restrict);
    }
}
