using CustomerService.Contracts.Projects.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Registry;

/// <summary>A person of the company as they were last announced.</summary>
public sealed class PersonCopy
{
    /// <summary>The person.</summary>
    public Guid Id { get; init; }

    /// <summary>Version of the announcement; an older one that comes late changes nothing.</summary>
    public long Version { get; private set; }

    /// <summary>Printed name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What the person is, for example <c>project manager</c>.</summary>
    public string RoleTitle { get; private set; } = "";

    /// <summary>Department code, where the person has one.</summary>
    public string? Department { get; private set; }

    internal bool Apply(PersonRegistered e) => Apply(e.Version, e.Name, e.RoleTitle, e.Department);

    internal bool Apply(PersonRevised e) => Apply(e.Version, e.Name, e.RoleTitle, e.Department);

    private bool Apply(long version, string name, string roleTitle, string? department)
    {
        if (version <= Version)
        {
            return false;
        }

        (Version, Name, RoleTitle, Department) = (version, name, roleTitle, department);
        return true;
    }
}

internal sealed class PersonCopyMapping : IEntityTypeConfiguration<PersonCopy>
{
    public void Configure(EntityTypeBuilder<PersonCopy> person)
    {
        person.ToTable("person_copies");
        person.Property(p => p.Id).ValueGeneratedNever();
        person.Property(p => p.Version).IsConcurrencyToken();
    }
}
