using CsCheck;
using static CustomerService.Rules.Tests.Build;

namespace CustomerService.Rules.Tests;

public sealed class CalendarMonthsTests
{
    private static readonly Gen<DateOnly> Dates = Gen.Int[Day("1900-01-01").DayNumber, Day("2199-12-31").DayNumber]
        .Select(DateOnly.FromDayNumber);

    [Theory]
    [Trait("Rule", "P2.1.1")]
    [InlineData("2024-01-31", 1, "2024-02-29")]
    [InlineData("2023-01-31", 1, "2023-02-28")]
    [InlineData("2024-01-31", 3, "2024-04-30")]
    [InlineData("2024-01-31", 6, "2024-07-31")]
    [InlineData("2024-01-31", 12, "2025-01-31")]
    [InlineData("2024-02-29", 12, "2025-02-28")]
    [InlineData("2024-02-29", 48, "2028-02-29")]
    [InlineData("2023-02-28", 12, "2024-02-28")]
    [InlineData("2025-11-30", 3, "2026-02-28")]
    [InlineData("1900-01-31", 1, "1900-02-28")]
    [InlineData("2000-01-31", 1, "2000-02-29")]
    [InlineData("2024-03-31", -1, "2024-02-29")]
    [InlineData("2024-01-15", -1, "2023-12-15")]
    [InlineData("2024-12-31", 0, "2024-12-31")]
    public void The_corresponding_day_or_the_end_of_the_month(string anchor, int months, string expected) =>
        CalendarMonths.Add(Day(anchor), months).ShouldBe(Day(expected));

    [Theory]
    [InlineData("9999-12-31", 1)]
    [InlineData("9999-01-01", 12)]
    [InlineData("0001-01-01", -1)]
    [InlineData("0001-12-31", -12)]
    public void Given_a_result_outside_the_calendar_When_months_are_added_Then_the_mistake_names_them(
        string anchor,
        int months
    ) =>
        Should
            .Throw<ArgumentOutOfRangeException>(() => CalendarMonths.Add(Day(anchor), months))
            .Message.ShouldContain($"{months} months from {anchor} is outside the calendar.");

    [Theory]
    [InlineData("9999-11-30", 1, "9999-12-30")]
    [InlineData("0001-02-28", -1, "0001-01-28")]
    public void Given_a_result_at_the_calendars_edge_When_months_are_added_Then_it_is_given(
        string anchor,
        int months,
        string expected
    ) => CalendarMonths.Add(Day(anchor), months).ShouldBe(Day(expected));

    [Fact]
    [Trait("Rule", "P2.1.1")]
    public void It_agrees_with_walking_the_months_one_by_one_and_looking_for_the_day() =>
        Gen.Select(Dates, Gen.Int[-600, 600])
            .Sample((anchor, months) => CalendarMonths.Add(anchor, months) == Slowly(anchor, months));

    [Fact]
    [Trait("Rule", "P2.1.1")]
    public void More_months_are_never_earlier_and_a_later_anchor_never_gives_an_earlier_day()
    {
        Gen.Select(Dates, Gen.Int[-600, 600], Gen.Int[1, 600])
            .Sample(
                (anchor, months, more) => CalendarMonths.Add(anchor, months) < CalendarMonths.Add(anchor, months + more)
            );
        Gen.Select(Dates, Gen.Int[0, 400], Gen.Int[-600, 600])
            .Sample(
                (anchor, days, months) =>
                    CalendarMonths.Add(anchor, months) <= CalendarMonths.Add(anchor.AddDays(days), months)
            );
    }

    [Fact]
    [Trait("Rule", "P2.1.1")]
    public void From_a_month_end_it_is_always_a_month_end_or_the_same_day() =>
        Gen.Select(Gen.Int[1900, 2199], Gen.Int[1, 12], Gen.Int[-600, 600])
            .Sample(
                (year, month, months) =>
                {
                    var end = new DateOnly(year, month, DateTime.DaysInMonth(year, month));
                    var day = CalendarMonths.Add(end, months);
                    return day.Day == end.Day || day.AddDays(1).Day == 1;
                }
            );

    [Fact]
    public void Outside_the_calendar_it_says_so()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => CalendarMonths.Add(DateOnly.MaxValue, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => CalendarMonths.Add(DateOnly.MinValue, -1));
        Should.Throw<ArgumentOutOfRangeException>(() => CalendarMonths.Add(DateOnly.MinValue, int.MaxValue));
        CalendarMonths.Add(DateOnly.MinValue, 0).ShouldBe(DateOnly.MinValue);
        CalendarMonths.Add(DateOnly.MaxValue, 0).ShouldBe(DateOnly.MaxValue);
    }

    // Obviously right and slow: walk day by day into the month that is so many month borders away, keep the
    // last day that is not past the anchor's.
    private static DateOnly Slowly(DateOnly anchor, int months)
    {
        var first = anchor;
        while (first.Day != 1)
        {
            first = first.AddDays(-1);
        }

        for (var i = 0; i < Math.Abs(months); i++)
        {
            do
            {
                first = first.AddDays(months > 0 ? 1 : -1);
            } while (first.Day != 1);
        }

        var day = first;
        while (day.Day < anchor.Day && day.AddDays(1).Month == first.Month)
        {
            day = day.AddDays(1);
        }

        return day;
    }
}
