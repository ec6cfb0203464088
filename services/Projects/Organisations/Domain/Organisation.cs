using CustomerService.Contracts.Projects.V1;
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

    /// <summary>產品客戶: bought products.</summary>
    Customer,
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

/// <summary>An organisation that is called the same as one that is entered.</summary>
/// <param name="Id">The organisation.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is to the company.</param>
/// <param name="Code">Its code.</param>
internal sealed record SimilarOrganisation(Guid Id, string Name, OrganisationKind Kind, string? Code);

/// <summary>An owner, a subcontractor, a unit of the contractor or a product customer. It has no flow: every change is
/// recorded, kept and announced, because other services take names from here (S3).</summary>
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

    /// <summary>Who may enter and change product customers.</summary>
    public static readonly string[] CustomerWriters =
    [
        Roles.Sales,
        Roles.SalesManager,
        Roles.CustomerService,
        Roles.Administrator,
    ];

    public override string Kind => "organisation";

    public string Name { get; private set; } = "";

    /// <summary>The name as it is compared.</summary>
    public string NameKey { get; private set; } = "";

    public OrganisationKind OrganisationKind { get; private set; }

    /// <summary>The company's own short code, unique where it is given; imports name organisations by it.</summary>
    public string? Code { get; private set; }

    /// <summary>The code as it is compared.</summary>
    public string? CodeKey { get; private set; }

    /// <summary>Name and code as they are searched.</summary>
    public string SearchText { get; private set; } = "";

    public string? Address { get; private set; }

    /// <summary>The company calls the first one.</summary>
    public IReadOnlyList<Contact> Contacts { get; private set; } = [];

    /// <param name="context">Who and when.</param>
    /// <param name="details">What is entered.</param>
    /// <param name="similar">Those that a reader would take for the same (S4).</param>
    /// <param name="confirmedDistinct">The caller has seen them and says that it is another.</param>
    public static Result<Organisation> Register(
        CommandContext context,
        OrganisationDetails details,
        IReadOnlyList<SimilarOrganisation> similar,
        bool confirmedDistinct
    )
    {
        var organisation = new Organisation { Id = Guid.CreateVersion7(context.Now) };
        if (organisation.Write(context, "register", null, details) is { } refusal)
        {
            return refusal;
        }

        if (similar.Count > 0 && !confirmedDistinct)
        {
            return Refusal
                .ByRule("similar-exists", "S4", ["confirmation"], WritersOf(details.Kind))
                .With("candidates", similar);
        }

        organisation.Raise(
            new OrganisationRegistered(
                organisation.Id,
                organisation.Version,
                organisation.Name,
                organisation.OrganisationKind.ToKebab(),
                organisation.Code,
                organisation.Address,
                organisation.FirstContact?.Name,
                organisation.FirstContact?.Phone
            )
        );
        return organisation;
    }

    public Refusal? Revise(CommandContext context, OrganisationDetails details)
    {
        if (details.Kind != OrganisationKind)
        {
            // Projects refer to it as owner or subcontractor; another kind is another organisation.
            return Refusal.ByRule("organisation-kind-fixed", "P3.3", ["organisation"], Roles.Administrator);
        }

        if (Write(context, RegistryActions.Revise, RegistryState.Registered, details) is { } refusal)
        {
            return refusal;
        }

        Raise(Announcement());
        return null;
    }

    /// <summary>How it is now, for other services.</summary>
    public OrganisationRevised Announcement() =>
        new(Id, Version, Name, OrganisationKind.ToKebab(), Code, Address, FirstContact?.Name, FirstContact?.Phone);

    /// <summary>What this actor could do now, each the last part of a route.</summary>
    public IReadOnlyList<string> AllowedActions(CommandContext context) =>
        context.Actor.HasAny(WritersOf(OrganisationKind)) ? [RegistryActions.Revise] : [];

    private Contact? FirstContact => Contacts is [var first, ..] ? first : null;

    private static string[] WritersOf(OrganisationKind kind) =>
        kind switch
        {
            OrganisationKind.Owner => OwnerWriters,
            OrganisationKind.Customer => CustomerWriters,
            _ => Writers,
        };

    private Refusal? Write(CommandContext context, string action, RegistryState? from, OrganisationDetails details)
    {
        if (RegistryActions.CheckRole(context, action, WritersOf(details.Kind)) is { } refusal)
        {
            return refusal;
        }

        Name = details.Name;
        OrganisationKind = details.Kind;
        Code = details.Code;
        NameKey = TextFolding.Key(details.Name);
        CodeKey = details.Code is null ? null : TextFolding.Key(details.Code);
        SearchText = Rules.SearchText.Of(Name, Code);
        Address = details.Address;
        Contacts = details.Contacts;
        Record(context, action, from?.ToKebab(), RegistryState.Registered.ToKebab(), null);
        return null;
    }
}
