using CustomerService.Reporting.Figures;

namespace CustomerService.Reporting.Reports;

/// <summary>The figures of a report: those of the catalogue, for its days and filters.</summary>
internal sealed class ReportFigures(FigureReader reader)
{
    /// <summary>A figure as a whole and in groups.</summary>
    /// <param name="code">The figure.</param>
    /// <param name="filter">Which cases.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <param name="by">One dimension each, or two with a comma between them.</param>
    public Task<FigureAnswer> ReadAsync(
        string code,
        FigureFilter filter,
        CancellationToken cancellation,
        params IReadOnlyList<string> by
    ) => reader.ReadAsync(FigureCatalogue.Find(code)!, filter, [.. by.Select(names => names.Split(','))], cancellation);

    /// <summary>How many cases a figure has.</summary>
    public async Task<int> CasesAsync(string code, FigureFilter filter, CancellationToken cancellation) =>
        (await ReadAsync(code, filter, cancellation)).Cases;

    /// <summary>What the values of its cases add up to.</summary>
    public async Task<int> SumAsync(string code, FigureFilter filter, CancellationToken cancellation) =>
        (int)(await ReadAsync(code, filter, cancellation)).Total;

    /// <summary>The figure itself; null where there is nothing to divide by.</summary>
    public async Task<decimal?> ValueAsync(string code, FigureFilter filter, CancellationToken cancellation) =>
        (await ReadAsync(code, filter, cancellation)).Value;
}
