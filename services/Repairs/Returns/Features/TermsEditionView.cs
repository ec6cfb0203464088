using System.Text.Json.Serialization;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Returns.Features;

/// <summary>An edition of the after-sales terms.</summary>
internal sealed record TermsEditionView
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required TermsEditionState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller can do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required string Title { get; init; }

    /// <summary>First day on which it holds.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>First day on which it does not hold any more.</summary>
    public DateOnly? WithdrawnFrom { get; init; }

    public required IReadOnlyList<TermsClause> Clauses { get; init; }

    public required string WrittenBy { get; init; }

    public string? PublishedBy { get; init; }

    public static TermsEditionView From(TermsEdition edition, Caller caller) =>
        new()
        {
            Id = edition.Id,
            Number = edition.Number,
            State = edition.State,
            Version = edition.Version,
            Actions = edition.AllowedActions(caller.Context()),
            Title = edition.Title,
            EffectiveFrom = edition.EffectiveFrom,
            WithdrawnFrom = edition.WithdrawnFrom,
            Clauses = edition.Clauses,
            WrittenBy = edition.WrittenBy.Name,
            PublishedBy = edition.PublishedBy?.Name,
        };
}
