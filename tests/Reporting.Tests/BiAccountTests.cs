using System.Globalization;
using System.Net;
using System.Text;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Figures;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerService.Reporting.Tests;

/// <summary>Accounts of BI tools that read some rows only, by real logins: the same rows as a reader's token, and ways
/// around that.</summary>
[Collection(FactsAtRandom.Collection)]
public sealed class BiAccountTests(ReportingFixture fixture) : OnServers<ReportingFixture>(fixture)
{
    // A year that no other test writes to.
    private const int Year = 1998;

    [Theory, Trait("Rule", "S3")]
    [InlineData("engineering", null)]
    [InlineData(null, "east")]
    [InlineData(null, "east,north")]
    [InlineData("sales", "north")]
    [InlineData("nobody", null)]
    public async Task Given_an_account_of_a_department_or_regions_When_it_reads_each_set_Then_it_sees_what_such_a_token_sees(
        string? department,
        string? regions
    )
    {
        await SeedAsync();
        string[] which =
        [
            .. department is null ? [] : (string[])["--departments", department],
            .. regions is null ? [] : (string[])["--regions", regions],
        ];
        var reader = Fixture.As(
            new Actor($"reader-{department}-{regions}", "reader", new HashSet<string> { Roles.BiReader })
            {
                Department = department,
                Regions = regions?.Split(',') ?? [],
            }
        );
        await using var account = await Account.AddAsync(Fixture, which);
        var (refused, seen) = (0, 0L);
        foreach (var set in await SetsAsync())
        {
            var (byToken, text) = await reader.DownloadAsync($"/v1/odata/{set}/$count");
            if (set == "figure_cases")
            {
                byToken.Code.ShouldBe("set-not-yours", "no figure is named");
                if (department == "engineering" || regions == "east,north")
                {
                    await FiguresAsync(reader, account);
                }

                continue;
            }

            if (byToken.Status == HttpStatusCode.Forbidden)
            {
                byToken.Code.ShouldBe("set-not-yours", $"{set}: {byToken.Body}");
                (await account.RefusedAsync($"SELECT count(*) FROM {set}")).MessageText.ShouldContain("no such column");
                refused++;
                continue;
            }

            var count = await account.CountAsync($"SELECT count(*) FROM {set}");
            count.ShouldBe(long.Parse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture), set);
            seen += set == "dates" ? 0 : count;
        }

