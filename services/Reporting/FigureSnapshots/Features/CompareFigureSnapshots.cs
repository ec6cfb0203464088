using CustomerService.Reporting.Data;
using CustomerService.Reporting.Figures;
using CustomerService.Reporting.FigureSnapshots.Domain;
using CustomerService.Reporting.Reports;
using CustomerService.Reporting.Views;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.FigureSnapshots.Features;

/// <summary>What has changed between two counts of a figure, and why.</summary>
internal static class CompareFigureSnapshots
{
    private const int MostListed = 1000;

    internal sealed record Query
    {
        /// <summary>Another frozen figure; without it the figure as it is now.</summary>
        public Guid? With { get; init; }
    }

    /// <param name="Event">What came in between the two.</param>
    /// <param name="OccurredAt">When it happened, UTC.</param>
    internal sealed record Reason(string Event, DateTimeOffset OccurredAt);

    internal sealed record Change
    {
        public required Guid CaseId { get; init; }

        /// <summary>Tells several rows of one record apart; mostly empty.</summary>
        public required string Line { get; init; }

        /// <summary>What the case is.</summary>
        public required string Kind { get; init; }

        public string? Number { get; init; }

        /// <summary><c>added</c>, <c>removed</c>, <c>changed</c>.</summary>
        public required string How { get; init; }

        public DateOnly? DayBefore { get; init; }

        public DateOnly? DayAfter { get; init; }

        public decimal? ValueBefore { get; init; }

        public decimal? ValueAfter { get; init; }

        /// <summary>What happened to it meanwhile; nothing where only time went by.</summary>
        public required IReadOnlyList<Reason> Because { get; init; }
    }

    internal sealed record ChangesView
    {
        /// <summary>The frozen figure.</summary>
        public required Guid Id { get; init; }

        /// <summary>The other one; null for the present.</summary>
        public Guid? With { get; init; }

        public required string HashBefore { get; init; }

        public required string HashAfter { get; init; }

        public decimal? ValueBefore { get; init; }

        public decimal? ValueAfter { get; init; }

        public required int CasesBefore { get; init; }

        public required int CasesAfter { get; init; }

        /// <summary>How many cases differ.</summary>
        public required int Differences { get; init; }

        /// <summary>The first 1,000 of them.</summary>
        public required IReadOnlyList<Change> Changes { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/figure-snapshots/{id:guid}/changes", Handle)
            .AddEndpointFilter(Freshness.WriteAsync)
            .AsQuery()
            .WithName("CompareFigureSnapshots")
            .WithSummary("What has changed since a figure was frozen, or between two, and why")
            .WithDescription(
                "Rule C5.7; staff. `with` names another snapshot of the same figure, days and filters. 400 `bad-filter`."
            )
            .Produces<ChangesView>();

    private static async Task<QueryResult> Handle(
        Guid id,
        [AsParameters] Query query,
        ReportingDb db,
        FigureReader reader,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var before = await db.FigureSnapshots.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancellation);
        if (before is null || FigureCatalogue.Find(before.Figure.Figure) is not { } figure)
        {
            return QueryResult.NotFound;
        }

        var (now, until) = ((IReadOnlyList<FrozenCase>)[], time.GetUtcNow());
        if (query.With is { } otherId)
        {
            var other = await db.FigureSnapshots.AsNoTracking().FirstOrDefaultAsync(s => s.Id == otherId, cancellation);
            if (other is null || !before.AsksTheSameAs(other))
            {
                return PageQuery.BadFilter("with", "a snapshot of the same figure, days and filters");
            }

            (now, until) = (other.Cases, other.FrozenAt);
        }
        else
        {
            var period = new Period(before.Figure.From, before.Figure.To);
            now = await FrozenCases.ReadAsync(reader, figure, new(period, before.Figure.Filters), cancellation);
        }

        var differences = before.Differences(now);
        var listed = differences.Take(MostListed).ToList();
        var ids = listed.Select(d => d.Case.CaseId).Distinct().ToList();
        var (from, to) = (
            before.FrozenAt < until ? before.FrozenAt : until,
            before.FrozenAt < until ? until : before.FrozenAt
        );
        var events = await db
            .Archive.AsNoTracking()
            .Where(e => e.ArchivedAt >= from && e.ArchivedAt <= to && ids.Contains(e.SubjectId))
            .OrderBy(e => e.Sequence)
            .Select(e => new Told(e.SubjectId, e.Name, e.OccurredAt))
            .ToListAsync(cancellation);
        var findings = listed.Where(d => d.Case.Kind == "finding").Select(d => d.Case.CaseId).Distinct().ToList();
        if (findings.Count > 0)
        {
            events.AddRange(await OfFindingsAsync(db, findings, from, to, cancellation));
        }

        var reasons = events.ToLookup(e => e.CaseId, e => new Reason(e.Event, e.OccurredAt));
        return QueryResult.Of(
            new ChangesView
            {
                Id = before.Id,
                With = query.With,
                HashBefore = before.Hash,
                HashAfter = FigureSnapshot.HashOf(before.Figure, now),
                ValueBefore = figure.ValueOf(before.Count, before.Total),
                ValueAfter = figure.ValueOf(now.Count, now.Sum(one => one.Value)),
                CasesBefore = before.Count,
                CasesAfter = now.Count,
                Differences = differences.Count,
                Changes = [.. listed.Select(d => ChangeOf(d, [.. reasons[d.Case.CaseId]]))],
            }
        );
    }

    /// <summary>An event of a case.</summary>
    private sealed record Told(Guid CaseId, string Event, DateTimeOffset OccurredAt);

    // Events of a finding are its revisit's, which name it, and those of the repair order that came from it.
    private static async Task<IReadOnlyList<Told>> OfFindingsAsync(
        ReportingDb db,
        IReadOnlyList<Guid> findings,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellation
    )
    {
        var revisits = await db
            .Revisits.AsNoTracking()
            .Where(revisit => revisit.Findings.Any(finding => findings.Contains(finding.FindingId)))
            .Select(revisit => revisit.Id)
            .ToListAsync(cancellation);
        var (ids, named) = (findings.ToArray(), revisits.ToArray());
        return await db
            .Database.SqlQuery<Told>(
                $"""
                SELECT t.case_id, e.name AS event, e.occurred_at
                FROM event_archive e
                CROSS JOIN LATERAL (
                    SELECT o.source_id AS case_id FROM fact_repair_order o
                    WHERE o.id = e.subject_id AND o.source_id = ANY ({ids})
                    UNION
                    SELECT f.id FROM unnest({ids}) AS f(id)
                    WHERE position(f.id::text IN lower(e.body::text)) > 0
                ) t
                WHERE e.archived_at >= {from} AND e.archived_at <= {to}
                  AND (
                      e.subject_id = ANY ({named})
                      OR e.subject_id IN (SELECT o.id FROM fact_repair_order o WHERE o.source_id = ANY ({ids}))
                  )
                ORDER BY e.sequence
                """
            )
            .ToListAsync(cancellation);
    }

    private static Change ChangeOf(CaseDifference difference, IReadOnlyList<Reason> because) =>
        new()
        {
            CaseId = difference.Case.CaseId,
            Line = difference.Case.Line,
            Kind = difference.Case.Kind,
            Number = difference.Case.Number,
            How =
                difference.Before is null ? "added"
                : difference.After is null ? "removed"
                : "changed",
            DayBefore = difference.Before?.Day,
            DayAfter = difference.After?.Day,
            ValueBefore = difference.Before?.Value,
            ValueAfter = difference.After?.Value,
            Because = because,
        };
}
