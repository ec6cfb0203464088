using CsCheck;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests.Domain;

[Trait("Rule", "P2.1.1")]
public sealed class RevisitPlanningTests
{
    private static readonly Gen<DateOnly> Dates = Gen.Int[A.Day("2000-01-01").DayNumber, A.Day("2060-12-31").DayNumber]
        .Select(DateOnly.FromDayNumber);
    private static readonly Gen<RevisitPolicy> Policies = Gen.Select(Gen.Int[1, 18].Array[0, 4], Gen.Int[1, 24])
        .Select(
            (first, then) =>
                A.Policy.Revisits with
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
    ) =>
        RevisitPlanning.Dates(A.Day(handover), A.Day(last), A.Policy.Revisits).ShouldBe(dates.Split(' ').Select(A.Day));

    [Fact]
    public void Never_after_the_last_warranty_day_at_least_one_ascending_without_repetition() =>
        Gen.Select(Dates, Gen.Int[0, 4000], Policies)
            .Sample(
                (handover, days, policy) =>
                {
                    var last = handover.AddDays(days);
                    var dates = RevisitPlanning.Dates(handover, last, policy);
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
                        || fitting.SequenceEqual(RevisitPlanning.Dates(handover, last, A.Policy.Revisits));
                }
            );

    [Fact]
    public void A_longer_horizon_keeps_the_dates_and_only_adds_to_them() =>
        Gen.Select(Dates, Gen.Int[100, 2000], Gen.Int[0, 2000])
            .Sample(
                (handover, days, more) =>
                {
                    var shorter = RevisitPlanning.Dates(handover, handover.AddDays(days), A.Policy.Revisits);
                    return shorter.SequenceEqual(
                        RevisitPlanning
                            .Dates(handover, handover.AddDays(days + more), A.Policy.Revisits)
                            .Take(shorter.Count)
                    );
                }
            );

    [Fact]
    public void The_last_planned_revisit_cannot_be_cancelled()
    {
        RevisitPlanning.MayCancel(active: 1).ShouldBeFalse();
        RevisitPlanning.MayCancel(active: 2).ShouldBeTrue();
    }

    [Fact]
    public void The_horizon_is_the_longest_finite_part_or_what_the_policy_fixes()
    {
        var table = WarrantyTerms
            .Table([], new(A.Day("2024-01-31"), A.Day("2024-01-31"), "beijing", 70), A.Policy.Warranty)
            .Required();

        RevisitPlanning.Horizon(table, A.Day("2024-01-31"), A.Policy.Revisits).ShouldBe(A.Day("2029-01-31"));
        RevisitPlanning
            .Horizon(
                table,
                A.Day("2024-01-31"),
                A.Policy.Revisits with
                {
                    Horizon = HorizonRule.FixedMonths,
                    HorizonMonths = 24,
                }
            )
            .ShouldBe(A.Day("2026-01-31"));
        RevisitPlanning
            .Horizon(new([.. table.Terms.Where(term => !term.IsFinite)]), A.Day("2024-01-31"), A.Policy.Revisits)
            .ShouldBeNull();
    }

    [Fact]
    public void Reminders_come_fourteen_and_three_days_before() =>
        Deadlines
            .Reminders(A.Day("2024-03-10"), A.Policy.Revisits.ReminderDays)
            .ShouldBe([A.Day("2024-02-25"), A.Day("2024-03-07")]);
}
