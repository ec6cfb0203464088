using System.Text.Json.Serialization;
using CustomerService.Rules;

namespace CustomerService.Surveys.Questionnaires.Domain;

/// <summary>
/// One version of form FM006 顧客滿意度調查表 (C5.8.3): dimensions A to F with their finer items, and which of them are
/// asked in which kind of survey. An invitation keeps the version that was sent out.
/// </summary>
/// <param name="Version">1, 2, 3 ….</param>
/// <param name="EffectiveFrom">First day on which it is sent.</param>
/// <param name="Form">Number of the form.</param>
/// <param name="Dimensions">All dimensions with all items, in the order of the form.</param>
/// <param name="Kinds">What is asked in each kind of survey.</param>
/// <param name="Items">What is known of an item besides its code; items keep their code over the versions.</param>
/// <param name="NamesCompetitor">Whether dimension D names the company that is compared.</param>
internal sealed record Questionnaire(
    int Version,
    DateOnly EffectiveFrom,
    string Form,
    IReadOnlyList<Dimension> Dimensions,
    IReadOnlyDictionary<SurveyKind, Template> Kinds,
    IReadOnlyDictionary<string, ItemDetail>? Items = null,
    bool NamesCompetitor = false
)
{
    /// <summary>The dimension in which other companies are compared.</summary>
    public const string Comparison = "D";

    public const int LongestComment = 1000;
    public const int LongestSuggestions = 4000;
    public const int LongestName = 100;
    public const string CompetitorField = "competitor";
    public const string ReachField = "reach";

    /// <summary>The dimensions and items that a kind of survey asks for.</summary>
    public IEnumerable<Dimension> For(SurveyKind kind) =>
        Dimensions
            .Select(d => d with { Items = [.. d.Items.Where(Kinds[kind].Items.Contains)] })
            .Where(d => d.Items.Count > 0);

    /// <summary>What is known of an item.</summary>
    public ItemDetail DetailOf(string item) => Items?.GetValueOrDefault(item) ?? ItemDetail.Plain;

    /// <summary>The departments whose items a kind of survey asks, each once (C5.10).</summary>
    public IReadOnlyList<string> DepartmentsOf(SurveyKind kind) =>
        [
            .. Kinds[kind]
                .Items.Select(item => DetailOf(item).Department)
                .OfType<string>()
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>
    /// Checks what was filled in (C5.8.3). The overall evaluation is mandatory; items may be left out, but none may be
    /// unknown, twice on the form, or graded other than with the five grades.
    /// </summary>
    public Result<Answers> Check(SurveyKind kind, FilledForm filled)
    {
        if (TextFolding.IsBlank(filled.Overall))
        {
            return Wrong("overall-missing", Answers.OverallItem);
        }

        if (Spelling.FromKebab<Grade>(filled.Overall) is not { } overall)
        {
            return Wrong("unknown-grade", Answers.OverallItem);
        }

        var given = filled.Items ?? [];
        if (CheckItems(kind, given, isDraft: false) is { } wrong)
        {
            return wrong;
        }

        var graded = given
            .Where(item => item!.Grade is not null)
            .Select(item => new GradedAnswer(
                item!.Item!,
                Spelling.FromKebab<Grade>(item.Grade)!.Value,
                Text(item.Comment)
            ))
            .ToList();
        // What is asked only after a low grade does not count without it, whatever was filled in before.
        var items = graded.Where(answer => IsAsked(answer.Item, graded)).ToList();
        if ((CheckTexts(filled) ?? CheckCompetitor(filled, items) ?? CheckRequired(kind, items)) is { } unfit)
        {
            return unfit;
        }

        // A comment on an item without a grade would be lost with it: it goes to the suggestions.
        var loose = given
            .Where(item => item!.Grade is null && IsAsked(item.Item!, graded))
            .Select(item => Text(item!.Comment));
        var suggestions = string.Join('\n', loose.Prepend(Text(filled.Suggestions)).OfType<string>());
        return new Answers(overall, Text(filled.OverallComment), items, Text(suggestions), Text(filled.Respondent))
        {
            Competitor = Text(filled.Competitor),
            WantsAnswer = filled.WantsAnswer == true,
            // Without the wish for an answer nobody needs it.
            Reach = filled.WantsAnswer == true ? Text(filled.Reach) : null,
        };
    }

    /// <summary>Checks what was filled in so far: it need not be complete, but what is there has the lengths and items of
    /// the form.</summary>
    public Refusal? CheckDraft(SurveyKind kind, FilledForm filled) =>
        filled.Overall is not null && Spelling.FromKebab<Grade>(filled.Overall) is null
            ? Wrong("unknown-grade", Answers.OverallItem)
            : CheckItems(kind, filled.Items ?? [], isDraft: true) ?? CheckTexts(filled);

    /// <summary>The dimensions of which a kind of survey asks no item in every form; what stands in a branch is not always
    /// asked.</summary>
    public IEnumerable<string> DimensionsLackedBy(SurveyKind kind) =>
        EditionContent.Dimensions.Where(code =>
            !For(kind).Any(d => d.Code == code && d.Items.Any(item => DetailOf(item).Branch is null))
        );

    // The item that it follows stands before it, so this ends.
    private bool IsAsked(string item, List<GradedAnswer> graded) =>
        DetailOf(item).Branch is not { } branch
        || (
            graded.Exists(answer => answer.Item == branch.Item && answer.Grade <= branch.Through)
            && IsAsked(branch.Item, graded)
        );

    private Refusal? CheckTexts(FilledForm filled) =>
        TooLong(filled.OverallComment, Answers.OverallItem, LongestComment)
        ?? TooLong(filled.Suggestions, "suggestions", LongestSuggestions)
        ?? TooLong(filled.Respondent, "respondent", LongestName)
        ?? TooLong(filled.Competitor, CompetitorField, LongestName)
        ?? TooLong(filled.Reach, ReachField, LongestName);

    // A comparison says something only with the name of who was compared.
    private Refusal? CheckCompetitor(FilledForm filled, List<GradedAnswer> items) =>
        NamesCompetitor
        && TextFolding.IsBlank(filled.Competitor)
        && items.Exists(item => item.Item.StartsWith(Comparison + ".", StringComparison.Ordinal))
            ? Wrong("competitor-missing", CompetitorField)
            : null;

    private Refusal? CheckRequired(SurveyKind kind, List<GradedAnswer> items) =>
        Kinds[kind]
            .Items.FirstOrDefault(item =>
                DetailOf(item).Required && items.TrueForAll(answer => answer.Item != item) && IsAsked(item, items)
            )
            is { } missing
            ? Wrong("item-missing", missing)
            : null;

    private Refusal? CheckItems(SurveyKind kind, IReadOnlyList<FilledItem?> items, bool isDraft)
    {
        var before = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item?.Item is not { } code || !Kinds[kind].Items.Contains(code))
            {
                return Wrong("unknown-item", item?.Item is { Length: <= LongestName } odd ? odd : "");
            }

            // A comment alone is no grade, but it is something.
            var mayLack = item.Grade is null && (isDraft || !TextFolding.IsBlank(item.Comment));
            var wrong =
                !before.Add(code) ? Wrong("duplicate-item", code)
                : !mayLack && Spelling.FromKebab<Grade>(item.Grade) is null ? Wrong("unknown-grade", code)
                : TooLong(item.Comment, code, LongestComment);
            if (wrong is not null)
            {
                return wrong;
            }
        }

        return null;
    }

    private static string? Text(string? text) =>
        TextFolding.IsBlank(text) ? null : TextFolding.Trim(WithLineFeeds(text!));

    private Refusal? TooLong(string? text, string item, int limit) =>
        text is not null && WithLineFeeds(text).Length > limit
            ? Wrong("text-too-long", item).With("limit", limit)
            : null;

    // A browser counts a line break as one character and sends it as two.
    private static string WithLineFeeds(string text) => text.ReplaceLineEndings("\n");

    // The item's words stand beside its code, because items that the company added are in no resources.
    private Refusal Wrong(string code, string item)
    {
        var names = ItemNames.OfField(this, item);
        return Refusal
            .Invalid(code, "C5.8.3", item.Length > 0 ? [item] : [])
            .With("item", item)
            .With("itemName", new WordedCode(item, names.En, names.ZhHant, names.ZhHans));
    }
}

