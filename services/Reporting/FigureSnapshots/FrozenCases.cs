using CustomerService.Reporting.Figures;
using CustomerService.Reporting.FigureSnapshots.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.FigureSnapshots;

/// <summary>The cases of a figure as they are frozen.</summary>
internal static class FrozenCases
{
    /// <summary>How many at most; a figure with more is frozen in parts.</summary>
    public const int Most = 20_000;

    /// <summary>One more than may be, where there are too many.</summary>
    public static Task<List<FrozenCase>> ReadAsync(
        FigureReader reader,
        Figure figure,
        FigureFilter filter,
        CancellationToken cancellation
    ) =>
        reader
            .Cases(figure, filter)
            .OrderBy(c => c.CaseId)
            .ThenBy(c => c.Line)
            .Take(Most + 1)
            .Select(c => new FrozenCase(c.CaseId, c.Line, c.Kind, c.Number, c.Day, c.Value))
            .ToListAsync(cancellation);
}
