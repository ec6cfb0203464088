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

/// <summary>What an address is for.</summary>
internal enum AddressPurpose
{
    /// <summary>Where goods go to.</summary>
    Delivery,

    /// <summary>Where bills go to.</summary>
    Billing,

    /// <summary>Where the goods are in use.</summary>
    Site,
}

/// <summary>An address besides the postal one.</summary>
/// <param name="Contact">Who takes in there, where it is known.</param>
internal sealed record PostalAddress(
    AddressPurpose Purpose,
    string Address,
    string? Contact = null,
    string? Phone = null
);

/// <summary>The salesperson of a customer: an account with the region.</summary>
internal sealed record Salesperson(Guid Id, string Name);

/// <summary>How a product customer is dealt with (C5.1.5).</summary>
/// <param name="Region">Code of the sales region.</param>
/// <param name="Salesperson">Null where the region's salespeople share it.</param>
/// <param name="Language">Language in which they are written to.</param>
internal sealed record Trade(
    string? Region,
    Salesperson? Salesperson,
    string? Language,
    IReadOnlyList<PostalAddress> Addresses
)
{
    public static Trade None { get; } = new(null, null, null, []);

    public bool IsNone() => Region is null && Salesperson is null && Language is null && Addresses.Count == 0;
}

/// <summary>What is entered about an organisation.</summary>
internal sealed record OrganisationDetails(
    string Name,
    OrganisationKind Kind,
    string? Code,
    string? Address,
    IReadOnlyList<Contact> Contacts,
    string? TaxNumber = null,
    Trade? Trade = null
)
{
    /// <summary>What it is compared by (S4).</summary>
    public SimilarityKeys Keys => SimilarityKeys.Of(Name, Contacts.Select(c => c.Phone), TaxNumber, Address);
}

/// <summary>An organisation that a reader could take for the one that is entered.</summary>
/// <param name="Id">The organisation.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is to the company.</param>
/// <param name="Code">Its code.</param>
/// <param name="Reasons">What the two have in common.</param>
internal sealed record SimilarOrganisation(
    Guid Id,
    string Name,
    OrganisationKind Kind,
    string? Code,
    IReadOnlyList<SimilarReason> Reasons
);

