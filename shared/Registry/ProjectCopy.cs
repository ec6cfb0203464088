using CustomerService.Contracts.Projects.V1;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Registry;

/// <summary>A project as it was last announced.</summary>
public sealed class ProjectCopy
{
    /// <summary>The project.</summary>
    public Guid Id { get; init; }

    /// <summary>Version of the announcement; 0 while only its withdrawal is known.</summary>
    public long Version { get; private set; }

    /// <summary>Name of the works.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Contract number, unique.</summary>
    public string ContractNumber { get; private set; } = "";

    /// <summary>The contract number as it is compared.</summary>
    public string ContractKey { get; private set; } = "";

    /// <summary>Organisation that owns the works.</summary>
    public Guid OwnerId { get; private set; }

    /// <summary>Its name when the project was announced; see <see cref="RegistryLookup.OwnerOfAsync"/>.</summary>
    public string OwnerName { get; private set; } = "";

    /// <summary>It was entered by mistake: nothing is opened on it, whatever is still announced of it.</summary>
    public bool Withdrawn { get; private set; }

    internal bool Apply(ProjectRegistered e) => Apply(e.Version, e.Name, e.ContractNumber, e.OwnerId, e.OwnerName);

    internal bool Apply(ProjectRevised e) => Apply(e.Version, e.Name, e.ContractNumber, e.OwnerId, e.OwnerName);

    // It is kept where it comes first, too: what was announced before may still come and tell the name.
    internal void Withdraw() => Withdrawn = true;

    private bool Apply(long version, string name, string contractNumber, Guid ownerId, string ownerName)
    {
        if (version <= Version)
        {
            return false;
        }

        (Version, Name, OwnerId, OwnerName) = (version, name, ownerId, ownerName);
        (ContractNumber, ContractKey) = (contractNumber, TextFolding.Key(contractNumber));
        return true;
    }
}

internal sealed class ProjectCopyMapping : IEntityTypeConfiguration<ProjectCopy>
{
    public void Configure(EntityTypeBuilder<ProjectCopy> project)
    {
        project.ToTable("project_copies");
        project.Property(p => p.Id).ValueGeneratedNever();
        project.Property(p => p.Version).IsConcurrencyToken();
        project.HasIndex(p => p.ContractKey);
        project.HasIndex(p => p.OwnerId);
    }
}
