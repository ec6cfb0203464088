using CsCheck;
using static CustomerService.Rules.Tests.Build;

namespace CustomerService.Rules.Tests;

[Trait("Rule", "C1")]
public sealed class BusinessClockTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly BusinessClock Company = new(WorkCalendars.BuiltIn["company"], Shanghai);

    private static readonly BusinessClock[] Clocks =
    [
        Company,
        new(WorkCalendars.BuiltIn["always"], Berlin),
        new(
            Calendar(
                """
                { "id": "test", "extends": "weekends", "hours": {
                  "default": ["00:00-01:30", "01:30-02:00", "03:00-24:00"], "friday": ["08:15-12:45"] } }
                """
            ),
            Berlin
        ),
        new(WorkCalendars.BuiltIn["company"], TimeZoneInfo.FindSystemTimeZoneById("America/New_York")),
    ];

    private static readonly Gen<DateTimeOffset> Instants = Gen.Long[
            At("2019-01-01 00:00").ToUnixTimeSeconds(),
            At("2026-06-30 00:00").ToUnixTimeSeconds()
        ]
        .Select(DateTimeOffset.FromUnixTimeSeconds);

    private static readonly Gen<TimeSpan> Durations = Gen.Int[0, 100 * 3600]
        .Select(seconds => TimeSpan.FromSeconds(seconds));

    private static readonly Gen<BusinessClock> AnyClock = Gen.Int[0, Clocks.Length - 1].Select(i => Clocks[i]);

    // Offsets from the start, in minutes, so that pauses fall where they matter; they may overlap or be empty.
    private static readonly Gen<(int From, int Length)[]> PauseSpans = Gen.Select(
        Gen.Int[-2000, 12000],
        Gen.Int[0, 3000]
    ).Array[0, 6];

    // Near the start and often one within another; a length of none stands for a pause that lasts.
    private static readonly Gen<(int From, int? Length)[]> AnyPauses = Gen.Select(
        Gen.Int[-600, 4000],
        Gen.Int[-1, 1500].Select(length => length < 0 ? (int?)null : length)
    ).Array[0, 6];

    [Theory]
    [InlineData("2025-03-04 11:30", 60, "2025-03-04 14:00")]
    [InlineData("2025-03-04 12:15", 60, "2025-03-04 14:30")]
    [InlineData("2025-03-04 11:00", 60, "2025-03-04 12:00")]
    [InlineData("2025-03-07 17:30", 60, "2025-03-10 09:30")]
    [InlineData("2025-04-03 17:00", 120, "2025-04-07 10:00")]
    [InlineData("2025-04-27 09:00", 60, "2025-04-27 10:00")]
    public void It_skips_lunch_the_night_the_weekend_and_holidays_and_works_on_make_up_days(
        string start,
        int minutes,
        string expected
    ) => Company.Add(At(start), TimeSpan.FromMinutes(minutes)).ShouldBe(At(expected));

    [Fact]
    public void Zero_time_gives_the_start_itself() =>
        Company.Add(At("2025-03-08 03:00"), TimeSpan.Zero).ShouldBe(At("2025-03-08 03:00"));

    [Fact]
    public void Add_then_Elapsed_agree() =>
        Gen.Select(AnyClock, Instants, Durations)
            .Sample((clock, start, duration) => clock.Elapsed(start, clock.Add(start, duration)) == duration);

    [Fact]
    public void Add_then_Elapsed_agree_with_pauses() =>
        Gen.Select(AnyClock, Instants, Durations, PauseSpans)
            .Sample(
                (clock, start, duration, spans) =>
                {
                    var pauses = Pauses(start, spans);
                    return clock.Elapsed(start, clock.Add(start, duration, pauses)!.Value, pauses) == duration;
                }
            );

    [Fact]
    public void Add_is_monotonic_in_the_start_in_the_duration_and_in_the_pauses() =>
        Gen.Select(AnyClock, Instants, Durations, Durations, PauseSpans)
            .Sample(
                (clock, start, duration, more, spans) =>
                {
                    var due = clock.Add(start, duration);
                    return due <= clock.Add(start, duration + more)
                        && due <= clock.Add(start + more, duration)
                        && due <= clock.Add(start, duration, Pauses(start, spans));
                }
            );

    [Fact]
    public void Elapsed_adds_up_over_any_instant_between() =>
        Gen.Select(AnyClock, Instants, Durations, Durations, PauseSpans)
            .Sample(
                (clock, start, first, second, spans) =>
                {
                    var (between, end, pauses) = (start + first, start + first + second, Pauses(start, spans));
                    return clock.Elapsed(start, between, pauses) + clock.Elapsed(between, end, pauses)
                        == clock.Elapsed(start, end, pauses);
                }
            );

    [Fact]
    public void Elapsed_agrees_with_asking_every_minute_of_the_wall_clock() =>
        Gen.Select(Gen.Int[0, Clocks.Length - 1], Instants, Gen.Int[0, 5 * 24 * 60])
            .Sample(
                (which, start, minutes) =>
                {
                    start = DateTimeOffset.FromUnixTimeSeconds(start.ToUnixTimeSeconds() / 60 * 60);
                    var slow = Enumerable
                        .Range(0, minutes)
                        .Count(minute => IsWorkingMinute(which, start.AddMinutes(minute)));
                    return Clocks[which].Elapsed(start, start.AddMinutes(minutes)) == TimeSpan.FromMinutes(slow);
                },
                iter: 300
            );

    [Fact]
    public void Elapsed_agrees_with_asking_every_minute_whether_work_is_done_and_nothing_is_paused() =>
        Gen.Select(Gen.Int[0, Clocks.Length - 1], Instants, Gen.Int[0, 4 * 24 * 60], AnyPauses)
            .Sample(
                (which, start, minutes, spans) =>
                {
                    start = DateTimeOffset.FromUnixTimeSeconds(start.ToUnixTimeSeconds() / 60 * 60);
                    var slow = Enumerable
                        .Range(0, minutes)
                        .Count(minute =>
                            IsWorkingMinute(which, start.AddMinutes(minute))
                            && !spans.Any(span => minute >= span.From && !(minute >= span.From + span.Length))
                        );

                    Clocks[which]
                        .Elapsed(start, start.AddMinutes(minutes), Pauses(start, spans))
                        .ShouldBe(TimeSpan.FromMinutes(slow));
                },
                iter: 300
            );

    [Theory]
    [InlineData("11:00", "12:00")]
    [InlineData("10:00", "11:00")]
    [InlineData("10:00", "16:00")]
    [InlineData("09:30", "11:00")]
    [InlineData("15:00", "16:30")]
    [InlineData("13:00", "13:00")]
    public void Given_two_pauses_that_overlap_When_time_is_counted_Then_each_minute_is_left_out_once(
        string from,
        string to
    )
    {
        Pause[] pauses =
        [
            new(At("2025-03-04 10:00"), At("2025-03-04 16:00"), "waiting-for-sample"),
            new(At($"2025-03-04 {from}"), At($"2025-03-04 {to}"), "waiting-for-customer"),
        ];
        var (first, last) = (from == "09:30" ? 30 : 60, to == "16:30" ? 90 : 120);

        var elapsed = Company.Elapsed(At("2025-03-04 09:00"), At("2025-03-04 18:00"), pauses);

        elapsed.ShouldBe(TimeSpan.FromMinutes(first + last));
        Company.Elapsed(At("2025-03-04 09:00"), At("2025-03-04 18:00"), [.. pauses.Reverse()]).ShouldBe(elapsed);
    }

    [Fact]
    public void Given_several_pauses_that_last_When_time_is_counted_Then_it_stops_with_the_first()
    {
        Pause[] open =
        [
            new(At("2025-03-04 16:00"), null, "waiting-for-sample"),
            new(At("2025-03-04 10:00"), null, "waiting-for-customer"),
        ];

        Company.Elapsed(At("2025-03-04 09:00"), At("2025-03-05 18:00"), open).ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public void Given_a_pause_that_begins_later_When_time_is_counted_Then_it_does_not_count_yet()
    {
        Pause[] open = [new(At("2025-03-04 16:00"), null, "waiting-for-sample")];

        Company.Elapsed(At("2025-03-04 09:00"), At("2025-03-04 11:00"), open).ShouldBe(TimeSpan.FromHours(2));
    }

    [Theory]
    [InlineData("2025-03-04 11:00", "2025-03-04 11:00")]
    [InlineData("2025-03-04 11:00", "2025-03-04 10:00")]
    [InlineData("2025-03-05 11:00", "2025-03-03 10:00")]
    public void Given_an_end_that_is_not_later_When_time_is_counted_Then_it_is_none(string from, string to) =>
        Company.Elapsed(At(from), At(to)).ShouldBe(TimeSpan.Zero);

    [Fact]
    public void Given_a_negative_duration_When_added_Then_it_is_a_mistake_of_the_caller() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Company.Add(At("2025-03-04 11:00"), TimeSpan.FromHours(-1)));

    [Theory]
    [InlineData("2025-01-01", 366, true)]
    [InlineData("2025-01-02", 366, true)]
    [InlineData("2025-01-02", 367, false)]
    public void Given_closed_days_in_a_row_When_a_year_of_them_is_over_Then_and_not_before_the_calendar_is_refused(
        string start,
        int closed,
        bool found
    )
    {
        // Work on the first of January and after the closed days; a start on the second is a closed day itself.
        var through = Day("2025-01-01").AddDays(closed);
        var clock = new BusinessClock(
            Calendar(
                $$"""
                { "id": "test", "extends": "always", "closed": [
                  { "from": "2025-01-02", "through": "2025-12-31" },
                  { "from": "2026-01-01", "through": "{{through:yyyy-MM-dd}}" } ] }
                """
            ),
            Shanghai
        );
        var add = () => clock.Add(At($"{start} 00:00"), TimeSpan.FromHours(25));

        if (found)
        {
            DateOnly.FromDateTime(add().ToOffset(TimeSpan.FromHours(8)).DateTime).ShouldBeGreaterThan(through);
        }
        else
        {
            Should.Throw<InvalidOperationException>(() => add());
        }
    }

    [Fact]
    public void Given_hours_that_begin_in_the_doubled_hour_When_counted_Then_they_begin_the_first_time()
    {
        var night = new BusinessClock(
            Calendar("""{ "id": "test", "extends": "always", "hours": { "default": ["02:30-03:30"] } }"""),
            Berlin
        );

        night.Elapsed(At("2025-10-26 00:00", Berlin), At("2025-10-27 00:00", Berlin)).ShouldBe(TimeSpan.FromHours(2));
        night.Elapsed(At("2025-10-25 00:00", Berlin), At("2025-10-26 00:00", Berlin)).ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public void A_pause_outside_working_hours_moves_nothing() =>
        Gen.Select(Instants, Durations, Gen.Int[0, 400])
            .Sample(
                (start, duration, days) =>
                {
                    var night = new DateTimeOffset(start.UtcDateTime.Date, TimeSpan.Zero).AddDays(days).AddHours(10);
                    return Company.Add(start, duration, [new Pause(night, night.AddHours(15), "night")])
                        == Company.Add(start, duration);
                }
            );

    [Fact]
    public void While_a_pause_lasts_the_end_cannot_be_said_unless_the_time_was_used_up_before()
    {
        var open = new Pause(At("2025-03-04 15:00"), null, "waiting-for-customer");

        Company.Add(At("2025-03-04 14:00"), TimeSpan.FromHours(2), [open]).ShouldBeNull();
        Company.Add(At("2025-03-04 14:00"), TimeSpan.FromHours(1), [open]).ShouldBe(At("2025-03-04 15:00"));
        Company.Elapsed(At("2025-03-04 14:00"), At("2025-03-20 14:00"), [open]).ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public void A_pause_may_last_longer_than_a_year()
    {
        var pause = new Pause(At("2024-01-02 12:00"), At("2024-01-02 12:00").AddDays(400), "waiting-for-customer");

        // It ends at the noon of 2025-02-05, the first working day after the Spring Festival.
        Company.Add(At("2024-01-02 10:00"), TimeSpan.FromHours(3), [pause]).ShouldBe(At("2025-02-05 14:30"));
        Company.Elapsed(At("2024-01-02 10:00"), At("2025-02-05 14:30"), [pause]).ShouldBe(TimeSpan.FromHours(3));
    }

    [Fact]
    public void A_calendar_without_hours_for_more_than_a_year_is_refused_with_and_without_pauses()
    {
        var closed = new BusinessClock(
            Calendar(
                """
                { "id": "test", "extends": "always", "closed": [
                  { "from": "2024-01-01", "through": "2024-12-31" },
                  { "from": "2025-01-01", "through": "2025-12-31" } ] }
                """
            ),
            Berlin
        );
        var pause = new Pause(At("2024-01-02 12:00"), At("2024-01-02 12:00").AddDays(400), "waiting-for-customer");

        Should.Throw<InvalidOperationException>(() => closed.Add(At("2024-01-02 10:00"), TimeSpan.FromHours(3)));
        Should.Throw<InvalidOperationException>(() =>
            closed.Add(At("2024-01-02 10:00"), TimeSpan.FromHours(3), [pause])
        );
        closed.Elapsed(At("2024-01-02 10:00"), At("2025-12-30 10:00")).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void The_skipped_hour_of_spring_is_not_counted_and_the_doubled_hour_of_autumn_twice()
    {
        var always = new BusinessClock(WorkCalendars.BuiltIn["always"], Berlin);

        always.Elapsed(At("2025-03-30 00:00", Berlin), At("2025-03-31 00:00", Berlin)).ShouldBe(TimeSpan.FromHours(23));
        always.Elapsed(At("2025-10-26 00:00", Berlin), At("2025-10-27 00:00", Berlin)).ShouldBe(TimeSpan.FromHours(25));
    }

    [Fact]
    public void Hours_that_lie_in_the_skipped_hour_are_not_there_that_day()
    {
        var night = new BusinessClock(
            Calendar("""{ "id": "test", "extends": "always", "hours": { "default": ["02:15-02:45"] } }"""),
            Berlin
        );

        night.Elapsed(At("2025-03-30 00:00", Berlin), At("2025-03-31 00:00", Berlin)).ShouldBe(TimeSpan.Zero);
        night.Add(At("2025-03-30 00:00", Berlin), TimeSpan.FromMinutes(30)).ShouldBe(At("2025-03-31 02:45", Berlin));
    }

    [Fact]
    public void A_calendar_without_any_working_time_is_said_to_be_so()
    {
        var closed = new BusinessClock(
            Calendar(
                """
                { "id": "test", "extends": "weekends", "closed": [
                  { "from": "2025-01-01", "through": "2025-12-31" }, { "from": "2026-01-01", "through": "2026-12-31" },
                  { "from": "2027-01-01", "through": "2027-12-31" } ] }
                """
            ),
            Shanghai
        );

        Should
            .Throw<InvalidOperationException>(() => closed.Add(At("2025-01-01 00:00"), TimeSpan.FromHours(1)))
            .Message.ShouldContain("Calendar test");
    }

    [Fact]
    public void Open_is_what_the_hours_say()
    {
        Company.IsOpen(At("2025-03-04 09:00")).ShouldBeTrue();
        Company.IsOpen(At("2025-03-04 12:00")).ShouldBeFalse();
        Company.IsOpen(At("2025-03-08 10:00")).ShouldBeFalse();
    }

    private static List<Pause> Pauses(DateTimeOffset start, (int From, int Length)[] spans) =>
        spans
            .Select(span => new Pause(start.AddMinutes(span.From), start.AddMinutes(span.From + span.Length), "test"))
            .ToList();

    private static List<Pause> Pauses(DateTimeOffset start, (int From, int? Length)[] spans) =>
        spans
            .Select(span => new Pause(
                start.AddMinutes(span.From),
                span.Length is { } length ? start.AddMinutes(span.From + length) : null,
                "test"
            ))
            .ToList();

    // By the wall clock alone, without the class under test; the hours of the four clocks are written out again.
    private static bool IsWorkingMinute(int which, DateTimeOffset instant)
    {
        var zone = which switch
        {
            0 => Shanghai,
            3 => TimeZoneInfo.FindSystemTimeZoneById("America/New_York"),
            _ => Berlin,
        };
        var local = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        var (date, minute) = (DateOnly.FromDateTime(local), (int)local.TimeOfDay.TotalMinutes);
        return which switch
        {
            1 => true,
            2 => date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
                && (date.DayOfWeek == DayOfWeek.Friday ? minute is >= 495 and < 765 : minute is < 120 or >= 180),
            _ => (minute is (>= 540 and < 720) or (>= 810 and < 1080))
                && WorkCalendars.BuiltIn["china"].IsWorkingDay(date),
        };
    }
}
