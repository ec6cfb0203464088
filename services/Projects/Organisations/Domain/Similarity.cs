using CustomerService.Rules;

namespace CustomerService.Projects.Organisations.Domain;

/// <summary>By what a known record looks like one that is entered (S4).</summary>
internal enum SimilarReason
{
    TaxNumber,
    Name,
    Phone,
    Address,
}

/// <summary>A record of the registry that may turn out to be another one (S4).</summary>
internal interface IMergeable
{
    Guid Id { get; }

    /// <summary>The record into which it was merged; null for all others.</summary>
    Guid? MergedInto { get; }
}

/// <summary>A record that has keys by which its duplicates are found (S4).</summary>
internal interface ISimilar : IMergeable
{
    SimilarityKeys Keys { get; }
}

/// <summary>What duplicates are found by (S4): folded, see <see cref="DuplicateKeys"/>.</summary>
/// <param name="Name">Name without spelling and legal form; empty where none is given.</param>
/// <param name="WholeName">The name as a key, with its legal form.</param>
/// <param name="Phones">Telephone numbers.</param>
/// <param name="TaxNumber">Tax number.</param>
/// <param name="Address">Address.</param>
internal sealed record SimilarityKeys(
    string Name,
    string WholeName,
    IReadOnlyList<string> Phones,
    string? TaxNumber,
    string? Address
)
{
    // A name that begins as a shorter one does not tell much.
    private const int ShortestBeginning = 2;

    /// <summary>The beginning of names that are worth a look; null where too little is given.</summary>
    public string? Beginning => Name.Length >= ShortestBeginning ? Name : null;

    /// <summary>Of an organisation.</summary>
    public static SimilarityKeys Of(string? name, IEnumerable<string?> phones, string? taxNumber, string? address) =>
        new(
            name is null ? "" : DuplicateKeys.Name(name),
            name is null ? "" : TextFolding.Key(name),
            [.. phones.Select(DuplicateKeys.Phone).OfType<string>().Distinct()],
            DuplicateKeys.TaxNumber(taxNumber),
            DuplicateKeys.Address(address)
        );

    /// <summary>Of a person: a name has no legal form, and two people may have one.</summary>
    public static SimilarityKeys OfPerson(string? name, string? phone) =>
        new(
            name is null ? "" : TextFolding.ForSearch(name),
            "",
            DuplicateKeys.Phone(phone) is { } key ? [key] : [],
            null,
            null
        );

    /// <summary>What the two have in common, what tells most first.</summary>
    public IReadOnlyList<SimilarReason> InCommonWith(SimilarityKeys known)
    {
        (SimilarReason Reason, bool Holds)[] all =
        [
            (SimilarReason.TaxNumber, TaxNumber is not null && TaxNumber == known.TaxNumber),
            (
                SimilarReason.Name,
                (Name.Length > 0 && known.Name == Name)
                    || (Beginning is { } beginning && known.Name.StartsWith(beginning, StringComparison.Ordinal))
            ),
            (SimilarReason.Phone, Phones.Intersect(known.Phones).Any()),
            (SimilarReason.Address, Address is not null && Address == known.Address),
        ];
        return [.. all.Where(one => one.Holds).Select(one => one.Reason)];
    }

    /// <summary>So alike that a new record needs a reason: one tax number, one whole name, or name and telephone.</summary>
    public bool IsSame(SimilarityKeys known) =>
        (TaxNumber is not null && TaxNumber == known.TaxNumber)
        || (WholeName.Length > 0 && WholeName == known.WholeName)
        || (Name.Length > 0 && Name == known.Name && Phones.Intersect(known.Phones).Any());

    /// <summary>How much they have in common, for the order.</summary>
    public int Weight(SimilarityKeys known) =>
        (IsSame(known) ? 100 : 0)
        + (Name.Length > 0 && Name == known.Name ? 10 : 0)
        + InCommonWith(known).Sum(reason => reason == SimilarReason.TaxNumber ? 20 : 1);
}
