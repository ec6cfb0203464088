using CustomerService.Registry;
using CustomerService.Repairs.RepairOrders.Domain;

namespace CustomerService.Repairs.RepairOrders;

/// <summary>What the registry knows, as orders name it (S3).</summary>
internal static class RegisteredNames
{
    /// <summary>The project with its owner.</summary>
    /// <param name="project">The project.</param>
    /// <param name="owner">Null while only the project was announced, which tells the name alone.</param>
    public static ProjectRef Of(ProjectCopy project, OrganisationCopy? owner) =>
        new(
            project.Id,
            project.Name,
            project.ContractNumber,
            owner?.Id ?? project.OwnerId,
            owner?.Name ?? project.OwnerName,
            owner?.Contact,
            owner?.Phone
        );

    /// <summary>The organisation as a unit that repairs, or cannot.</summary>
    public static RepairUnit Unit(OrganisationCopy organisation) =>
        new(
            organisation.Id,
            organisation.Name,
            organisation.Kind switch
            {
                OrganisationKind.Subcontractor => UnitKind.Subcontractor,
                OrganisationKind.ContractorOwn => UnitKind.Own,
                _ => UnitKind.Other,
            }
        );
}
