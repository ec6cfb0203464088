using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerService.Rules;

namespace CustomerService.Surveys.Questionnaires.Domain;

/// <summary>All versions of the questionnaire.</summary>
internal sealed class QuestionnaireCatalogue
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Converters =
        {
            new JsonStringEnumConverter<SurveyKind>(),
            new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
        },
    };

    private QuestionnaireCatalogue(IReadOnlyList<Questionnaire> versions) => Versions = versions;

    /// <summary>The versions that come with the service.</summary>
    public static QuestionnaireCatalogue BuiltIn { get; } =
        Load(EmbeddedFile.Open(typeof(QuestionnaireCatalogue).Assembly, "fm006.json"));

    /// <summary>All, the oldest first.</summary>
    public IReadOnlyList<Questionnaire> Versions { get; }

    /// <summary>The version that is sent on a day.</summary>
    public Questionnaire InForceOn(DateOnly day) => Versions.LastOrDefault(q => q.EffectiveFrom <= day) ?? Versions[0];

    /// <summary>The version that a form carries.</summary>
    public Questionnaire ByVersion(int number) =>
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
