using System.Globalization;
using System.Text;

namespace CustomerService.ServiceDefaults;

/// <summary>An entry of a calendar.</summary>
/// <param name="Id">Identity: stays the same when the entry moves.</param>
/// <param name="Sequence">Grows with every change.</param>
/// <param name="Now">When the calendar was made.</param>
/// <param name="Time">When it is.</param>
/// <param name="Summary">Title.</param>
/// <param name="Description">More; null leaves it out.</param>
/// <param name="Location">Where.</param>
/// <param name="Status"><c>TENTATIVE</c>, <c>CONFIRMED</c>, <c>CANCELLED</c>.</param>
public sealed record CalendarEntry(
    Guid Id,
    long Sequence,
    DateTimeOffset Now,
    CalendarTime Time,
    string Summary,
    string? Description,
    string Location,
    string Status
);

/// <summary>When an entry is: a whole day, which takes nobody's time, or from one instant to another.</summary>
public abstract record CalendarTime
{
    private CalendarTime() { }

    /// <summary>A whole day.</summary>
    public sealed record Day(DateOnly On) : CalendarTime;

    /// <summary>From one instant to another.</summary>
    public sealed record Span(DateTimeOffset From, DateTimeOffset To) : CalendarTime;
}

/// <summary>Writes a calendar by RFC 5545: CRLF, lines folded at 75 octets and never inside a character, text
/// escaped.</summary>
public sealed class ICalendar
{
    private readonly StringBuilder _text = new();

    /// <param name="product">The service that writes it.</param>
    /// <param name="title">Name of a calendar to subscribe to; null for a single appointment.</param>
    public ICalendar(string product, string? title = null)
    {
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line($"PRODID:-//Customer Service//{product}//EN");
        Line("CALSCALE:GREGORIAN");
        Line("METHOD:PUBLISH");
        if (title is not null)
        {
            Line("X-WR-CALNAME:" + Escape(title));
        }
    }

    /// <summary>Adds an entry.</summary>
    public void Add(CalendarEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Line("BEGIN:VEVENT");
        Line($"UID:{entry.Id}@customer-service");
        Line("DTSTAMP:" + Utc(entry.Now));
        Line(string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{entry.Sequence}"));
        switch (entry.Time)
        {
            case CalendarTime.Day(var day):
                Line(string.Create(CultureInfo.InvariantCulture, $"DTSTART;VALUE=DATE:{day:yyyyMMdd}"));
                // The end is exclusive.
                Line(string.Create(CultureInfo.InvariantCulture, $"DTEND;VALUE=DATE:{day.AddDays(1):yyyyMMdd}"));
                break;
            case CalendarTime.Span(var from, var to):
                Line("DTSTART:" + Utc(from));
                Line("DTEND:" + Utc(to));
                break;
        }

        Line("SUMMARY:" + Escape(entry.Summary));
        if (entry.Description is not null)
        {
            Line("DESCRIPTION:" + Escape(entry.Description));
        }

        Line("LOCATION:" + Escape(entry.Location));
        Line("STATUS:" + entry.Status);
        if (entry.Time is CalendarTime.Day)
        {
            Line("TRANSP:TRANSPARENT");
        }

        Line("END:VEVENT");
    }

    /// <summary>The calendar.</summary>
    public override string ToString() => _text + "END:VCALENDAR\r\n";

    private static string Utc(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace(";", "\\;", StringComparison.Ordinal)
            .Replace(",", "\\,", StringComparison.Ordinal)
            .ReplaceLineEndings("\\n");

    private void Line(string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > 75)
            {
                _text.Append("\r\n ");
                octets = 1;
            }

            _text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        _text.Append("\r\n");
    }
}
