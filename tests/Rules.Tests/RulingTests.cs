using CsCheck;
using static CustomerService.Rules.Tests.Build;

namespace CustomerService.Rules.Tests;

public sealed class RulingTests
{
    private static readonly Gen<DateOnly> Dates = Gen.Int[Day("2015-01-01").DayNumber, Day("2030-12-31").DayNumber]
        .Select(DateOnly.FromDayNumber);

    [Theory]
    [Trait("Rule", "C5.1.4")]
    [InlineData("2025-11-30", "2026-02-28")]
    [InlineData("2023-11-30", "2024-02-29")]
    [InlineData("2025-01-31", "2025-04-30")]
    [InlineData("2025-02-28", "2025-05-28")]
    public void Goods_are_returnable_through_the_corresponding_day(string exFactory, string through) =>
        Returnable.Through(Day(exFactory), Standard.Returns).ShouldBe(Day(through));

    [Fact]
    [Trait("Rule", "C5.1.4")]
    public void A_return_is_accepted_exactly_for_a_quality_fault_within_the_window_or_with_an_exception() =>
        Gen.Select(Dates, Gen.Int[0, 200], Gen.Bool, Gen.Bool)
            .Sample(
                (exFactory, days, fault, exception) =>
                    (Returnable.Check(exFactory, exFactory.AddDays(days), fault, exception, Standard.Returns) is null)
                    == (fault && (exception || exFactory.AddDays(days) <= exFactory.AddMonths(3)))
            );

    [Fact]
    [Trait("Rule", "C5.1.4")]
    public void Goods_that_left_the_factory_after_the_request_are_a_mistake_in_the_request()
    {
        var refusal = Returnable
            .Check(Day("2025-03-02"), Day("2025-03-01"), true, true, Standard.Returns)
            .ShouldNotBeNull();

        (refusal.Kind, refusal.Code, refusal.Rule).ShouldBe((RefusalKind.Invalid, "ex-factory-in-future", "C5.1.4"));
        refusal.Missing.ShouldBe(["ex-factory-date"]);
        (refusal.Arguments["exFactory"], refusal.Arguments["requested"]).ShouldBe(
            (Day("2025-03-02"), Day("2025-03-01"))
        );
    }

    [Fact]
    [Trait("Rule", "C5.1.4")]
    public void Given_no_fault_of_quality_When_a_return_is_asked_for_Then_qc_can_supply_it()
    {
        var refusal = Returnable
            .Check(Day("2025-03-01"), Day("2025-03-01"), false, true, Standard.Returns)
            .ShouldNotBeNull();

        (refusal.Kind, refusal.Code, refusal.Rule).ShouldBe((RefusalKind.Rule, "no-quality-fault", "C5.1.4"));
        refusal.Missing.ShouldBe(["quality-fault"]);
        refusal.SuppliedBy.ShouldBe([Roles.Qc]);
    }

    [Fact]
    [Trait("Rule", "C5.1.4")]
    public void Given_a_window_that_has_passed_When_a_return_is_asked_for_Then_the_sales_manager_can_lift_it()
    {
        var refusal = Returnable
            .Check(Day("2025-11-30"), Day("2026-03-01"), true, false, Standard.Returns)
            .ShouldNotBeNull();

        (refusal.Kind, refusal.Code, refusal.Rule).ShouldBe((RefusalKind.Rule, "return-window-passed", "C5.1.4"));
        refusal.Missing.ShouldBe(["exception-approval"]);
        refusal.SuppliedBy.ShouldBe([Roles.SalesManager]);
        (refusal.Arguments["through"], refusal.Arguments["requested"]).ShouldBe((Day("2026-02-28"), Day("2026-03-01")));
    }

