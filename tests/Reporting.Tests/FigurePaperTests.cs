using System.Diagnostics;
using System.Globalization;
using System.Net;
using CustomerService.Contracts.Identity.V1;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Figures;
using CustomerService.Rules;
using CustomerService.Servers;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;

[assembly: AssemblyFixture(typeof(FontsFixture))]

namespace CustomerService.Reporting.Tests;

/// <summary>Figures and reports on paper: what is printed is what the figure says.</summary>
[Collection(FactsAtRandom.Collection)]
public sealed class FigurePaperTests(ReportingFixture fixture) : OnServers<ReportingFixture>(fixture)
{
    // A year that no other test writes to.
    private const int Year = 2002;
    private const string Period = "from=2002-01-01&to=2002-12-31";

    public static TheoryData<string> Codes => [.. FigureCatalogue.All.Select(figure => figure.Code)];

    public static TheoryData<string, string> Reports =>
        [.. PaperReports.All.SelectMany(report => Texts.Languages.Select(language => (report.Code, language)))];

    private ApiClient Reader => Fixture.As(Roles.BiReader);

    [Theory, Trait("Rule", "C3.1.3"), MemberData(nameof(Reports))]
    public async Task Given_facts_When_a_report_is_printed_Then_each_of_its_figures_stands_there_as_it_is(
        string code,
        string language
    )
    {
        await SeedAsync();

        var text = await PrintedAsync($"/v1/reports/{code}.pdf?{Period}&language={language}", $"{code}-{language}");

        foreach (var chapter in PaperReports.All.Single(report => report.Code == code).Chapters)
        {
            var answer = (await Reader.GetAsync($"/v1/figures/{chapter.Figure.Code}?{Period}", language)).Ok();
            text.ShouldContain(Folded(answer["name"].ToString()));
            text.ShouldContain(Folded(ValueOf(chapter.Figure, answer)));
            foreach (var by in chapter.By)
            {
                var grouped = (
                    await Reader.GetAsync($"/v1/figures/{chapter.Figure.Code}?{Period}&by={by}", language)
                ).Ok();
                var known = grouped["groups"]
                    .AsArray()
                    .Where(g => g!["keys"]![0]!.ToString() != FigureDimension.Unknown)
                    .ToList();
                if (by is "department" or "month" or "unit")
                {
                    known.ForEach(g => text.ShouldContain(Folded(NameOf(g!["keys"]![0]!.ToString(), language))));
                }
            }
        }

        // One that nobody announced goes by its code.
        if (code == "satisfaction")
        {
            text.ShouldContain(NameOf("engineering", language));
            text.ShouldNotContain("engineering", Case.Sensitive);
            text.ShouldContain("production");
        }

        text.ShouldContain("2002-01-01–2002-12-31");
        text.ShouldContain(
            Folded(
                language == "en" ? "Time zone"
                : language == "zh-Hans" ? "时区"
                : "時區"
            )
        );
        text.ShouldNotContain("paper-");
    }

    [Theory, Trait("Rule", "C3.1.3"), MemberData(nameof(Codes))]
    public async Task Given_facts_When_a_figure_is_printed_Then_its_value_and_its_groups_stand_there(string code)
    {
        await SeedAsync();
        var answer = (await Reader.GetAsync($"/v1/figures/{code}?{Period}", "zh-Hant")).Ok();

        var text = await PrintedAsync($"/v1/figures/{code}.pdf?{Period}", code);

        text.ShouldContain(Folded(answer["name"].ToString()));
        text.ShouldContain(Folded(ValueOf(FigureCatalogue.Find(code)!, answer)));
        ((int)answer["cases"]).ShouldBeGreaterThan(0, "there is nothing to print");
        text.ShouldContain(Folded(((int)answer["cases"]).ToString("#,0", CultureInfo.InvariantCulture)));
    }

    [Fact, Trait("Rule", "S3")]
    public async Task Given_a_limited_reader_or_a_filter_When_a_figure_is_printed_Then_their_rows_count()
    {
        await SeedAsync();
        var east = Fixture.As(
            new Actor("reader-east", "reader", new HashSet<string> { Roles.BiReader }) { Regions = ["east"] }
        );
        const string path = "/v1/figures/complaints-registered";
        var theirs = (await east.GetAsync($"{path}?{Period}")).Ok();
        var all = (await Reader.GetAsync($"{path}?{Period}")).Ok();
        ((int)theirs["cases"]).ShouldBeLessThan((int)all["cases"]);

        var limited = await PrintedAsync($"{path}.pdf?{Period}", "limited", east);
        var filtered = await PrintedAsync($"{path}.pdf?{Period}&region=east", "filtered");

        var ours = await PrintedAsync($"/v1/figures/capas-opened.pdf?{Period}&department=engineering", "ours");

        ours.ShouldContain("部門工程部");
        limited.ShouldContain($"數值{theirs["cases"]}案件數{theirs["cases"]}");
        filtered.ShouldContain($"數值{theirs["cases"]}案件數{theirs["cases"]}");
        filtered.ShouldContain("區域east");
    }

