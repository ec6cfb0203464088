using CustomerService.Repairs.Rmas.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Repairs.Rmas;

internal sealed class RmaMapping : IEntityTypeConfiguration<Rma>
{
    public void Configure(EntityTypeBuilder<Rma> rma)
    {
        rma.IsAggregate();
        rma.Property(r => r.Number).HasMaxLength(30);
        rma.HasIndex(r => r.Number).IsUnique();
        rma.HasIndex(r => new { r.Source, r.SourceId }).IsUnique().HasFilter("source_id IS NOT NULL");
        rma.HasIndex(r => new { r.CustomerId, r.Id });
        rma.HasIndex(r => new { r.State, r.Id });
        rma.HasIndex(r => r.SerialKeys).HasMethod("gin");
    }
}

internal sealed class RmaUnitMapping : IEntityTypeConfiguration<RmaUnit>
{
    public void Configure(EntityTypeBuilder<RmaUnit> unit)
    {
        unit.IsAggregate();
        unit.Property(u => u.Number).HasMaxLength(40);
        unit.Ignore(u => u.Offer);
        unit.Ignore(u => u.LotKind);
        unit.Ignore(u => u.Balance);
        unit.HasIndex(u => u.Number).IsUnique();
        // No machine stands here twice at once, whatever the race.
        unit.HasIndex(u => u.OpenSerialKey).IsUnique();
        unit.HasIndex(u => new { u.SerialKey, u.Id });
        unit.HasIndex(u => new { u.RmaId, u.Id });
        unit.HasIndex(u => new { u.CustomerId, u.Id });
        unit.HasIndex(u => new { u.State, u.Id });
        unit.HasIndex(u => u.ShipmentId);
        unit.HasIndex(u => u.EndedOn);
        unit.HasIndex(u => u.SettledOn);
        unit.HasIndex(u => u.ReceivedOn);
        // The idle list pages by identity; that a unit has moved lately is seen in the index.
        unit.HasIndex(u => new { u.Id, u.HeldSince }).HasFilter("held_since IS NOT NULL AND ended_on IS NULL");
        unit.HasIndex(u => u.OfferValidThrough).HasFilter("state = 'Offered'");
    }
}

internal sealed class ShipmentMapping : IEntityTypeConfiguration<Shipment>
{
    public void Configure(EntityTypeBuilder<Shipment> shipment)
    {
        shipment.IsAggregate();
        shipment.HasIndex(s => s.Number).IsUnique();
        shipment.HasIndex(s => new { s.CustomerId, s.Id });
        shipment.HasIndex(s => new { s.State, s.ShippedOn });
    }
}

internal sealed class CustomerLinkMapping : IEntityTypeConfiguration<CustomerLink>
{
    public void Configure(EntityTypeBuilder<CustomerLink> link)
    {
        link.IsAggregate();
        link.Ignore(l => l.Holder);
        link.HasIndex(l => l.SecretHash).IsUnique();
        link.HasIndex(l => l.RmaId);
    }
}
