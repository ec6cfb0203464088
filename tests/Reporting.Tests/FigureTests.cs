using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.Reporting.Figures;
using CustomerService.Rules;
using CustomerService.Testing;
using ExcelDataReader;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Tests;

/// <summary>The screen, the cases behind it and the files have one query: they can never say different things.</summary>
[Collection(FactsAtRandom.Collection)]
public sealed class FigureTests(ReportingFixture fixture) : OnServers<ReportingFixture>(fixture)
{
    // Years that no other test writes to.
    private const int FirstYear = 2005;
    private const int Years = 3;

    private ApiClient Reader => Fixture.As(Roles.BiReader);

    public static TheoryData<string> Codes => [.. FigureCatalogue.All.Select(figure => figure.Code)];

    [Theory, Trait("Rule", "C3.1.3"), MemberData(nameof(Codes))]
    public async Task Given_random_filters_When_a_figure_is_read_Then_it_is_the_count_of_its_cases_and_the_sum_of_its_file(
        string code
    )
    {
        await SeedAsync();
        var figure = FigureCatalogue.Find(code)!;
        // The same filters in every run, others for every figure.
        var random = new Random(code.Sum(letter => letter));
        var seen = 0;
        var groups = new List<(string By, string Key)>();
        for (var i = 0; i < 20; i++)
        {
            var from = new DateOnly(FirstYear, 1, 1).AddDays(random.Next(Years * 180));
            var to = i == 0 ? new DateOnly(FirstYear + Years, 1, 1) : from.AddDays(random.Next(Years * 200));
            var query = $"from={(i == 0 ? new DateOnly(FirstYear, 1, 1) : from):yyyy-MM-dd}&to={to:yyyy-MM-dd}";
            if (groups.Count > 0 && random.Next(3) > 0)
            {
                var (dimension, key) = groups[random.Next(groups.Count)];
                query += $"&{dimension}={Uri.EscapeDataString(key)}";
            }

            var by = figure.Dimensions[random.Next(figure.Dimensions.Count)];
            var answer = (await Reader.GetAsync($"/v1/figures/{code}?{query}&by={by}")).Ok();
            answer.Raw.Headers.GetValues("X-Data-As-Of").ShouldNotBeEmpty();
            answer["dataAsOf"].ShouldNotBeNull();
            var (cases, total) = ((int)answer["cases"], (decimal)answer["total"]);
            var whole = answer["groups"].AsArray();
            whole.Sum(g => (int)g!["cases"]!).ShouldBe(cases, query);
            whole.Sum(g => (decimal)g!["total"]!).ShouldBe(total, query);
            foreach (var group in whole)
            {
                groups.Add((by, group!["keys"]![0]!.ToString()));
            }

            (await CountCasesAsync(code, query)).ShouldBe((cases, total), $"drill-down of {code}?{query}");
            var (rows, sum) = await FileAsync(code, query);
            (rows, sum).ShouldBe((cases, total), $"file of {code}?{query}");
            if (whole.Count > 0 && !query.Contains($"&{by}=", StringComparison.Ordinal))
            {
                var group = whole[random.Next(whole.Count)]!;
                var key = Uri.EscapeDataString(group["keys"]![0]!.ToString());
                (await CountCasesAsync(code, $"{query}&{by}={key}")).Cases.ShouldBe(
                    (int)group["cases"]!,
                    $"{by} {key}"
                );
            }

            seen += cases;
        }

        seen.ShouldBeGreaterThan(0, $"nothing was counted for {code}: the facts of this test must have cases of it");
    }

    [Fact, Trait("Rule", "P3.1.1"), Trait("Case", "9")]
    public async Task Worked_case_9_the_part_shows_what_the_repair_cost_and_what_is_charged_back_net_nothing()
    {
        var (order, project, owner, first, second) = (
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7()
        );
        var day = new DateOnly(2061, 3, 1);
        await Fixture.DeliverAsync(
            new RepairOrderOpened(
                order,
                1,
                "WX-2061-0001",
                project,
                "x",
                owner,
                "case-nine",
                "major",
                "notice",
                null,
                null,
                day,
                day
            )
        );
        await Fixture.DeliverAsync(
            new RepairOrderDispatched(order, 3, owner, second, "second", "leader", "yes", day.AddDays(2))
        );
        await Fixture.DeliverAsync(
            new RepairCostChanged(order, 5, "WX-2061-0001", project, owner, "case-nine", second, 1550.00m)
        );
        await Fixture.DeliverAsync(
            new ChargeBackProposed(
                Guid.CreateVersion7(),
                1,
                "ZJ-2061-0001",
                order,
                "WX-2061-0001",
                project,
                "case-nine",
                first,
                "first",
                1550.00m,
                day.AddDays(9)
            )
        );

        var part = "from=2061-01-01&to=2061-12-31&part=case-nine";
        var net = (await Reader.GetAsync($"/v1/figures/warranty-cost?{part}&by=kind")).Ok();
        ((decimal)net["value"]).ShouldBe(0.00m);
        net["groups"]
            .AsArray()
            .ToDictionary(g => g!["keys"]![0]!.ToString(), g => (decimal)g!["total"]!)
            .ShouldBe(
                new Dictionary<string, decimal> { ["repair-order"] = 1550.00m, ["charge-back"] = -1550.00m },
                ignoreOrder: true
            );
    }

