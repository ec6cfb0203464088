namespace CustomerService.Reporting.Figures;

/// <summary>A figure, or a group of it.</summary>
/// <param name="Keys">Values of the dimensions that it is grouped by, in their order.</param>
/// <param name="Cases">How many cases.</param>
/// <param name="Total">What their values add up to.</param>
internal sealed record FigureTotals(IReadOnlyList<string> Keys, int Cases, decimal Total);

/// <summary>A figure as a whole and in the groups that were asked for.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="Groupings">By which dimensions: one or two each.</param>
internal sealed record FigureAnswer(Figure Figure, IReadOnlyList<IReadOnlyList<string>> Groupings)
{
    private readonly List<Dictionary<(string First, string Second), (int Cases, decimal Total)>> _groups =
    [
        .. Groupings.Select(_ => new Dictionary<(string First, string Second), (int Cases, decimal Total)>()),
    ];

    /// <summary>How many cases.</summary>
    public int Cases { get; private set; }

    /// <summary>What their values add up to.</summary>
    public decimal Total { get; private set; }

    /// <summary>The figure; null where there is nothing to divide by.</summary>
    public decimal? Value => Figure.ValueOf(Cases, Total);

    /// <summary>The figure as a whole.</summary>
    public FigureTotals Whole => new([], Cases, Total);

    /// <summary>The groups by one dimension or two, the largest first.</summary>
    public IReadOnlyList<FigureTotals> By(params IReadOnlyList<string> names)
    {
        var at = Groupings.ToList().FindIndex(by => by.SequenceEqual(names));
        return
        [
            .. _groups[at]
                .Select(g => new FigureTotals(
                    names.Count > 1 ? [Word(g.Key.First), Word(g.Key.Second)] : [Word(g.Key.First)],
                    g.Value.Cases,
                    g.Value.Total
                ))
                .OrderByDescending(g => Math.Abs(g.Total))
                .ThenByDescending(g => g.Cases)
                .ThenBy(g => string.Join('\n', g.Keys), StringComparer.Ordinal),
        ];
    }

    /// <summary>Adds cases to the whole.</summary>
    public void Add(int cases, decimal total) => (Cases, Total) = (Cases + cases, Total + total);

    /// <summary>Adds cases to a group of one of the groupings.</summary>
    public void Add(int grouping, string first, string second, int cases, decimal total)
    {
        var groups = _groups[grouping];
        var had = groups.GetValueOrDefault((first, second));
        groups[(first, second)] = (had.Cases + cases, had.Total + total);
    }

    /// <summary>Adds what is kept of a month.</summary>
    public void Add(FigureSum sum)
    {
        if (sum.By.Length == 0)
        {
            Add(sum.Cases, sum.Total);
        }

        var month = sum.Month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
        for (var i = 0; i < Groupings.Count; i++)
        {
            // A month without cases is no group.
            if (sum.Cases > 0 && FigureSums.SumOf(Groupings[i]) == sum.By)
            {
                var keys = Groupings[i]
                    .Select((name, place) => name == "month" ? month : KeyOf(sum, Groupings[i], place))
                    .ToList();
                Add(i, keys[0], keys.Count > 1 ? keys[1] : "", sum.Cases, sum.Total);
            }
        }
    }

    // The month is not among the keys of a sum.
    private static string KeyOf(FigureSum sum, IReadOnlyList<string> by, int place) =>
        by.Take(place).Count(name => name != "month") == 0 ? sum.First : sum.Second;

    private static string Word(string value) => value.Length == 0 ? FigureDimension.Unknown : value;
}
