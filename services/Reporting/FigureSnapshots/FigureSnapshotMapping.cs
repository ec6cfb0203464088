using CustomerService.Reporting.FigureSnapshots.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Reporting.FigureSnapshots;

internal sealed class FigureSnapshotMapping : IEntityTypeConfiguration<FigureSnapshot>
{
    private const int HashLength = 64;

    public void Configure(EntityTypeBuilder<FigureSnapshot> snapshot)
    {
        snapshot.ToTable("figure_snapshots");
        snapshot.IsAggregate();
        snapshot.Property(s => s.Cases).IsJson();
        snapshot.Property(s => s.Hash).HasMaxLength(HashLength);
    }
}
