using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerService.Rules;

namespace CustomerService.Reporting.FigureSnapshots.Domain;

/// <summary>A case as it stood when its figure was frozen.</summary>
internal sealed record FrozenCase(Guid CaseId, string Line, string Kind, string? Number, DateOnly Day, decimal Value)
{
    /// <summary>Whether both say the same of one case.</summary>
    public bool Is(FrozenCase other) => (Day, Value) == (other.Day, other.Value);
}

/// <summary>What was frozen.</summary>
/// <param name="Figure">Code of the figure.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Filters">Values by dimension.</param>
/// <param name="DataAsOf">When the last event happened that is in it, UTC.</param>
internal sealed record FrozenFigure(
    string Figure,
    DateOnly From,
    DateOnly To,
    IReadOnlyDictionary<string, string> Filters,
    DateTimeOffset DataAsOf
);

/// <summary>How a case differs in two counts of a figure.</summary>
/// <param name="Before">As it stood; null where it did not count.</param>
/// <param name="After">As it stands; null where it counts no more.</param>
internal sealed record CaseDifference(FrozenCase? Before, FrozenCase? After)
{
    public FrozenCase Case => (After ?? Before)!;
}

/// <summary>A figure with its cases, kept as it was on a day (C5.7).</summary>
internal sealed class FigureSnapshot : Aggregate<FigureSnapshot, FigureSnapshotState, FigureSnapshotAction>
{
    protected override Flow<FigureSnapshot, FigureSnapshotState, FigureSnapshotAction> Table =>
        FigureSnapshotFlow.Table;

    public override string Kind => "figure-snapshot";

    public FrozenFigure Figure { get; private set; } = null!;

    /// <summary>Code of the figure.</summary>
    public string FigureCode { get; private set; } = "";

    public IReadOnlyList<FrozenCase> Cases { get; private set; } = [];

    public int Count { get; private set; }

    public decimal Total { get; private set; }

    /// <summary>SHA-256 over what was asked and all cases, hexadecimal.</summary>
    public string Hash { get; private set; } = "";

    public string FrozenBy { get; private set; } = "";

    public DateTimeOffset FrozenAt { get; private set; }

    /// <summary>Freezes the cases of a figure.</summary>
    public static Result<FigureSnapshot> Freeze(
        CommandContext context,
        FrozenFigure figure,
        IReadOnlyList<FrozenCase> cases
    )
    {
        ArgumentNullException.ThrowIfNull(context);
        var sorted = Sorted(cases);
        var snapshot = new FigureSnapshot
        {
            Id = Guid.CreateVersion7(context.Now),
            Figure = figure,
            FigureCode = figure.Figure,
            Cases = sorted,
            Count = sorted.Count,
            Total = sorted.Sum(one => one.Value),
            Hash = HashOf(figure, sorted),
            FrozenBy = context.Actor.Name,
            FrozenAt = context.Now,
        };
        return snapshot.Start(context, FigureSnapshotAction.Freeze, why: snapshot.Hash) is { } refusal
            ? refusal
            : snapshot;
    }

    /// <summary>The hash of a figure with these cases, whatever their order.</summary>
    public static string HashOf(FrozenFigure figure, IReadOnlyList<FrozenCase> cases)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{figure.Figure}|{figure.From:yyyy-MM-dd}|{figure.To:yyyy-MM-dd}\n");
        foreach (var (name, value) in figure.Filters.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}={value}\n");
        }

        foreach (var one in Sorted(cases))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{one.CaseId:N}|{one.Line}|{one.Day:yyyy-MM-dd}|{one.Value / 1.000000000000m}\n"
            );
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Whether both are of one figure, with the same days and filters.</summary>
    public bool AsksTheSameAs(FigureSnapshot other) =>
        (Figure.Figure, Figure.From, Figure.To) == (other.Figure.Figure, other.Figure.From, other.Figure.To)
        && Figure.Filters.Count == other.Figure.Filters.Count
        && Figure.Filters.All(f => other.Figure.Filters.GetValueOrDefault(f.Key) == f.Value);

    /// <summary>What is not the same in these cases as in those that were frozen.</summary>
    public IReadOnlyList<CaseDifference> Differences(IReadOnlyList<FrozenCase> now)
    {
        var before = Cases.ToDictionary(one => (one.CaseId, one.Line));
        var after = now.ToDictionary(one => (one.CaseId, one.Line));
        return
        [
            .. before
                .Keys.Union(after.Keys)
                .Select(key => new CaseDifference(before.GetValueOrDefault(key), after.GetValueOrDefault(key)))
                .Where(d => d.Before is null || d.After is null || !d.Before.Is(d.After))
                .OrderBy(d => d.Case.Day)
                .ThenBy(d => d.Case.CaseId)
                .ThenBy(d => d.Case.Line, StringComparer.Ordinal),
        ];
    }

    private static List<FrozenCase> Sorted(IEnumerable<FrozenCase> cases) =>
        [.. cases.OrderBy(one => one.CaseId).ThenBy(one => one.Line, StringComparer.Ordinal)];
}
