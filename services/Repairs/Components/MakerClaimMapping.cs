using CustomerService.Repairs.Components.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Repairs.Components;

internal sealed class MakerClaimMapping : IEntityTypeConfiguration<MakerClaim>
{
    public void Configure(EntityTypeBuilder<MakerClaim> claim)
    {
        claim.IsAggregate();
        claim.Property(c => c.Number).HasMaxLength(30);
        claim.HasIndex(c => c.Number).IsUnique();
        claim.HasIndex(c => c.UnitId);
        claim.HasIndex(c => c.RmaId);
        claim.HasIndex(c => new { c.MakerKey, c.Id });
        claim.HasIndex(c => new { c.State, c.ExpectedOn });
    }
}