/// <summary>A dimension of the form: A performance, features, main indicators … F other suggestions or
/// needs.</summary>
/// <param name="Code">A to F.</param>
/// <param name="Items">Codes of its items, which begin with the letter of the dimension.</param>
internal sealed record Dimension(string Code, IReadOnlyList<string> Items);

/// <summary>What one kind of survey asks.</summary>
/// <param name="Items">Items that are asked.</param>
/// <param name="Department">Department that the form judges where the sender names none; null where it judges none
/// in particular.</param>
internal sealed record Template(IReadOnlyList<string> Items, string? Department = null);

/// <summary>What a version says of an item besides its code.</summary>
/// <param name="Names">Its words; null for items that come with the service, whose words are in its
/// resources.</param>
/// <param name="Department">Department that it judges (C5.10).</param>
/// <param name="Weight">Its weight within its dimension.</param>
/// <param name="Required">Whether it must be graded; the overall evaluation always must.</param>
/// <param name="Branch">Asked only after another item was graded so low; null always.</param>
internal sealed record ItemDetail(
    Words? Names = null,
    string? Department = null,
    int Weight = 1,
    bool Required = false,
    Branch? Branch = null
)
{
    public static ItemDetail Plain { get; } = new();
}

/// <summary>A text in the three languages.</summary>
internal sealed record Words(string En, string ZhHant, string ZhHans)
{
    public string In(string language) =>
        language switch
        {
            "zh-Hant" => ZhHant,
            "zh-Hans" => ZhHans,
            _ => En,
        };
}

/// <summary>An item is asked where another was graded so, or worse.</summary>
/// <param name="Item">The other item.</param>
/// <param name="Through">Best grade that still asks.</param>
internal sealed record Branch(string Item, [property: JsonRequired] Grade Through);
