using CustomerService.Complaints.Codes.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Codes.Features;

/// <param name="ZhHant">In traditional characters.</param>
/// <param name="ZhHans">In simplified characters.</param>
/// <param name="En">In English.</param>
internal sealed record CodeNamesView(string ZhHant, string ZhHans, string En)
{
    public static CodeNamesView From(CodeNames names) => new(names.ZhHant, names.ZhHans, names.En);

    internal CodeNames Names => new(ZhHant.Trim(), ZhHans.Trim(), En.Trim());
}

/// <summary>A code with what it said before.</summary>
internal sealed record CodeView
{
    public required Guid Id { get; init; }

    /// <summary>Its ETag.</summary>
    public required long Version { get; init; }

    public required CodeKind Catalogue { get; init; }

    public required string Code { get; init; }

    public required CodeNamesView Names { get; init; }

    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last day; null while no end is known.</summary>
    public DateOnly? ValidThrough { get; init; }

    /// <summary>Whether it may be entered today.</summary>
    public required bool InForce { get; init; }

    /// <summary>What it said before, the oldest first.</summary>
    public required IReadOnlyList<CodeChangeView> Changes { get; init; }

    public static CodeView From(CatalogueCode code, Caller caller) =>
        new()
        {
            Id = code.Id,
            Version = code.Version,
            Catalogue = code.Catalogue,
            Code = code.Code,
            Names = CodeNamesView.From(code.Names),
            ValidFrom = code.ValidFrom,
            ValidThrough = code.ValidThrough,
            InForce = code.WhyNot(caller.Today) is null,
            Changes = [.. code.Changes.Select(CodeChangeView.From)],
        };
}

/// <param name="By">Who changed it.</param>
/// <param name="At">When.</param>
internal sealed record CodeChangeView(
    CodeNamesView Names,
    DateOnly ValidFrom,
    DateOnly? ValidThrough,
    string Why,
    string By,
    DateTimeOffset At
)
{
    public static CodeChangeView From(CodeChange change) =>
        new(
            CodeNamesView.From(change.Names),
            change.ValidFrom,
            change.ValidThrough,
            change.Why,
            change.By.Name,
            change.By.At
        );
}
