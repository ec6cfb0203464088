using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerService.Rules;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Data;

/// <summary>Numbers without gaps, of a kind and year: a number is taken in the commit that uses it.</summary>
internal sealed class NumberSeries : Aggregate
{
    private NumberSeries() { }

    public override string Kind => "number-series";

    public string Name { get; private set; } = "";

    public int Last { get; private set; }

    public static DocumentType<NumberSeries> Type { get; } =
        DocumentType.Of<NumberSeries>("number-series", "number_series");

    /// <summary>The next number of a series. Two commits that take the same one meet, and the second is tried
    /// again.</summary>
    public static async Task<int> NextAsync(
        IDocumentStore store,
        CommandContext context,
        string name,
        int begin,
        CancellationToken cancellation
    )
    {
        // The identity is the name: two that begin a series meet, too.
        var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
        var series = await store.FindAsync(DocumentQuery<NumberSeries>.All.Where(s => s.Id, id), cancellation);
        if (series is null)
        {
            series = new NumberSeries
            {
                Id = id,
                Name = name,
                Last = begin,
            };
            store.Add(series);
        }

        series.Last++;
        series.Record(context, "take", null, "open", series.Last.ToString(CultureInfo.InvariantCulture));
        return series.Last;
    }

    /// <summary>A number such as <c>LL-2026-000012</c>.</summary>
    public static async Task<string> NextAsync(
        IDocumentStore store,
        CommandContext context,
        string prefix,
        CancellationToken cancellation
    )
    {
        var year = context.Today.Year;
        var next = await NextAsync(store, context, $"{prefix}-{year}", 0, cancellation);
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}-{year}-{next:D6}");
    }
}
