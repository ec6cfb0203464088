using CustomerService.Projects.Revisits.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Projects.Revisits;

internal sealed class LinkedCaseMapping : IEntityTypeConfiguration<LinkedCase>
{
    public void Configure(EntityTypeBuilder<LinkedCase> linked)
    {
        linked.HasKey(c => new { c.Kind, c.Id });
        linked.Property(c => c.Kind).HasMaxLength(40);
        linked.Property(c => c.Id).ValueGeneratedNever();
        linked.Ignore(c => c.Serves);
        linked.HasIndex(c => c.SourceId);
        // Two events of one order at the same time: the second is tried again.
        linked.Property(c => c.SeenVersion).IsConcurrencyToken();
    }
}
