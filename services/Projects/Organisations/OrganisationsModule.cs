using CustomerService.Projects.Organisations.Features;

namespace CustomerService.Projects.Organisations;

/// <summary>Owners, subcontractors and units of the contractor.</summary>
internal static class OrganisationsModule
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Organisations");
        RegisterOrganisation.Map(routes);
        ReviseOrganisation.Map(routes);
        FindSimilarOrganisations.Map(routes);
        MergeOrganisation.Map(routes);
        UnmergeOrganisation.Map(routes);
        GetOrganisation.Map(routes);
        ListOrganisations.Map(routes);
    }
}
