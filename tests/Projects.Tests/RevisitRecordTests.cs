using System.Globalization;
using CustomerService.Forms;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Projects.Revisits.Forms;
using CustomerService.Projects.Tests.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests;

/// <summary>What stands on form 3.3.1, without a server.</summary>
public sealed class RevisitRecordTests
{
    private static readonly CompanyClock Clock = new(TimeProvider.System);

    // PDF1 of the mutations: each foot carries its own day.
    [Fact, Trait("Rule", "Form3.3.1")]
    public void Given_visit_signature_and_assessment_on_three_days_When_filled_Then_each_foot_carries_its_own()
    {
        var builder = A.Revisit(A.Leak());
        var revisit = builder.At(RevisitState.Held);
        revisit
            .Sign(
                Sample.On(new(2024, 5, 3), Roles.Engineering),
                new SignInput("同意", "王建國", Guid.CreateVersion7(), true)
            )
            .ShouldBeNull();
        revisit
            .AssessLiability(
                Sample.On(new(2024, 5, 7), Roles.Qc),
                Sample.Decided(revisit, Liability.Contractor),
                null,
                builder.Project
            )
            .ShouldBeNull();

        var cells = Cells(builder.Project, revisit);

        Foot(cells, "visitors", "visited-on").ShouldBe("2024 年 4 月 30 日");
        Foot(cells, "owner-opinion", "owner-signature").ShouldBe("王建國");
        Foot(cells, "owner-opinion", "signed-on").ShouldBe("2024 年 5 月 3 日");
        Foot(cells, "assessment", "assessed-on").ShouldBe("2024 年 5 月 7 日");
        cells["decided-on"].Value.ShouldBeNull();
        cells["findings"].Value!.ShouldContain("滲漏");
        cells["assessment"].Value!.ShouldContain("施工");
    }

    [Fact, Trait("Rule", "Form3.3.1")]
    public void Given_a_closed_revisit_without_findings_When_filled_Then_empty_cells_say_that_there_is_nothing()
    {
        var builder = A.Revisit();

        var revisit = builder.At(RevisitState.Closed);

        var cells = Cells(builder.Project, revisit);

        foreach (var key in new[] { "findings", "assessment", "disposition", "repair-records" })
        {
            cells[key].Value.ShouldBe("無", key);
        }
    }

    private static Dictionary<string, FormCell> Cells(Project project, Revisit revisit)
    {
        var texts = new FormTexts(
            new Texts([ProjectsTexts.Manager]),
            CultureInfo.GetCultureInfo("zh-Hant"),
            Clock.Zone
        );
        return RevisitRecord
            .Fill(new(project, revisit, [], null), texts, Clock)
            .Sections.SelectMany(s => s.Rows)
            .SelectMany(r => r.Cells)
            .ToDictionary(c => c.Key);
    }

    private static string? Foot(Dictionary<string, FormCell> cells, string cell, string key) =>
        cells[cell].SignedBy.Single(c => c.Key == key).Value;
}
