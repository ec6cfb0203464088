using System.Text.Json.Serialization;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Organisations.Features;

/// <summary>An organisation.</summary>
internal sealed record OrganisationView
{
    public required Guid Id { get; init; }

    public required RegistryState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required string Name { get; init; }

    public required OrganisationKind Kind { get; init; }

    /// <summary>The company's own short code.</summary>
    public string? Code { get; init; }

    public string? Address { get; init; }

    public required IReadOnlyList<Contact> Contacts { get; init; }

    public static OrganisationView From(Organisation organisation, Caller caller) =>
        new()
        {
            Id = organisation.Id,
            State = RegistryState.Registered,
            Version = organisation.Version,
            Actions = organisation.AllowedActions(caller.Context()),
            Name = organisation.Name,
            Kind = organisation.OrganisationKind,
            Code = organisation.Code,
            Address = organisation.Address,
            Contacts = organisation.Contacts,
        };
}