    [Fact, Trait("Rule", "C3.1.3")]
    public async Task Given_cases_When_the_workbook_is_fetched_Then_it_has_them_with_numbers_as_numbers()
    {
        await SeedAsync();
        var query = $"from={FirstYear}-01-01&to={FirstYear + Years}-01-01";
        var answer = (await Reader.GetAsync($"/v1/figures/repair-cost?{query}")).Ok();
        var (_, bytes) = await Reader.DownloadAsync($"/v1/figures/repair-cost/cases.xlsx?{query}");
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var book = ExcelReaderFactory.CreateReader(new MemoryStream(bytes));
        book.Read().ShouldBeTrue();
        var column = Enumerable.Range(0, book.FieldCount).Single(i => book.GetString(i) == "value");
        var (rows, sum) = (0, 0m);
        while (book.Read())
        {
            rows++;
            sum += (decimal)book.GetDouble(column);
        }

        (rows, decimal.Round(sum, 2)).ShouldBe(((int)answer["cases"], decimal.Round((decimal)answer["total"], 2)));
    }

    [Theory]
    [InlineData("?from=2005-01-01", "bad-period")]
    [InlineData("?from=2005-01-01&to=2005-02-01&by=grade", "bad-filter")]
    [InlineData("?from=2005-01-01&to=2005-02-01&by=part,unit,state", "bad-filter")]
    [InlineData("?from=2005-01-01&to=2005-02-01&grade=satisfied", "bad-filter")]
    [InlineData("?from=2005-01-01&to=2005-02-01&projectId=abc", "bad-filter")]
    [InlineData("?from=2005-01-01&to=2005-02-01&colour=red", "unknown-parameter")]
    [InlineData("/cases?from=2005-01-01&to=2005-02-01&after=x", "bad-cursor")]
    public async Task A_wrong_question_is_400(string query, string code)
    {
        var refused = await Reader.GetAsync("/v1/figures/repair-orders-notified" + query);
        (refused.Status, refused.Code).ShouldBe((HttpStatusCode.BadRequest, code));
    }

