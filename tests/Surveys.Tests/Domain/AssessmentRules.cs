using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;
using CustomerService.Surveys.ServicePoints.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests.Domain;

/// <summary>Service points and the three elements of good service (T1 to T3).</summary>
public sealed class AssessmentRules
{
    private static readonly Actor TheAssessor = Someone.With("ping", "quality", Roles.Assessor);
    private static readonly Guid Photo = Guid.NewGuid();
    private static readonly Actor Site = Someone.HeadOf("repair");

    private static ServiceCatalogue Catalogue => ServiceCatalogue.InForceOn(A.Today);

    private static ServicePoint Point() =>
        ServicePoint.Open(
            A.Context(Someone.InQuality()),
            "FW-01",
            "望京服務中心",
            ServicePointKind.ServiceCentre,
            "北京市朝陽區",
            "repair"
        );

    internal static Result<Assessment> Plan(CommandContext context, bool mystery = false) =>
        Assessment.Plan(
            context,
            "FW-2026-000001",
            Point(),
            new(TheAssessor.Id, TheAssessor.Name),
            A.Today.AddDays(7),
            "第一輪",
            mystery
        );

    private static IReadOnlyList<ItemScore> Scores(int score = 4, params string[] failed) =>
        [
            .. Catalogue.Items.Select(item => new ItemScore(
                item.Code,
                item.MayBeAbsent ? null
                    : failed.Contains(item.Code) ? 1
                    : score,
                null,
                failed.Contains(item.Code) ? [Photo] : []
            )),
        ];

    private static Refusal? Score(Assessment assessment, CommandContext context, IReadOnlyList<ItemScore> scores) =>
        assessment.Score(context, scores, new HashSet<Guid> { Photo });

    /// <summary>The visit was made.</summary>
    internal static void Held(Assessment assessment) =>
        Score(assessment, A.Context(TheAssessor), Scores()).ShouldBeNull();

    private static Assessment Scored(IReadOnlyList<ItemScore> scores, bool mystery = false)
    {
        var assessment = Plan(A.Context(Someone.InQuality()), mystery).Required();
        Score(assessment, A.Context(TheAssessor), scores).ShouldBeNull();
        return assessment;
    }

    [Theory]
    [Trait("Rule", "T1")]
    [Trait("Rule", "T2")]
    [Trait("Rule", "T3")]
    [InlineData("T1", 5)]
    [InlineData("T2", 11)]
    [InlineData("T3", 7)]
    public void Given_the_catalogue_When_it_is_read_Then_it_has_the_items_of_the_text(string element, int items)
    {
        Catalogue.Items.Count.ShouldBe(23);
        Catalogue.Items.Count(item => item.Code.StartsWith(element + ".", StringComparison.Ordinal)).ShouldBe(items);
        Catalogue.Items.Select(item => item.Code).Distinct().Count().ShouldBe(23);
        Catalogue.Items.ShouldAllBe(item => item.Names.ZhHant.Length > 0 && item.Weight > 0);
    }

    [Theory]
    [Trait("Rule", "T1")]
    [Trait("Rule", "T2")]
    [Trait("Rule", "T3")]
    [InlineData(
        "T1",
        "professional knowledge, appearance, courteous language, friendly smile, devotion to the job",
        "專業知識、儀容儀表、禮貌用語、親切的微笑、敬業精神"
    )]
    [InlineData(
        "T2",
        "location, transport, décor, comfort, space and light, internal facilities, rest area, safety equipment, signage, "
            + "washrooms, fitting rooms",
        "地點、交通、裝修、舒適度、空間與採光、內部設施、休息區、安全設備、標識、洗手間、試衣間"
    )]
    [InlineData(
        "T3",
        "opening hours, smoothness of service, service philosophy and management rules, floor organisation and "
            + "supervision, communication channels, foresight, ways to solve a customer's problem",
        "營業時間、服務的流暢度、服務理念與管理制度、現場組織與督導、溝通渠道、預見性、解決顧客問題的方法"
    )]
    public void Given_the_text_of_the_three_elements_When_the_catalogue_is_read_Then_word_for_word_in_its_order(
        string element,
        string english,
        string chinese
    )
    {
        var items = Catalogue.Items.Where(item => item.Code.Split('.')[0] == element).ToList();

        items.Select(item => item.Names.En).ShouldBe(english.Split(", "), StringComparer.OrdinalIgnoreCase);
        items.Select(item => item.Names.ZhHant).ShouldBe(chinese.Split('、'));
        items.Where(item => item.MayBeAbsent).ShouldAllBe(item => item.Code == "T2.fitting-rooms");
    }

