using System.Net;
using System.Text;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.Reporting.Views;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Tests;

/// <summary>OData v4 over the sets of schema bi: what tools ask, and what is refused.</summary>
[Collection(FactsAtRandom.Collection)]
public sealed class ODataTests(ReportingFixture fixture) : OnServers<ReportingFixture>(fixture)
{
    private const int Rows = 2_345;
    private static readonly DateOnly Day = new(2009, 4, 1);

    private ApiClient Reader => Fixture.As(Roles.BiReader);

    [Theory, Trait("Rule", "C3.1.3")]
    [InlineData("")]
    [InlineData("&$orderby=closedOn")]
    [InlineData("&$orderby=closedOn desc")]
    [InlineData("&$orderby=department,closedOn desc,number desc")]
    public async Task Given_more_rows_than_a_page_When_the_links_are_followed_Then_each_row_comes_once(string order)
    {
        await SeedAsync();
        var seen = new HashSet<string>();
        var link =
            $"/v1/odata/complaints?$filter=registeredOn eq {Day:yyyy-MM-dd}&$select=complaintId,number&$count=true{order}";
        var pages = 0;
        while (link is not null)
        {
            var page = (await Reader.GetAsync(link)).Ok();
            if (pages++ == 0)
            {
                ((int)page["@odata.count"]).ShouldBe(Rows);
                page.Raw.Headers.GetValues("X-Data-As-Of").ShouldNotBeEmpty();
            }

            page["value"].AsArray().ToList().ForEach(row => seen.Add(row!["complaintId"]!.ToString()).ShouldBeTrue());
            link = page.Body!["@odata.nextLink"]?.ToString();
            link?.ShouldContain("$skiptoken");
            link = link is null ? null : new Uri(link).PathAndQuery;
        }

        (seen.Count, pages).ShouldBe((Rows, 3));
    }

    [Fact, Trait("Rule", "C5.8.2")]
    public async Task Given_anonymous_forms_When_sets_figures_and_files_are_read_Then_no_row_is_one_of_them()
    {
        // A day of which no other test has forms.
        var day = new DateOnly(2008, 5, 6);
        foreach (var mode in (string?[])["online", null, "anonymous", "anonymous"])
        {
            await Fixture.DeliverAsync(
                new ResponseReceived(
                    Guid.CreateVersion7(),
                    1,
                    Guid.CreateVersion7(),
                    "D",
                    Guid.Empty,
                    "",
                    "sales",
                    "dissatisfied",
                    [new("E.attitude", "dissatisfied", null)],
                    null,
                    day,
                    ["sales"],
                    mode
                )
            );
        }

        foreach (var set in (string[])["survey_responses", "survey_answers", "survey_departments"])
        {
            (await Reader.GetAsync($"/v1/odata/{set}?$filter=receivedOn eq 2008-05-06"))
                .Ok()["value"]
                .AsArray()
                .Count.ShouldBe(2, set);
            var (_, file) = await Reader.DownloadAsync(
                $"/v1/data-sets/{set}.csv?on=received_on&from=2008-05-06&to=2008-05-06"
            );
            Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3, set);
        }

