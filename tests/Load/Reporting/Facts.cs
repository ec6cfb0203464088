using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerService.Contracts;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Load.Projects;
using CustomerService.Messaging;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.Reporting.Figures;
using CustomerService.Reporting.Tests;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Load.Reporting;

/// <summary>
/// The reports and figures of the program Reporting with 1 000 000 facts, against the same with 10 000; the last page of
/// 1 000 000 rows against the first; and how fast facts are made from nothing. <c>REPORTING_FACTS</c> and
/// <c>REPORTING_EVENTS</c> set other numbers.
/// </summary>
internal static class Facts
{
    private const string Program = "CustomerService.Reporting";
    private const int Few = 10_000;
    private const int Rounds = 60;
    private const double Ratio = 3;
    private const double Milliseconds = 200;
    private const double PageRatio = 1.5;
    private const double RebuiltASecond = 3_000;

    // The two years before this one.
    private static readonly int FirstYear = TimeProvider.System.GetUtcNow().Year - 2;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Place place)
    {
        var rows = new List<Row> { await RebuiltAsync(place, Number("REPORTING_EVENTS", 200_000)) };
        Row.Print(rows);
        await using var issuer = await TestIssuer.StartAsync();
        rows.Add(await Visible.MeasureAsync(place, issuer));
        Row.Print(rows);
        var small = await FilledAsync(place, "facts_small", 1);
        var began = Stopwatch.GetTimestamp();
        var large = await FilledAsync(place, "facts_large", Number("REPORTING_FACTS", 1_000_000) / Few);
        Console.WriteLine(
            FormattableString.Invariant($"reporting   filled in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s")
        );
        await using var one = await StartAsync(place, issuer, "facts_small", small);
        await using var other = await StartAsync(place, issuer, "facts_large", large);
        using var first = one.Client(issuer, Roles.BiReader);
        using var second = other.Client(issuer, Roles.BiReader);
        foreach (var (name, path) in Questions())
        {
            rows.AddRange(await CompareAsync(name, path, first, second));
        }

        rows.Add(await PagesAsync(second, large));
        return rows;
    }

    private static IEnumerable<(string Name, string Path)> Questions()
    {
        var year = FormattableString.Invariant($"from={FirstYear}-01-01&to={FirstYear}-12-31");
        yield return ("report of a month's repairs", $"/v1/reports/monthly-repairs?month={FirstYear}-05");
        yield return ("report of a year's complaints", $"/v1/reports/annual-complaints?year={FirstYear}");
        yield return ("report of satisfaction", $"/v1/reports/satisfaction?{year}");
        yield return ("report of revisits", $"/v1/reports/revisit-compliance?{year}");
        foreach (var figure in FigureCatalogue.All)
        {
            yield return (
                $"figure {figure.Code}, a month",
                FormattableString.Invariant(
                    $"/v1/figures/{figure.Code}?from={FirstYear}-05-01&to={FirstYear}-05-31&by={figure.Dimensions[0]}"
                )
            );
        }
    }

    private static async Task<IEnumerable<Row>> CompareAsync(
        string name,
        string path,
        HttpClient first,
        HttpClient second
    )
    {
        var took = await TwoSizes.AskAsync(5, Rounds, _ => AskAsync(first, path), _ => AskAsync(second, path));
        return
        [
            took.Compare(name, Ratio, FormattableString.Invariant($"the same with {Few:#,0} facts")),
            took.Whole(name, Milliseconds),
        ];
    }

    // Each next page is asked for as a tool does: by the address that the last one gave.
    private static async Task<Row> PagesAsync(HttpClient client, string database)
    {
        await using (var services = Services(database))
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<ReportingDb>();
            var have = await db.Complaints.CountAsync();
            await CopyAsync(database, db.Model.FindEntityType(typeof(ComplaintFact))!, (1_000_000 / have) + 1, "page");
            await Place.ExecuteAsync(database + ";Command Timeout=3600;Pooling=false", "VACUUM ANALYZE fact_complaint");
        }

        var times = new List<double>();
        var rows = 0;
        var next = "/v1/odata/complaints";
        while (next is not null)
        {
            var began = Stopwatch.GetTimestamp();
            var page = JsonNode.Parse(await client.GetStringAsync(new Uri(next, UriKind.RelativeOrAbsolute)))!;
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            rows += page["value"]!.AsArray().Count;
            next = page["@odata.nextLink"]?.ToString() is { } link
                ? "/v1/odata/" + link[link.IndexOf("complaints?", StringComparison.Ordinal)..]
                : null;
        }

        Console.WriteLine(FormattableString.Invariant($"reporting   {rows} rows pulled in {times.Count} pages"));
        // A single page is a lottery; the first one compiles.
        return Row.Of(
            FormattableString.Invariant($"pull of {rows:#,0} rows by OData, the last twenty pages"),
            "ms",
            [(Row.Median(times.Skip(5).Take(20)), Row.Median(times.SkipLast(1).TakeLast(20)))],
            PageRatio,
            true,
            "the first twenty pages"
        );
    }

    private static async Task<Row> RebuiltAsync(Place place, int events)
    {
        var database = await place.NewEmptyDatabaseAsync("facts_rebuilt");
        await ServiceProcess.MigrateAsync(database, Program);
        foreach (var (name, body) in Samples())
        {
            // Two events of each record, far apart.
            await Place.ExecuteAsync(
                database + ";Command Timeout=3600;Pooling=false",
                $"""
                INSERT INTO event_archive (message_id, name, subject_id, body, occurred_at, archived_at)
                SELECT gen_random_uuid(), '{name}', id, replace('{body}', '{Guid.Empty}', id::text)::jsonb, at, at
                FROM (
                    SELECT md5('{name.Split('.')[1]}' || n)::uuid AS id,
                        now() - interval '1 day' - n * interval '1 second' AS at
                    FROM generate_series(1, {events / Samples().Count}) AS n
                ) AS e
                """
            );
        }

        var lines = await ServiceProcess.CommandAsync(database, Program, "rebuild-facts");
        var done = lines
            .Select(line => Regex.Match(line, @"Done: (\d+) events in .* s, (\d+) a second"))
            .Single(match => match.Success);
        return Row.Of(
            $"facts made from nothing, {done.Groups[1].Value} events",
            "events/s",
            [(RebuiltASecond, double.Parse(done.Groups[2].Value, CultureInfo.InvariantCulture))],
            1,
            false,
            "3,000 a second"
        );
    }

    private static IReadOnlyList<(string Name, string Body)> Samples()
    {
        var at = new DateTimeOffset(FirstYear, 5, 4, 9, 0, 0, TimeSpan.FromHours(8));
        var day = new DateOnly(FirstYear, 5, 4);
        IIntegrationEvent[] samples =
        [
            new ComplaintRegistered(
                Guid.Empty,
                1,
                "TS-1",
                Guid.CreateVersion7(),
                "海河精密製造股份有限公司",
                "phone",
                null,
                "地下車庫頂板滲水",
                "minor",
                day,
                at,
                at
            ),
            new ComplaintClosed(Guid.Empty, 9, Guid.CreateVersion7(), day, day.AddDays(9), true),
            new RepairOrderOpened(
                Guid.Empty,
                1,
                "WX-1",
                Guid.CreateVersion7(),
                "濱江花園",
                Guid.CreateVersion7(),
                "roof",
                "minor",
                "notice",
                null,
                null,
                day,
                day
            ),
            new RepairCostChanged(
                Guid.Empty,
                5,
                "WX-1",
                Guid.CreateVersion7(),
                Guid.CreateVersion7(),
                "roof",
                Guid.CreateVersion7(),
                1550.00m
            ),
        ];
        return
        [
            .. samples.Select(e =>
                (EventNames.Of(e.GetType()), EventJson.Serialize(e).Replace("'", "''", StringComparison.Ordinal))
            ),
        ];
    }

    private static async Task<double> AskAsync(HttpClient client, string path)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        var body = await answer.Content.ReadAsStringAsync();
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return answer.IsSuccessStatusCode
            ? took
            : throw new InvalidOperationException(
                $"{path}: {(int)answer.StatusCode} {body[..Math.Min(300, body.Length)]}"
            );
    }

    private static async Task<ServiceProcess> StartAsync(Place place, TestIssuer issuer, string name, string database)
    {
        // Facts that nobody writes to any more: their sums need not wait until they are quiet.
        var service = await ServiceProcess.StartAsync(
            database,
            await place.NewVirtualHostAsync(name),
            issuer,
            program: Program,
            settings: ["--FigureSums:After=00:00:00", "--FigureSums:Every=00:00:01"]
        );
        await using var services = Services(database);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReportingDb>();
        await Patience.UntilAsync(async () =>
            !await db.Set<ChangedFact>().AnyAsync()
            && await db.Set<FigureMonth>().AnyAsync()
            && !await db.Set<FigureMonth>().AnyAsync(month => month.SummedIn == null)
        );
        return service;
    }

    /// <summary>Ten thousand facts of all kinds at random, and so many times as many with identities of their own.</summary>
    private static async Task<string> FilledAsync(Place place, string name, int times)
    {
        var database = await place.NewEmptyDatabaseAsync(name);
        await ServiceProcess.MigrateAsync(database, Program);
        await using var services = Services(database);
        IModel model;
        await using (var scope = services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<ReportingDb>();
            model = db.Model;
            var kinds = model.GetEntityTypes().Count(type => type.ClrType.IsAssignableTo(typeof(Fact)));
            FactsAtRandom.AddTo(db, new Random(7), FirstYear, 2, Few / kinds);
            await db.SaveChangesAsync();
        }

        foreach (
            var type in model
                .GetEntityTypes()
                .Where(type => IsFact(type.ClrType) || IsFact(type.FindOwnership()?.PrincipalEntityType.ClrType))
                .OrderBy(type => type.IsOwned())
        )
        {
            await CopyAsync(database, type, times, "copy");
        }

        await Place.ExecuteAsync(database + ";Command Timeout=3600;Pooling=false", "VACUUM ANALYZE");
        return database;

        static bool IsFact(Type? type) => type?.IsAssignableTo(typeof(Fact)) == true;
    }

    /// <summary>Copies the rows of a table; a row keeps to the copy of the fact that it is a part of.</summary>
    private static Task CopyAsync(string database, IEntityType type, int times, string salt)
    {
        var table = type.GetTableName()!;
        var own = type.FindPrimaryKey()!
            .Properties.Where(property => property.ClrType == typeof(Guid))
            .Select(Quoted)
            .ToHashSet();
        // Some names are words of SQL.
        var columns = type.GetProperties()
            .Where(property => property.GetColumnName() != "xmin")
            .Select(Quoted)
            .ToList();
        var values = columns.Select(column =>
            own.Contains(column) ? $"md5(o.{column}::text || '{salt}' || n)::uuid" : "o." + column
        );
        return times < 2
            ? Task.CompletedTask
            : Place.ExecuteAsync(
                database + ";Command Timeout=3600;Pooling=false",
                $"INSERT INTO {table} ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)}"
                    + $" FROM {table} AS o, generate_series(1, {times - 1}) AS n"
            );

        static string Quoted(IReadOnlyProperty property) => $"\"{property.GetColumnName()}\"";
    }

    private static ServiceProvider Services(string database) =>
        new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddDbContext<ReportingDb>(options => options.UseNpgsql(database).UseSnakeCaseNamingConvention())
            .BuildServiceProvider();

    private static int Number(string setting, int otherwise) =>
        Environment.GetEnvironmentVariable(setting) is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}
