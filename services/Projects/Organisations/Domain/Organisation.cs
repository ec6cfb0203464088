using CustomerService.Rules;

namespace CustomerService.Projects.Organisations.Domain;

/// <summary>What an organisation is to the company.</summary>
internal enum OrganisationKind
{
    /// <summary>業主: owns works.</summary>
    Owner,

    /// <summary>Did a part of the works under the general contractor, and repairs it (P3.1.1).</summary>
    Subcontractor,

    /// <summary>A unit of the contractor itself.</summary>
    ContractorOwn,
}

/// <summary>A person of an outside organisation, with a way to reach them.</summary>
internal sealed record Contact(string Name, string Phone, string? Title = null, string? Email = null);

/// <summary>What is entered about an organisation.</summary>
internal sealed record OrganisationDetails(
    string Name,
    OrganisationKind Kind,
    string? Code,
    string? Address,
    IReadOnlyList<Contact> Contacts
);

/// <summary>An owner, a subcontractor or a unit of the contractor. It has no flow: every change is recorded and
/// kept.</summary>
internal sealed class Organisation : Aggregate
{
    /// <summary>Who may enter and change owners.</summary>
    public static readonly string[] OwnerWriters =
    [
        Roles.Sales,
        Roles.SalesManager,
        Roles.Engineering,
        Roles.EngineeringHead,
        Roles.Production,
        Roles.Administrator,
    ];

    /// <summary>Who may enter and change subcontractors and the contractor's own units.</summary>
    public static readonly string[] Writers =
    [
        Roles.Engineering,
        Roles.EngineeringHead,
        Roles.Production,
        Roles.Administrator,
    ];

    public override string Kind => "organisation";

    public string Name { get; private set; } = "";

    public OrganisationKind OrganisationKind { get; private set; }

    /// <summary>The company's own short code, unique where it is given; imports name organisations by it.</summary>
    public string? Code { get; private set; }

    /// <summary>Name and code as they are searched.</summary>
    public string SearchText { get; private set; } = "";

    public string? Address { get; private set; }

    /// <summary>The company calls the first one.</summary>
    public IReadOnlyList<Contact> Contacts { get; private set; } = [];

    public static Result<Organisation> Register(CommandContext context, OrganisationDetails details)
    {
        var organisation = new Organisation { Id = Guid.CreateVersion7(context.Now) };
        if (organisation.Write(context, "register", null, details) is { } refusal)
        {
            return refusal;
        }

        return organisation;
    }

    public Refusal? Revise(CommandContext context, OrganisationDetails details)
    {
        if (details.Kind != OrganisationKind)
        {
            // Projects refer to it as owner or subcontractor; another kind is another organisation.
            return Refusal.ByRule("organisation-kind-fixed", "P3.3", ["organisation"], Roles.Administrator);
        }

        return Write(context, RegistryActions.Revise, RegistryState.Registered, details);
    }

    /// <summary>What this actor could do now, each the last part of a route.</summary>
    public IReadOnlyList<string> AllowedActions(CommandContext context) =>
        context.Actor.HasAny(WritersOf(OrganisationKind)) ? [RegistryActions.Revise] : [];

    private static string[] WritersOf(OrganisationKind kind) => kind == OrganisationKind.Owner ? OwnerWriters : Writers;

    private Refusal? Write(CommandContext context, string action, RegistryState? from, OrganisationDetails details)
    {
        if (RegistryActions.CheckRole(context, action, WritersOf(details.Kind)) is { } refusal)
        {
            return refusal;
        }

        Name = details.Name;
        OrganisationKind = details.Kind;
        Code = details.Code;
        SearchText = Rules.SearchText.Of(Name, Code);
        Address = details.Address;
        Contacts = details.Contacts;
        Record(context, action, from?.ToKebab(), RegistryState.Registered.ToKebab(), null);
        return null;
    }
}
