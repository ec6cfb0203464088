using System.Globalization;
using CustomerService.Rules;

namespace CustomerService.Complaints.Codes.Domain;

/// <summary>What a code tells of a complaint.</summary>
internal enum CodeKind
{
    /// <summary>The product that it is about, at intake.</summary>
    Product,

    /// <summary>What is wrong with it, at intake and triage.</summary>
    Fault,

    /// <summary>Why, as QC found (C5.3.1).</summary>
    Cause,
}

/// <summary>What a code is called.</summary>
internal sealed record CodeNames(string ZhHant, string ZhHans, string En)
{
    /// <summary>The name in a reader's language.</summary>
    public string In(CultureInfo culture) =>
        culture.Name switch
        {
            "zh-Hans" => ZhHans,
            "en" => En,
            _ => ZhHant,
        };
}

/// <summary>What a code said until it was changed, and who changed it.</summary>
internal sealed record CodeChange(CodeNames Names, DateOnly ValidFrom, DateOnly? ValidThrough, string Why, Stamp By);

/// <summary>A code by which complaints are counted (C5.7). It is never deleted: a code that ended is refused for new entries
/// and stays readable in old ones.</summary>
internal sealed class CatalogueCode : Aggregate
{
    private const string Rule = "C5.7";

    /// <summary>Who keeps the catalogues.</summary>
    public static readonly string[] Keepers = [Roles.Qc, Roles.QcHead, Roles.CustomerService, Roles.Administrator];

    private CatalogueCode() { }

    public override string Kind => "catalogue-code";

    public CodeKind Catalogue { get; private set; }

    public string Code { get; private set; } = "";

    /// <summary>The code as it is compared.</summary>
    public string CodeKey { get; private set; } = "";

    public CodeNames Names { get; private set; } = null!;

    public DateOnly ValidFrom { get; private set; }

    /// <summary>The last day; null while no end is known.</summary>
    public DateOnly? ValidThrough { get; private set; }

    /// <summary>What it said before, the oldest first.</summary>
    public IReadOnlyList<CodeChange> Changes { get; private set; } = [];

    /// <summary>What it is found by.</summary>
    public string SearchText { get; private set; } = "";

    public static Result<CatalogueCode> Add(
        CommandContext context,
        CodeKind catalogue,
        string code,
        CodeNames names,
        DateOnly validFrom,
        bool isKnown
    )
    {
        if (!context.Actor.HasAny(Keepers))
        {
            return Refusal.RoleMissing(Rule, Keepers).With("action", "add-code");
        }

        if (isKnown)
        {
            return Refusal.ByRule("code-known", Rule, ["other-code"], Keepers).With("code", code);
        }

        var added = new CatalogueCode
        {
            Id = Guid.CreateVersion7(context.Now),
            Catalogue = catalogue,
            Code = code,
            CodeKey = TextFolding.Key(code),
        };
        added.Set(names, validFrom, null);
        added.Record(context, "add", null, "in-force", code);
        return added;
    }

    /// <summary>Corrects names or days, or ends it. What it said is kept.</summary>
    public Refusal? Revise(
        CommandContext context,
        CodeNames names,
        DateOnly validFrom,
        DateOnly? validThrough,
        string why
    )
    {
        if (!context.Actor.HasAny(Keepers))
        {
            return Refusal.RoleMissing(Rule, Keepers).With("action", "revise-code");
        }

        // Entries of past days were made under the code as it was.
        if (validThrough < validFrom || (validThrough != ValidThrough && validThrough < context.Today.AddDays(-1)))
        {
            return Refusal.Invalid("code-end-impossible", Rule, "valid-through");
        }

        Changes = [.. Changes, new(Names, ValidFrom, ValidThrough, why, Stamp.Of(context))];
        var from = StateOn(context.Today);
        Set(names, validFrom, validThrough);
        Record(context, "revise", from, StateOn(context.Today), why);
        return null;
    }

    /// <summary>Null where it may be entered on that day, else why not.</summary>
    public Refusal? WhyNot(DateOnly day) =>
        day < ValidFrom ? Refused("code-not-in-force").With("from", ValidFrom)
        : day > ValidThrough ? Refused("code-ended").With("through", ValidThrough.Value)
        : null;

    /// <summary>Whether a code may be entered: one that is in force, where the catalogue has codes at all. Until a company
    /// keeps one, any code may be.</summary>
    public static Refusal? Check(string code, CatalogueCode? known, bool isKept, DateOnly day) =>
        known is not null ? known.WhyNot(day)
        : isKept ? new Refusal(RefusalKind.Invalid, "code-unknown", "S3", ["code-in-force"], Keepers).With("code", code)
        : null;

    private Refusal Refused(string code) => Refusal.ByRule(code, Rule, ["code-in-force"], Keepers).With("code", Code);

    private string StateOn(DateOnly day) => WhyNot(day) is null ? "in-force" : "not-in-force";

    private void Set(CodeNames names, DateOnly validFrom, DateOnly? validThrough)
    {
        (Names, ValidFrom, ValidThrough) = (names, validFrom, validThrough);
        SearchText = Rules.SearchText.Of(Code, names.ZhHant, names.ZhHans, names.En);
    }
}
