using System.Text.Json.Serialization;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Organisations.Features;

/// <summary>An organisation in a list.</summary>
/// <param name="Id">The organisation.</param>
/// <param name="Number">The company's own short code, where there is one.</param>
/// <param name="State">registered, or merged into another.</param>
/// <param name="Version">Version.</param>
/// <param name="Actions">What the caller may do now.</param>
/// <param name="Name">Name.</param>
/// <param name="Kind">owner, subcontractor, contractor-own or customer.</param>
/// <param name="MergedInto">The organisation into which it was merged: new records name that one.</param>
internal sealed record OrganisationListItem(
    Guid Id,
    string? Number,
    RegistryState State,
    long Version,
    [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions,
    string Name,
    OrganisationKind Kind,
    Guid? MergedInto
)
{
    public static OrganisationListItem From(Organisation organisation, Caller caller) =>
        new(
            organisation.Id,
            organisation.Code,
            organisation.State,
            organisation.Version,
            organisation.AllowedActions(caller.Context()),
            organisation.Name,
            organisation.OrganisationKind,
            organisation.MergedInto
        );
}
