using System.Text.Json.Serialization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Campaigns.Domain;

namespace CustomerService.Surveys.Campaigns.Features;

/// <summary>A batch of sheets. For staff alone.</summary>
internal sealed record SheetBatchView
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required SheetBatchState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required Guid CampaignId { get; init; }

    /// <summary>How many sheets.</summary>
    public required int Sheets { get; init; }

    /// <summary>How often it was printed.</summary>
    public required int Prints { get; init; }

    /// <summary>Language of the sheets.</summary>
    public required string Language { get; init; }

    public required Stamp PrintedBy { get; init; }

    /// <summary>How many of its codes are in which state; in a single batch, and not of an anonymous one.</summary>
    public IReadOnlyDictionary<string, int>? Codes { get; init; }

    public static SheetBatchView From(SheetBatch b, Caller caller, IReadOnlyDictionary<string, int>? codes) =>
        new()
        {
            Id = b.Id,
            Number = b.Number,
            State = b.State,
            Version = b.Version,
            Actions = b.AllowedActions(caller.Context(b)),
            CampaignId = b.CampaignId,
            Sheets = b.Sheets,
            Prints = b.Prints,
            Language = b.Language,
            PrintedBy = b.PrintedBy,
            Codes = codes,
        };
}
