using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Repairs.RepairOrders;

internal sealed class FoundFaultMapping : IEntityTypeConfiguration<FoundFault>
{
    public void Configure(EntityTypeBuilder<FoundFault> fault)
    {
        fault.IsAggregate();
        fault.HasIndex(f => new { f.PartCode, f.FoundOn });
        fault.HasIndex(f => new { f.ProjectId, f.FoundOn });
        fault.HasIndex(f => f.UnitId);
    }
}

internal sealed class FaultGroupMapping : IEntityTypeConfiguration<FaultGroup>
{
    public void Configure(EntityTypeBuilder<FaultGroup> group) => group.IsAggregate();
}
