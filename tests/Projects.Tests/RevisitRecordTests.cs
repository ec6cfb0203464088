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
                new SignInput("同意", "王建國", Guid.CreateVersion7(), true),
                builder.Project
            )
            .ShouldBeNull();
        revisit
            .AssessLiability(
                Sample.On(new(2024, 5, 7), Roles.Qc),
                Sample.Decided(revisit, Liability.Contractor),
                null,
                builder.Project,
                []
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

    [Fact, Trait("Rule", "Form3.3.1")]
    public void Given_an_owner_When_filled_before_the_file_closes_Then_cause_liability_and_disposition_are_not_on_it()
    {
        var builder = A.Revisit(A.Leak());
        var revisit = builder.At(RevisitState.DispositionDecided);

        var (before, staff) = (Cells(builder.Project, revisit, "zh-Hant", false), Cells(builder.Project, revisit));
        builder.At(RevisitState.Closed);
        var after = Cells(builder.Project, revisit, "zh-Hant", revisit.IsReleased);

        foreach (var key in new[] { "assessment", "disposition", "engineering-head" })
        {
            before[key].Value.ShouldBeNull(key);
            staff[key].Value.ShouldNotBeNull(key);
            after[key].Value.ShouldBe(staff[key].Value, key);
        }
    }

    [Theory, Trait("Rule", "Form3.3.1")]
    [InlineData("zh-Hant", "陳先生（電話），TEST 記錄", "用戶：陳先生（2 號樓 501）", "未簽章原因：業主不在")]
    [InlineData("zh-Hans", "陳先生（电话），TEST 记录", "用户：陳先生（2 號樓 501）", "未签章原因：業主不在")]
    [InlineData("en", "陳先生, by phone; taken down by TEST", "User: 陳先生 (2 號樓 501)", "Not signed: 業主不在")]
    public void Given_an_opinion_of_a_user_that_is_recorded_When_filled_Then_the_form_says_whose_how_and_why(
        string language,
        string recorded,
        string user,
        string unsigned
    )
    {
        var builder = A.Revisit();
        var revisit = builder.At(RevisitState.Held);
        var project = builder.Project;
        project
            .Revise(
                Sample.By(Roles.Engineering),
                Sample.DetailsOf(project) with
                {
                    Users = [new(Guid.Empty, "陳先生", "2 號樓 501", null, null)],
                }
            )
            .ShouldBeNull();
        revisit
            .RecordOpinion(
                Sample.By(Roles.CustomerService),
                new("滿意", "陳先生", OpinionMethod.Phone, new(2024, 5, 6), "業主不在", project.Users[0].Id),
                project
            )
            .ShouldBeNull();

        var cells = Cells(project, revisit, language);

        Foot(cells, "owner-opinion", "owner-signature").ShouldBe(recorded);
        cells["owner"].Value!.ShouldContain(user);
        cells["owner-opinion"].Value!.ShouldContain(unsigned);
        Foot(cells, "owner-opinion", "signed-on").ShouldNotBeNull();
    }

    [Fact, Trait("Rule", "Form3.3.1"), Trait("Rule", "S3")]
    public void Given_a_signed_record_When_the_owner_is_renamed_Then_the_form_keeps_what_it_said()
    {
        var builder = A.Revisit();
        var revisit = builder.At(RevisitState.Held);
        Sample.Signed(revisit, builder.Project).ShouldBeNull();

        builder.Project.FollowOwner(Sample.By(Roles.Sales), "濱江集團");

        Cells(builder.Project, revisit)["owner"].Value.ShouldBe("濱江置業");
        var open = A.Revisit();
        var held = open.At(RevisitState.Held);
        open.Project.FollowOwner(Sample.By(Roles.Sales), "濱江集團");
        Cells(open.Project, held)["owner"].Value.ShouldBe("濱江集團", "nothing is signed yet");
    }

    private static Dictionary<string, FormCell> Cells(
        Project project,
        Revisit revisit,
        string language = "zh-Hant",
        bool showsDecision = true
    )
    {
        var texts = new FormTexts(new Texts([ProjectsTexts.Manager]), CultureInfo.GetCultureInfo(language), Clock.Zone);
        return RevisitRecord
            .Fill(new(revisit.Heading ?? FormHeading.Of(project), revisit, [], null, showsDecision), texts, Clock)
            .Sections.SelectMany(s => s.Rows)
            .SelectMany(r => r.Cells)
            .ToDictionary(c => c.Key);
    }

    private static string? Foot(Dictionary<string, FormCell> cells, string cell, string key) =>
        cells[cell].SignedBy.Single(c => c.Key == key).Value;
}
