using System.Text.Json.Serialization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.ServicePoints.Domain;

namespace CustomerService.Surveys.ServicePoints.Features;

/// <summary>A score of an item with its words.</summary>
/// <param name="Item">Its code.</param>
/// <param name="Text">Its words in the caller's language.</param>
/// <param name="Score">0 to 5; null where the point has no such thing.</param>
/// <param name="Failed">Whether it is to be corrected.</param>
/// <param name="Comment">What was seen.</param>
/// <param name="Photos">Files of the record that show it.</param>
internal sealed record ScoredItem(
    string Item,
    string Text,
    int? Score,
    bool Failed,
    string? Comment,
    IReadOnlyList<Guid> Photos
);

/// <summary>An assessment of a service point. For staff alone; of a mystery visit the site does not learn who
/// came.</summary>
internal sealed record AssessmentView
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required AssessmentState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required Guid PointId { get; init; }

    public required string PointName { get; init; }

    /// <summary>The planned round; null for a visit of its own.</summary>
    public string? Round { get; init; }

    public required bool Mystery { get; init; }

    /// <summary>Printed name of the assessor; null where the caller does not learn it.</summary>
    public string? Assessor { get; init; }

    /// <summary>Last day on which it is held.</summary>
    public required DateOnly DueOn { get; init; }

    public required int CatalogueVersion { get; init; }

    public DateOnly? HeldOn { get; init; }

    public required IReadOnlyList<ScoredItem> Scores { get; init; }

    /// <summary>Weighted score in percent of the best.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Whether that is enough.</summary>
    public bool? Passed { get; init; }

    public Signature? SignedByAssessor { get; init; }

    public Signature? SignedBySite { get; init; }

    public required IReadOnlyList<SiteCorrection> Corrections { get; init; }

    public static AssessmentView From(Assessment a, Caller caller) =>
        new()
        {
            Id = a.Id,
            Number = a.Number,
            State = a.State,
            Version = a.Version,
            Actions = a.AllowedActions(caller.Context(a)),
            PointId = a.PointId,
            PointName = a.PointName,
            Round = a.Round,
            Mystery = a.IsMystery,
            Assessor = AssessmentAccess.Knows(caller.Actor, a) ? a.Assessor.Name : null,
            DueOn = a.DueOn,
            CatalogueVersion = a.CatalogueVersion,
            HeldOn = a.HeldOn,
            Scores =
            [
                .. a.Scores.Select(s => new ScoredItem(
                    s.Item,
                    a.Catalogue.Items.First(item => item.Code == s.Item)
                        .Names.In(System.Globalization.CultureInfo.CurrentUICulture.Name),
                    s.Score,
                    s.Failed,
                    s.Comment,
                    s.Photos
                )),
            ],
            Percent = a.Percent,
            Passed = a.Passed,
            SignedByAssessor = a.ByAssessor,
            SignedBySite = a.BySite,
            Corrections = a.Corrections,
        };
}
