using System.Globalization;
using CustomerService.Messaging;
using CustomerService.Servers;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerService.Load;

/// <summary>A line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Unit">Unit of the two values.</param>
/// <param name="Baseline">Median of the baseline.</param>
/// <param name="Ours">Median of ours.</param>
/// <param name="Ratio">Median of the rounds' ratios, ours ÷ baseline.</param>
/// <param name="Limit">The limit of the ratio; null where the line is for information.</param>
/// <param name="AtMost">True when the ratio must not exceed the limit, false when it must reach it.</param>
/// <param name="Against">What the baseline does.</param>
internal sealed record Row(
    string What,
    string Unit,
    double Baseline,
    double Ours,
    double Ratio,
    double? Limit,
    bool AtMost,
    string Against
)
{
    public bool Met => Limit is not { } limit || (AtMost ? Ratio <= limit : Ratio >= limit);

    public static Row Of(
        string what,
        string unit,
        IReadOnlyList<(double Baseline, double Ours)> rounds,
        double? limit,
        bool atMost,
        string against
    ) =>
        new(
            what,
            unit,
            Median(rounds.Select(r => r.Baseline)),
            Median(rounds.Select(r => r.Ours)),
            Median(rounds.Select(r => r.Ours / r.Baseline)),
            limit,
            atMost,
            against
        );

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1
            ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    public static double Percentile(IReadOnlyCollection<double> values, double p)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(p * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    public static void Print(IEnumerable<Row> rows)
    {
        var lines = new List<string[]>
        {
            new[] { "measured", "unit", "baseline", "ours", "ratio", "limit", "", "baseline is" },
        };
        lines.AddRange(
            rows.Select(r =>
                new[]
                {
                    r.What,
                    r.Unit,
                    Number(r.Baseline),
                    Number(r.Ours),
                    r.Ratio.ToString("0.00", CultureInfo.InvariantCulture),
                    r.Limit is { } limit
                        ? (r.AtMost ? "<= " : ">= ") + limit.ToString("0.0#", CultureInfo.InvariantCulture)
                        : "-",
                    r.Limit is null ? ""
                    : r.Met ? "met"
                    : "MISSED",
                    r.Against,
                }
            )
        );
        var widths = Enumerable.Range(0, lines[0].Length).Select(i => lines.Max(l => l[i].Length)).ToArray();
        foreach (var line in lines)
        {
            Console.WriteLine(
                string.Join(
                        "  ",
                        line.Select(
                            (cell, i) => i is >= 2 and <= 4 ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i])
                        )
                    )
                    .TrimEnd()
            );
        }
    }

    private static string Number(double value) =>
        value.ToString(value < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture);
}

/// <summary>How long the same question took on two sizes, asked in turns.</summary>
/// <param name="Few">Milliseconds of each answer of the small one.</param>
/// <param name="Many">The same of the large one.</param>
internal sealed record TwoSizes(IReadOnlyList<double> Few, IReadOnlyList<double> Many)
{
    /// <summary>The large one's 95th percentile, in milliseconds.</summary>
    public double LateInMany => Row.Percentile(Many, 0.95);

    /// <param name="warmUps">So often before it counts, until both run compiled code and the database has the pages at
    /// hand.</param>
    /// <param name="rounds">So often both are asked.</param>
    /// <param name="few">Asks the small one in this round, and answers in milliseconds.</param>
    /// <param name="many">The same of the large one.</param>
    public static async Task<TwoSizes> AskAsync(
        int warmUps,
        int rounds,
        Func<int, Task<double>> few,
        Func<int, Task<double>> many
    )
    {
        for (var round = 0; round < warmUps; round++)
        {
            await few(round);
            await many(round);
        }

        var (fromFew, fromMany) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            fromFew.Add(await few(round));
            fromMany.Add(await many(round));
        }

        return new(fromFew, fromMany);
    }

    /// <summary>The large one against the small one.</summary>
    public Row Compare(string name, double? limit, string against, int percentile = 95) =>
        Row.Of(
            FormattableString.Invariant($"{name}, p{percentile}"),
            "ms",
            [(Row.Percentile(Few, percentile / 100.0), Row.Percentile(Many, percentile / 100.0))],
            limit,
            true,
            against
        );

    /// <summary>The large one against so many milliseconds.</summary>
    public Row Whole(string name, double milliseconds) =>
        Row.Of(
            name + ", p95, whole",
            "ms",
            [(milliseconds, LateInMany)],
            1,
            true,
            FormattableString.Invariant($"{milliseconds} ms")
        );
}

/// <summary>The servers.</summary>
internal sealed class Place(PostgresServer postgres, RabbitMqServer rabbit)
{
    public PostgresServer Postgres => postgres;

    public RabbitMqServer Rabbit => rabbit;

    public async Task<string> NewEmptyDatabaseAsync(string name) =>
        await postgres.CreateDatabaseAsync(name, name, Machine.NewSecret());

    public async Task<string> NewDatabaseAsync(string name)
    {
        // As the services connect; for both sides alike.
        var database = Store.Tuned(await NewEmptyDatabaseAsync(name));
        await using var context = new LoadContext(
            new DbContextOptionsBuilder<LoadContext>().UseNpgsql(database).UseSnakeCaseNamingConvention().Options
        );
        await context.Database.EnsureCreatedAsync();
        return database;
    }

    public Task<Uri> NewVirtualHostAsync(string name) => rabbit.CreateVirtualHostAsync(name);

    public static async Task ExecuteAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
#pragma warning disable CA2100 // Constants of this program.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A service as the services are: default settings, pooled contexts.</summary>
    public static IHost Service(
        string? database,
        Uri broker,
        Action<MessagingBuilder>? consumers = null,
        Action<IServiceCollection>? more = null
    )
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder
            .Logging.AddConsole()
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        builder.Configuration["ConnectionStrings:RabbitMq"] = broker.ToString();
        if (database is not null)
        {
            builder.Services.AddDbContextPool<LoadContext>(options =>
                options.UseNpgsql(database).UseSnakeCaseNamingConvention()
            );
            builder.Services.AddMessaging<LoadContext>(builder.Configuration, "load", consumers);
        }

        more?.Invoke(builder.Services);
        return builder.Build();
    }
}
