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
        person.HasIndex(p => p.CoreName).HasOperators("text_pattern_ops");
        person.HasIndex(p => p.PhoneKey);
        person.HasIndex(p => p.MergedInto);
        person.Ignore(p => p.Keys);
        person.Ignore(p => p.State);
    }
}
