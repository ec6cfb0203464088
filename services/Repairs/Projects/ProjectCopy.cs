using CustomerService.Repairs.RepairOrders.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Repairs.Projects;

/// <summary>What this service keeps of a project from its announcements, so that it can name it without
/// asking.</summary>
internal sealed class ProjectCopy
{
    public required Guid Id { get; init; }

    /// <summary>Version of the announcement; an older one that comes late changes nothing.</summary>
    public long Version { get; set; }

    public string Name { get; set; } = "";

    public string ContractNumber { get; set; } = "";

    public Guid OwnerId { get; set; }

    public string OwnerName { get; set; } = "";

    /// <summary>It was entered by mistake: nothing is opened on it, whatever is still announced of it.</summary>
    public bool Withdrawn { get; set; }

    /// <summary>The project as an order names it; null while only its withdrawal is known.</summary>
    public ProjectRef? Ref => Version > 0 ? new(Id, Name, ContractNumber, OwnerId, OwnerName) : null;
}

internal sealed class ProjectCopyMapping : IEntityTypeConfiguration<ProjectCopy>
{
    public void Configure(EntityTypeBuilder<ProjectCopy> project)
    {
        project.Property(p => p.Id).ValueGeneratedNever();
        // Of two announcements consumed at once the second is tried again on what the first one kept, so the older
        // never wins.
        project.Property(p => p.Version).IsConcurrencyToken();
        project.Ignore(p => p.Ref);
    }
}