/// <summary>An owner, a subcontractor, a unit of the contractor or a product customer. It has no flow: every change is
/// recorded, kept and announced, because other services take names from here (S3).</summary>
internal sealed class Organisation : Aggregate, ISimilar
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

    /// <summary>Who enters one of some kind.</summary>
    public static readonly string[] AnyWriters = [.. OwnerWriters.Union(Writers).Union(CustomerWriters)];

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

    /// <summary>統一社會信用代碼, 統一編號.</summary>
    public string? TaxNumber { get; private set; }

    /// <summary>How a product customer is dealt with (C5.1.5); nothing for others.</summary>
    public Trade Trade { get; private set; } = Trade.None;

    /// <summary>The name without spelling and legal form, by which duplicates are found (S4).</summary>
    public string CoreName { get; private set; } = "";

    /// <summary>The telephone numbers of its contacts as they are compared.</summary>
    public string[] PhoneKeys { get; private set; } = [];

    /// <summary>The tax number as it is compared.</summary>
    public string? TaxKey { get; private set; }

    /// <summary>The address as it is compared.</summary>
    public string? AddressKey { get; private set; }

    /// <summary>The organisation into which it was merged (S4); null for all others.</summary>
    public Guid? MergedInto { get; private set; }

    /// <summary>By whom, when and why it was merged.</summary>
    public Merged? Merged { get; private set; }

    public RegistryState State => Merged is null ? RegistryState.Registered : RegistryState.Merged;

    /// <summary>What duplicates of it are found by.</summary>
    public SimilarityKeys Keys => new(CoreName, NameKey, PhoneKeys, TaxKey, AddressKey);

    /// <summary>The company calls the first one.</summary>
    public IReadOnlyList<Contact> Contacts { get; private set; } = [];

    /// <param name="context">Who and when.</param>
    /// <param name="details">What is entered.</param>
    /// <param name="same">Those that a reader would take for the same (S4).</param>
    /// <param name="newBecause">The caller has seen them and says why it is another; null where they do not.</param>
    public static Result<Organisation> Register(
        CommandContext context,
        OrganisationDetails details,
        IReadOnlyList<SimilarOrganisation> same,
        string? newBecause
    )
    {
        var organisation = new Organisation { Id = Guid.CreateVersion7(context.Now) };
        if (organisation.Write(context, "register", null, details, newBecause) is { } refusal)
        {
            return refusal;
        }

        if (same.Count > 0 && newBecause is null)
        {
            return Refusal
                .ByRule("similar-exists", "S4", ["confirmation"], WritersOf(details.Kind))
                .With("candidates", same);
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
                organisation.FirstContact?.Phone,
                organisation.Trade.Region,
                organisation.Trade.Salesperson?.Id,
                organisation.Trade.Salesperson?.Name,
                organisation.Trade.Language,
                organisation.ToldAddresses,
                organisation.Email
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

        if (
            (
                Merging.CheckUnmerged(Merged, WritersOf(OrganisationKind))
                ?? Write(context, RegistryActions.Revise, RegistryState.Registered, details, null)
            ) is
            { } refusal
        )
        {
            return refusal;
        }

        Raise(Announcement());
        return null;
    }

    /// <summary>It turns out to be another one that is known (S4). Both keep number, contacts and history; what refers to
    /// this one refers to the other from now on.</summary>
    /// <param name="context">Who and when.</param>
    /// <param name="into">The one that stays; null where there is none of the identity that was named.</param>
    /// <param name="contact">Whom the company calls there.</param>
    /// <param name="reason">Why the two are one.</param>
    public Refusal? Merge(CommandContext context, Survivor? into, Contact? contact, string reason)
    {
        if (Merging.Check(context, WritersOf(OrganisationKind), Id, Merged, OrganisationKind, into) is { } refusal)
        {
            return refusal;
        }

        Record(context, RegistryActions.Merge, State.ToKebab(), RegistryState.Merged.ToKebab(), reason);
        Merged = new(into!.Id, into.Name, context.Today, Stamp.Of(context), reason);
        MergedInto = into.Id;
        Raise(MergeAnnouncement(contact)!);
        return null;
    }

    /// <summary>The merge was a mistake: what it moved goes back.</summary>
    public Refusal? Unmerge(CommandContext context, string reason)
    {
        if (Merging.CheckUndo(context, WritersOf(OrganisationKind), Merged) is { } refusal)
        {
            return refusal;
        }

        Record(context, RegistryActions.Unmerge, State.ToKebab(), RegistryState.Registered.ToKebab(), reason);
        var into = Merged!.Into;
        (Merged, MergedInto) = (null, null);
        Raise(new OrganisationUnmerged(Id, Version, Name, FirstContact?.Name, FirstContact?.Phone, into, context.Now));
        return null;
    }

    /// <summary>That it was merged, for other services; null where it was not.</summary>
    /// <param name="contact">Whom the company calls at the one that stays.</param>
    public OrganisationMerged? MergeAnnouncement(Contact? contact) =>
        Merged is { } merged
            ? new(Id, Version, Name, merged.Into, merged.IntoName, contact?.Name, contact?.Phone, merged.By.At)
            : null;

    /// <summary>How it is now, for other services.</summary>
    public OrganisationRevised Announcement() =>
        new(
            Id,
            Version,
            Name,
            OrganisationKind.ToKebab(),
            Code,
            Address,
            FirstContact?.Name,
            FirstContact?.Phone,
            Trade.Region,
            Trade.Salesperson?.Id,
            Trade.Salesperson?.Name,
            Trade.Language,
            ToldAddresses,
            Email
        );

    private IReadOnlyList<AddressOfOrganisation>? ToldAddresses =>
        Trade.Addresses.Count == 0
            ? null
            :
            [
                .. Trade.Addresses.Select(one => new AddressOfOrganisation(
                    one.Purpose.ToKebab(),
                    one.Address,
                    one.Contact,
                    one.Phone
                )),
            ];

    /// <summary>What this actor could do now, each the last part of a route.</summary>
    public IReadOnlyList<string> AllowedActions(CommandContext context) =>
        Merged is { } merged
            ? Merging.MayMerge(context, WritersOf(OrganisationKind)) && Merging.CanUndo(context, merged)
                ? [RegistryActions.Unmerge]
                : []
            :
            [
                .. context.Actor.HasAny(WritersOf(OrganisationKind)) ? [RegistryActions.Revise] : Array.Empty<string>(),
                .. Merging.MayMerge(context, WritersOf(OrganisationKind))
                    ? [RegistryActions.Merge]
                    : Array.Empty<string>(),
            ];

    /// <summary>Whom the company calls.</summary>
    /// <summary>Address for mails to it: that of the first contact who has one.</summary>
    private string? Email =>
        Contacts.Select(contact => contact.Email).FirstOrDefault(address => !string.IsNullOrEmpty(address));

    public Contact? FirstContact => Contacts is [var first, ..] ? first : null;

    private static string[] WritersOf(OrganisationKind kind) =>
        kind switch
        {
            OrganisationKind.Owner => OwnerWriters,
            OrganisationKind.Customer => CustomerWriters,
            _ => Writers,
        };

    private Refusal? Write(
        CommandContext context,
        string action,
        RegistryState? from,
        OrganisationDetails details,
        string? why
    )
    {
        if (RegistryActions.CheckRole(context, action, WritersOf(details.Kind)) is { } refusal)
        {
            return refusal;
        }

        if (details.Kind != OrganisationKind.Customer && details.Trade?.IsNone() == false)
        {
            return Refusal.Invalid("trade-of-customers-only", "C5.1.5", "product-customer");
        }

        Name = details.Name;
        OrganisationKind = details.Kind;
        Code = details.Code;
        NameKey = TextFolding.Key(details.Name);
        CodeKey = details.Code is null ? null : TextFolding.Key(details.Code);
        SearchText = Rules.SearchText.Of(Name, Code);
        Address = details.Address;
        Contacts = details.Contacts;
        TaxNumber = details.TaxNumber;
        Trade = details.Trade ?? Trade.None;
        var keys = details.Keys;
        (CoreName, PhoneKeys, TaxKey, AddressKey) = (keys.Name, [.. keys.Phones], keys.TaxNumber, keys.Address);
        Record(context, action, from?.ToKebab(), RegistryState.Registered.ToKebab(), why);
        return null;
    }
}