        foreach (var code in (string[])["surveys-received", "survey-items-graded", "satisfaction-of-departments"])
        {
            var figure = (await Reader.GetAsync($"/v1/figures/{code}?from=2008-05-06&to=2008-05-06")).Ok();
            ((int)figure["cases"]).ShouldBe(2, code);
            (await Reader.GetAsync($"/v1/figures/{code}/cases?from=2008-05-06&to=2008-05-06"))
                .Ok()
                .Items.Count.ShouldBe(2, code);
        }
    }

    [Fact, Trait("Rule", "C5.7")]
    public async Task Given_rows_When_a_tool_groups_filters_and_sorts_Then_the_answers_are_those_of_the_figures()
    {
        await SeedAsync();
        var grouped = (
            await Reader.GetAsync(
                $"/v1/odata/complaints?$apply=filter(registeredOn eq {Day:yyyy-MM-dd})/groupby((severity),aggregate($count as cases))"
            )
        ).Ok();
        var counts = grouped["value"]
            .AsArray()
            .ToDictionary(row => row!["severity"]!.ToString(), row => (int)row!["cases"]!);
        var figure = (
            await Reader.GetAsync($"/v1/figures/complaints-registered?from=2009-04-01&to=2009-04-01&by=severity")
        ).Ok();
        counts.ShouldBe(
            figure["groups"].AsArray().ToDictionary(g => g!["keys"]![0]!.ToString(), g => (int)g!["cases"]!),
            ignoreOrder: true
        );

        var cases = (
            await Reader.GetAsync(
                "/v1/odata/figure_cases?$filter=figure eq 'complaints-registered' and day eq 2009-04-01&$top=0&$count=true"
            )
        ).Ok();
        ((int)cases["@odata.count"]).ShouldBe(Rows);

        var sorted = (
            await Reader.GetAsync(
                $"/v1/odata/complaints?$filter=registeredOn eq {Day:yyyy-MM-dd} and severity eq 'major'&$orderby=number desc&$top=3&$select=number"
            )
        ).Ok();
        var numbers = sorted["value"].AsArray().Select(row => row!["number"]!.ToString()).ToList();
        numbers.ShouldBe(numbers.OrderDescending(StringComparer.Ordinal));
        numbers.Count.ShouldBe(3);

        var fresh = (
            await Reader.GetAsync(
                $"/v1/odata/complaints?$filter=registeredOn eq {Day:yyyy-MM-dd} and changedAt gt 2026-01-01T00:00:00Z&$top=1"
            )
        ).Ok();
        fresh["value"].AsArray().Count.ShouldBe(1);
        // The company's own clock, as tools write it; the instant is the same.
        (
            await Reader.GetAsync(
                $"/v1/odata/complaints?$filter=registeredOn eq {Day:yyyy-MM-dd} and changedAt gt 2026-01-01T08:00:00%2B08:00&$top=1"
            )
        )
            .Ok()["value"]
            .AsArray()
            .Count.ShouldBe(1);
    }

    [Fact, Trait("Rule", "C3.1.3")]
    public async Task Given_a_set_When_its_count_is_asked_by_the_path_Then_it_is_a_number_in_plain_text()
    {
        await SeedAsync();
        foreach (
            var (filter, count) in ((string, int)[])
                [
                    ($"registeredOn eq {Day:yyyy-MM-dd}", Rows),
                    ($"registeredOn eq {Day:yyyy-MM-dd} and severity eq 'major'", Rows / 3),
                    ($"registeredOn eq {Day:yyyy-MM-dd} and (department eq 'qc' or contains(number,'-000009'))", 2),
                    ("registeredOn eq 1900-01-01", 0),
                ]
        )
        {
            foreach (var path in (string[])["complaints/$count", "complaints/%24count"])
            {
                var (answer, text) = await Reader.DownloadAsync($"/v1/odata/{path}?$filter={filter}");
                answer.Status.ShouldBe(HttpStatusCode.OK, filter);
                Encoding.UTF8.GetString(text).ShouldBe($"{count}", filter);
                answer.Raw.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
                answer.Raw.Headers.GetValues("OData-Version").ShouldBe(["4.0"]);
                answer.Raw.Headers.GetValues("X-Data-As-Of").ShouldNotBeEmpty();
            }
        }

        var inside = (
            await Reader.GetAsync($"/v1/odata/complaints?$filter=registeredOn eq {Day:yyyy-MM-dd}&$count=true&$top=1")
        ).Ok();
        ((int)inside["@odata.count"]).ShouldBe(Rows, "the same as inside a page");
    }

    [Theory]
    [InlineData("complaints/$count?$top=3", "bad-odata-query")]
    [InlineData("complaints/$count?$skip=3", "bad-odata-query")]
    [InlineData("complaints/$count?$fliter=severity eq 'major'", "bad-odata-query")]
    [InlineData("complaints/$count?$filter=colour eq 'red'", "bad-odata-query")]
    [InlineData("complaints/$count?$filter=timesReopened div 0 eq 1", "bad-odata-query")]
    [InlineData("complaints?$skip=140000", "skip-too-deep")]
    [InlineData("complaints?$filter=colour eq 'red'", "bad-odata-query")]
    [InlineData("complaints?$filter=number eq", "bad-odata-query")]
    [InlineData("complaints?$orderby=colour", "bad-odata-query")]
    [InlineData("complaints?$orderby=length(department) desc&$select=number", "bad-odata-query")]
    [InlineData("complaints?$orderby=severity,timesReopened mul 2", "bad-odata-query")]
    [InlineData("complaints?$filter=timesReopened div 0 eq 1", "bad-odata-query")]
    [InlineData("complaints?$filter=timesReopened div 0 eq 1&$top=0&$count=true", "bad-odata-query")]
    [InlineData("complaints?$filter=timesReopened add 2147483647 gt 1", "bad-odata-query")]
    [InlineData("complaints?$filter=matchesPattern(number,'(')", "bad-odata-query")]
    [InlineData("complaints?$filter=timesReopened gt maxdatetime()", "bad-odata-query")]
    [InlineData("complaints?$filter=isof(number,Edm.String)", "bad-odata-query")]
    [InlineData("complaints?$filter=null", "bad-odata-query")]
    [InlineData("complaints?$filter=", "bad-odata-query")]
    [InlineData("complaints?$skip=x", "bad-odata-query")]
    [InlineData("complaints?$fliter=severity eq 'major'", "bad-odata-query")]
    [InlineData("complaints?$skiptoken=", "bad-odata-query")]
    [InlineData("complaints?$apply=filter(timesReopened div 0 eq 1)", "bad-odata-query")]
    [InlineData("figure_cases?$filter=value gt 79228162514264337593543950336", "bad-odata-query")]
    [InlineData("complaints?$apply=aggregate(timesReopened mul 2147483647 with sum as n)", "bad-odata-query")]
    public async Task What_cannot_be_answered_is_400_with_a_hint(string query, string code)
    {
        await SeedAsync();
        var refused = await Reader.GetAsync("/v1/odata/" + query);
        (refused.Status, refused.Code).ShouldBe((HttpStatusCode.BadRequest, code));
        refused["hint"].ToString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Each_view_is_a_set_that_can_be_read_and_has_the_view_s_columns()
    {
        var sets = (await Reader.GetAsync("/v1/odata/"))
            .Ok()["value"]
            .AsArray()
            .Select(set => set!["name"]!.ToString())
            .ToList();
        await using var scope = Fixture.Store<ReportingDb>();
        var columns = (
            await scope
                .Db.Database.SqlQueryRaw<string>(
                    """
                    SELECT table_name || '.' || replace(column_name, '_', '') AS "Value"
                    FROM information_schema.columns WHERE table_schema = 'bi' ORDER BY 1
                    """
                )
                .ToListAsync(TestContext.Current.CancellationToken)
        );
        sets.ShouldBe(columns.Select(c => c.Split('.')[0]).Distinct(), ignoreOrder: true);
        scope
            .Db.Model.GetEntityTypes()
            .Where(type => type.GetViewSchema() == BiViews.Schema)
            .SelectMany(type => type.GetProperties().Select(p => $"{type.GetViewName()}.{p.Name.ToLowerInvariant()}"))
            .ShouldBe(columns, ignoreOrder: true);
        // What is masked by SQL is masked here.
        scope
            .Db.Model.GetEntityTypes()
            .Where(type => type.GetViewSchema() == BiViews.Schema)
            .SelectMany(type =>
                type.GetProperties()
                    .Where(p => p.PropertyInfo!.IsDefined(typeof(PersonalAttribute), false))
                    .Select(p => $"{type.GetViewName()}.{p.Name.ToLowerInvariant()}")
            )
            .ShouldBe(
                await scope
                    .Db.Database.SqlQueryRaw<string>(
                        """
                        SELECT c.relname || '.' || replace(a.attname, '_', '') AS "Value"
                        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                        WHERE c.relnamespace = 'bi_all'::regnamespace AND col_description(c.oid, a.attnum) = 'personal'
                        """
                    )
                    .ToListAsync(TestContext.Current.CancellationToken),
                ignoreOrder: true
            );
        foreach (var set in sets)
        {
            (await Reader.GetAsync($"/v1/odata/{set}?$top=2")).Status.ShouldBe(HttpStatusCode.OK, set);
            var (counted, count) = await Reader.DownloadAsync($"/v1/odata/{set}/$count");
            counted.Status.ShouldBe(HttpStatusCode.OK, set);
            Encoding.UTF8.GetString(count).ShouldAllBe(sign => char.IsAsciiDigit(sign), set);
            if (set != "dates")
            {
                (
                    await Reader.GetAsync($"/v1/odata/{set}?$filter=changedAt gt 2026-01-01T00:00:00Z&$top=1")
                ).Status.ShouldBe(HttpStatusCode.OK, set);
            }
        }

        var (answer, metadata) = await Reader.DownloadAsync("/v1/odata/$metadata");
        answer.Status.ShouldBe(HttpStatusCode.OK);
        Encoding.UTF8.GetString(metadata).ShouldContain("<EntitySet Name=\"complaints\"");
    }

    [Fact, Trait("Rule", "S3")]
    public async Task Others_get_nothing_and_limited_readers_their_rows()
    {
        await SeedAsync();
        (await Fixture.As(Roles.Customer).GetAsync("/v1/odata/complaints")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Fixture.Anonymous().GetAsync("/v1/odata/complaints")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await Fixture.Anonymous().GetAsync("/v1/odata/$metadata")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var limited = Fixture.As("reader-qc", [Roles.BiReader], department: "qc");
        var rows = (
            await limited.GetAsync($"/v1/odata/complaints?$filter=registeredOn eq {Day:yyyy-MM-dd}&$count=true&$top=1")
        ).Ok();
        ((int)rows["@odata.count"]).ShouldBe(1);
        (await limited.GetAsync("/v1/odata/repair_orders")).Code.ShouldBe("set-not-yours");
        (await limited.GetAsync("/v1/odata/repair_orders/$count")).Code.ShouldBe("set-not-yours");
        (await Fixture.Anonymous().GetAsync("/v1/odata/complaints/$count")).Status.ShouldBe(
            HttpStatusCode.Unauthorized
        );
    }

    private async Task SeedAsync()
    {
        await using var scope = Fixture.Store<ReportingDb>();
        if (await scope.Db.Complaints.CountAsync(c => c.RegisteredOn == Day) >= Rows)
        {
            return;
        }

        scope.Db.AddRange(
            Enumerable
                .Range(1, Rows)
                .Select(i => new ComplaintFact
                {
                    Id = Guid.CreateVersion7(),
                    Number = $"TS-2009-{i:D6}",
                    RegisteredOn = Day,
                    Severity = i % 3 == 0 ? "major" : "minor",
                    Reopened = 2,
                    Department =
                        i == 7 ? "qc"
                        : i % 4 == 1 ? null
                        : "production",
                    ClosedOn = i % 2 == 0 ? null : Day.AddDays(i % 5),
                })
        );
        await scope.Db.SaveChangesAsync();
    }
}
