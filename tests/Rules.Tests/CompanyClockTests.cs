using static CustomerService.Rules.Tests.Build;

namespace CustomerService.Rules.Tests;

public sealed class CompanyClockTests
{
    // 23:30 in London, 07:30 of the next day in Shanghai.
    private static readonly DateTimeOffset Night = new(2026, 3, 9, 23, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Given_no_zone_When_the_date_is_asked_Then_it_is_that_of_Shanghai()
    {
        var clock = new CompanyClock(new Still());

        clock.Zone.Id.ShouldBe("Asia/Shanghai");
        (clock.Now, clock.Today).ShouldBe((Night, Day("2026-03-10")));
        clock.DateOf(Night.AddHours(-8)).ShouldBe(Day("2026-03-09"));
    }

    [Fact]
    public void Given_a_zone_When_the_date_is_asked_Then_it_is_the_zones()
    {
        var london = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

        new CompanyClock(new Still(), london).Today.ShouldBe(Day("2026-03-09"));
        CompanyClock.In("Europe/London", new Still()).Today.ShouldBe(Day("2026-03-09"));
    }

    [Fact]
    public void Given_no_source_of_time_When_a_clock_is_made_Then_it_is_the_systems() =>
        CompanyClock.In("Europe/London").Time.ShouldBeSameAs(TimeProvider.System);

    [Fact]
    public void Given_a_zone_that_there_is_not_When_a_clock_is_made_Then_the_setting_is_named() =>
        Should
            .Throw<ArgumentException>(() => CompanyClock.In("Mars/Olympus"))
            .Message.ShouldStartWith("Unknown time zone 'Mars/Olympus'; give an IANA name such as Asia/Shanghai.");

    [Theory]
    [InlineData("Asia/Shanghai")]
    [InlineData("America/Los_Angeles")]
    public void Given_the_ends_of_the_calendar_When_days_end_Then_their_instants_stay_in_order(string id)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        DateOnly[] days =
        [
            DateOnly.MinValue,
            DateOnly.MinValue.AddDays(1),
            Day("2026-03-09"),
            DateOnly.MaxValue.AddDays(-1),
            DateOnly.MaxValue,
        ];

        days.Select(day => zone.EndOf(day)).ShouldBeInOrder();
    }

    private sealed class Still : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Night;
    }
}
