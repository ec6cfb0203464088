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
internal sealed record Questionnaire(
    int Version,
    DateOnly EffectiveFrom,
    string Form,
    IReadOnlyList<Dimension> Dimensions,
    IReadOnlyDictionary<SurveyKind, Template> Kinds
)
{
    public const int LongestComment = 1000;
    public const int LongestSuggestions = 4000;
    public const int LongestName = 100;

    /// <summary>The dimensions and items that a kind of survey asks for.</summary>
    public IEnumerable<Dimension> For(SurveyKind kind) =>
        Dimensions
            .Select(d => d with { Items = [.. d.Items.Where(Kinds[kind].Items.Contains)] })
            .Where(d => d.Items.Count > 0);

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

        var items = new List<GradedAnswer>();
        foreach (var item in filled.Items ?? [])
        {
            if (CheckItem(kind, item, items) is { } wrong)
            {
                return wrong;
            }

            items.Add(new(item!.Item!, Spelling.FromKebab<Grade>(item.Grade)!.Value, Text(item.Comment)));
        }

        if (
            (
                TooLong(filled.OverallComment, Answers.OverallItem, LongestComment)
                ?? TooLong(filled.Suggestions, "suggestions", LongestSuggestions)
                ?? TooLong(filled.Respondent, "respondent", LongestName)
            ) is
            { } tooLong
        )
        {
            return tooLong;
        }

        return new Answers(
            overall,
            Text(filled.OverallComment),
            items,
            Text(filled.Suggestions),
            Text(filled.Respondent)
        );
    }

    private Refusal? CheckItem(SurveyKind kind, FilledItem? item, List<GradedAnswer> before)
    {
        if (item?.Item is not { } code || !Kinds[kind].Items.Contains(code))
        {
            return Wrong("unknown-item", item?.Item ?? "");
        }

        return before.Exists(i => i.Item == code) ? Wrong("duplicate-item", code)
            : Spelling.FromKebab<Grade>(item.Grade) is null ? Wrong("unknown-grade", code)
            : TooLong(item.Comment, code, LongestComment);
    }

    private static string? Text(string? text) => TextFolding.IsBlank(text) ? null : TextFolding.Trim(text!);

    private static Refusal? TooLong(string? text, string item, int limit) =>
        text?.Length > limit ? Wrong("text-too-long", item).With("limit", limit) : null;

    private static Refusal Wrong(string code, string item) =>
        Refusal.Invalid(code, "C5.8.3", item.Length > 0 ? [item] : []).With("item", item);
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