    [Fact]
    public async Task Given_figures_When_listed_Then_each_has_its_words_in_three_languages_and_the_page_shows_them()
    {
        foreach (var language in new[] { "zh-Hant", "zh-Hans", "en" })
        {
            var figures = (await Reader.GetAsync("/v1/figures", language)).Ok().Items;
            figures.Count.ShouldBe(FigureCatalogue.All.Count);
            var page = await Fixture.Anonymous().DownloadAsync($"/docs/metrics?language={language}");
            var html = WebUtility.HtmlDecode(Encoding.UTF8.GetString(page.Bytes));
            foreach (var offered in new[] { "繁體中文", "简体中文", "English" })
            {
                html.ShouldContain(offered, customMessage: language);
            }

            foreach (var figure in figures)
            {
                figure["name"]!.ToString().ShouldNotBeNullOrWhiteSpace();
                html.ShouldContain(figure["name"]!.ToString());
                html.ShouldContain(figure["formula"]!.ToString());
                figure["events"]!.AsArray().ShouldNotBeEmpty();
                var rule = RuleCatalogue.Find(figure["rule"]!.ToString()).ShouldNotBeNull(figure["code"]!.ToString());
                Regex.Match(html, $"<dd>{rule.Id}: (.+)</dd>").Success.ShouldBeTrue($"{language} {rule.Id}");
                (language == "en" || !html.Contains(rule.Title, StringComparison.Ordinal)).ShouldBeTrue(rule.Id);
            }
        }

        (await Fixture.As(Roles.Customer).GetAsync("/v1/figures")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact, Trait("Rule", "S3")]
    public async Task Given_a_reader_limited_to_regions_or_a_department_When_figures_are_read_Then_only_those_rows_count()
    {
        await SeedAsync();
        var query = $"from={FirstYear}-01-01&to={FirstYear + Years}-01-01";
        var all = (await Reader.GetAsync($"/v1/figures/complaints-registered?{query}&by=region")).Ok();
        var east = all["groups"].AsArray().Single(g => g!["keys"]![0]!.ToString() == "east")!;

        var limited = Fixture.As(
            new Actor("reader-east", "reader", new HashSet<string> { Roles.BiReader }) { Regions = ["east"] }
        );
        var seen = (await limited.GetAsync($"/v1/figures/complaints-registered?{query}")).Ok();
        ((int)seen["cases"]).ShouldBe((int)east["cases"]!);
        ((int)seen["cases"]).ShouldBeLessThan((int)all["cases"]);
        (await limited.GetAsync($"/v1/data-sets/assessments.csv")).Status.ShouldBe(
            HttpStatusCode.NotFound,
            "the set cannot be limited to a region"
        );
        var complaints = (await limited.GetAsync($"/v1/complaints?year={FirstYear}&limit=200")).Ok().Items;
        complaints.Count.ShouldBe(
            (int)
                (
                    await limited.GetAsync(
                        $"/v1/figures/complaints-registered?from={FirstYear}-01-01&to={FirstYear}-12-31"
                    )
                ).Ok()["cases"]
        );
        // The list was empty once, as if nothing were due: a revisit has the region of its project's owner.
        var compliance = (
            await limited.GetAsync($"/v1/reports/revisit-compliance?from={FirstYear}-01-01&to={FirstYear}-12-31")
        ).Ok();
        ((int)compliance["due"]).ShouldBe(
            (int)
                (
                    await Reader.GetAsync(
                        $"/v1/figures/revisits-due?from={FirstYear}-01-01&to={FirstYear}-12-31&region=east"
                    )
                ).Ok()["cases"]
        );
        var (_, csv) = await limited.DownloadAsync($"/v1/data-sets/complaints.csv?on=registered_on&{query}");
        Encoding
            .UTF8.GetString(csv)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Length.ShouldBe((int)east["cases"]! + 1);
    }

    [Fact, Trait("Rule", "S3"), Trait("Rule", "P3.1.1")]
    public async Task Given_a_reader_of_a_region_When_revisits_and_costs_are_read_Then_the_owners_region_counts_and_the_cost_is_net()
    {
        var (owner, project, order, finding) = (
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7()
        );
        var region = "r" + owner.ToString("N")[^8..];
        var revisit = Guid.CreateVersion7();
        var day = new DateOnly(2062, 3, 1);
        await using (var scope = Fixture.Store<ReportingDb>())
        {
            var held = new RevisitFact
            {
                Id = revisit,
                ProjectId = project,
                DueOn = day,
                HeldOn = day,
            };
            held.Findings.Add(
                new()
                {
                    FindingId = finding,
                    PartCode = "roof",
                    Severity = "major",
                    FoundOn = day,
                }
            );
            var back = new RepairOrderFact
            {
                Id = order,
                ProjectId = project,
                OwnerId = owner,
                NotifiedOn = day,
                ReturnedOn = day,
                CostTotal = 1550m,
                UnderWarranty = "yes",
                Attempts = 2,
                PausedSeconds = 43_200,
            };
            back.Waits.Add(new() { Party = "owner", Seconds = 86_400 });
            scope.Db.AddRange(
                new OrganisationFact { Id = owner, Region = region },
                new ProjectFact { Id = project, OwnerId = owner },
                held,
                back,
                new ChargeBackFact
                {
                    Id = Guid.CreateVersion7(),
                    ProjectId = project,
                    ProposedAmount = 1550m,
                    ProposedOn = day,
                },
                new TripFact
                {
                    Id = Guid.CreateVersion7(),
                    ProjectId = project,
                    End = "made",
                    EndedOn = day,
                    Cost = 10m,
                }
            );
            await scope.Db.SaveChangesAsync();
        }

        var theirs = Fixture.As(
            new Actor("reader-" + region, "reader", new HashSet<string> { Roles.BiReader }) { Regions = [region] }
        );
        const string Year = "from=2062-01-01&to=2062-12-31";
        foreach (
            var (code, cases, total) in ((string, int, decimal)[])
                [
                    ("revisits-due", 1, 1m),
                    ("revisits-in-time", 1, 1m),
                    ("quality-problems", 1, 1m),
                    ("repair-waiting-days", 1, 1m),
                    ("repair-attempts", 1, 2m),
                    ("repair-paused-days", 1, 0.5m),
                    ("charge-backs", 1, 1550m),
                    ("trips-made", 1, 1m),
                    ("warranty-cost", 2, 0m),
                ]
        )
        {
            var figure = (await theirs.GetAsync($"/v1/figures/{code}?{Year}")).Ok();
            ((int)figure["cases"], (decimal)figure["total"]).ShouldBe((cases, total), code);
        }

        (await theirs.GetAsync($"/v1/odata/figure_cases?$filter=figure eq 'warranty-cost' and day ge 2062-01-01"))
            .Ok()["value"]
            .AsArray()
            .Count.ShouldBe(2);
    }

    [Theory, Trait("Rule", "S3")]
    [InlineData("/v1/figures/assessments-passed?{0}", null)]
    [InlineData("/v1/figures/assessments-passed/cases?{0}", null)]
    [InlineData("/v1/figures/assessments-passed/cases.csv?{0}", null)]
    [InlineData("/v1/figures/assessments-passed.pdf?{0}", null)]
    [InlineData("/v1/reports/satisfaction.pdf?{0}", null)]
    [InlineData("/v1/figures/warranty-cost?{0}", "engineering")]
    [InlineData("/v1/reports/monthly-repairs?month=2062-01", "engineering")]
    [InlineData("/v1/reports/revisit-compliance?{0}", "engineering")]
    [InlineData("/v1/odata/figure_cases", null)]
    [InlineData("/v1/odata/figure_cases?$filter=figure eq 'assessments-passed'", null)]
    [InlineData("/v1/odata/figure_cases?$filter=figure eq 'trips-made' or value gt 0", null)]
    [InlineData("/v1/odata/figure_cases?$apply=filter(figure eq 'assessments-passed')/aggregate($count as n)", null)]
    [InlineData("/v1/odata/figure_cases/$count?$filter=figure in ('trips-made','assessments-passed')", null)]
    public async Task Given_a_reader_of_some_rows_When_a_figure_cannot_be_limited_to_them_Then_it_is_refused_and_not_nothing(
        string path,
        string? department
    )
    {
        var limited = Fixture.As(
            new Actor("reader-limited", "reader", new HashSet<string> { Roles.BiReader })
            {
                Department = department,
                Regions = department is null ? ["east"] : [],
            }
        );
        var refused = await limited.GetAsync(
            string.Format(CultureInfo.InvariantCulture, path, "from=2062-01-01&to=2062-12-31")
        );
        (refused.Status, refused.Code).ShouldBe((HttpStatusCode.Forbidden, "set-not-yours"), path);
    }

    [Fact, Trait("Rule", "C5.7")]
    public async Task Given_a_BI_reader_without_a_grant_When_complaints_are_listed_Then_names_and_texts_are_masked()
    {
        await SeedAsync();
        var path = $"/v1/complaints?year={FirstYear}&limit=20";
        var masked = (await Reader.GetAsync(path)).Ok().Items;
        masked.ShouldContain(item => item["customerName"] != null);
        masked.Select(item => Text(item, "customerName", "***")).ShouldAllBe(text => text == "***");
        masked.Select(item => Text(item, "subject", "***")).ShouldAllBe(text => text == "***");
        var shown = (await Fixture.As(Roles.Qc).GetAsync(path)).Ok().Items;
        shown.Select(item => Text(item, "customerName", "客戶")).ShouldAllBe(text => text == "客戶");

        // Some of these facts have none.
        static string Text(JsonNode item, string name, string otherwise) => item[name]?.ToString() ?? otherwise;
    }

    private async Task<(int Cases, decimal Total)> CountCasesAsync(string code, string query)
    {
        var (count, total, next) = (0, 0m, (string?)null);
        do
        {
            var page = (
                await Reader.GetAsync(
                    $"/v1/figures/{code}/cases?{query}&limit=200"
                        + (next is null ? "" : "&after=" + Uri.EscapeDataString(next))
                )
            ).Ok();
            count += page.Items.Count;
            total += page.Items.Sum(item => (decimal)item["value"]!);
            next = page.Body!["next"]?.ToString();
        } while (next is not null);

        return (count, total);
    }

    private async Task<(int Rows, decimal Sum)> FileAsync(string code, string query)
    {
        var (_, bytes) = await Reader.DownloadAsync($"/v1/figures/{code}/cases.csv?{query}");
        var lines = Encoding.UTF8.GetString(bytes).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var column = Array.IndexOf(lines[0].Split(','), "value");
        return (
            lines.Length - 1,
            // No value of these facts has a comma.
            lines.Skip(1).Sum(line => decimal.Parse(line.Split(',')[column], CultureInfo.InvariantCulture))
        );
    }

    /// <summary>Facts of all kinds, of several years, straight into the store; again where a rebuild took them away.</summary>
    private async Task SeedAsync()
    {
        await using var scope = Fixture.Store<ReportingDb>();
        var (from, to) = (new DateOnly(FirstYear, 1, 1), new DateOnly(FirstYear + Years, 1, 1));
        if (!await scope.Db.RepairOrders.AnyAsync(r => r.NotifiedOn >= from && r.NotifiedOn < to))
        {
            FactsAtRandom.AddTo(scope.Db, new Random(42), FirstYear, Years, 120);
            await scope.Db.SaveChangesAsync();
        }
    }
}
