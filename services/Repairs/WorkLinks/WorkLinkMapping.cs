using CustomerService.Repairs.WorkLinks.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Repairs.WorkLinks;

internal sealed class WorkLinkMapping : IEntityTypeConfiguration<WorkLink>
{
    public void Configure(EntityTypeBuilder<WorkLink> link)
    {
        link.IsAggregate();
        link.Ignore(l => l.Holder);
        link.Property(l => l.SecretHash).HasMaxLength(64);
        link.HasIndex(l => l.SecretHash).IsUnique();
        link.HasIndex(l => l.UnitId);
        link.HasIndex(l => l.RepairOrderId);
    }
}
