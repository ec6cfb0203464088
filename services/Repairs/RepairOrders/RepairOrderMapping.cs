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
        order.Ignore(o => o.OpenObjection);
        order.Property(o => o.CostTotal).HasPrecision(14, 2);
        order.Property(o => o.MergedIntoNumber).HasMaxLength(30);

        // One order a finding or complaint, whatever the deliveries; and no number twice.
        order.HasIndex(o => new { o.Source, o.SourceId }).IsUnique();
        order.HasIndex(o => o.Number).IsUnique();
        // Lists show the newest first.
        order.HasIndex(o => new { o.OwnerId, o.Id });
        order.HasIndex(o => new { o.RepairUnitId, o.Id });
        order.HasIndex(o => new { o.ProjectId, o.Id });
        order.HasIndex(o => new { o.State, o.Id });
        // The same defect again, and how often a part fails by a cause.
        order.HasIndex(o => new { o.PartCode, o.CauseCode });
        order.HasIndex(o => new
        {
            o.ProjectId,
            o.PartCode,
            o.OpenedOn,
        });
        // What Projects is asked again: none as long as it answers.
        order
            .HasIndex(o => new { o.WarrantyPending, o.LeaderPending })
            .HasFilter("warranty_pending OR leader_pending");
        // What is to be marked: few orders are out at a time.
        order.HasIndex(o => new { o.State, o.StartDueAt });
        order.HasIndex(o => new { o.State, o.ConfirmDueOn });
    }
}
