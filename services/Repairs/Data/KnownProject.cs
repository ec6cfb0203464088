using CustomerService.Repairs.Domain.RepairOrders;

namespace CustomerService.Repairs.Data;

/// <summary>What this service remembers of a project from its announcements, so that it can name it without
/// asking.</summary>
internal sealed class KnownProject
{
    public required Guid Id { get; init; }

    /// <summary>Version of the announcement; an older one that comes late changes nothing.</summary>
    public required long Version { get; set; }

    public required string Name { get; set; }

    public required string ContractNumber { get; set; }

    public required Guid OwnerId { get; set; }

    public required string OwnerName { get; set; }

    /// <summary>It was entered by mistake: nothing is opened on it, whatever is still announced of it.</summary>
    public bool Withdrawn { get; set; }

    public ProjectFacts Facts => new(Id, Name, ContractNumber, OwnerId, OwnerName);
}
