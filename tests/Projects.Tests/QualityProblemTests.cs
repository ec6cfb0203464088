using System.Diagnostics;
using System.Globalization;
using CustomerService.Forms;
using CustomerService.Projects.Revisits;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Projects.Revisits.Forms;
using CustomerService.Rules;
using CustomerService.Servers;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests;

/// <summary>回訪工程質量問題匯總 (P3.3.2).</summary>
public sealed class QualityProblemTests
{
    private static readonly FormTexts Texts = new(
        new Texts([ProjectsTexts.Manager]),
        CultureInfo.GetCultureInfo("zh-Hant"),
        A.Zone
    );

    [Fact]
    [Trait("Rule", "P3.3.2")]
    public void Given_problems_of_two_projects_When_summarised_Then_a_section_each_with_cause_liability_and_repair()
    {
        var document = QualityProblemSummary.Fill(
            [Problem("濱江花園", "returned"), Problem("城南廣場", null)],
            A.Today,
            A.Today,
            Texts
        );

        document.Sections.Count.ShouldBe(3);
        document.Sections[0].Rows[0].Cells.Select(c => c.Value).ShouldBe(["2026-03-10 – 2026-03-10", "2", "1"]);
        var cells = document.Sections[1].Rows.SelectMany(row => row.Cells).ToDictionary(c => c.Key, c => c.Value);
        (cells["cause"], cells["liability"], cells["repair-record"], cells["repair-state"]).ShouldBe(
            ("搭接不足", "分包單位  申城防水", "WX-2026-000001", "記錄已歸還")
        );
        document.Sections[2].Rows[^1].Cells[^1].Value.ShouldBe("未開維修單");
    }

    [Fact]
    [Trait("Rule", "P3.3.2")]
    public async Task Given_problems_When_exported_Then_a_workbook_with_a_line_each()
    {
        var book = await QualityProblemSummary.WorkbookAsync(
            [Problem("濱江花園", "returned"), Problem("城南廣場", null)],
            Texts,
            TestContext.Current.CancellationToken
        );

        // A workbook is a ZIP archive.
        book.AsSpan(0, 2).SequenceEqual("PK"u8).ShouldBeTrue();
        book.Length.ShouldBeGreaterThan(1000);
    }

    [Theory]
    [InlineData("zh-Hant", "回訪工程質量問題匯總", "屋面", "搭接不足", "記錄已歸還", "未開維修單")]
    [InlineData("zh-Hans", "回访工程质量问题汇总", "屋面", "搭接不足", "记录已归还", "未开维修单")]
    [InlineData("en", "Summary of quality problems found", "Roof", "搭接不足", "record returned", "no repair opened")]
    [Trait("Rule", "P3.3.2")]
    public void Given_problems_of_many_projects_When_printed_Then_each_is_read_on_paper_in_the_language(
        string language,
        params string[] expected
    )
    {
        using var font = new FormFont(null);
        var texts = new FormTexts(new Texts([ProjectsTexts.Manager]), CultureInfo.GetCultureInfo(language), A.Zone);
        var problems = Enumerable
            .Range(1, 4)
            .SelectMany(project =>
                Enumerable
                    .Range(1, 6)
                    .Select(at =>
                        Problem($"濱江花園第{project}期", at % 2 == 0 ? null : "returned") with
                        {
                            ProjectId = new Guid(project, 0, 0, new byte[8]),
                            ContractNumber = $"HT-{project}",
                            Location = $"{project}-{at}F",
                            Description = at == 3 ? string.Concat(Enumerable.Repeat("女兒牆根部滲水，", 30)) : "滲漏",
                        }
                    )
            )
            .ToList();

        var printed = QualityProblemSummary
            .Fill(problems, A.Today.AddDays(-60), A.Today, texts)
            .Print(font, new("continued", "{0} / {1}"), DateTimeOffset.UnixEpoch);

        printed.Missing.ShouldBeEmpty();
        var text = Read(printed.Pdf, language);
        expected.Where(words => !text.Contains(Folded(words), StringComparison.Ordinal)).ShouldBeEmpty(text);
        for (var project = 1; project <= 4; project++)
        {
            text.ShouldContain(Folded($"濱江花園第{project}期HT-{project}"));
            for (var at = 1; at <= 6; at++)
            {
                text.ShouldContain(Folded($"{project}-{at}F"));
            }
        }
    }

    private static string Folded(string text) =>
        TextFolding.ForSearch(string.Concat(text.Where(sign => !char.IsWhiteSpace(sign))));

    private static string Read(byte[] pdf, string language)
    {
        var folder = Environment.GetEnvironmentVariable("CS_PRINTED_FORMS") is { Length: > 0 } wanted
            ? wanted
            : Directory.CreateTempSubdirectory("summary-").FullName;
        var file = Path.Combine(folder, $"quality-problems-{language}.pdf");
        File.WriteAllBytes(file, pdf);
        Assert.SkipUnless(File.Exists(Fonts.PdfReader), "pdftotext (poppler-utils) is not there to read the PDF.");
        using var reader = Process.Start(
            new ProcessStartInfo(Fonts.PdfReader, ["-raw", file, "-"]) { RedirectStandardOutput = true }
        )!;
        var text = reader.StandardOutput.ReadToEnd();
        reader.WaitForExit();
        return Folded(text);
    }

    private static QualityProblem Problem(string project, string? state) =>
        new()
        {
            FindingId = Guid.CreateVersion7(),
            RevisitId = Guid.CreateVersion7(),
            ProjectId = Guid.CreateVersion7(),
            ProjectName = project,
            ContractNumber = "HT-1",
            FoundOn = A.Today,
            Part = "roof",
            Location = "3 號樓屋面",
            Description = "滲漏",
            Severity = FindingSeverity.Major,
            Cause = "搭接不足",
            CauseCode = CauseCode.Jointing,
            Liability = Liability.Subcontractor,
            ResponsibleUnit = "申城防水",
            RepairRecord = state is null ? null : "WX-2026-000001",
            RepairState = state,
            Repaired = state is not null,
        };
}
