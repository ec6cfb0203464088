using System.Text.Json.Nodes;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.Rules;
using CustomerService.Servers;
using CustomerService.Testing;
using Npgsql;

namespace CustomerService.Reporting.Tests;

/// <summary>One figure, read by three programs that nobody here wrote: an OData client, DuckDB on the file, isql over
/// ODBC.</summary>
[Collection(FactsAtRandom.Collection)]
public sealed class ForeignToolTests(ReportingFixture fixture) : OnServers<ReportingFixture>(fixture)
{
    private const int Rows = 1_203;
    private static readonly DateOnly Day = new(2010, 4, 1);

    [Fact, Trait("Rule", "C5.7")]
    public async Task Given_complaints_When_an_OData_client_of_npm_pulls_them_Then_it_gets_each_once_and_the_groups()
    {
        await ForeignTools.NeedAsync("npm", "--version");
        await SeedAsync();
        var output = await ForeignTools.NodeAsync(
            new Dictionary<string, string> { ["TOKEN"] = Fixture.Issuer.Token("tool", "tool", [Roles.BiReader]) },
            "odata.mjs",
            new Uri(Fixture.Service.Http, "/v1/odata/").ToString(),
            $"registeredOn eq {Day:yyyy-MM-dd}"
        );
        var read = JsonNode.Parse(output)!;
        ((int)read["count"]!, (int)read["ids"]!, (int)read["pages"]!).ShouldBe((Rows, Rows, 2));
        read["first"].ShouldNotBeNull();
        read["counted"]!.ToString().ShouldBe($"{Rows}", "by the path, too");
        read["groups"]!
            .AsArray()
            .ToDictionary(g => g!["severity"]!.ToString(), g => (int)g!["cases"]!)
            .ShouldBe(await FigureAsync(), ignoreOrder: true);
    }

    [Fact, Trait("Rule", "C5.7")]
    public async Task Given_complaints_When_DuckDB_reads_their_Parquet_file_Then_it_counts_what_the_figure_counts()
    {
        await ForeignTools.NeedAsync("npm", "--version");
        await SeedAsync();
        var (_, bytes) = await Fixture
            .As(Roles.BiReader)
            .DownloadAsync(
                $"/v1/data-sets/complaints.parquet?on=registered_on&from={Day:yyyy-MM-dd}&to={Day:yyyy-MM-dd}"
            );
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, bytes);
            var output = await ForeignTools.NodeAsync(
                null,
                "duckdb.mjs",
                file,
                "SELECT severity, count(*)::int AS cases, min(registered_on)::text AS day, typeof(min(changed_at)) AS at "
                    + "FROM rows GROUP BY severity"
            );
            var rows = JsonNode.Parse(output)!.AsArray();
            rows.ToDictionary(r => r![0]!.ToString(), r => (int)r![1]!)
                .ShouldBe(await FigureAsync(), ignoreOrder: true);
            rows.ShouldAllBe(r => r![2]!.ToString() == "2010-04-01" && r[3]!.ToString().StartsWith("TIMESTAMP"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact, Trait("Rule", "C5.7")]
    public async Task Given_an_account_of_a_tool_When_isql_asks_over_ODBC_Then_it_reads_the_figure_and_cannot_write()
    {
        await OdbcClient.EnsureAsync(TestContext.Current.SendDiagnosticMessage);
        await ForeignTools.NeedAsync("isql", "--version");
        await SeedAsync();
        var name = "o" + Guid.CreateVersion7().ToString("N")[^8..];
        var account = new NpgsqlConnectionStringBuilder(await BiAccount.AddAsync(Fixture, name));
        var folder = Directory.CreateTempSubdirectory("odbc");
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "odbc.ini"),
                $"""
                [reporting]
                Driver = PostgreSQL Unicode
                Servername = {account.Host}
                Port = {account.Port}
                Database = {account.Database}
                UserName = {account.Username}
                Password = {account.Password}

                """
            );
            async Task<string> AskAsync(string sql) =>
                await ForeignTools.RunAsync(
                    "isql",
                    new Dictionary<string, string>
                    {
                        ["ODBCINI"] = Path.Combine(folder.FullName, "odbc.ini"),
                        ["INPUT"] = sql,
                    },
                    "reporting",
                    "-b",
                    "-d,"
                );
            var counts = (
                await AskAsync(
                    "SELECT severity, sum(value)::int FROM bi.figure_cases WHERE figure = 'complaints-registered' "
                        + "AND day = '2010-04-01' GROUP BY severity"
                )
            )
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(line => line.Split(','))
                .Where(cells =>
                    cells.Length == 2
                    && int.TryParse(cells[1], System.Globalization.CultureInfo.InvariantCulture, out _)
                )
                .ToDictionary(
                    cells => cells[0],
                    cells => int.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture)
                );
            counts.ShouldBe(await FigureAsync(), ignoreOrder: true);
            (await AskAsync("DELETE FROM public.fact_complaint")).ShouldNotContain("affected");
            (await FigureAsync()).Values.Sum().ShouldBe(Rows);
        }
        finally
        {
            await BiAccount.RemoveAsync(Fixture, name);
            folder.Delete(recursive: true);
        }
    }

    private async Task<Dictionary<string, int>> FigureAsync() =>
        (
            await Fixture
                .As(Roles.BiReader)
                .GetAsync("/v1/figures/complaints-registered?from=2010-04-01&to=2010-04-01&by=severity")
        )
            .Ok()["groups"]
            .AsArray()
            .ToDictionary(g => g!["keys"]![0]!.ToString(), g => (int)g!["cases"]!);

    private async Task SeedAsync()
    {
        await using var scope = Fixture.Store<ReportingDb>();
        if (scope.Db.Complaints.Any(c => c.RegisteredOn == Day))
        {
            return;
        }

        scope.Db.AddRange(
            Enumerable
                .Range(1, Rows)
                .Select(i => new ComplaintFact
                {
                    Id = Guid.CreateVersion7(),
                    Number = $"TS-2010-{i:D6}",
                    RegisteredOn = Day,
                    Severity = i % 4 == 0 ? "major" : "minor",
                })
        );
        await scope.Db.SaveChangesAsync();
    }
}
