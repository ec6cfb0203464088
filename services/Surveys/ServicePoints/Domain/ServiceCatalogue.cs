using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerService.Rules;
using CustomerService.Surveys.Questionnaires.Domain;

namespace CustomerService.Surveys.ServicePoints.Domain;

/// <summary>An item of T1 to T3.</summary>
/// <param name="Code">Its code; the part before the dot is the element.</param>
/// <param name="Names">Its words, those of the text.</param>
/// <param name="Weight">Its weight in the score.</param>
/// <param name="MayBeAbsent">Whether a service point may have none.</param>
internal sealed record ServiceItem(string Code, Words Names, int Weight, bool MayBeAbsent = false);

/// <summary>A version of what service points are assessed by (T1 to T3).</summary>
/// <param name="Version">1, 2, 3 ….</param>
/// <param name="EffectiveFrom">First day on which assessments are planned by it.</param>
/// <param name="PassPercent">From so many percent on a point passes.</param>
/// <param name="Items">The items, in the order of the text.</param>
internal sealed record ServiceCatalogue(
    int Version,
    DateOnly EffectiveFrom,
    decimal PassPercent,
    IReadOnlyList<ServiceItem> Items
)
{
    /// <summary>Scores from 0 to this.</summary>
    public const int BestScore = 5;

    /// <summary>A score below this fails.</summary>
    public const int PassScore = 3;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    /// <summary>All versions, the oldest first; none is ever removed.</summary>
    public static IReadOnlyList<ServiceCatalogue> Versions { get; } = Load();

    public static ServiceCatalogue InForceOn(DateOnly day) =>
        Versions.LastOrDefault(v => v.EffectiveFrom <= day) ?? Versions[0];

    public static ServiceCatalogue ByVersion(int version) => Versions.Single(v => v.Version == version);

    private static List<ServiceCatalogue> Load()
    {
        using var json = EmbeddedFile.Open(typeof(ServiceCatalogue).Assembly, "service-quality.json");
        return JsonSerializer.Deserialize<List<ServiceCatalogue>>(json, Options)!;
    }
}
