using CustomerService.Rules;
using CustomerService.Surveys.Analysis.Domain;
using CustomerService.Surveys.Reviews.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests.Domain;

/// <summary>Half-year reviews of management, product quality and after-sales (C5.8.1 D).</summary>
public sealed class ReviewRules
{
    private static readonly HalfYear Period = new HalfYear(A.Today.Year, A.Today.Month <= 6 ? 1 : 2).Before;
    private static readonly Actor Representative = Someone.ManagementRepresentative();
    private static readonly Actor Quality = Someone.HeadOfQuality();
    private static readonly Actor Service = Someone.InCustomerService();
    private static readonly Actor Production = Someone.HeadOf();

    private static Tally Graded(int satisfied, int dissatisfied) =>
        Tally.Of(
            new Dictionary<Grade, int> { [Grade.Satisfied] = satisfied, [Grade.RatherDissatisfied] = dissatisfied },
            A.Policy.Surveys
        );

    private static ReviewFigures Figures(int badManagement = 5) =>
        new(
            Graded(9, 1),
            80,
            85,
            [
                new(ReviewChapter.Management, Graded(5, badManagement), null, []),
                new(ReviewChapter.ProductQuality, Graded(9, 1), 88, []),
                new(ReviewChapter.AfterSales, Graded(0, 0), null, []),
            ],
            0,
            null
        );

    private static Result<HalfYearReview> Open(CommandContext? context = null, ReviewFigures? figures = null) =>
        HalfYearReview.Open(context ?? A.Context(Service), Period, figures ?? Figures());

    private static HalfYearReview Written()
    {
        var review = Open().Required();
        review.Assess(A.Context(Representative), ReviewChapter.Management, "回覆太慢").ShouldBeNull();
        review.Assess(A.Context(Quality), ReviewChapter.ProductQuality, "穩定").ShouldBeNull();
        review.Assess(A.Context(Service), ReviewChapter.AfterSales, "無問卷").ShouldBeNull();
        return review;
    }

    private static readonly Actor Both = Someone.With(
        "both",
        "production",
        Roles.DepartmentHead,
        Roles.ManagementRepresentative,
        Roles.QcHead,
        Roles.CustomerService
    );

    private static GivenMeasure Measure(
        ReviewChapter chapter = ReviewChapter.Management,
        DateOnly? due = null,
        string department = "production"
    ) => new(chapter, "設專線", department, due);

    [Theory]
    [Trait("Rule", "C5.8.1")]
    [InlineData("A.performance", "product-quality")]
    [InlineData("C.style", "product-quality")]
    [InlineData("E.contract", "management")]
    [InlineData("E.speed", "after-sales")]
    [InlineData("E.recommend", "after-sales")]
    [InlineData("D.price", null)]
    [InlineData("F.needs", null)]
    public void Given_an_item_When_it_is_reviewed_Then_in_its_chapter(string item, string? chapter) =>
        (ReviewChapters.Of(item)?.ToKebab()).ShouldBe(chapter);

    [Theory]
    [Trait("Rule", "C5.8.1")]
    [InlineData(2026, 1, "2026-01-01", "2026-06-30", 2025, 2)]
    [InlineData(2026, 2, "2026-07-01", "2026-12-31", 2026, 1)]
    public void Given_a_half_year_When_its_days_are_asked_Then_both_ends_and_the_one_before(
        int year,
        int half,
        string from,
        string to,
        int yearBefore,
        int halfBefore
    )
    {
        var period = new HalfYear(year, half);

        (
            FormattableString.Invariant($"{period.From:yyyy-MM-dd}"),
            FormattableString.Invariant($"{period.To:yyyy-MM-dd}")
        ).ShouldBe((from, to));
        period.Before.ShouldBe(new HalfYear(yearBefore, halfBefore));
    }

    [Fact]
    [Trait("Rule", "C5.8.1")]
    public void Given_a_half_year_that_is_not_over_When_it_is_opened_Then_refused() =>
        HalfYearReview
            .Open(A.Context(Service), new(A.Today.Year, A.Today.Month <= 6 ? 1 : 2), Figures())
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe("period-not-over");

    [Fact]
    [Trait("Rule", "C5.8.1")]
    public void Given_the_chapters_When_they_are_written_Then_each_by_its_own_people()
    {
        var review = Open().Required();

        review
            .Assess(A.Context(Service), ReviewChapter.Management, "x")
            .ShouldNotBeNull()
            .Code.ShouldBe("other-chapter");
        review.SetMeasure(A.Context(Representative), Measure()).ShouldNotBeNull().Code.ShouldBe("chapter-not-written");
        review.Issue(A.Context(Representative)).ShouldNotBeNull().Code.ShouldBe("chapters-missing");
        review.Assess(A.Context(Representative), ReviewChapter.Management, "回覆太慢").ShouldBeNull();
        review
            .SetMeasure(A.Context(Representative), Measure(due: A.Today.AddDays(-1)))
            .ShouldNotBeNull()
            .Code.ShouldBe("due-in-past");
        review.SetMeasure(A.Context(Quality), Measure()).ShouldNotBeNull().Code.ShouldBe("other-chapter");

        review.SetMeasure(A.Context(Representative), Measure()).ShouldBeNull();

        review.Measures.ShouldHaveSingleItem().DueOn.ShouldBe(A.Today.AddDays(A.Policy.Surveys.ReviewMeasureDays));
    }

