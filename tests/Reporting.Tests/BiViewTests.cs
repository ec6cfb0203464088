using System.Text;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Reporting.Data;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerService.Reporting.Tests;

/// <summary>What a BI tool reads with an account of its own: the views, and nothing else.</summary>
[Collection(FactsAtRandom.Collection)]
public sealed class BiViewTests(ReportingFixture fixture) : OnServers<ReportingFixture>(fixture)
{
    [Fact, Trait("Rule", "C3.1.3")]
    public async Task Given_an_account_for_a_tool_When_it_reads_Then_it_sees_the_views_with_the_reports_figures_and_nothing_else()
    {
        for (var i = 1; i <= 3; i++)
        {
            await Fixture.DeliverAsync(Opened(i));
        }

        var name = "t" + Guid.CreateVersion7().ToString("N")[^8..];
        var connection = await BiAccount.AddAsync(Fixture, name);
        try
        {
            await using var source = NpgsqlDataSource.Create(connection);
            var views = await ColumnAsync(
                source,
                "SELECT table_name FROM information_schema.views WHERE table_schema = 'bi'"
            );
            views.Count.ShouldBeGreaterThan(8);
            foreach (var view in views)
            {
                await ColumnAsync(source, $"SELECT count(*)::text FROM {view}");
            }

            var report = (await Fixture.As(Roles.BiReader).GetAsync("/v1/reports/monthly-repairs?month=2037-05")).Ok();
            (
                await ColumnAsync(
                    source,
                    "SELECT count(*)::text FROM repair_orders WHERE notified_on >= '2037-05-01' AND notified_on < '2037-06-01'"
                )
            ).ShouldBe([report["opened"].ToString()]);
            report["opened"].ToString().ShouldBe("3");

            foreach (
                var forbidden in (string[])
                    [
                        "SELECT 1 FROM public.fact_repair_order",
                        "SELECT 1 FROM public.webhooks",
                        "SELECT 1 FROM public.audit_trail",
                        "SET transaction_read_only = off; CREATE TEMP TABLE t (x int)",
                        "SET transaction_read_only = off; CREATE TABLE bi.t (x int)",
                        "SET transaction_read_only = off; UPDATE bi.assessments SET number = 'x'",
                        "SET transaction_read_only = off; SELECT pg_read_file('/etc/passwd')",
                    ]
            )
            {
                var refused = await Should.ThrowAsync<PostgresException>(() => ColumnAsync(source, forbidden));
                refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, forbidden);
            }

            (await Fixture.Service.RunCommandAsync("migrate")).Code.ShouldBe(0);
            (await ColumnAsync(source, "SELECT count(*)::text FROM repair_orders")).Count.ShouldBe(1, "still granted");
        }
        finally
        {
            await BiAccount.RemoveAsync(Fixture, name);
        }
    }

    [Fact]
    public async Task The_page_for_BI_tools_lists_every_view_and_column()
    {
        await using var scope = Fixture.Store<ReportingDb>();
        var text = new StringBuilder(
            """
            # Views for BI tools

            Schema `bi` of Reporting's database, made from `services/Reporting/Views/bi.sql` with each `migrate`. `deploy/bi-account.sh add NAME` makes an
            account that reads these views and nothing else: read-only, five connections, a minute for a query. Days are days in the company's time zone,
            instants are UTC. Data come by events, usually within seconds.

            ## LibreOffice
            Base, or Calc by a registered database: connect with the native driver, `sdbc:postgresql:host=HOST port=5432 dbname=reporting`, as the account.
            It shows the views of schema `bi`; other tables are listed, and reading one is refused.

            ## Files
            The same sets as files, for signed-in staff and BI readers: `GET /api/reporting/v1/data-sets`, `…/data-sets/complaints.csv`, `.xlsx`,
            `.parquet`; `?on=registered_on&from=2026-01-01&to=2026-12-31` takes the rows of some days. Rows are sent as they are read, whatever their number.

            ## OData v4
            `/api/reporting/v1/odata/` with a bearer token: the sets below under the same names, columns in camelCase (`registeredOn`).
            `$filter`, `$select`, `$orderby`, `$apply`, `$count`, `$top`; `complaints/$count` answers with the number alone, and takes `$filter`. A page has 1,000 rows at most; follow `@odata.nextLink`, whose `$skiptoken` goes on
            behind the last row, so that the last page costs what the first does. `$skip` beyond 5,000 is refused (`skip-too-deep`).
            `$orderby` takes columns. Rows without a value come before all others in ascending order, and behind them in descending order.

            | Wanted | Request |
            |---|---|
            | what is new since the last pull | `complaints?$filter=changedAt gt 2026-11-29T08:00:00Z&$orderby=changedAt` |
            | complaints by severity | `complaints?$apply=groupby((severity),aggregate($count as cases))` |
            | the cases behind a figure | `figure_cases?$filter=figure eq 'complaints-registered' and day ge 2026-01-01 and day le 2026-12-31` |

            `changedAt` is when the row was written. Begin each pull five minutes before the latest one that you have: rows that are written at the same moment may
            become visible in another order. A rebuild leaves it as it is for rows that are the same.
            It is of the row's own record: where a customer is merged or moved to another region, or a finding's repair order goes on, only the row of that customer
            or order is new, although `region`, `customer_id`, `owner_id` and `repair_state` of other rows are those of now. Pull `customers`, `projects` and `repair_orders`, too, and join them.

            ## Figures
            `GET /api/reporting/v1/figures/complaints-registered?from=2026-01-01&to=2026-12-31&by=severity,month`; `…/cases` the cases behind it, `…/cases.csv`,
            `.xlsx`, `.parquet` as files, whose column `value` adds up to it; view `figure_cases` the same by SQL and OData. What each one means: `/docs/metrics`.
            `…/figures/complaints-registered.pdf` the figure on paper with its groups, and `/api/reporting/v1/reports/monthly-repairs.pdf`, `annual-complaints.pdf`,
            `satisfaction.pdf`, `revisit-compliance.pdf` those that belong together; by mail too ([messaging](messaging.md#reports-by-mail)). Without `.pdf` as JSON;
            the records behind them page by page: `…/repair-orders?month=2026-05`, `…/revisits?from=…&to=…`, `…/complaints?year=2026`.
            `POST …/figure-snapshots` keeps one as it is, with a hash; `…/figure-snapshots/{id}/changes` says what has changed since, and by which event.

            ## Who sees what
            `X-Data-As-Of`, and `dataAsOf` in a figure, say when the last event happened that is in the answer. A BI reader, unless also an operator, whose account names a department or
            sales regions is given those rows only, and no set without such a column. A figure that is made of such a set is refused (403 `set-not-yours`), never counted as nothing, and so is a report that contains one; `figure_cases` by OData then needs a condition on `figure`. Names and texts of the lists, and `customer_name` of `customers`, are `***` for BI readers,
            unless the setting `Bi:PersonalColumns` grants them to the account's id.

            Accounts of `deploy/bi-account.sh` are under the same rule, in the database itself: by who has logged in, whatever role they take on, before any condition of theirs.
            An account of which nothing is said (one that was not made by the script) reads nothing.
            A limited one asks `figure_cases` for figures by name (`WHERE figure = 'complaints-registered'`): one whose cases have no such column is refused at its first case.

            | Wanted | Command |
            |---|---|
            | all rows, personal columns as `***` | `deploy/bi-account.sh add NAME` |
            | rows of some departments | `… add NAME --departments qc,production` |
            | rows of some sales regions, with personal columns | `… add NAME --regions 華南,華東 --personal` |
            | other rows from now on | `… limit NAME --departments qc` |
            | who reads what | `… list` |

            ## Sets
            """
        );
        var columns = await scope
            .Db.Database.SqlQueryRaw<string>(
                """
                SELECT c.table_name || '|' || coalesce(obj_description(('bi.' || c.table_name)::regclass), '') || '|' || c.column_name
                       || '|' || c.data_type AS "Value"
                FROM information_schema.columns c WHERE c.table_schema = 'bi' ORDER BY c.table_name, c.ordinal_position
                """
            )
            .ToListAsync(TestContext.Current.CancellationToken);
        foreach (var view in columns.Select(c => c.Split('|')).GroupBy(c => (Name: c[0], About: c[1])))
        {
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"\n### {view.Key.Name}\n{view.Key.About}\n\n| Column | Type |\n|---|---|\n"
            );
            foreach (var column in view)
            {
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{column[2]}` | {column[3]} |\n");
            }
        }

        Snapshot.Matches("docs/bi.md", text.ToString());
    }

    private static RepairOrderOpened Opened(int day) =>
        new(
            Guid.CreateVersion7(),
            1,
            $"WX-2037-000{day}",
            Guid.CreateVersion7(),
            "濱江花園",
            Guid.CreateVersion7(),
            "roof",
            "major",
            "notice",
            null,
            null,
            new DateOnly(2037, 5, day),
            new DateOnly(2037, 5, day + 2)
        );

    private static async Task<IReadOnlyList<string>> ColumnAsync(NpgsqlDataSource source, string sql)
    {
        var values = new List<string>();
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        do
        {
            while (await reader.ReadAsync())
            {
                values.Add(reader.GetValue(0).ToString()!);
            }
        } while (await reader.NextResultAsync());

        return values;
    }
}
