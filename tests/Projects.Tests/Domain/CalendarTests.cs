using System.Text;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Tests.Domain;

/// <summary>What a calendar program that is not ours reads from the calendar.</summary>
public sealed class CalendarTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 9, 30, 0, TimeSpan.FromHours(8));

    [Fact]
    public void Given_an_entry_When_a_foreign_reader_reads_it_Then_nothing_is_lost()
    {
        var id = Guid.NewGuid();
        var summary = "「和平里」，第 3 次回訪; 屋面, 防水 \\ 外牆 " + new string('漏', 60);
        var description = "BC-2026-1\nHF-2026-0001; BEGIN:VEVENT";
        var calendar = new ICalendar("Projects", "生產部, 回訪");
        calendar.Add(
            new(
                id,
                7,
                Now,
                new CalendarTime.Day(new(2026, 12, 31)),
                summary,
                description,
                "臺北市中山區, 1 號",
                "CONFIRMED"
            )
        );

        var read = Ical.Net.Calendar.Load(calendar.ToString()).ShouldNotBeNull();

        var entry = read.Events.ShouldHaveSingleItem().ShouldNotBeNull();
        entry.Uid.ShouldBe($"{id}@customer-service");
        entry.Sequence.ShouldBe(7);
        entry.Summary.ShouldBe(summary);
        entry.Description.ShouldBe(description);
        entry.Location.ShouldBe("臺北市中山區, 1 號");
        entry.Status.ShouldBe("CONFIRMED");
        entry.IsAllDay.ShouldBeTrue();
        DateOnly.FromDateTime(entry.Start.ShouldNotBeNull().Value).ShouldBe(new(2026, 12, 31));
        DateOnly.FromDateTime(entry.End.ShouldNotBeNull().Value).ShouldBe(new(2027, 1, 1));
        entry.DtStamp.ShouldNotBeNull().AsUtc.ShouldBe(Now.UtcDateTime);
    }

    [Fact]
    public void Given_an_appointment_When_a_foreign_reader_reads_it_Then_it_takes_its_time()
    {
        var calendar = new ICalendar("Repairs");
        var from = new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.FromHours(8));
        calendar.Add(
            new(
                Guid.NewGuid(),
                2,
                Now,
                new CalendarTime.Span(from, from.AddHours(2)),
                "WX-2026-1",
                null,
                "3 號樓",
                "CONFIRMED"
            )
        );

        var read = Ical.Net.Calendar.Load(calendar.ToString()).ShouldNotBeNull();

        var entry = read.Events.ShouldHaveSingleItem().ShouldNotBeNull();
        entry.IsAllDay.ShouldBeFalse();
        entry.Start.ShouldNotBeNull().AsUtc.ShouldBe(from.UtcDateTime);
        entry.End.ShouldNotBeNull().AsUtc.ShouldBe(from.UtcDateTime.AddHours(2));
        entry.Description.ShouldBeNull();
        entry.Transparency.ShouldNotBe("TRANSPARENT");
    }

    [Fact]
    public void Given_no_entry_When_a_foreign_reader_reads_it_Then_it_is_an_empty_calendar()
    {
        var read = Ical.Net.Calendar.Load(new ICalendar("Projects", "生產部").ToString()).ShouldNotBeNull();

        read.Events.ShouldBeEmpty();
        read.ProductId.ShouldBe("-//Customer Service//Projects//EN");
    }

    [Fact]
    public void Given_a_long_text_When_it_is_written_Then_no_line_is_longer_than_75_octets()
    {
        var calendar = new ICalendar("Projects", new string('a', 200));
        calendar.Add(
            new(
                Guid.NewGuid(),
                1,
                Now,
                new CalendarTime.Day(new(2026, 12, 31)),
                new string('漏', 99),
                "😀",
                "",
                "TENTATIVE"
            )
        );

        var lines = calendar.ToString().Split("\r\n");

        lines.ShouldAllBe(line => Encoding.UTF8.GetByteCount(line) <= 75);
    }
}
