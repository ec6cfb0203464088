using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Repairs.RepairOrders;

internal sealed class RepairOrderMapping : IEntityTypeConfiguration<RepairOrder>
{
    public void Configure(EntityTypeBuilder<RepairOrder> order)
    {
        order.IsAggregate();
        order.Property(o => o.Number).HasMaxLength(30);
        order.Ignore(o => o.Analysis);

        // One order a finding or complaint, whatever the deliveries; and no number twice.
        order.HasIndex(o => new { o.Source, o.SourceId }).IsUnique();
        order.HasIndex(o => o.Number).IsUnique();
        order.HasIndex(o => o.OwnerId);
        order.HasIndex(o => o.RepairUnitId);
        order.HasIndex(o => o.ProjectId);
        order.HasIndex(o => new { o.State, o.ConfirmDueOn });
    }
}
