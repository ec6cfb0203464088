using CustomerService.Contracts.Projects.V1;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Registry;

/// <summary>What an organisation is to the company.</summary>
public enum OrganisationKind
{
    /// <summary>業主: owns works.</summary>
    Owner,

    /// <summary>Did a part of the works under the general contractor, and repairs it (P3.1.1).</summary>
    Subcontractor,

    /// <summary>A unit of the contractor itself.</summary>
    ContractorOwn,

    /// <summary>客戶: buys products.</summary>
    Customer,
}

/// <summary>An address of an organisation besides the postal one.</summary>
/// <param name="Purpose">What it is for, for example <c>delivery</c>.</param>
/// <param name="Address">The address.</param>
/// <param name="Contact">Who takes in there, where it is known.</param>
/// <param name="Phone">Their telephone number.</param>
public sealed record CopiedAddress(string Purpose, string Address, string? Contact, string? Phone)
{
    /// <summary>Where goods go to.</summary>
    public const string Delivery = "delivery";
}

/// <summary>An organisation as it was last announced.</summary>
public sealed class OrganisationCopy
{
    /// <summary>The organisation.</summary>
    public Guid Id { get; init; }

    /// <summary>Version of the announcement; an older one that comes late changes nothing.</summary>
    public long Version { get; private set; }

    /// <summary>Its name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What it is to the company.</summary>
    public OrganisationKind Kind { get; private set; }

    /// <summary>The company's own short code, where there is one.</summary>
    public string? Code { get; private set; }

    /// <summary>The code as it is compared.</summary>
    public string? CodeKey { get; private set; }

    /// <summary>Postal address, where it is known.</summary>
    public string? Address { get; private set; }

    /// <summary>The person whom the company calls first.</summary>
    public string? Contact { get; private set; }

    /// <summary>That person's telephone number.</summary>
    public string? Phone { get; private set; }

    /// <summary>Code of the sales region of a product customer (C5.1.5).</summary>
    public string? Region { get; private set; }

    /// <summary>The account of the salesperson, where one is named.</summary>
    public Guid? SalespersonId { get; private set; }

    /// <summary>Printed name of that person.</summary>
    public string? SalespersonName { get; private set; }

    /// <summary>Language in which the customer is written to.</summary>
    public string? Language { get; private set; }

    /// <summary>Address for mails to it, where one is known.</summary>
    public string? Email { get; private set; }

    /// <summary>Further addresses.</summary>
    public IReadOnlyList<CopiedAddress> Addresses { get; private set; } = [];

    /// <summary>Where goods go to: the first address for deliveries, else the postal one.</summary>
    public string? DeliveryAddress =>
        Addresses.FirstOrDefault(one => one.Purpose == CopiedAddress.Delivery)?.Address ?? Address;

    /// <summary>The organisation into which it was merged (rule S4): it is offered no more; null for all others.</summary>
    public Guid? MergedInto { get; private set; }

    /// <summary>Version of the last merge or its undoing that was heard of.</summary>
    public long MergeVersion { get; private set; }

    /// <summary>How records name it.</summary>
    internal Party Party => new(Id, Name, Contact, Phone);

    internal bool Apply(OrganisationRegistered e) =>
        Apply(e.Version, e.Name, e.Kind, e.Code, e.Address, e.Contact, e.Phone)
        && Deal(e.Region, e.SalespersonId, e.SalespersonName, e.Language, e.Addresses, e.Email);

    internal bool Apply(OrganisationRevised e) =>
        Apply(e.Version, e.Name, e.Kind, e.Code, e.Address, e.Contact, e.Phone)
        && Deal(e.Region, e.SalespersonId, e.SalespersonName, e.Language, e.Addresses, e.Email);

    private bool Deal(
        string? region,
        Guid? salespersonId,
        string? salespersonName,
        string? language,
        IReadOnlyList<AddressOfOrganisation>? addresses,
        string? email
    )
    {
        Email = email;
        (Region, SalespersonId, SalespersonName, Language) = (region, salespersonId, salespersonName, language);
        Addresses =
        [
            .. (addresses ?? []).Select(one => new CopiedAddress(one.Purpose, one.Address, one.Contact, one.Phone)),
        ];
        return true;
    }

    /// <returns>Whether that is news.</returns>
    internal bool Merge(OrganisationMerged e) => Merge(e.IntoId, e.Version);

    internal bool Merge(OrganisationUnmerged e) => Merge(null, e.Version);

    private bool Merge(Guid? into, long version)
    {
        if (version <= MergeVersion)
        {
            return false;
        }

        (MergedInto, MergeVersion) = (into, version);
        return true;
    }

    // What a merge tells of a party that is not known yet; its own announcement follows.
    internal void Introduce(string name, string? contact, string? phone)
    {
        if (Version == 0)
        {
            (Name, Contact, Phone) = (name, contact, phone);
        }
    }

    private bool Apply(
        long version,
        string name,
        string kind,
        string? code,
        string? address,
        string? contact,
        string? phone
    )
    {
        if (version <= Version)
        {
            return false;
        }

        Kind =
            Spelling.FromKebab<OrganisationKind>(kind)
            ?? throw new InvalidOperationException(
                $"Kind '{kind}' is none of {string.Join(", ", Spelling.WordsOf<OrganisationKind>())}."
            );
        (Version, Name, Address, Contact, Phone) = (version, name, address, contact, phone);
        (Code, CodeKey) = (code, code is null ? null : TextFolding.Key(code));
        return true;
    }
}

internal sealed class OrganisationCopyMapping : IEntityTypeConfiguration<OrganisationCopy>
{
    public void Configure(EntityTypeBuilder<OrganisationCopy> organisation)
    {
        organisation.ToTable("organisation_copies");
        organisation.Property(o => o.Id).ValueGeneratedNever();
        // Of two announcements consumed at once the second is tried again on what the first one kept.
        organisation.Property(o => o.Version).IsConcurrencyToken();
        organisation.Property(o => o.MergeVersion).IsConcurrencyToken();
        organisation.Ignore(o => o.Party);
        organisation.Ignore(o => o.DeliveryAddress);
        organisation.Property(o => o.Addresses).IsJson();
        organisation.HasIndex(o => o.CodeKey);
    }
}
