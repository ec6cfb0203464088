using CustomerService.Repairs.Trips.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Repairs.Trips;

internal sealed class TripMapping : IEntityTypeConfiguration<Trip>
{
    public void Configure(EntityTypeBuilder<Trip> trip)
    {
        trip.IsAggregate();
        trip.Property(t => t.Number).HasMaxLength(30);
        trip.Property(t => t.CostTotal).HasPrecision(14, 2);
        trip.HasIndex(t => t.Number).IsUnique();
        trip.HasIndex(t => new { t.ProjectId, t.State });
        trip.HasIndex(t => new { t.UnitId, t.Day });
    }
}