        refused.ShouldBeGreaterThan(0);
        (seen > 0).ShouldBe(department != "nobody");
        if (seen > 0)
        {
            (await account.CountAsync("SELECT count(*) FROM complaints")).ShouldBeLessThan(await ComplaintsAsync());
        }
    }

    /// <summary>Each figure is refused to both, or is the same for both.</summary>
    private async Task FiguresAsync(ApiClient reader, Account account)
    {
        var (refused, seen, all) = (0, 0L, 0L);
        await using var scope = Fixture.Store<ReportingDb>();
        foreach (var code in FigureCatalogue.All.Select(figure => figure.Code))
        {
            var (byToken, text) = await reader.DownloadAsync(
                $"/v1/odata/figure_cases/$count?$filter=figure eq '{code}'"
            );
            var query = $"SELECT count(*) FROM figure_cases WHERE figure = '{code}'";
            var cases = await scope.Db.FigureCases.LongCountAsync(one => one.Figure == EF.Constant(code));
            all += cases;
            if (byToken.Status == HttpStatusCode.Forbidden && cases > 0)
            {
                (await account.RefusedAsync(query)).MessageText.ShouldContain(code);
                refused++;
            }
            else
            {
                var count = await account.CountAsync(query);
                count.ShouldBe(
                    byToken.Status == HttpStatusCode.Forbidden
                        ? 0
                        : long.Parse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture),
                    code
                );
                seen += count;
            }
        }

        refused.ShouldBeGreaterThan(0);
        seen.ShouldBeLessThan(all);
    }

    [Fact, Trait("Rule", "S3")]
    public async Task Given_an_account_of_several_departments_When_it_reads_Then_theirs_and_after_another_limit_and_a_migration_others()
    {
        await SeedAsync();
        await using var account = await Account.AddAsync(Fixture, "--departments", "engineering,sales");
        (await account.ReadAsync("SELECT DISTINCT department FROM complaints ORDER BY 1")).ShouldBe([
            "engineering",
            "sales",
        ]);

        await BiAccount.ScriptAsync(Fixture, "limit", account.Name, "--departments", "production");
        (await Fixture.Service.RunCommandAsync("migrate")).Code.ShouldBe(0);

        (await account.ReadAsync("SELECT DISTINCT department FROM complaints")).ShouldBe(["production"]);
        (await BiAccount.ScriptAsync(Fixture, "list")).ShouldContain($"bi_{account.Name}");
        await BiAccount.ScriptAsync(Fixture, "limit", account.Name);
        (await account.CountAsync("SELECT count(*) FROM complaints")).ShouldBe(await ComplaintsAsync());
    }

    /// <summary>What would show something of a row that is not the account's, by a condition, an error, another role, or
    /// what lies below the views.</summary>
    [Fact, Trait("Rule", "S3")]
    public async Task Given_a_limited_account_When_it_tries_to_get_around_it_Then_nothing_of_other_rows_is_told()
    {
        await SeedAsync();
        await using var account = await Account.AddAsync(Fixture, "--departments", "engineering");
        var own = await account.CountAsync("SELECT count(*) FROM complaints");
        own.ShouldBeGreaterThan(0);

        // Errors name the value that they stumbled on; these conditions stumble on others' rows only.
        foreach (
            var condition in (string[])
                [
                    "CASE WHEN department = 'engineering' THEN 1 ELSE department::int END = 1",
                    "1 / (CASE WHEN department = 'engineering' THEN 1 ELSE 0 END) = 1",
                    "(CASE WHEN department = 'engineering' THEN '[]' ELSE department END)::json IS NOT NULL",
                    "query_to_xml(CASE WHEN department = 'engineering' THEN 'SELECT 1' ELSE department END, true, true, '') IS NOT NULL",
                    "set_config('x.leak', CASE WHEN department = 'engineering' THEN '' ELSE department END, false) = ''",
                ]
        )
        {
            (await account.CountAsync($"SELECT count(*) FROM complaints WHERE {condition}")).ShouldBe(own, condition);
        }

        foreach (
            var role in (string[])
                [
                    "SET ROLE customer_service_bi",
                    "SET search_path = bi_all, public, bi",
                    "SET row_security = off",
                    "BEGIN; SET LOCAL ROLE customer_service_bi",
                ]
        )
        {
            (await account.CountAsync($"{role}; SELECT count(*) FROM bi.complaints")).ShouldBe(own, role);
        }

        const string Figure = "figure = 'complaints-registered'";
        (
            await account.CountAsync(
                $"SELECT count(*) FROM figure_cases WHERE {Figure} AND department <> 'engineering'"
            )
        ).ShouldBe(0);
        (await account.RefusedAsync("SELECT count(*) FROM figure_cases")).MessageText.ShouldContain("no such column");
        (
            await account.CountAsync(
                "SELECT count(*) FROM pg_stats WHERE tablename LIKE 'fact%' AND schemaname = 'public'"
            )
        ).ShouldBe(0);
        foreach (
            var forbidden in (string[])
                [
                    "SELECT 1 FROM bi_all.complaints",
                    "SELECT 1 FROM public.fact_complaint",
                    "SELECT 1 FROM bi_access.accounts",
                    "SELECT 1 FROM bi_access.mine",
                    "SET transaction_read_only = off; UPDATE bi_access.accounts SET departments = NULL",
                    "SET transaction_read_only = off; INSERT INTO bi_access.accounts VALUES ('x', NULL, NULL, true)",
                    "SET transaction_read_only = off; CREATE OR REPLACE VIEW bi.complaints AS SELECT 1",
                    "SET transaction_read_only = off; ALTER VIEW bi.complaints SET (security_barrier = false)",
                    "SET transaction_read_only = off; CREATE FUNCTION pg_temp.f(text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
                    "SET transaction_read_only = off; CREATE FUNCTION bi.f(text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
                    "SET SESSION AUTHORIZATION postgres",
                    "SET ROLE postgres",
                    "COPY (SELECT 1) TO PROGRAM 'true'",
                ]
        )
        {
            (await account.RefusedAsync(forbidden)).SqlState.ShouldBe(
                PostgresErrorCodes.InsufficientPrivilege,
                forbidden
            );
        }

        (await account.RefusedAsync("SELECT count(*) FROM repair_orders")).SqlState.ShouldBe(
            PostgresErrorCodes.InsufficientPrivilege
        );
    }

    [Fact, Trait("Rule", "S3")]
    public async Task Given_an_account_of_which_nothing_is_said_When_it_reads_Then_it_is_refused_with_what_to_do()
    {
        await SeedAsync();
        await using var account = await Account.AddAsync(Fixture);
        (await account.CountAsync("SELECT count(*) FROM complaints")).ShouldBe(await ComplaintsAsync());
        await using (var scope = Fixture.Store<ReportingDb>())
        {
            await scope.Db.Database.ExecuteSqlAsync(
                $"DELETE FROM bi_access.accounts WHERE account = {"bi_" + account.Name}",
                TestContext.Current.CancellationToken
            );
        }

        foreach (var set in await SetsAsync())
        {
            var refused = await account.RefusedAsync($"SELECT * FROM {set} LIMIT 1");
            (refused.SqlState, refused.MessageText).ShouldBe(
                (PostgresErrorCodes.InsufficientPrivilege, $"account bi_{account.Name} may read no rows")
            );
            refused.Hint.ShouldNotBeNull().ShouldContain("deploy/bi-account.sh limit");
        }

        await BiAccount.ScriptAsync(Fixture, "limit", account.Name);
        (await account.CountAsync("SELECT count(*) FROM complaints")).ShouldBe(await ComplaintsAsync());
    }

    [Fact, Trait("Rule", "C8")]
    public async Task Given_a_personal_column_When_it_is_read_Then_masked_by_SQL_OData_and_files_unless_granted()
    {
        await SeedAsync();
        await using var masked = await Account.AddAsync(Fixture);
        await using var granted = await Account.AddAsync(Fixture, "--personal");
        var names = await granted.CountAsync("SELECT count(*) FROM customers WHERE customer_name = '客戶甲'");
        names.ShouldBeGreaterThan(0);
        (
            await masked.ReadAsync("SELECT DISTINCT customer_name FROM customers WHERE customer_name IS NOT NULL")
        ).ShouldBe(["***"]);
        // A condition must not find out what it is.
        (await masked.CountAsync("SELECT count(*) FROM customers WHERE customer_name LIKE '客%'")).ShouldBe(0);
        (
            await masked.CountAsync(
                "SELECT count(*) FROM customers WHERE CASE WHEN customer_name = '***' THEN 1 ELSE customer_name::int END = 1"
            )
        ).ShouldBeGreaterThan(0);

        var reader = Fixture.As(Roles.BiReader);
        var staff = Fixture.As(Roles.Qc);
        const string filter = "?$filter=contains(customerName,'客戶甲')";
        (await CountAsync(reader, "customers/$count" + filter)).ShouldBe(0);
        (await CountAsync(staff, "customers/$count" + filter)).ShouldBe(names);
        (await reader.GetAsync("/v1/odata/customers?$filter=customerName ne null&$select=customerName&$top=50"))
            .Ok()["value"]
            .AsArray()
            .ShouldAllBe(row => row!["customerName"]!.ToString() == "***");
        (await reader.GetAsync("/v1/odata/customers?$orderby=customerName&$top=3")).Ok();
        (await reader.GetAsync("/v1/odata/customers?$apply=groupby((customerName),aggregate($count as n))"))
            .Ok()["value"]
            .AsArray()
            .ShouldAllBe(row => row!["customerName"] == null || row["customerName"]!.ToString() == "***");
        foreach (var format in (string[])["csv", "xlsx", "parquet"])
        {
            (await reader.DownloadAsync($"/v1/data-sets/customers.{format}")).Answer.Ok();
        }

        Encoding
            .UTF8.GetString((await reader.DownloadAsync("/v1/data-sets/customers.csv")).Bytes)
            .ShouldNotContain("客戶甲");
        Encoding
            .UTF8.GetString((await staff.DownloadAsync("/v1/data-sets/customers.csv")).Bytes)
            .ShouldContain("客戶甲");
    }

    [Theory, Trait("Rule", "S3")]
    [InlineData("--departments", "")]
    [InlineData("--departments", "qc,")]
    [InlineData("--departments", "qc, sales")]
    [InlineData("--regions", ",")]
    [InlineData("--everything", "x")]
    public async Task Given_a_limit_that_could_be_read_as_none_When_an_account_is_made_Then_none_is(
        string option,
        string value
    )
    {
        var name = Account.NewName();

        var refused = await Record.ExceptionAsync(() => BiAccount.ScriptAsync(Fixture, "add", name, option, value));

        refused.ShouldNotBeNull().Message.ShouldMatch(@"but was\s+2\s");
        (await BiAccount.ScriptAsync(Fixture, "list")).ShouldNotContain(name);
    }

    private async Task<IReadOnlyList<string>> SetsAsync() =>
        [
            .. (await Fixture.As(Roles.BiReader).GetAsync("/v1/odata/"))
                .Ok()["value"]
                .AsArray()
                .Select(set => set!["name"]!.ToString()),
        ];

    private static async Task<long> CountAsync(ApiClient reader, string path)
    {
        var (answer, text) = await reader.DownloadAsync("/v1/odata/" + path);
        answer.Status.ShouldBe(HttpStatusCode.OK);
        return long.Parse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture);
    }

    private async Task<long> ComplaintsAsync()
    {
        await using var scope = Fixture.Store<ReportingDb>();
        return await scope.Db.Complaints.LongCountAsync();
    }

    private async Task SeedAsync()
    {
        await using var scope = Fixture.Store<ReportingDb>();
        var first = new DateOnly(Year, 1, 1);
        if (await scope.Db.Complaints.AnyAsync(c => c.RegisteredOn >= first && c.RegisteredOn < first.AddYears(1)))
        {
            return;
        }

        FactsAtRandom.AddTo(scope.Db, new Random(Year), Year, 1, 40);
        scope.Db.Add(
            new Facts.OrganisationFact
            {
                Id = Guid.CreateVersion7(),
                Name = "客戶甲",
                Region = "east",
            }
        );
        await scope.Db.SaveChangesAsync();
    }

    private sealed class Account(ReportingFixture fixture, string name, string connection) : IAsyncDisposable
    {
        public string Name => name;

        public static string NewName() => "l" + Guid.CreateVersion7().ToString("N")[^8..];

        public static async Task<Account> AddAsync(ReportingFixture fixture, params string[] which)
        {
            var name = NewName();
            return new(fixture, name, await BiAccount.AddAsync(fixture, name, which));
        }

        /// <summary>Each question by a login of its own.</summary>
        public async Task<IReadOnlyList<string?>> ReadAsync(string sql)
        {
            var values = new List<string?>();
            await using var opened = new NpgsqlConnection(connection);
            await opened.OpenAsync();
#pragma warning disable CA2100 // What a tool may send.
            await using var command = new NpgsqlCommand(sql, opened);
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync();
            do
            {
                while (await reader.ReadAsync())
                {
                    values.Add(await reader.IsDBNullAsync(0) ? null : reader.GetValue(0).ToString());
                }
            } while (await reader.NextResultAsync());

            return values;
        }

        public async Task<long> CountAsync(string sql) =>
            long.Parse((await ReadAsync(sql)).Single()!, CultureInfo.InvariantCulture);

        public Task<PostgresException> RefusedAsync(string sql) =>
            Should.ThrowAsync<PostgresException>(() => ReadAsync(sql));

        public async ValueTask DisposeAsync() => await BiAccount.RemoveAsync(fixture, name);
    }
}
