using CustomerService.Reporting.Figures;

namespace CustomerService.Reporting.Reports;

/// <summary>The figures of a report: those of the catalogue, for its days and filters.</summary>
internal sealed class ReportFigures(FigureReader reader)
{
    /// <summary>A figure as a whole.</summary>
    public async Task<(int Cases, decimal Total, decimal? Value)> WholeAsync(
        string code,
        FigureFilter filter,
        CancellationToken cancellation
    )
    {
        var figure = FigureCatalogue.Find(code)!;
        var whole = await reader.TotalAsync(figure, filter, cancellation);
        return (whole.Cases, whole.Total, figure.ValueOf(whole.Cases, whole.Total));
    }

    /// <summary>How many cases a figure has.</summary>
    public async Task<int> CasesAsync(string code, FigureFilter filter, CancellationToken cancellation) =>
        (await WholeAsync(code, filter, cancellation)).Cases;

    /// <summary>What the values of its cases add up to.</summary>
    public async Task<int> SumAsync(string code, FigureFilter filter, CancellationToken cancellation) =>
        (int)(await WholeAsync(code, filter, cancellation)).Total;

    /// <summary>A figure in groups.</summary>
    public Task<IReadOnlyList<FigureTotals>> GroupsAsync(
        string code,
        FigureFilter filter,
        CancellationToken cancellation,
        params string[] by
    ) =>
        reader.GroupsAsync(
            FigureCatalogue.Find(code)!,
            filter,
            [.. by.Select(name => FigureDimension.Find(name)!)],
            cancellation
        );
}
