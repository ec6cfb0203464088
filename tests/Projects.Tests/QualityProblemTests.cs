using System.Globalization;
using CustomerService.Forms;
using CustomerService.Projects.Revisits;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Projects.Revisits.Forms;
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
