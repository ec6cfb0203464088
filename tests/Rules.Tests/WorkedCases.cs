using static CustomerService.Rules.Tests.Build;

namespace CustomerService.Rules.Tests;

/// <summary>The worked cases of the requirements, as far as they need no aggregate. Each must come out exactly
/// so.</summary>
public sealed class WorkedCases
{
    [Theory]
    [Trait("Rule", "P3.2.1")]
    [InlineData("2018-12-28", DayMode.Calendar, "2018-12-30")]
    [InlineData("2018-12-28", DayMode.CalendarRollForward, "2019-01-02")]
    [InlineData("2018-12-28", DayMode.WorkingDays, "2019-01-02")]
    [InlineData("2018-12-27", DayMode.Calendar, "2018-12-29")]
    [InlineData("2018-12-27", DayMode.CalendarRollForward, "2018-12-29")]
    [InlineData("2018-12-27", DayMode.WorkingDays, "2018-12-29")]
    public void Case_2_a_defect_is_confirmed_within_two_days(string notified, DayMode mode, string due)
    {
        var rule = Standard.Repairs.ConfirmDefect with { Mode = mode };

        rule.Days.ShouldBe(2);
        Deadlines.Due(Day(notified), rule, WorkCalendars.BuiltIn["china"]).ShouldBe(Day(due));
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Case_2_the_policy_counts_strict_calendar_days() =>
        Deadlines
            .Due(Day("2018-12-28"), Standard.Repairs.ConfirmDefect, WorkCalendars.BuiltIn)
            .ShouldBe(Day("2018-12-30"));

    [Fact]
    [Trait("Rule", "C5.1.4")]
    public void Case_6_goods_of_the_end_of_November_are_returnable_through_the_end_of_February()
    {
        var exFactory = Day("2025-11-30");

        Returnable.Through(exFactory, Standard.Returns).ShouldBe(Day("2026-02-28"));
        Returnable
            .Check(exFactory, Day("2026-02-28"), qualityFault: true, exceptionApproved: false, Standard.Returns)
            .ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.1.4")]
    public void Case_6_the_first_of_March_needs_a_recorded_exception()
    {
        var (exFactory, late) = (Day("2025-11-30"), Day("2026-03-01"));

        var refusal = Returnable
            .Check(exFactory, late, qualityFault: true, exceptionApproved: false, Standard.Returns)
            .ShouldNotBeNull();

        refusal.Code.ShouldBe("return-window-passed");
        refusal.Rule.ShouldBe("C5.1.4");
        refusal.SuppliedBy.ShouldBe([Roles.SalesManager]);
        Returnable.Check(exFactory, late, qualityFault: true, exceptionApproved: true, Standard.Returns).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.1.4")]
    public void Case_6_without_a_quality_fault_it_is_refused_on_day_one()
    {
        var refusal = Returnable
            .Check(
                Day("2025-11-30"),
                Day("2025-11-30"),
                qualityFault: false,
                exceptionApproved: false,
                Standard.Returns
            )
            .ShouldNotBeNull();

        refusal.Code.ShouldBe("no-quality-fault");
        refusal.SuppliedBy.ShouldBe([Roles.Qc]);
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    public void Case_8_seven_of_ten_satisfied_reach_a_goal_of_70_and_miss_75()
    {
        Grade[] overall =
        [
            Grade.VerySatisfied,
            Grade.VerySatisfied,
            Grade.VerySatisfied,
            Grade.Satisfied,
            Grade.Satisfied,
            Grade.FairlySatisfied,
            Grade.FairlySatisfied,
            Grade.RatherDissatisfied,
            Grade.RatherDissatisfied,
            Grade.Dissatisfied,
        ];

        var rate = Satisfaction.Rate(overall, Standard.Surveys);

        rate.Percent.ShouldBe(70.0m);
        rate.Against(70).ShouldBe(GoalOutcome.Reward);
        rate.Against(75).ShouldBe(GoalOutcome.CorrectiveOrder);
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    public void Case_8_no_form_recovered_is_not_available_and_never_zero()
    {
        var rate = Satisfaction.Rate([], Standard.Surveys);

        rate.Percent.ShouldBeNull();
        rate.Against(0).ShouldBe(GoalOutcome.NotAvailable);
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Case_8_only_the_worst_grade_makes_a_complaint_and_the_second_worst_warns()
    {
        Satisfaction
            .MakesComplaint([Grade.VerySatisfied, Grade.Dissatisfied, Grade.Dissatisfied], Standard.Surveys)
            .ShouldBeTrue();
        Satisfaction.MakesComplaint([Grade.VerySatisfied, Grade.RatherDissatisfied], Standard.Surveys).ShouldBeFalse();
        Satisfaction.OnlyWarns([Grade.VerySatisfied, Grade.RatherDissatisfied], Standard.Surveys).ShouldBeTrue();
        Satisfaction.OnlyWarns([Grade.RatherDissatisfied, Grade.Dissatisfied], Standard.Surveys).ShouldBeFalse();
        Satisfaction.OnlyWarns([Grade.FairlySatisfied], Standard.Surveys).ShouldBeFalse();
    }
}
