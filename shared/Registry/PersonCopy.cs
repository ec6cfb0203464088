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

    /// <summary>The person into which it was merged (rule S4): it is offered no more; null for all others.</summary>
    public Guid? MergedInto { get; private set; }

    /// <summary>Version of the last merge or its undoing that was heard of.</summary>
    public long MergeVersion { get; private set; }

    /// <summary>How records name them.</summary>
    internal Party Party => new(Id, Name);

    internal bool Apply(PersonRegistered e) => Apply(e.Version, e.Name, e.RoleTitle, e.Department);

    internal bool Apply(PersonRevised e) => Apply(e.Version, e.Name, e.RoleTitle, e.Department);

    /// <returns>Whether that is news.</returns>
    internal bool Merge(PersonMerged e) => Merge(e.IntoId, e.Version);

    internal bool Merge(PersonUnmerged e) => Merge(null, e.Version);

    private bool Merge(Guid? into, long version)
    {
        if (version <= MergeVersion)
        {
            return false;
        }

        (MergedInto, MergeVersion) = (into, version);
        return true;
    }

    // What a merge tells of a person who is not known yet; their own announcement follows.
    internal void Introduce(string name)
    {
        if (Version == 0)
        {
            Name = name;
        }
    }

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
        person.Property(p => p.MergeVersion).IsConcurrencyToken();
        person.Ignore(p => p.Party);
    }
}