    [Fact]
    [Trait("Rule", "T1")]
    public void Given_an_item_without_a_score_When_it_is_scored_Then_every_item_is_asked_for()
    {
        var assessment = Plan(A.Context(Someone.InQuality())).Required();

        Score(assessment, A.Context(TheAssessor), [.. Scores().Skip(1)])
            .ShouldNotBeNull()
            .Code.ShouldBe("items-missing");
    }

    [Fact]
    [Trait("Rule", "T2")]
    public void Given_a_point_without_fitting_rooms_When_it_is_scored_Then_they_are_left_out_and_nothing_else_may_be()
    {
        var assessment = Scored(Scores(4));
        assessment.Percent.ShouldBe(80.0m);
        assessment.Passed.ShouldBe(true);

        var other = Plan(A.Context(Someone.InQuality())).Required();
        IReadOnlyList<ItemScore> without =
        [
            .. Scores().Select(s => s.Item == "T2.safety" ? s with { Score = null } : s),
        ];
        Score(other, A.Context(TheAssessor), without).ShouldNotBeNull().Code.ShouldBe("score-unknown");
    }

    [Fact]
    [Trait("Rule", "T1")]
    public void Given_a_failed_item_without_a_photo_When_it_is_scored_Then_refused()
    {
        var assessment = Plan(A.Context(Someone.InQuality())).Required();
        IReadOnlyList<ItemScore> scores = [.. Scores(4, "T1.smile").Select(s => s with { Photos = [] })];

        Score(assessment, A.Context(TheAssessor), scores).ShouldNotBeNull().Code.ShouldBe("photo-missing");
    }

    [Fact]
    [Trait("Rule", "T1")]
    public void Given_a_photo_that_is_no_picture_of_the_assessment_When_it_is_scored_Then_refused()
    {
        var assessment = Plan(A.Context(Someone.InQuality())).Required();
        IReadOnlyList<ItemScore> scores =
        [
            .. Scores(4, "T1.smile").Select(s => s.Failed ? s with { Photos = [Photo, Guid.NewGuid()] } : s),
        ];

        Score(assessment, A.Context(TheAssessor), scores).ShouldNotBeNull().Code.ShouldBe("photo-unknown");
    }

    [Fact]
    [Trait("Rule", "T1")]
    [Trait("Rule", "T3")]
    public void Given_failed_items_When_the_site_signs_Then_each_is_corrected_by_its_day_and_verified_before_closing()
    {
        var assessment = Scored(Scores(4, "T2.safety", "T3.channels"));
        assessment.SignByAssessor(A.Context(TheAssessor)).ShouldBeNull();
        assessment.SignBySite(A.Context(Site)).ShouldNotBeNull().Code.ShouldBe("items-failed");
        assessment.AcceptFindings(A.Context(Site)).ShouldBeNull();
        assessment
            .Corrections.Select(c => (c.Item, c.DueOn))
            .ShouldBe([("T2.safety", A.Today.AddDays(14)), ("T3.channels", A.Today.AddDays(14))]);

        assessment.Close(A.Context(Someone.InQuality())).ShouldNotBeNull().Code.ShouldBe("corrections-open");
        assessment
            .Verify(A.Context(Someone.InQuality()), "T2.safety", "x")
            .ShouldNotBeNull()
            .Code.ShouldBe("item-not-corrected");
        foreach (var item in new[] { "T2.safety", "T3.channels" })
        {
            assessment.Correct(A.Context(Site), item, "已更換").ShouldBeNull();
            assessment.Verify(A.Context(Someone.InQuality()), item, "有效").ShouldBeNull();
        }

        assessment.Close(A.Context(Someone.InQuality())).ShouldBeNull();
        (assessment.State, assessment.BySite?.PrintedName).ShouldBe((AssessmentState.Closed, Site.Name));
    }

