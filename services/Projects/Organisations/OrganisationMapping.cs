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
        organisation.Property(o => o.TaxNumber).HasMaxLength(40);
        // Duplicates are found by these while one types (S4): by the beginning of a name, by all of the others.
        organisation.HasIndex(o => o.CoreName).HasOperators("text_pattern_ops");
        organisation.HasIndex(o => o.PhoneKeys).HasMethod("gin");
        organisation.HasIndex(o => o.TaxKey);
        organisation.HasIndex(o => o.AddressKey);
        organisation.HasIndex(o => o.MergedInto);
        organisation.Ignore(o => o.Keys);
        organisation.Ignore(o => o.State);
    }
}
