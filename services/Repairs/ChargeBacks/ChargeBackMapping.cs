using CustomerService.Repairs.ChargeBacks.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Repairs.ChargeBacks;

internal sealed class ChargeBackMapping : IEntityTypeConfiguration<ChargeBack>
{
    public void Configure(EntityTypeBuilder<ChargeBack> charge)
    {
        charge.IsAggregate();
        charge.Property(c => c.Number).HasMaxLength(30);
        charge.Property(c => c.RepairOrderNumber).HasMaxLength(30);
        charge.Property(c => c.Amount).HasPrecision(14, 2);
        charge.HasIndex(c => c.Number).IsUnique();
        // One an order; another one after it was withdrawn.
        charge.HasIndex(c => c.RepairOrderId).IsUnique().HasFilter("state <> 'Withdrawn'");
        charge.HasIndex(c => c.UnitId);
    }
}
