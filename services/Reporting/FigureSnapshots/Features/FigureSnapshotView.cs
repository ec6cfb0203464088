using System.Text.Json.Serialization;
using CustomerService.Reporting.Figures;
using CustomerService.Reporting.FigureSnapshots.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.FigureSnapshots.Features;

/// <summary>A frozen figure.</summary>
internal sealed record FigureSnapshotView
{
    public required Guid Id { get; init; }

    /// <summary>Always null: frozen figures have no number.</summary>
    public string? Number { get; init; }

    public required FigureSnapshotState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>Code of the figure.</summary>
    public required string Figure { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Values by dimension.</summary>
    public required IReadOnlyDictionary<string, string> Filters { get; init; }

    /// <summary>How many cases.</summary>
    public required int Cases { get; init; }

    /// <summary>What their values add up to.</summary>
    public required decimal Total { get; init; }

    /// <summary>The figure; null where there was nothing to divide by.</summary>
    public decimal? Value { get; init; }

    /// <summary>SHA-256 over what was asked and all cases.</summary>
    public required string Hash { get; init; }

    /// <summary>When the last event happened that is in it, UTC.</summary>
    public required DateTimeOffset DataAsOf { get; init; }

    public required string FrozenBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset FrozenAt { get; init; }

    public static FigureSnapshotView Of(FigureSnapshot snapshot, Caller caller) =>
        new()
        {
            Id = snapshot.Id,
            State = snapshot.State,
            Version = snapshot.Version,
            Actions = snapshot.AllowedActions(caller.Context()),
            Figure = snapshot.Figure.Figure,
            From = snapshot.Figure.From,
            To = snapshot.Figure.To,
            Filters = snapshot.Figure.Filters,
            Cases = snapshot.Count,
            Total = snapshot.Total,
            Value = FigureCatalogue.Find(snapshot.Figure.Figure)?.ValueOf(snapshot.Count, snapshot.Total),
            Hash = snapshot.Hash,
            DataAsOf = snapshot.Figure.DataAsOf,
            FrozenBy = snapshot.FrozenBy,
            FrozenAt = snapshot.FrozenAt,
        };
}