    [Theory]
    [Trait("Rule", "C5.10")]
    [InlineData(2, 3, 66.7, "66.7", GoalOutcome.CorrectiveOrder)]
    [InlineData(2, 3, 66.6, "66.7", GoalOutcome.Reward)]
    [InlineData(1, 8, 12.5, "12.5", GoalOutcome.Reward)]
    [InlineData(0, 5, 0, "0.0", GoalOutcome.Reward)]
    [InlineData(5, 5, 100, "100.0", GoalOutcome.Reward)]
    public void Rounding_is_for_the_eye_and_never_decides_about_the_goal(
        int satisfied,
        int recovered,
        double goal,
        string percent,
        GoalOutcome outcome
    )
    {
        var rate = new SatisfactionRate(recovered, satisfied);

        rate.Percent.ShouldNotBeNull()
            .ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBe(percent);
        rate.Against((decimal)goal).ShouldBe(outcome);
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    public void The_rate_lies_between_nothing_and_all_and_a_better_grade_never_lowers_it() =>
        Gen.Select(Gen.Enum<Grade>().Array[1, 50], Gen.Int[0, 49], Gen.Enum<Grade>())
            .Sample(
                (grades, at, better) =>
                {
                    var before = Satisfaction.Rate(grades, Standard.Surveys).Percent!.Value;
                    var i = at % grades.Length;
                    var raised = grades.ToArray();
                    raised[i] = better > grades[i] ? better : grades[i];
                    return before is >= 0 and <= 100 && Satisfaction.Rate(raised, Standard.Surveys).Percent >= before;
                }
            );

    [Theory]
    [Trait("Rule", "C8")]
    [InlineData("2024-02-29", null, null, null, "2027-02-28")]
    [InlineData("2024-02-29", "2029-01-31", null, null, "2029-01-31")]
    [InlineData("2024-02-29", "2025-01-31", "2030-06-01", null, "2030-06-01")]
    [InlineData("2024-02-29", null, null, "finance", "2034-02-28")]
    [InlineData("2024-02-29", null, null, "qc", "2027-02-28")]
    public void A_record_is_kept_until_the_latest_of_all_reasons(
        string closed,
        string? warranty,
        string? hold,
        string? department,
        string through
    )
    {
        var policy = Standard.Retention with { DepartmentYears = new Dictionary<string, int> { ["finance"] = 10 } };

        var keep = Retention.KeepThrough(Day(closed), Maybe(warranty), Maybe(hold), department, policy);

        keep.ShouldBe(Day(through));
        Retention.CheckDeletion(Day(through), keep).ShouldNotBeNull().Code.ShouldBe("retention-not-over");
        Retention.CheckDeletion(Day(through).AddDays(1), keep).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C8")]
    public void The_record_of_an_open_case_is_never_deleted()
    {
        Retention.KeepThrough(null, Day("2020-01-01"), null, null, Standard.Retention).ShouldBeNull();
        var refusal = Retention.CheckDeletion(Day("2099-01-01"), null).ShouldNotBeNull();

        (refusal.Code, refusal.Rule).ShouldBe(("case-still-open", "C8"));
        refusal.Missing.ShouldBe(["closing"]);
        refusal.SuppliedBy.ShouldBe([Roles.CustomerService]);
    }

    [Fact]
    [Trait("Rule", "C8")]
    public void Given_a_term_that_runs_When_a_record_is_to_be_deleted_Then_the_refusal_says_until_when()
    {
        var refusal = Retention.CheckDeletion(Day("2027-02-28"), Day("2027-02-28")).ShouldNotBeNull();

        (refusal.Code, refusal.Rule).ShouldBe(("retention-not-over", "C8"));
        refusal.Missing.ShouldBe(["retention-end"]);
        refusal.SuppliedBy.ShouldBe([Roles.Administrator]);
        refusal.Arguments["keepThrough"].ShouldBe(Day("2027-02-28"));
    }

    [Fact]
    [Trait("Rule", "C8")]
    public void Given_a_department_that_asks_for_less_When_a_record_is_kept_Then_for_the_policys_years() =>
        Retention
            .KeepThrough(
                Day("2024-02-29"),
                null,
                null,
                "finance",
                Standard.Retention with
                {
                    DepartmentYears = new Dictionary<string, int> { ["finance"] = 1 },
                }
            )
            .ShouldBe(Day("2027-02-28"));

    [Theory]
    [InlineData(WarrantyUnit.Months, 60, "5y")]
    [InlineData(WarrantyUnit.Months, 18, "18m")]
    [InlineData(WarrantyUnit.Seasons, 2, "2s")]
    [InlineData(WarrantyUnit.DesignLife, 0, "design-life")]
    public void Given_a_length_When_it_is_written_Then_as_a_contract_writes_it(
        WarrantyUnit unit,
        int count,
        string text
    ) => new WarrantyLength(unit, count).ToString().ShouldBe(text);

    private static DateOnly? Maybe(string? date) => date is null ? null : Day(date);
}
