using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerService.Rules;

namespace CustomerService.Surveys.Domain;

/// <summary>
/// One version of form FM006 顧客滿意度調查表 (C5.8.3): dimensions A to F with their finer items, and which of them are
/// asked in
/// which kind of survey. A form keeps the version that was sent out.
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
    private const int MaximumComment = 1000;
    private const int MaximumSuggestions = 4000;
    private const int MaximumName = 100;

    /// <summary>The dimensions and items that a kind of survey asks for.</summary>
    public IEnumerable<Dimension> For(SurveyKind kind) =>
        Dimensions
            .Select(d => d with { Items = [.. d.Items.Where(Kinds[kind].Items.Contains)] })
            .Where(d => d.Items.Count > 0);

    /// <summary>
    /// Checks what was filled in (C5.8.3). The overall evaluation is mandatory; items may be left out, but none
    /// may be unknown,
    /// doubled, or graded other than with the five grades.
    /// </summary>
    public (Answers? Answers, Refusal? Refusal) Read(SurveyKind kind, FilledForm filled)
    {
        if (string.IsNullOrWhiteSpace(filled.Overall))
        {
            return Wrong("overall-missing", Answers.OverallItem);
        }

        if (!TryGrade(filled.Overall, out var overall))
        {
            return Wrong("unknown-grade", Answers.OverallItem);
        }

        var known = Kinds[kind].Items;
        var items = new List<GradedAnswer>();
        foreach (var item in filled.Items ?? [])
        {
            if (item?.Item is null || !known.Contains(item.Item))
            {
                return Wrong("unknown-item", item?.Item ?? "");
            }

            if (items.Exists(i => i.Item == item.Item))
            {
                return Wrong("duplicate-item", item.Item);
            }

            if (!TryGrade(item.Grade, out var grade))
            {
                return Wrong("unknown-grade", item.Item);
            }

            if (item.Comment?.Length > MaximumComment)
            {
                return Wrong("text-too-long", item.Item, MaximumComment);
            }

            items.Add(new(item.Item, grade, Text(item.Comment)));
        }

        if (filled.OverallComment?.Length > MaximumComment)
        {
            return Wrong("text-too-long", Answers.OverallItem, MaximumComment);
        }

        if (filled.Suggestions?.Length > MaximumSuggestions)
        {
            return Wrong("text-too-long", "suggestions", MaximumSuggestions);
        }

        if (filled.Respondent?.Length > MaximumName)
        {
            return Wrong("text-too-long", "respondent", MaximumName);
        }

        return (
            new Answers(overall, Text(filled.OverallComment), items, Text(filled.Suggestions), Text(filled.Respondent)),
            null
        );
    }

    internal static bool TryGrade(string? code, out Grade grade)
    {
        grade = Enum.GetValues<Grade>().FirstOrDefault(g => SurveyForm.CodeOf(g) == code);
        return grade != default;
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static (Answers?, Refusal?) Wrong(string code, string item, int? limit = null)
    {
        var refusal = Refusal.Invalid(code, "C5.8.3", item.Length > 0 ? [item] : []).With("item", item);
        return (null, limit is null ? refusal : refusal.With("limit", limit));
    }
}

/// <summary>A dimension of the form: A performance, features, main indicators … F other suggestions or
/// needs.</summary>
/// <param name="Code">A to F.</param>
/// <param name="Items">Codes of its items, which begin with the letter of the dimension.</param>
internal sealed record Dimension(string Code, IReadOnlyList<string> Items);

/// <summary>What one kind of survey asks.</summary>
/// <param name="Items">Items that are asked.</param>
/// <param name="Department">Department that the form judges where nobody says otherwise; null where it judges
/// none in particular.</param>
internal sealed record Template(IReadOnlyList<string> Items, string? Department = null);

/// <summary>A form as it came in, not yet checked.</summary>
/// <param name="Overall">Overall evaluation: a grade; mandatory.</param>
/// <param name="OverallComment">Comment on it, at most 1000 characters.</param>
/// <param name="Items">Graded items; any may be left out.</param>
/// <param name="Suggestions">Other suggestions or needs, at most 4000 characters.</param>
/// <param name="Respondent">Name of the person who fills it in, at most 100 characters.</param>
internal sealed record FilledForm(
    string? Overall = null,
    string? OverallComment = null,
    IReadOnlyList<FilledItem?>? Items = null,
    string? Suggestions = null,
    string? Respondent = null
);

/// <summary>A graded item as it came in.</summary>
/// <param name="Item">Item code, for example <c>E.attitude</c>.</param>
/// <param name="Grade"><c>very-satisfied</c>, <c>satisfied</c>, <c>fairly-satisfied</c>,
/// <c>rather-dissatisfied</c> or <c>dissatisfied</c>.</param>
/// <param name="Comment">At most 1000 characters.</param>
internal sealed record FilledItem(string? Item = null, string? Grade = null, string? Comment = null);

/// <summary>All versions of the questionnaire.</summary>
internal sealed class QuestionnaireCatalogue
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
    };

    private QuestionnaireCatalogue(IReadOnlyList<Questionnaire> versions) => Versions = versions;

    /// <summary>The versions that come with the service.</summary>
    public static QuestionnaireCatalogue BuiltIn { get; } =
        Load(
            typeof(QuestionnaireCatalogue).Assembly.GetManifestResourceStream("fm006.json")
                ?? throw new InvalidOperationException("fm006.json is not in the assembly.")
        );

    /// <summary>All, the oldest first.</summary>
    public IReadOnlyList<Questionnaire> Versions { get; }

    /// <summary>The version that is sent on a day.</summary>
    public Questionnaire At(DateOnly day) => Versions.LastOrDefault(q => q.EffectiveFrom <= day) ?? Versions[0];

    /// <summary>The version that a form carries.</summary>
    public Questionnaire Version(int number) =>
        Versions.FirstOrDefault(q => q.Version == number)
        ?? throw new KeyNotFoundException(
            $"Version {number} of the questionnaire is not in the catalogue; versions are never removed."
        );

    /// <exception cref="JsonException">The file is no catalogue.</exception>
    /// <exception cref="InvalidDataException">A kind is missing, or asks for an item that no dimension
    /// has.</exception>
    internal static QuestionnaireCatalogue Load(Stream json)
    {
        using (json)
        {
            var versions = JsonSerializer.Deserialize<List<Questionnaire>>(json, Options)!;
            for (var i = 0; i < versions.Count; i++)
            {
                var questionnaire = versions[i];
                if (questionnaire.Version != i + 1)
                {
                    throw new InvalidDataException($"Questionnaires must be numbered 1, 2, 3 …; {i + 1} is missing.");
                }

                var items = questionnaire.Dimensions.SelectMany(d => d.Items).ToHashSet();
                foreach (var kind in Enum.GetValues<SurveyKind>())
                {
                    if (!questionnaire.Kinds.TryGetValue(kind, out var template))
                    {
                        throw new InvalidDataException(
                            $"Questionnaire {questionnaire.Version} says nothing of kind {kind}."
                        );
                    }

                    if (template.Items.FirstOrDefault(item => !items.Contains(item)) is { } unknown)
                    {
                        throw new InvalidDataException(
                            $"Questionnaire {questionnaire.Version}, kind {kind}: item {unknown} is in no dimension."
                        );
                    }
                }
            }

            return new(versions);
        }
    }
}
