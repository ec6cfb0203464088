using CsCheck;
using static CustomerService.Rules.Tests.Build;

namespace CustomerService.Rules.Tests;

public sealed class WorkCalendarTests
{
    private static readonly WorkCalendar China = WorkCalendars.BuiltIn["china"];
    private static readonly Gen<DateOnly> Covered = Gen.Int[Day("2018-01-01").DayNumber, Day("2026-12-31").DayNumber]
        .Select(DateOnly.FromDayNumber);

    [Theory]
    [Trait("Rule", "P3.2.1")]
    [InlineData("2018-12-28", DayKind.Weekday)]
    [InlineData("2018-12-29", DayKind.MakeUp)]
    [InlineData("2018-12-30", DayKind.Closed)]
    [InlineData("2018-12-31", DayKind.Closed)]
    [InlineData("2019-01-01", DayKind.Closed)]
    [InlineData("2019-01-02", DayKind.Weekday)]
    [InlineData("2019-05-02", DayKind.Closed)]
    [InlineData("2019-05-05", DayKind.MakeUp)]
    [InlineData("2020-01-31", DayKind.Closed)]
    [InlineData("2020-02-03", DayKind.Weekday)]
    [InlineData("2022-12-31", DayKind.Closed)]
    [InlineData("2024-02-09", DayKind.Weekday)]
    [InlineData("2024-02-18", DayKind.MakeUp)]
    [InlineData("2025-10-08", DayKind.Closed)]
    [InlineData("2025-10-11", DayKind.MakeUp)]
    [InlineData("2026-02-14", DayKind.MakeUp)]
    [InlineData("2026-02-23", DayKind.Closed)]
    [InlineData("2026-11-21", DayKind.Weekend)]
    public void China_works_and_rests_as_announced(string date, DayKind kind)
    {
        var day = China.Day(Day(date));

        day.Kind.ShouldBe(kind);
        day.Known.ShouldBeTrue();
        (day.Reason is null).ShouldBe(kind is DayKind.Weekday or DayKind.Weekend);
    }

