using System.Text.Json.Serialization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Questionnaires.Domain;

namespace CustomerService.Surveys.Questionnaires.Features;

/// <summary>What a kind of survey asks.</summary>
/// <param name="Kind"><c>A</c> to <c>D</c>.</param>
/// <param name="Items">Codes of the items, in the order of the form.</param>
/// <param name="Department">Department that the form judges where the sender names none.</param>
internal sealed record KindContent(string Kind, IReadOnlyList<string> Items, string? Department = null);

/// <summary>A version of the questionnaire. For staff alone.</summary>
internal sealed record EditionView
{
    public required Guid Id { get; init; }

    /// <summary><c>v3</c>, once it is published.</summary>
    public string? Number { get; init; }

    public required EditionState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required string Title { get; init; }

    public required IReadOnlyList<EditionItem> Items { get; init; }

    public required IReadOnlyList<KindContent> Kinds { get; init; }

    /// <summary>Whether dimension D names who is compared.</summary>
    public required bool NamesCompetitor { get; init; }

    /// <summary>What keeps it from being published, such as <c>missing:A/F</c>.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>Version of the questionnaire, once it is published.</summary>
    public int? QuestionnaireVersion { get; init; }

    /// <summary>First day on which it is sent.</summary>
    public DateOnly? EffectiveFrom { get; init; }

    public required Stamp WrittenBy { get; init; }

    public Stamp? PublishedBy { get; init; }

    public static EditionView From(Edition e, Caller caller) =>
        new()
        {
            Id = e.Id,
            Number = e.Number,
            State = e.State,
            Version = e.Version,
            Actions = e.AllowedActions(caller.Context(e)),
            Title = e.Title,
            Items = e.Content.Items,
            Kinds = [.. e.Content.Kinds.Select(k => new KindContent(k.Kind.ToString(), k.Items, k.Department))],
            NamesCompetitor = e.Content.NamesCompetitor,
            Faults = e.Content.Faults(),
            QuestionnaireVersion = e.State == EditionState.Published ? e.QuestionnaireVersion : null,
            EffectiveFrom = e.EffectiveFrom,
            WrittenBy = e.WrittenBy,
            PublishedBy = e.PublishedBy,
        };
}
