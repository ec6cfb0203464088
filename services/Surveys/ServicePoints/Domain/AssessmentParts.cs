using CustomerService.Rules;

namespace CustomerService.Surveys.ServicePoints.Domain;

/// <summary>A score of an item.</summary>
/// <param name="Item">Its code.</param>
/// <param name="Score">0 to 5; null where the point has no such thing.</param>
/// <param name="Comment">What was seen.</param>
/// <param name="Photos">Files of the record that show it; a failed item has one at least.</param>
internal sealed record ItemScore(string Item, int? Score, string? Comment, IReadOnlyList<Guid> Photos)
{
    public bool Failed => Score < ServiceCatalogue.PassScore;
}

/// <summary>The scores of an assessment.</summary>
/// <param name="Items">Each item once.</param>
/// <param name="Pictures">Those of the photos named that are pictures of this assessment.</param>
internal sealed record Scoring(IReadOnlyList<ItemScore> Items, IReadOnlySet<Guid> Pictures);

/// <summary>What is done about a failed item, or the lowest of a point that did not pass.</summary>
/// <param name="Item">Its code.</param>
/// <param name="DueOn">Last day.</param>
/// <param name="Done">What was done.</param>
/// <param name="DoneBy">By whom.</param>
/// <param name="VerifiedBy">Who saw that it works.</param>
internal sealed record SiteCorrection(
    string Item,
    DateOnly DueOn,
    string? Done = null,
    Stamp? DoneBy = null,
    Stamp? VerifiedBy = null
);

/// <summary>Who assesses.</summary>
/// <param name="Id">Account.</param>
/// <param name="Name">Printed name.</param>
internal sealed record Assessor(string Id, string Name);
