using CustomerService.Projects.People.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Projects.People;

internal sealed class PersonMapping : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> person)
    {
        person.IsAggregate();
        person.Property(p => p.Name).HasMaxLength(100);
        person.Property(p => p.StaffNumber).HasMaxLength(60);
        person.HasIndex(p => p.StaffKey).IsUnique();
        person.HasIndex(p => p.NameKey);
    }
}