    [Theory]
    [InlineData("/v1/figures/complaints-registered.pdf", HttpStatusCode.BadRequest, "bad-period")]
    [InlineData(
        "/v1/figures/complaints-registered.pdf?from=2026-01-02&to=2026-01-01",
        HttpStatusCode.BadRequest,
        "bad-period"
    )]
    [InlineData(
        "/v1/figures/complaints-registered.pdf?from=2026-01-01&to=2026-01-02&part=x",
        HttpStatusCode.BadRequest,
        "bad-filter"
    )]
    [InlineData(
        "/v1/figures/complaints-registered.pdf?from=2026-01-01&to=2026-01-02&language=de",
        HttpStatusCode.BadRequest,
        "bad-filter"
    )]
    [InlineData("/v1/reports/monthly-repairs.pdf?from=2026-01-01", HttpStatusCode.BadRequest, "bad-period")]
    [InlineData("/v1/figures/poems.pdf?from=2026-01-01&to=2026-01-02", HttpStatusCode.NotFound, "not-found")]
    [InlineData("/v1/reports/poems.pdf?from=2026-01-01&to=2026-01-02", HttpStatusCode.NotFound, "not-found")]
    public async Task Given_what_cannot_be_printed_When_it_is_asked_Then_refused(
        string path,
        HttpStatusCode status,
        string code
    )
    {
        var refused = await Reader.GetAsync(path);

        (refused.Status, refused.Code).ShouldBe((status, code));
        (await Fixture.As(Roles.Customer).GetAsync(path)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static string ValueOf(Figure figure, ApiAnswer answer)
    {
        var value = figure.ValueOf((int)answer["cases"], (decimal)answer["total"])!.Value;
        return figure.Unit switch
        {
            "percent" => value.ToString("0.0", CultureInfo.InvariantCulture) + "%",
            "money" => value.ToString("#,0.00", CultureInfo.InvariantCulture),
            "days" => value.ToString("#,0.0", CultureInfo.InvariantCulture),
            _ => value.ToString("#,0.##", CultureInfo.InvariantCulture),
        };
    }

    private async Task<string> PrintedAsync(string path, string name, ApiClient? reader = null)
    {
        var (answer, pdf) = await (reader ?? Reader).DownloadAsync(path);
        answer.Status.ShouldBe(HttpStatusCode.OK, name);
        answer.Raw.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        answer.Raw.Headers.Contains("Missing-Characters").ShouldBeFalse(name);
        var folder = Environment.GetEnvironmentVariable("CS_PRINTED_FORMS") ?? Path.GetTempPath();
        var file = Path.Combine(folder, $"figure-{name}.pdf");
        await File.WriteAllBytesAsync(file, pdf);
        Assert.SkipUnless(File.Exists(Fonts.PdfReader), "pdftotext (poppler-utils) is not there to read the PDF.");
        using var read = Process.Start(
            new ProcessStartInfo(Fonts.PdfReader, ["-raw", file, "-"]) { RedirectStandardOutput = true }
        )!;
        var text = await read.StandardOutput.ReadToEndAsync();
        await read.WaitForExitAsync();
        return Folded(text);
    }

    // The reader breaks lines where the paper does.
    private static string Folded(string text) => string.Concat(text.Where(sign => !char.IsWhiteSpace(sign)));

    private async Task SeedAsync()
    {
        await using var scope = Fixture.Store<ReportingDb>();
        var first = new DateOnly(Year, 1, 1);
        if (!await scope.Db.Complaints.AnyAsync(c => c.RegisteredOn >= first && c.RegisteredOn < first.AddYears(1)))
        {
            FactsAtRandom.AddTo(scope.Db, new Random(Year), Year, 1, 60);
            await scope.Db.SaveChangesAsync();
        }

        await Fixture.DeliverAsync(
            new DepartmentChanged(
                Guid.Parse("0198c0de-0000-7000-8000-00000000d001"),
                1,
                "engineering",
                "Engineering Department",
                "工程部",
                "工程技术部",
                null,
                null,
                null,
                null,
                "zh-Hant",
                "main",
                true
            )
        );
    }

    private static string NameOf(string department, string language) =>
        (department, language) switch
        {
            ("engineering", "en") => "EngineeringDepartment",
            ("engineering", "zh-Hans") => "工程技术部",
            ("engineering", _) => "工程部",
            _ => department,
        };
}
