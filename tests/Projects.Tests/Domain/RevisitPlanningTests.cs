using CsCheck;
using static CustomerService.Rules.Tests.Build;

namespace CustomerService.Rules.Tests;

[Trait("Rule", "P2.1.1")]
public sealed class RevisitPlanTests
{
    private static readonly Gen<DateOnly> Dates = Gen.Int[Day("2000-01-01").DayNumber, Day("2060-12-31").DayNumber]
        .Select(DateOnly.FromDayNumber);
    private static readonly Gen<RevisitPolicy> Policies = Gen.Select(Gen.Int[1, 18].Array[0, 4], Gen.Int[1, 24])
        .Select(
            (first, then) =>
                Standard.Revisits with
                {
                    FirstMonths = first.Distinct().Order().ToList(),
                    ThenEveryMonths = then,
                }
        );

    [Theory]
    [InlineData("2024-02-29", "2026-02-28", "2024-05-29 2024-08-29 2025-02-28 2025-08-29 2026-02-28")]
    [InlineData("2023-08-31", "2024-08-30", "2023-11-30 2024-02-29")]
    [InlineData("2023-08-31", "2024-08-31", "2023-11-30 2024-02-29 2024-08-31")]
    [InlineData("2024-01-31", "2024-04-29", "2024-04-29")]
    [InlineData("2024-01-31", "2024-04-30", "2024-04-30")]
    [InlineData("2024-01-31", "2024-02-01", "2024-02-01")]
    [InlineData("2024-01-31", "2024-01-31", "2024-01-31")]
    public void Dates_come_from_the_anchor_and_stop_at_the_last_warranty_day(
        string handover,
        string last,
        string dates
    ) => RevisitPlan.Dates(Day(handover), Day(last), Standard.Revisits).ShouldBe(dates.Split(' ').Select(Day));

    [Fact]
    public void Never_after_the_last_warranty_day_at_least_one_ascending_without_repetition() =>
        Gen.Select(Dates, Gen.Int[0, 4000], Policies)
            .Sample(
                (handover, days, policy) =>
                {
                    var last = handover.AddDays(days);
                    var dates = RevisitPlan.Dates(handover, last, policy);
                    return dates.Count >= 1
                        && dates[^1] <= last
                        && dates.Zip(dates.Skip(1)).All(pair => pair.First < pair.Second)
                        && dates[0] >= handover;
                }
            );

    [Fact]
    public void No_date_of_the_pattern_that_fits_is_left_out() =>
        Gen.Select(Dates, Gen.Int[0, 4000])
            .Sample(
                (handover, days) =>
                {
                    var last = handover.AddDays(days);
                    var fitting = new[] { 3 }
                        .Concat(Enumerable.Range(1, 40).Select(i => i * 6))
                        .Select(months => handover.AddMonths(months))
                        .Where(date => date <= last)
                        .ToList();
                    return fitting.Count == 0
                        || fitting.SequenceEqual(RevisitPlan.Dates(handover, last, Standard.Revisits));
                }
            );

    [Fact]
    public void A_longer_horizon_keeps_the_dates_and_only_adds_to_them() =>
        Gen.Select(Dates, Gen.Int[100, 2000], Gen.Int[0, 2000])
            .Sample(
                (handover, days, more) =>
                {
                    var shorter = RevisitPlan.Dates(handover, handover.AddDays(days), Standard.Revisits);
                    return shorter.SequenceEqual(
                        RevisitPlan
                            .Dates(handover, handover.AddDays(days + more), Standard.Revisits)
                            .Take(shorter.Count)
                    );
                }
            );

    [Fact]
    public void The_last_planned_revisit_cannot_be_cancelled()
    {
        var refusal = RevisitPlan.CheckCancel(remaining: 1).ShouldNotBeNull();

        refusal.Code.ShouldBe("last-revisit");
        refusal.Rule.ShouldBe("P2.1.1");
        RevisitPlan.CheckCancel(remaining: 2).ShouldBeNull();
    }

    [Fact]
    public void The_horizon_is_the_longest_finite_part_or_what_the_policy_fixes()
    {
        Warranty
            .Table(
                new Dictionary<string, WarrantyLength?>(),
                new(Day("2024-01-31"), Day("2024-01-31"), "beijing", 70),
                Standard.Warranty,
                out var terms
            )
            .ShouldBeNull();

        RevisitPlan.Horizon(terms, Day("2024-01-31"), Standard.Revisits).ShouldBe(Day("2029-01-31"));
        RevisitPlan
            .Horizon(
                terms,
                Day("2024-01-31"),
                Standard.Revisits with
                {
                    Horizon = HorizonRule.FixedMonths,
                    HorizonMonths = 24,
                }
            )
            .ShouldBe(Day("2026-01-31"));
        RevisitPlan.Horizon(terms.Where(term => !term.IsFinite), Day("2024-01-31"), Standard.Revisits).ShouldBeNull();
    }

    [Fact]
    public void Reminders_come_fourteen_and_three_days_before() =>
        Deadlines
            .Reminders(Day("2024-03-10"), Standard.Revisits.ReminderDays)
            .ShouldBe([Day("2024-02-25"), Day("2024-03-07")]);
}
