using CustomerService.Rules;

namespace CustomerService.Projects.Domain;

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

/// <summary>A person of an outside organisation whom one can reach.</summary>
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

    public string? Address { get; private set; }

    /// <summary>The first one is whom the company calls.</summary>
    public IReadOnlyList<Contact> Contacts { get; private set; } = [];

    public static Refusal? Register(OrganisationDetails details, FlowContext context, out Organisation organisation)
    {
        organisation = new Organisation { Id = Guid.CreateVersion7(context.Now) };
        return organisation.Write("register", null, details, context);
    }

    public Refusal? Change(OrganisationDetails details, FlowContext context)
    {
        if (details.Kind != OrganisationKind)
        {
            // Projects refer to it as owner or subcontractor; another kind is another organisation.
            return Refusal.ByRule("organisation-kind-fixed", "P3.3", ["organisation"], Roles.Administrator);
        }

        return Write("change", "registered", details, context);
    }

    private Refusal? Write(string action, string? from, OrganisationDetails details, FlowContext context)
    {
        if (
            RegistryRoles.Check(details.Kind == OrganisationKind.Owner ? OwnerWriters : Writers, action, context) is
            { } refusal
        )
        {
            return refusal;
        }

        Name = details.Name;
        OrganisationKind = details.Kind;
        Code = details.Code;
        Address = details.Address;
        Contacts = details.Contacts;
        Record(action, from, "registered", context, null);
        return null;
    }
}

/// <summary>The role check of records that have no flow table.</summary>
internal static class RegistryRoles
{
    public static Refusal? Check(string[] writers, string action, FlowContext context) =>
        context.Actor.HasAny(writers)
            ? null
            : new Refusal(RefusalKind.Forbidden, "role-missing", "P3.3", ["role"], writers).With("action", action);
}
