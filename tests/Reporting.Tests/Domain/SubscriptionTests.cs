using CustomerService.Reporting.Subscriptions.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Reporting.Tests.Domain;

public sealed class SubscriptionTests
{
    private static readonly WorkCalendar China = PolicyCatalogue.BuiltIn.Calendars[DayRule.DefaultCalendar];

    // 2019-02-04 to 10 is the Spring Festival; Saturday the 2nd and Sunday the 3rd are worked for it.
    [Theory]
    [InlineData(nameof(ScheduleKind.Daily), null, null, "2019-01-31 07:59", "2019-01-31 08:00")]
    [InlineData(nameof(ScheduleKind.Daily), null, null, "2019-01-31 08:00", "2019-02-01 08:00")]
    [InlineData(nameof(ScheduleKind.Daily), null, null, "2019-02-01 09:00", "2019-02-02 08:00")]
    [InlineData(nameof(ScheduleKind.Daily), null, null, "2019-02-03 09:00", "2019-02-11 08:00")]
    [InlineData(nameof(ScheduleKind.Weekly), DayOfWeek.Monday, null, "2019-01-22 09:00", "2019-01-28 08:00")]
    [InlineData(nameof(ScheduleKind.Weekly), DayOfWeek.Wednesday, null, "2019-01-31 09:00", "2019-02-11 08:00")]
    [InlineData(nameof(ScheduleKind.Monthly), null, 1, "2019-01-31 09:00", "2019-02-01 08:00")]
    [InlineData(nameof(ScheduleKind.Monthly), null, 5, "2019-02-01 09:00", "2019-02-11 08:00")]
    [InlineData(nameof(ScheduleKind.Monthly), null, 31, "2019-02-12 09:00", "2019-02-28 08:00")]
    [InlineData(nameof(ScheduleKind.Monthly), null, 31, "2019-03-01 09:00", "2019-04-01 08:00")]
    [Trait("Rule", "C3.1.3")]
    public void Given_a_schedule_When_the_next_time_is_asked_Then_it_is_on_a_working_day(
        string every,
        DayOfWeek? weekday,
        int? day,
        string after,
        string next
    ) =>
        new SubscriptionSchedule(Enum.Parse<ScheduleKind>(every), new TimeOnly(8, 0), weekday, day)
            .NextAfter(A.At(after), China, A.Zone)
            .ShouldBe(A.At(next));

    [Theory]
    [InlineData(nameof(ReportPeriod.PreviousMonth), "2026-03-01", "2026-02-01", "2026-02-28")]
    [InlineData(nameof(ReportPeriod.PreviousMonth), "2026-01-31", "2025-12-01", "2025-12-31")]
    [InlineData(nameof(ReportPeriod.PreviousWeek), "2026-03-10", "2026-03-02", "2026-03-08")]
    [InlineData(nameof(ReportPeriod.PreviousWeek), "2026-03-08", "2026-02-23", "2026-03-01")]
    [InlineData(nameof(ReportPeriod.PreviousDay), "2026-03-01", "2026-02-28", "2026-02-28")]
    [InlineData(nameof(ReportPeriod.YearToDate), "2026-03-10", "2026-01-01", "2026-03-10")]
    [InlineData(nameof(ReportPeriod.PreviousYear), "2026-03-10", "2025-01-01", "2025-12-31")]
    [InlineData(nameof(ReportPeriod.PreviousYear), "2024-12-31", "2023-01-01", "2023-12-31")]
    [InlineData(nameof(ReportPeriod.All), "2026-03-10", null, null)]
    [Trait("Rule", "C3.1.3")]
    public void Given_a_period_When_its_days_are_asked_Then_by_the_day_on_which_it_is_sent(
        string period,
        string today,
        string? from,
        string? to
    ) =>
        Enum.Parse<ReportPeriod>(period)
            .DaysOf(A.Day(today))
            .ShouldBe((from is null ? null : A.Day(from), to is null ? null : A.Day(to)));

    [Fact, Trait("Rule", "C3.1.3")]
    public void Given_nobody_looked_for_days_When_it_is_due_Then_one_delivery_and_the_next_lies_ahead()
    {
        var subscription = New();
        subscription.NextAt.ShouldBe(A.At("2026-03-11 08:00"));
        subscription.Due(A.Context(Someone.System(), A.At("2026-03-11 07:59"))).ShouldBeNull();
        var late = A.Context(Someone.System(), A.At("2026-03-13 12:00"));

        var delivery = subscription.Due(late).ShouldNotBeNull();

        delivery.DueAt.ShouldBe(A.At("2026-03-11 08:00"));
        subscription.NextAt.ShouldBe(A.At("2026-03-16 08:00"));
        subscription.Due(late).ShouldBeNull();
    }

    [Fact, Trait("Rule", "C3.1.3")]
    public void Given_failures_When_the_pauses_are_used_up_Then_it_is_given_up_with_the_reason()
    {
        var delivery = ReportDelivery.Of(A.Context(Someone.System()), Guid.CreateVersion7(), A.Moment);
        foreach (var pause in ReportDelivery.Pauses)
        {
            delivery.Fail("no route", A.Moment);
            (delivery.State, delivery.NextAt).ShouldBe((ReportDeliveryState.Waiting, A.Moment + pause));
        }

        delivery.Fail("no route", A.Moment);

        (delivery.State, delivery.Error, delivery.Attempts).ShouldBe(
            (ReportDeliveryState.GivenUp, "no route", ReportDelivery.Pauses.Count + 1)
        );
    }

    [Fact, Trait("Rule", "C3.1.3")]
    public void Given_a_subscription_When_another_than_its_owner_changes_it_Then_refused_and_paused_sends_nothing()
    {
        var subscription = New();
        subscription
            .Pause(A.Context(Someone.HeadOfQuality("other")))
            .ShouldNotBeNull()
            .Code.ShouldBe("subscription-not-yours");

        subscription.Pause(A.Context(Someone.HeadOfQuality())).ShouldBeNull();

        (subscription.State, subscription.NextAt).ShouldBe((SubscriptionState.Paused, null));
        subscription.Resume(A.Context(Someone.With("a", null, Roles.Administrator))).ShouldBeNull();
        subscription.NextAt.ShouldNotBeNull();
        subscription.Remove(A.Context(Someone.HeadOfQuality())).ShouldBeNull();
        subscription.NextAt.ShouldBeNull();
    }

    private static Subscription New() =>
        Subscription
            .Subscribe(
                A.Context(Someone.HeadOfQuality()),
                new()
                {
                    Name = "x",
                    Report = "repair_orders",
                    Schedule = new(ScheduleKind.Daily, new TimeOnly(8, 0), null, null),
                    Recipients = ["a@example.com"],
                    Language = "en",
                }
            )
            .Required();
}
