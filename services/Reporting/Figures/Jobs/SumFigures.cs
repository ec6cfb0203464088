using CustomerService.Reporting.Data;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerService.Reporting.Figures.Jobs;

/// <summary>
/// Makes the sums of months that have changed and are quiet again. Any number of replicas may run it; one at a time works.
/// </summary>
internal sealed class SumFigures(
    IServiceScopeFactory scopes,
    FigureSumOptions options,
    TimeProvider time,
    ILogger<SumFigures> log
) : PeriodicJob(options.Every, time, log)
{
    protected override Task RunOnceAsync(CancellationToken stoppingToken) => SumAsync(stoppingToken);

    /// <summary>Makes all sums that are due.</summary>
    internal async Task SumAsync(CancellationToken cancellation)
    {
        await WithLockAsync(db => ForgetAsync(db, cancellation), cancellation);
        foreach (var figure in FigureCatalogue.All.Where(FigureSums.Keeps))
        {
            await WithLockAsync(db => SumAsync(db, figure, cancellation), cancellation);
        }
    }

    private async Task WithLockAsync(Func<ReportingDb, Task> workAsync, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReportingDb>();
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        await db.LockAsync(FigureSums.Makers, cancellation);
        await workAsync(db);
        await db.Database.CommitTransactionAsync(cancellation);
    }

    /// <summary>Changes by transactions that all have ended turn into months that are to be summed: every sum made from now
    /// on has them.</summary>
    private static Task ForgetAsync(ReportingDb db, CancellationToken cancellation)
    {
        var kept = FigureCatalogue
            .All.Where(FigureSums.Keeps)
            .SelectMany(figure => FigureSums.TablesOf(figure, db).Select(table => (figure.Code, table)))
            .ToList();
        return db.Database.ExecuteSqlRawAsync(
            """
            WITH ended AS (
                DELETE FROM changed_facts WHERE changed_in < pg_snapshot_xmin(pg_current_snapshot()) RETURNING fact, month
            )
            INSERT INTO figure_months (figure, month, changed_at)
            SELECT DISTINCT k.figure, e.month, now() FROM ended e JOIN unnest(@figures, @facts) AS k(figure, fact) ON k.fact = e.fact
            ON CONFLICT (figure, month) DO UPDATE SET summed_in = NULL, changed_at = excluded.changed_at
            """,
            [
                new NpgsqlParameter("figures", kept.Select(one => one.Code).ToArray()),
                new NpgsqlParameter("facts", kept.Select(one => one.table).ToArray()),
            ],
            cancellation
        );
    }

    private async Task SumAsync(ReportingDb db, Figure figure, CancellationToken cancellation)
    {
        var months = await db
            .Database.SqlQueryRaw<DateOnly>(
                """
                SELECT month AS "Value" FROM figure_months
                WHERE figure = @figure AND changed_at <= now() - @quiet
                  AND (summed_in IS NULL OR (@changes AND summed_on <> bi.today()))
                """,
                new NpgsqlParameter("figure", figure.Code),
                new NpgsqlParameter("quiet", options.After),
                new NpgsqlParameter("changes", FigureSums.ChangesWithTheDay(figure))
            )
            .ToArrayAsync(cancellation);
        if (months.Length == 0)
        {
            return;
        }

        // A snapshot from before the sums: they have at least what it has.
        var snapshot = (
            await db
                .Database.SqlQueryRaw<string>("SELECT pg_current_snapshot()::text AS \"Value\"")
                .ToListAsync(cancellation)
        ).Single();
        object[] given =
        [
            new NpgsqlParameter("figure", figure.Code),
            new NpgsqlParameter("months", months),
            new NpgsqlParameter("snapshot", snapshot),
            new NpgsqlParameter("from", months.Min()),
            new NpgsqlParameter("end", months.Max().AddMonths(1)),
        ];
        await db.Database.ExecuteSqlRawAsync(
            "DELETE FROM figure_sums WHERE figure = @figure AND month = ANY (@months)",
            given[..2],
            cancellation
        );
        await db.Database.ExecuteSqlRawAsync(
            FigureView.Summed(figure, FigureSums.GroupingsOf(figure)),
            [given[0], given[1], given[3], given[4]],
            cancellation
        );
        await db.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO figure_sums (figure, month, by, first, second, cases, total)
            SELECT @figure, m, '', '', '', 0, 0 FROM unnest(@months) AS m ON CONFLICT DO NOTHING
            """,
            given[..2],
            cancellation
        );
        await db.Database.ExecuteSqlRawAsync(
            """
            UPDATE figure_months SET summed_in = @snapshot, summed_on = bi.today()
            WHERE figure = @figure AND month = ANY (@months)
            """,
            given[..3],
            cancellation
        );
    }
}
