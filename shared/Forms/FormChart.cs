namespace CustomerService.Forms;

/// <summary>Bars of one year, one department …</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Values">One for each label of the chart.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<double> Values);

/// <summary>A chart of a form: bars side by side, with a line over them for what is cumulated (Pareto).</summary>
/// <param name="Labels">Below the bars.</param>
/// <param name="Series">The bars; a legend names them where there are several.</param>
/// <param name="Cumulated">In percent, on an axis of its own; null for none.</param>
/// <param name="CumulatedName">What that axis is called.</param>
public sealed record FormChart(
    IReadOnlyList<string> Labels,
    IReadOnlyList<ChartSeries> Series,
    IReadOnlyList<double>? Cumulated = null,
    string? CumulatedName = null
)
{
    /// <summary>Points that a chart has on paper.</summary>
    public const float Room = 150;
}
