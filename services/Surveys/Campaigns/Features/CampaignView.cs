using System.Text.Json.Serialization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Questionnaires.Domain;

namespace CustomerService.Surveys.Campaigns.Features;

/// <summary>A campaign. For staff alone.</summary>
internal sealed record CampaignView
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required CampaignState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required string Title { get; init; }

    /// <summary>Population: <c>A</c> to <c>D</c>.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<SurveyKind>))]
    public required SurveyKind Kind { get; init; }

    /// <summary>Department that its forms judge, where there is one.</summary>
    public string? Department { get; init; }

    /// <summary>Model of the product that it is about.</summary>
    public string? Product { get; init; }

    /// <summary>Its links work to the end of this day.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>Whether nobody can tell who answered what.</summary>
    public required bool Anonymous { get; init; }

    /// <summary>Version of the questionnaire that it asks.</summary>
    public required int QuestionnaireVersion { get; init; }

    /// <summary>The link for everybody, while it runs.</summary>
    public string? OpenLink { get; init; }

    /// <summary>Batches of sheets so far.</summary>
    public required int Batches { get; init; }

    public required Stamp PlannedBy { get; init; }

    public static CampaignView From(Campaign c, Caller caller, LinkTokens tokens) =>
        new()
        {
            Id = c.Id,
            Number = c.Number,
            State = c.State,
            Version = c.Version,
            Actions = c.AllowedActions(caller.Context(c)),
            Title = c.Title,
            Kind = c.Survey,
            Department = c.Department,
            Product = c.Product,
            LastDay = c.LastDay,
            Anonymous = c.IsAnonymous,
            QuestionnaireVersion = c.QuestionnaireVersion,
            OpenLink = c.State == CampaignState.Running && c.OpenSeed is { } seed ? tokens.AddressOf(seed) : null,
            Batches = c.Batches,
            PlannedBy = c.PlannedBy,
        };
}
