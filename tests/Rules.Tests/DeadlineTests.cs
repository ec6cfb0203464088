using static CustomerService.Rules.Tests.Build;

namespace CustomerService.Rules.Tests;

/// <summary>Reminders and overdue days (P1, P2.1.1, P3.2.1).</summary>
public sealed class DeadlineTests
{
    private static readonly DateOnly Due = Day("2026-03-20");

    [Fact, Trait("Rule", "P1"), Trait("Rule", "P2.1.1")]
    public void Given_days_before_a_date_When_the_reminders_are_listed_Then_ascending() =>
        Deadlines.Reminders(Due, [0, 7, 3]).ShouldBe([Day("2026-03-13"), Day("2026-03-17"), Due]);

    [Theory, Trait("Rule", "P1"), Trait("Rule", "P2.1.1")]
    // Nobody was reminded yet.
    [InlineData(null, "2026-03-16", false)]
    [InlineData(null, "2026-03-17", true)]
    [InlineData(null, "2026-03-18", true)]
    [InlineData(null, "2026-03-20", true)]
    // After the date there is none, whatever was missed.
    [InlineData(null, "2026-03-21", false)]
    // Reminded on the day itself: not again on that day, nor on the day after.
    [InlineData("2026-03-17", "2026-03-17", false)]
    [InlineData("2026-03-17", "2026-03-18", false)]
    // Reminded later than the day: it is done with.
    [InlineData("2026-03-18", "2026-03-19", false)]
    // Reminded before the day, of an earlier date for example: the day counts.
    [InlineData("2026-03-16", "2026-03-17", true)]
    public void Given_a_reminder_three_days_before_When_asked_on_a_day_Then_once_and_in_time(
        string? remindedOn,
        string today,
        bool due
    ) => Deadlines.IsReminderDue(Due, [3], remindedOn is null ? null : Day(remindedOn), Day(today)).ShouldBe(due);

    [Theory, Trait("Rule", "P1"), Trait("Rule", "P2.1.1")]
    [InlineData("2026-03-13", "2026-03-16", false)]
    [InlineData("2026-03-13", "2026-03-17", true)]
    [InlineData("2026-03-17", "2026-03-19", false)]
    public void Given_two_reminders_When_the_first_is_given_Then_the_second_is_due_on_its_own_day(
        string remindedOn,
        string today,
        bool due
    ) => Deadlines.IsReminderDue(Due, [7, 3], Day(remindedOn), Day(today)).ShouldBe(due);

    [Fact, Trait("Rule", "P1"), Trait("Rule", "P2.1.1")]
    public void Given_no_reminder_days_When_asked_on_the_date_Then_there_is_none() =>
        Deadlines.IsReminderDue(Due, [], null, Due).ShouldBeFalse();

    [Theory, Trait("Rule", "P1"), Trait("Rule", "P3.2.1")]
    [InlineData("2026-03-19", false)]
    [InlineData("2026-03-20", false)]
    [InlineData("2026-03-21", true)]
    public void Given_a_last_day_When_it_is_over_Then_and_not_before_it_is_overdue(string today, bool overdue) =>
        Deadlines.IsOverdue(Due, Day(today)).ShouldBe(overdue);

    [Fact]
    public void Given_a_rule_with_negative_days_When_a_date_is_asked_Then_it_is_a_mistake_of_the_code() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Deadlines.Due(Due, new DayRule(-1), WorkCalendars.BuiltIn));

    [Fact]
    public void Given_a_way_to_count_that_there_is_not_When_a_date_is_asked_Then_it_is_a_mistake_of_the_code() =>
        Should.Throw<ArgumentOutOfRangeException>(() =>
            Deadlines.Due(Due, new DayRule(1, (DayMode)9), WorkCalendars.BuiltIn)
        );
}