    [Fact]
    [Trait("Rule", "T1")]
    [Trait("Rule", "T2")]
    public void Given_a_point_below_its_pass_mark_without_a_failed_item_When_scored_Then_the_lowest_are_corrected()
    {
        var assessment = Scored([
            .. Scores(4).Select(s => s.Item is "T2.decor" or "T3.hours" ? s with { Score = 3 } : s),
        ]);
        (assessment.Passed, assessment.Percent).ShouldBe((false, 78.6m));

        assessment.Corrections.Select(c => c.Item).ShouldBe(["T2.decor", "T3.hours"]);
        assessment.SignByAssessor(A.Context(TheAssessor)).ShouldBeNull();
        assessment.SignBySite(A.Context(Site)).ShouldNotBeNull().Code.ShouldBe("items-failed");
        assessment.AcceptFindings(A.Context(Site)).ShouldBeNull();
        assessment.Close(A.Context(Someone.InQuality())).ShouldNotBeNull().Code.ShouldBe("corrections-open");
    }

    [Fact]
    [Trait("Rule", "T1")]
    public void Given_a_correction_that_does_not_work_When_it_is_sent_back_Then_it_is_done_again_and_seen_by_another()
    {
        var assessment = Scored(Scores(4, "T2.safety"));
        assessment.SignByAssessor(A.Context(TheAssessor)).ShouldBeNull();
        assessment.AcceptFindings(A.Context(Site)).ShouldBeNull();
        var both = Someone.With("bai", "repair", Roles.Qc, Roles.DepartmentHead);
        assessment.Correct(A.Context(both), "T2.safety", "已更換").ShouldBeNull();

        assessment.Verify(A.Context(both), "T2.safety", "有效").ShouldNotBeNull().Code.ShouldBe("verifier-did-it");
        assessment.SendBack(A.Context(Someone.InQuality()), "T2.safety", "仍過期").ShouldBeNull();

        assessment.IsToCorrect.ShouldBeTrue();
        assessment
            .Verify(A.Context(Someone.InQuality()), "T2.safety", "x")
            .ShouldNotBeNull()
            .Code.ShouldBe("item-not-corrected");
        assessment.Correct(A.Context(Site), "T2.safety", "再次更換").ShouldBeNull();
        assessment.Verify(A.Context(Someone.InQuality()), "T2.safety", "有效").ShouldBeNull();
        assessment.Close(A.Context(Someone.InQuality())).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "T1")]
    public void Given_a_mystery_visit_When_it_is_signed_and_told_Then_nobody_learns_who_came()
    {
        var assessment = Scored(Scores(), mystery: true);
        assessment.SignByAssessor(A.Context(TheAssessor)).ShouldBeNull();

        assessment.ByAssessor!.PrintedName.ShouldBe(assessment.Number);
        assessment
            .PendingEvents.OfType<ServicePointAssessed>()
            .ShouldHaveSingleItem()
            .ToString()
            .ShouldNotContain(TheAssessor.Name);
    }

    [Theory]
    [Trait("Rule", "T1")]
    [InlineData(true)]
    [InlineData(false)]
    public void Given_a_visit_When_it_is_planned_and_scored_Then_its_steps_are_told_only_where_it_is_no_mystery(
        bool mystery
    )
    {
        var assessment = Plan(A.Context(Someone.InQuality()), mystery).Required();
        assessment.IsKeptQuiet.ShouldBe(mystery);
        // The assessor's work list shows it all the same.
        assessment.WorkSteps(A.Context(Someone.System())).ShouldHaveSingleItem().Action.ShouldBe("score");
        Held(assessment);
        assessment.IsKeptQuiet.ShouldBe(mystery);
        assessment.SignByAssessor(A.Context(TheAssessor)).ShouldBeNull();

        assessment.IsKeptQuiet.ShouldBeFalse("now it is the site's turn");
    }

    [Fact]
    [Trait("Rule", "T1")]
    public void Given_another_site_or_assessor_When_they_act_Then_refused()
    {
        var assessment = Plan(A.Context(Someone.InQuality())).Required();
        Score(assessment, A.Context(Someone.With("other", "quality", Roles.Assessor)), Scores())
            .ShouldNotBeNull()
            .Code.ShouldBe("other-assessor");
        Score(assessment, A.Context(TheAssessor), Scores()).ShouldBeNull();
        assessment.SignByAssessor(A.Context(TheAssessor)).ShouldBeNull();

        assessment.SignBySite(A.Context(Someone.HeadOf("sales"))).ShouldNotBeNull().Code.ShouldBe("other-site");
    }

    [Fact]
    [Trait("Rule", "T1")]
    [Trait("Rule", "S1")]
    public void Given_whatever_order_When_whoever_tries_Then_an_assessment_is_closed_when_all_is_corrected() =>
        new FlowWalk<Assessment, AssessmentState, AssessmentAction>(AssessmentFlow.Table)
            .Start(AssessmentAction.Plan, move => Plan(move.Context))
            .Start(AssessmentAction.PlanMystery, move => Plan(move.Context, mystery: true))
            .On(
                AssessmentAction.Score,
                (a, move) =>
                    Score(
                        a,
                        move.Context,
                        move.Pick<IReadOnlyList<ItemScore>>(
                            Scores(),
                            Scores(4, "T1.smile"),
                            [],
                            [.. Scores(4, "T1.smile").Select(s => s with { Photos = [] })],
                            [.. Scores(4, "T1.smile").Select(s => s with { Photos = [Guid.NewGuid()] })],
                            [.. Scores().Select(s => s with { Score = 9 })]
                        )
                    )
            )
            .On(AssessmentAction.SignByAssessor, (a, move) => a.SignByAssessor(move.Context))
            .On(AssessmentAction.AcceptFindings, (a, move) => a.AcceptFindings(move.Context))
            .On(AssessmentAction.SignBySite, (a, move) => a.SignBySite(move.Context))
            .On(
                AssessmentAction.Correct,
                (a, move) => a.Correct(move.Context, move.Pick("T1.smile", "T1.smile", "T2.decor"), "done")
            )
            .On(
                AssessmentAction.Verify,
                (a, move) => a.Verify(move.Context, move.Pick("T1.smile", "T1.smile", "T2.decor"), "ok")
            )
            .On(
                AssessmentAction.SendBack,
                (a, move) => a.SendBack(move.Context, move.Pick("T1.smile", "T1.smile", "T2.decor"), "no")
            )
            .On(AssessmentAction.Close, (a, move) => a.Close(move.Context))
            .On(AssessmentAction.Cancel, (a, move) => a.Cancel(move.Context, "closed"))
            .By(
                TheAssessor,
                Someone.With("other", "quality", Roles.Assessor),
                Site,
                Someone.InResponsible("repair"),
                Someone.With("bai", "repair", Roles.Qc, Roles.DepartmentHead),
                Someone.HeadOf("sales"),
                Someone.InQuality(),
                Someone.InCustomerService(),
                Someone.InSales()
            )
            .Run();
}
