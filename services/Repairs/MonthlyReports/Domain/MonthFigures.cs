using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerService.Rules;

namespace CustomerService.Repairs.MonthlyReports.Domain;

/// <summary>By what repaired machines are counted (C3.1.3).</summary>
internal enum MonthDimension
{
    Product,
    Model,
    Fault,
    Warranty,
    Result,
    Turnaround,
}

/// <summary>A count of a month.</summary>
/// <param name="Quantity">How many machines.</param>
/// <param name="MeanDays">Mean turnaround, from the intake to the passed inspection, or to the end of what was not
/// repaired; to a tenth of a day.</param>
/// <param name="MedianDays">Its median.</param>
internal sealed record MonthCount(string Key, int Quantity, double? MeanDays, double? MedianDays);

/// <summary>All counts of one kind, the largest first.</summary>
internal sealed record MonthBreakdown(MonthDimension Dimension, IReadOnlyList<MonthCount> Counts);

/// <summary>What was charged in the month (FM002).</summary>
internal sealed record MonthCharge(string Currency, decimal Amount, int Forms);

/// <summary>The figures of a month as they were frozen (C3.1.3). A machine counts in the month in which the quality
/// department passed it, or in which it ended otherwise.</summary>
/// <param name="Received">Machines that came in.</param>
/// <param name="Settled">Machines that are counted.</param>
/// <param name="Open">Machines that were still under repair at the end of the month.</param>
/// <param name="NinetiethDays">Nine of ten were settled within so many days.</param>
internal sealed record MonthFigures(
    int Year,
    int Month,
    int Received,
    int Settled,
    int Open,
    double? MeanDays,
    double? MedianDays,
    double? NinetiethDays,
    IReadOnlyList<MonthCharge> Charged,
    IReadOnlyList<MonthBreakdown> Breakdowns
)
{
    /// <summary>What a machine counts under where nobody said it.</summary>
    public const string Unknown = "unknown";

    private static readonly JsonSerializerOptions Canonical = new(JsonSerializerDefaults.Web);

    /// <summary>For example <c>2026-10</c>.</summary>
    public string Name => NameOf(Year, Month);

    public DateOnly From => new(Year, Month, 1);

    public static string NameOf(int year, int month) => FormattableString.Invariant($"{year:0000}-{month:00}");

    /// <summary>SHA-256 over the figures: two counts are the same where their hashes are.</summary>
    public string Hash() =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(Values(), Canonical)))
        );

    /// <summary>Each figure by its name, to see which ones differ from another count.</summary>
    public IEnumerable<KeyValuePair<string, string>> Values()
    {
        static string Text(IFormattable? value) =>
            value?.ToString(null, System.Globalization.CultureInfo.InvariantCulture) ?? "";
        yield return new("month", Name);
        yield return new("received", Text(Received));
        yield return new("settled", Text(Settled));
        yield return new("open", Text(Open));
        yield return new("mean-days", Text(MeanDays));
        yield return new("median-days", Text(MedianDays));
        yield return new("ninetieth-days", Text(NinetiethDays));
        foreach (var charge in Charged)
        {
            yield return new($"charged:{charge.Currency}", $"{Text(charge.Amount)} / {Text(charge.Forms)}");
        }

        foreach (var breakdown in Breakdowns)
        {
            foreach (var count in breakdown.Counts)
            {
                yield return new(
                    $"{breakdown.Dimension.ToKebab()}:{count.Key}",
                    $"{Text(count.Quantity)} / {Text(count.MeanDays)} / {Text(count.MedianDays)}"
                );
            }
        }
    }

    /// <summary>Figures that another count has otherwise.</summary>
    public IReadOnlyList<MonthDifference> Differences(MonthFigures now)
    {
        var (before, after) = (Values().ToDictionary(), now.Values().ToDictionary());
        return
        [
            .. before
                .Keys.Union(after.Keys)
                .Where(key => before.GetValueOrDefault(key) != after.GetValueOrDefault(key))
                .Select(key => new MonthDifference(key, before.GetValueOrDefault(key), after.GetValueOrDefault(key))),
        ];
    }
}

/// <summary>A figure that is not what it was.</summary>
internal sealed record MonthDifference(string Figure, string? Frozen, string? Now);
