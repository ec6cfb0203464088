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

    /// <summary>統一社會信用代碼, 統一編號; null to outsiders.</summary>
    public string? TaxNumber { get; init; }

    /// <summary>The organisation into which it was merged: new records name that one (S4).</summary>
    public Guid? MergedInto { get; init; }

    /// <summary>By whom, when and why; null to outsiders.</summary>
    public MergeView? Merge { get; init; }

    public required IReadOnlyList<Contact> Contacts { get; init; }

    /// <summary>Region, salesperson, language and further addresses of a product customer; null to outsiders.</summary>
    public Trade? Trade { get; init; }

    public static OrganisationView From(Organisation organisation, Caller caller) =>
        new()
        {
            Id = organisation.Id,
            State = organisation.State,
            Version = organisation.Version,
            Actions = organisation.AllowedActions(caller.Context()),
            Name = organisation.Name,
            Kind = organisation.OrganisationKind,
            Code = organisation.Code,
            Address = organisation.Address,
            TaxNumber = caller.IsStaff ? organisation.TaxNumber : null,
            MergedInto = organisation.MergedInto,
            Merge = caller.IsStaff ? MergeView.From(organisation.Merged) : null,
            Contacts = organisation.Contacts,
            Trade = caller.IsStaff && !organisation.Trade.IsNone() ? organisation.Trade : null,
        };
}