    [Fact]
    [Trait("Rule", "C5.8.1")]
    public void Given_a_chapter_below_the_goal_When_the_review_is_issued_Then_it_needs_a_measure_and_nothing_else_does()
    {
        var review = Written();
        review.WeakChapters.ShouldBe([ReviewChapter.Management]);
        review.Issue(A.Context(Representative)).ShouldNotBeNull().Code.ShouldBe("measures-missing");
        review.SetMeasure(A.Context(Representative), Measure()).ShouldBeNull();

        review.Issue(A.Context(Representative)).ShouldBeNull();

        review.State.ShouldBe(HalfYearReviewState.Issued);
    }

    [Fact]
    [Trait("Rule", "C5.8.1")]
    public void Given_a_measure_When_its_department_has_carried_it_out_Then_another_verifies_it_before_the_review_closes()
    {
        var review = Written();
        review.SetMeasure(A.Context(Representative), Measure()).ShouldBeNull();
        review.Issue(A.Context(Representative)).ShouldBeNull();

        review.Close(A.Context(Representative)).ShouldNotBeNull().Code.ShouldBe("measures-open");
        review
            .ReportDone(A.Context(Someone.HeadOf("sales")), 1, "x")
            .ShouldNotBeNull()
            .Code.ShouldBe("other-department");
        review.Verify(A.Context(Quality), 1, "x").ShouldNotBeNull().Code.ShouldBe("measure-not-done");
        review.ReportDone(A.Context(Production), 1, "已設").ShouldBeNull();
        review.SendBack(A.Context(Service), 1, "無人接聽").ShouldBeNull();
        review.Measures[0].Done.ShouldBeNull();
        var both = Someone.With(Production.Name, "production", Roles.DepartmentHead, Roles.Qc);
        review.ReportDone(A.Context(both), 1, "已設").ShouldBeNull();
        review.Verify(A.Context(both), 1, "有效").ShouldNotBeNull().Code.ShouldBe("same-verifier");
        review.Verify(A.Context(Quality), 1, "有效").ShouldBeNull();

        review.Close(A.Context(Representative)).ShouldBeNull();

        review.State.ShouldBe(HalfYearReviewState.Closed);
    }

    [Fact]
    [Trait("Rule", "C5.8.1")]
    public void Given_a_review_that_is_given_up_When_the_half_year_is_opened_again_Then_its_key_is_free()
    {
        var review = Open().Required();
        review.Key.ShouldBe(HalfYearReview.NumberOf(Period));

        review.Withdraw(A.Context(Service), "數據補登").ShouldBeNull();

        review.Key.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.8.1")]
    [Trait("Rule", "S1")]
    public void Given_whatever_order_When_whoever_tries_Then_a_review_is_closed_when_its_measures_are_verified() =>
        new FlowWalk<HalfYearReview, HalfYearReviewState, HalfYearReviewAction>(HalfYearReviewFlow.Table)
            .Start(HalfYearReviewAction.Open, move => Open(move.Context, Figures(move.Pick(0, 5))))
            .On(
                HalfYearReviewAction.Assess,
                // The one that is missing is picked more often, or no walk would come to the end.
                (r, move) =>
                    r.Assess(
                        move.Context,
                        move.Pick([
                            .. ReviewChapters.All,
                            .. Enumerable.Repeat(
                                ReviewChapters.All.FirstOrDefault(c => r.Texts.All(text => text.Chapter != c)),
                                6
                            ),
                        ]),
                        "text"
                    )
            )
            .On(
                HalfYearReviewAction.SetMeasure,
                (r, move) =>
                    r.SetMeasure(
                        move.Context,
                        Measure(move.Pick([.. ReviewChapters.All]), move.Pick<DateOnly?>(null, null, new(2020, 1, 1)))
                    )
            )
            .On(HalfYearReviewAction.Issue, (r, move) => r.Issue(move.Context))
            .On(HalfYearReviewAction.ReportDone, (r, move) => r.ReportDone(move.Context, move.Pick(1, 1, 2), "done"))
            .On(HalfYearReviewAction.Verify, (r, move) => r.Verify(move.Context, move.Pick(1, 1, 2), "ok"))
            .On(HalfYearReviewAction.SendBack, (r, move) => r.SendBack(move.Context, move.Pick(1, 1, 1, 2), "no"))
            .On(HalfYearReviewAction.Close, (r, move) => r.Close(move.Context))
            .On(HalfYearReviewAction.Withdraw, (r, move) => r.Withdraw(move.Context, "no"))
            .By(
                Representative,
                Quality,
                Service,
                Production,
                Someone.HeadOf("sales"),
                Someone.InSales(),
                Someone.With("lu", "after-sales", Roles.AfterSales),
                // Thrice, or hardly a walk comes to a person who did what they verify.
                Both,
                Both,
                Both,
                Someone.With("all", "quality", Roles.ManagementRepresentative, Roles.Qc, Roles.AfterSales)
            )
            .Run(walks: 600, steps: 80);
}
