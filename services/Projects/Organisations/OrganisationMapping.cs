using CustomerService.Projects.Organisations.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Projects.Organisations;

internal sealed class OrganisationMapping : IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Organisation> organisation)
    {
        organisation.IsAggregate();
        organisation.Property(o => o.Name).HasMaxLength(200);
        organisation.Property(o => o.Code).HasMaxLength(60);
        organisation.HasIndex(o => o.CodeKey).IsUnique();
        organisation.HasIndex(o => o.NameKey);
    }
}
