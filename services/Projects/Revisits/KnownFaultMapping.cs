using CustomerService.Projects.Revisits.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Projects.Revisits;

internal sealed class KnownFaultMapping : IEntityTypeConfiguration<KnownFault>
{
    public void Configure(EntityTypeBuilder<KnownFault> fault)
    {
        fault.Property(f => f.Id).ValueGeneratedNever();
        fault.Property(f => f.Part).HasMaxLength(60);
        fault.HasIndex(f => f.RevisitId);
        fault.HasIndex(f => new
        {
            f.ProjectId,
            f.Part,
            f.Cause,
        });
        fault
            .HasIndex(f => new
            {
                f.Part,
                f.Cause,
                f.FoundOn,
            })
            .IncludeProperties(f => f.ProjectId);
    }
}
