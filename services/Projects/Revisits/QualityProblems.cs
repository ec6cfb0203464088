using CustomerService.Projects.Data;
using CustomerService.Projects.Revisits.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Revisits;

/// <summary>A quality problem that a revisit found, with what became of it (P3.3.2).</summary>
internal sealed record QualityProblem
{
    public required Guid FindingId { get; init; }

    public required Guid RevisitId { get; init; }

    public required Guid ProjectId { get; init; }

    public required string ProjectName { get; init; }

    public required string ContractNumber { get; init; }

    /// <summary>The day of the revisit.</summary>
    public required DateOnly FoundOn { get; init; }

    /// <summary>Part of Table 3.1.</summary>
    public required string Part { get; init; }

    public required string Location { get; init; }

    public required string Description { get; init; }

    public required FindingSeverity Severity { get; init; }

    /// <summary>The main cause; null while quality has not decided.</summary>
    public string? Cause { get; init; }

    public CauseCode? CauseCode { get; init; }

    /// <summary>Who answers for it; null while quality has not decided.</summary>
    public Liability? Liability { get; init; }

    /// <summary>Unit or department that it is assigned to.</summary>
    public string? ResponsibleUnit { get; init; }

    /// <summary>Number of the repair record; null where none is opened.</summary>
    public string? RepairRecord { get; init; }

    /// <summary>State of the repair; null where none is opened.</summary>
    public string? RepairState { get; init; }

    /// <summary>Whether the repair is finished.</summary>
    public required bool Repaired { get; init; }
}

/// <summary>By what the summary is narrowed.</summary>
internal sealed record QualityProblemFilter(
    DateOnly From,
    DateOnly To,
    Guid? ProjectId,
    string? Part,
    IReadOnlyList<CauseCode>? Causes,
    IReadOnlyList<Liability>? Liabilities
);

/// <summary>回訪工程質量問題匯總 (P3.3.2).</summary>
internal static class QualityProblems
{
    // A year of a large company; who asks for more asks by project or shorter.
    private const int Most = 10_000;

    /// <summary>The problems that revisits of the period found, by project, then by day.</summary>
    public static async Task<IReadOnlyList<QualityProblem>> QualityProblemsAsync(
        this ProjectsDb db,
        QualityProblemFilter filter,
        CancellationToken cancellation
    )
    {
        var (from, to) = (filter.From, filter.To);
        var project = filter.ProjectId;
        var held = await db
            .Revisits.AsNoTracking()
            .Where(r => r.HeldOn >= from && r.HeldOn <= to && (project == null || r.ProjectId == project))
            .Join(
                db.Projects,
                r => r.ProjectId,
                p => p.Id,
                (r, p) =>
                    new
                    {
                        Revisit = r,
                        p.Name,
                        p.ContractNumber,
                    }
            )
            .OrderBy(row => row.Name)
            .ThenBy(row => row.Revisit.HeldOn)
            .ThenBy(row => row.Revisit.Id)
            .Take(Most)
            .ToListAsync(cancellation);
        var found = held.SelectMany(row => row.Revisit.Findings.Select(finding => (row, finding)))
            .Select(pair =>
                (
                    pair.row,
                    pair.finding,
                    decided: pair.row.Revisit.Assessment?.Findings.FirstOrDefault(d => d.FindingId == pair.finding.Id)
                )
            )
            .Where(p => filter.Part is null || p.finding.Part == filter.Part)
            .Where(p => filter.Causes is null || (p.decided is { } d && filter.Causes.Contains(d.CauseCode)))
            .Where(p => filter.Liabilities is null || (p.decided is { } d && filter.Liabilities.Contains(d.Liability)))
            .ToList();
        var ids = found.Select(p => (Guid?)p.finding.Id).ToList();
        var repairs = await db
            .LinkedCases.AsNoTracking()
            .Where(c => c.Kind == LinkedCase.RepairOrder && ids.Contains(c.SourceId))
            .ToListAsync(cancellation);
        var repairOf = repairs.GroupBy(c => c.SourceId!.Value).ToDictionary(g => g.Key, g => g.First());
        return
        [
            .. found.Select(p =>
            {
                var repair = repairOf.GetValueOrDefault(p.finding.Id);
                return new QualityProblem
                {
                    FindingId = p.finding.Id,
                    RevisitId = p.row.Revisit.Id,
                    ProjectId = p.row.Revisit.ProjectId,
                    ProjectName = p.row.Name,
                    ContractNumber = p.row.ContractNumber,
                    FoundOn = p.row.Revisit.HeldOn!.Value,
                    Part = p.finding.Part,
                    Location = p.finding.Location,
                    Description = p.finding.Description,
                    Severity = p.finding.Severity,
                    Cause = p.decided?.Cause,
                    CauseCode = p.decided?.CauseCode,
                    Liability = p.decided?.Liability,
                    ResponsibleUnit = p.decided?.ResponsibleUnit,
                    RepairRecord = repair?.Number,
                    RepairState = repair?.State,
                    Repaired = repair?.IsDone ?? false,
                };
            }),
        ];
    }
}
