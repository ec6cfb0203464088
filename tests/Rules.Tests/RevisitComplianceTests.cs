namespace CustomerService.Rules.Tests;

[Trait("Rule", "P2.1.1")]
public sealed class RevisitComplianceTests
{
    private static readonly DateOnly First = new(2026, 1, 1);
    private static readonly DateOnly Last = new(2026, 12, 31);

    [Theory]
    [InlineData("2025-12-31", false, false)]
    [InlineData("2026-01-01", false, true)]
    [InlineData("2026-12-31", false, true)]
    [InlineData("2026-12-31", true, false)]
    [InlineData("2027-01-01", false, false)]
    [InlineData(null, false, false)]
    public void Given_a_revisit_When_a_year_is_counted_Then_it_is_due_by_its_date_unless_it_is_cancelled(
        string? date,
        bool cancelled,
        bool due
    ) => RevisitCompliance.IsDue(date is null ? null : Build.Day(date), cancelled, First, Last).ShouldBe(due);

    [Fact]
    public void Given_an_open_period_When_counted_Then_no_end_limits_it()
    {
        RevisitCompliance.IsDue(First, false, null, null).ShouldBeTrue();
        RevisitCompliance.IsDue(First, false, Last, null).ShouldBeFalse();
        RevisitCompliance.IsDue(Last, false, null, First).ShouldBeFalse();
    }

    [Theory]
    [InlineData("2026-05-01", null, "2026-05-01", RevisitOutcome.Ahead)]
    [InlineData("2026-05-01", null, "2026-05-02", RevisitOutcome.NotHeld)]
    [InlineData("2026-05-01", "2026-04-20", "2026-04-21", RevisitOutcome.HeldInTime)]
    [InlineData("2026-05-01", "2026-05-01", "2026-06-01", RevisitOutcome.HeldInTime)]
    [InlineData("2026-05-01", "2026-05-02", "2026-06-01", RevisitOutcome.HeldLate)]
    public void Given_a_revisit_that_is_due_When_judged_Then_by_its_date(
        string date,
        string? held,
        string today,
        RevisitOutcome outcome
    ) =>
        RevisitCompliance
            .OutcomeOf(Build.Day(date), held is null ? null : Build.Day(held), Build.Day(today))
            .ShouldBe(outcome);
}
