using CustomerService.Surveys.Questionnaires.Domain;

namespace CustomerService.Surveys.Campaigns.Domain;

/// <summary>What a campaign is about.</summary>
internal sealed record CampaignPlan
{
    public required string Title { get; init; }

    /// <summary>Population of C5.8.2.</summary>
    public required SurveyKind Survey { get; init; }

    /// <summary>Department that its forms judge (C5.10); null counts for each whose items are asked.</summary>
    public string? Department { get; init; }

    /// <summary>Model of the product that it is about.</summary>
    public string? Product { get; init; }

    /// <summary>Its links work to the end of this day.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>Nobody can tell who answered what.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>Whether it has a link for everybody.</summary>
    public bool IsOpen { get; init; }
}
