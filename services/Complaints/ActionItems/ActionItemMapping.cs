using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Complaints.ActionItems;

internal sealed class ActionItemMapping : IEntityTypeConfiguration<ActionItem>
{
    public void Configure(EntityTypeBuilder<ActionItem> item)
    {
        item.IsAggregate();
        item.Property(i => i.Number).HasMaxLength(30);
        item.HasIndex(i => i.Number).IsUnique();
        item.HasIndex(i => new { i.SourceId, i.Id });
        item.HasIndex(i => new { i.ComplaintId, i.Id });
        item.HasIndex(i => new { i.Department, i.Id });
        item.HasIndex(i => new { i.OwnerId, i.Id });
        item.HasIndex(i => new { i.State, i.Id });
        item.HasIndex(i => i.EscalateAfter).HasFilter("escalate_after is not null");
        item.Ignore(i => i.IsOpen);
        item.Ignore(i => i.AskedExtension);
        item.Ignore(i => i.ExtensionsGranted);
    }
}