    [Theory]
    [Trait("Rule", "P3.2.1")]
    [InlineData(2018, 250)]
    [InlineData(2019, 250)]
    [InlineData(2020, 249)]
    [InlineData(2021, 250)]
    [InlineData(2022, 249)]
    [InlineData(2023, 249)]
    [InlineData(2024, 251)]
    [InlineData(2025, 248)]
    [InlineData(2026, 248)]
    public void A_year_has_the_number_of_working_days_that_its_announcements_leave(int year, int workingDays) =>
        China.WorkingDaysBetween(new DateOnly(year - 1, 12, 31), new DateOnly(year, 12, 31)).ShouldBe(workingDays);

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Outside_the_announced_years_weekends_decide_and_the_day_says_that_it_is_not_known()
    {
        China.Day(Day("2027-01-01")).ShouldBe(new CalendarDay(Day("2027-01-01"), DayKind.Weekday, null, Known: false));
        China.Day(Day("2017-10-01")).ShouldBe(new CalendarDay(Day("2017-10-01"), DayKind.Weekend, null, Known: false));
        WorkCalendars.BuiltIn["company"].IsKnown(Day("2027-01-01")).ShouldBeFalse();
        WorkCalendars.BuiltIn["weekends"].IsKnown(Day("2127-01-01")).ShouldBeTrue();
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void A_company_layer_closes_opens_and_gives_hours_and_leaves_the_rest_to_the_layer_below()
    {
        var company = Calendar(
            """
            {
              "id": "test", "extends": "china",
              "closed": [ { "date": "2019-03-05", "reason": "Founding day" }, { "date": "2018-12-29" } ],
              "working": [ { "date": "2019-03-09", "reason": "Stock-taking", "hours": ["10:00-12:00"] },
                           { "from": "2019-02-09", "through": "2019-02-10" } ],
              "hours": { "default": ["13:30-18:00", "09:00-12:00"], "friday": ["09:00-15:00"] }
            }
            """
        );

        company
            .Day(Day("2019-03-05"))
            .ShouldBe(new CalendarDay(Day("2019-03-05"), DayKind.Closed, "Founding day", true));
        company.IsWorkingDay(Day("2018-12-29")).ShouldBeFalse();
        company.IsWorkingDay(Day("2019-02-09")).ShouldBeTrue();
        company.IsWorkingDay(Day("2019-02-08")).ShouldBeFalse();
        company.Hours(Day("2019-03-05")).ShouldBeEmpty();
        company.Hours(Day("2019-03-09")).Select(h => h.ToString()).ShouldBe(["10:00-12:00"]);
        company.Hours(Day("2019-03-08")).Select(h => h.ToString()).ShouldBe(["09:00-15:00"]);
        company.Hours(Day("2019-03-07")).Select(h => h.ToString()).ShouldBe(["09:00-12:00", "13:30-18:00"]);
        China.IsWorkingDay(Day("2019-03-05")).ShouldBeTrue();
    }

    [Fact]
    public void A_file_can_replace_the_company_calendar_by_one_that_extends_it()
    {
        var calendars = WorkCalendars.BuiltIn.With(
            Json(
                """{ "calendars": [ { "id": "company", "extends": "company", "closed": [ { "date": "2025-03-04" } ] } ] }"""
            ),
            "own.json"
        );

        calendars["company"].IsWorkingDay(Day("2025-03-04")).ShouldBeFalse();
        calendars["company"]
            .Hours(Day("2025-03-05"))
            .ShouldBe(WorkCalendars.BuiltIn["company"].Hours(Day("2025-03-05")));
        WorkCalendars.BuiltIn["company"].IsWorkingDay(Day("2025-03-04")).ShouldBeTrue();
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void A_new_year_of_public_holidays_reaches_every_calendar_that_rests_on_them()
    {
        var calendars = WorkCalendars.BuiltIn.With(
            Json(
                """
                { "calendars": [
                    { "id": "site", "extends": "company", "closed": [ { "date": "2027-03-08" } ] },
                    { "id": "china", "extends": "china", "knownFrom": "2027-01-01", "knownThrough": "2027-12-31",
                      "closed": [ { "date": "2027-01-01", "reason": "New Year" } ], "working": [ { "date": "2027-01-02" } ] } ] }
                """
            ),
            "own.json"
        );

        foreach (var id in (string[])["china", "company", "site"])
        {
            var calendar = calendars[id];
            calendar
                .Day(Day("2027-01-01"))
                .ShouldBe(new CalendarDay(Day("2027-01-01"), DayKind.Closed, "New Year", Known: true), id);
            calendar.IsWorkingDay(Day("2027-01-02")).ShouldBeTrue(id);
            // What was known before still is, and what nobody has announced is not.
            calendar
                .Day(Day("2018-12-30"))
                .ShouldBe(
                    new CalendarDay(
                        Day("2018-12-30"),
                        DayKind.Closed,
                        China.Day(Day("2018-12-30")).Reason,
                        Known: true
                    ),
                    id
                );
            calendar.FirstUnknown(Day("2026-12-01"), 500).ShouldBe(Day("2028-01-01"), id);
        }

        calendars["company"]
            .Hours(Day("2027-01-04"))
            .ShouldBe(WorkCalendars.BuiltIn["company"].Hours(Day("2027-01-04")));
        calendars["site"].IsWorkingDay(Day("2027-03-08")).ShouldBeFalse();
        WorkCalendars.BuiltIn["company"].FirstUnknown(Day("2026-12-01"), 500).ShouldBe(Day("2027-01-01"));
        WorkCalendars.BuiltIn["company"].FirstUnknown(Day("2026-11-01"), 30).ShouldBeNull();
    }

    [Theory]
    [InlineData("""{ "id": "test", "extends": "mars" }""", "calendar 'test': extends 'mars', which is not known")]
    [InlineData("""{ "id": "test", "weekend": ["caturday"] }""", "'caturday' is not a day of the week")]
    [InlineData(
        """{ "id": "test", "weekend": ["monday","tuesday","wednesday","thursday","friday","saturday","sunday"] }""",
        "at least one day of the week"
    )]
    [InlineData(
        """{ "id": "test", "hours": { "default": ["12:00-09:00"] } }""",
        "hours.default: '12:00-09:00' are no working hours"
    )]
    [InlineData("""{ "id": "test", "hours": { "default": ["9-12"] } }""", "'9-12' are no working hours")]
    [InlineData("""{ "id": "test", "hours": { "default": ["09:00-12:00", "11:00-15:00"] } }""", "overlap")]
    [InlineData("""{ "id": "test", "hours": { "default": [] } }""", "close the day instead")]
    [InlineData("""{ "id": "test", "hours": { "sometimes": ["09:00-12:00"] } }""", "hours.sometimes")]
    [InlineData(
        """{ "id": "test", "closed": [ { "date": "2025-01-01" }, { "from": "2024-12-31", "through": "2025-01-02" } ] }""",
        "2025-01-01 is entered twice"
    )]
    [InlineData(
        """{ "id": "test", "closed": [ { "date": "2025-01-01" } ], "working": [ { "date": "2025-01-01" } ] }""",
        "2025-01-01 is entered twice"
    )]
    [InlineData(
        """{ "id": "test", "closed": [ { "from": "2025-01-02", "through": "2025-01-01" } ] }""",
        "ends before it begins"
    )]
    [InlineData("""{ "id": "test", "closed": [ { "reason": "no date" } ] }""", "needs a date")]
    [InlineData(
        """{ "id": "test", "knownFrom": "2025-01-02", "knownThrough": "2025-01-01" }""",
        "knownFrom 2025-01-02 is after"
    )]
    [InlineData("""{ "id": "test", "holidays": [] }""", "holidays")]
    [InlineData("""{ "id": " " }""", "id is missing")]
    [InlineData("""{ "id": "test", "closed": [ { "date": "2025-02-30" } ] }""", "date")]
    public void A_wrong_file_is_refused_in_one_line_that_names_it(string calendar, string says)
    {
        var wrong = Should.Throw<RuleDataException>(() => Calendar(calendar));

        wrong.Message.ShouldStartWith("test.json: ");
        wrong.Message.ShouldContain(says);
        wrong.Message.ShouldNotContain("\n");
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Deadlines_are_monotonic_in_the_first_day_and_in_the_number_of_days() =>
        Gen.Select(Covered, Gen.Int[0, 30], Gen.Int[0, 30], Gen.Int[0, 30], Gen.Enum<DayMode>())
            .Sample(
                (from, later, days, more, mode) =>
                {
                    var due = Deadlines.Due(from, new DayRule(days, mode), China);
                    return due <= Deadlines.Due(from.AddDays(later), new DayRule(days, mode), China)
                        && due <= Deadlines.Due(from, new DayRule(days + more, mode), China);
                }
            );

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Rolling_forward_is_never_earlier_than_strict_nor_working_days_earlier_than_rolling_forward() =>
        Gen.Select(Covered, Gen.Int[1, 60])
            .Sample(
                (from, days) =>
                {
                    var strict = Deadlines.Due(from, new DayRule(days, DayMode.Calendar), China);
                    var rolled = Deadlines.Due(from, new DayRule(days, DayMode.CalendarRollForward), China);
                    var worked = Deadlines.Due(from, new DayRule(days, DayMode.WorkingDays), China);
                    return strict == from.AddDays(days)
                        && strict <= rolled
                        && rolled <= worked
                        && China.IsWorkingDay(rolled)
                        && China.IsWorkingDay(worked);
                }
            );

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Adding_working_days_and_counting_them_agree() =>
        Gen.Select(Covered, Gen.Int[0, 60])
            .Sample((from, days) => China.WorkingDaysBetween(from, China.AddWorkingDays(from, days)) == days);

    [Theory]
    [Trait("Rule", "P1")]
    [InlineData("2018-12-21", "2018-12-31")]
    [InlineData("2024-02-20", "2024-03-01")]
    [InlineData("2023-02-20", "2023-03-02")]
    public void Clearance_is_due_ten_calendar_days_after_acceptance_holiday_or_not(string acceptance, string due)
    {
        Deadlines.Due(Day(acceptance), Standard.Clearance.Due, WorkCalendars.BuiltIn).ShouldBe(Day(due));
        Deadlines.IsOverdue(Day(due), Day(due)).ShouldBeFalse();
        Deadlines.IsOverdue(Day(due), Day(due).AddDays(1)).ShouldBeTrue();
    }

    [Fact]
    public void An_unknown_calendar_is_named_with_those_that_there_are() =>
        Should
            .Throw<KeyNotFoundException>(() => WorkCalendars.BuiltIn["mars"])
            .Message.ShouldBe("There is no calendar 'mars'; there are always, china, company, weekends.");

    [Theory]
    [InlineData("2025-01-31 15:59", "2025-01-31")]
    [InlineData("2025-01-31 16:00", "2025-02-01")]
    public void A_date_is_the_date_in_the_companys_time_zone(string utc, string date) =>
        new CompanyClock(TimeProvider.System).DateOf(At(utc, TimeZoneInfo.Utc)).ShouldBe(Day(date));

    [Fact]
    public void An_unknown_time_zone_is_refused_in_one_line() =>
        Should
            .Throw<ArgumentException>(() => CompanyClock.In("Mars/Olympus"))
            .Message.ShouldStartWith("Unknown time zone 'Mars/Olympus'");

    [Theory]
    [InlineData(366, true)]
    [InlineData(367, false)]
    public void Given_closed_days_in_a_row_When_a_year_of_them_is_over_Then_the_calendar_is_taken_for_wrong(
        int closed,
        bool found
    )
    {
        var through = Day("2025-01-01").AddDays(closed - 1);
        var calendar = Calendar(
            $$"""
            { "id": "test", "extends": "always", "closed": [
              { "from": "2025-01-01", "through": "2025-12-31" },
              { "from": "2026-01-01", "through": "{{through:yyyy-MM-dd}}" } ] }
            """
        );

        if (found)
        {
            calendar.OnOrAfter(Day("2025-01-01")).ShouldBe(through.AddDays(1));
        }
        else
        {
            Should
                .Throw<InvalidOperationException>(() => calendar.OnOrAfter(Day("2025-01-01")))
                .Message.ShouldContain("Calendar test has no working day");
        }
    }

    [Fact]
    public void Given_negative_days_When_working_days_are_added_Then_it_is_a_mistake_of_the_code() =>
        Should.Throw<ArgumentOutOfRangeException>(() => China.AddWorkingDays(Day("2025-01-01"), -1));

    [Theory]
    [InlineData("2024-12-31", true)]
    [InlineData("2025-01-01", false)]
    public void Given_a_layer_that_names_only_its_last_year_When_asked_Then_everything_before_is_known(
        string date,
        bool known
    ) => Calendar("""{ "id": "test", "knownThrough": "2024-12-31" }""").IsKnown(Day(date)).ShouldBe(known);

    [Theory]
    [InlineData("2024-12-31", false)]
    [InlineData("2025-01-01", true)]
    public void Given_a_layer_that_names_only_its_first_year_When_asked_Then_everything_after_is_known(
        string date,
        bool known
    ) => Calendar("""{ "id": "test", "knownFrom": "2025-01-01" }""").IsKnown(Day(date)).ShouldBe(known);

    [Theory]
    [InlineData("""{ "id": "test", "knownFrom": "2025-01-01", "knownThrough": "2025-01-01" }""", null)]
    [InlineData(
        """{ "id": "test", "knownFrom": "2025-01-02", "knownThrough": "2025-01-01" }""",
        "knownFrom 2025-01-02 is after"
    )]
    [InlineData("""{ "id": "test", "hours": { "default": ["09:00-12:00", "12:00-18:00"] } }""", null)]
    [InlineData(
        """{ "id": "test", "hours": { "default": ["09:00-12:01", "12:00-18:00"] } }""",
        "hours.default: 09:00-12:01 and 12:00-18:00 overlap"
    )]
    [InlineData(
        """{ "id": "test", "hours": { "default": ["09:00-09:00"] } }""",
        "hours.default: '09:00-09:00' are no working hours"
    )]
    [InlineData("""{ "id": "test", "hours": { "default": ["00:00-24:00"] } }""", null)]
    [InlineData("""{ "id": "test", "hours": { "friday": ["9-12"] } }""", "hours.friday: '9-12' are no working hours")]
    [InlineData("""{ "id": "test", "closed": [ { "from": "2024-01-01", "through": "2025-01-01" } ] }""", null)]
    [InlineData(
        """{ "id": "test", "closed": [ { "from": "2024-01-01", "through": "2025-01-02" } ] }""",
        "lasts longer than a year"
    )]
    [InlineData(
        """{ "id": "test", "closed": [ { "from": "2024-01-02", "through": "2024-01-01" } ] }""",
        "ends before it begins"
    )]
    [InlineData(
        """{ "id": "test", "working": [ { "date": "2024-01-06", "hours": ["9-12"] } ] }""",
        "2024-01-06: '9-12' are no working hours"
    )]
    public void Given_a_value_at_or_beyond_its_limit_When_a_calendar_is_read_Then_taken_or_refused_by_name(
        string json,
        string? says
    )
    {
        if (says is null)
        {
            Calendar(json).Id.ShouldBe("test");
        }
        else
        {
            Should.Throw<RuleDataException>(() => Calendar(json)).Message.ShouldContain(says);
        }
    }

    [Fact]
    public void Given_an_entry_without_its_end_When_read_Then_it_is_that_day_alone()
    {
        var calendar = Calendar("""{ "id": "test", "extends": "always", "closed": [ { "from": "2024-01-02" } ] }""");

        calendar.IsWorkingDay(Day("2024-01-02")).ShouldBeFalse();
        calendar.IsWorkingDay(Day("2024-01-03")).ShouldBeTrue();
    }

    [Fact]
    public void Given_a_round_the_clock_day_When_its_hours_are_asked_Then_to_midnight() =>
        Calendar("""{ "id": "test", "extends": "always", "hours": { "default": ["00:00-24:00"] } }""")
            .Hours(Day("2025-01-01"))
            .ShouldBe([WorkingHours.WholeDay]);
}
