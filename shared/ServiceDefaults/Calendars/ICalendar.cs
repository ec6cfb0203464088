using System.Globalization;
using System.Text;

namespace CustomerService.Projects.CalendarFeeds;

/// <summary>A whole-day entry of a calendar.</summary>
/// <param name="Id">Identity: stays the same when the entry moves.</param>
/// <param name="Sequence">Grows with every change.</param>
/// <param name="Now">When the calendar was made.</param>
/// <param name="Day">The day.</param>
/// <param name="Summary">Title.</param>
/// <param name="Description">More.</param>
/// <param name="Location">Where.</param>
/// <param name="Status"><c>TENTATIVE</c>, <c>CONFIRMED</c>, <c>CANCELLED</c>.</param>
internal sealed record CalendarEntry(
    Guid Id,
    long Sequence,
    DateTimeOffset Now,
    DateOnly Day,
    string Summary,
    string Description,
    string Location,
    string Status
);

/// <summary>Writes a calendar by RFC 5545: CRLF, lines folded at 75 octets and never inside a character, text
/// escaped.</summary>
internal sealed class ICalendar
{
    private readonly StringBuilder _text = new();

    public ICalendar(string title)
    {
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//Customer Service//Projects//EN");
        Line("CALSCALE:GREGORIAN");
        Line("METHOD:PUBLISH");
        Line("X-WR-CALNAME:" + Escape(title));
    }

    public void Add(CalendarEntry entry)
    {
        Line("BEGIN:VEVENT");
        Line($"UID:{entry.Id}@customer-service");
        Line(string.Create(CultureInfo.InvariantCulture, $"DTSTAMP:{entry.Now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}"));
        Line(string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{entry.Sequence}"));
        Line(string.Create(CultureInfo.InvariantCulture, $"DTSTART;VALUE=DATE:{entry.Day:yyyyMMdd}"));
        // The end is exclusive.
        Line(string.Create(CultureInfo.InvariantCulture, $"DTEND;VALUE=DATE:{entry.Day.AddDays(1):yyyyMMdd}"));
        Line("SUMMARY:" + Escape(entry.Summary));
        Line("DESCRIPTION:" + Escape(entry.Description));
        Line("LOCATION:" + Escape(entry.Location));
        Line("STATUS:" + entry.Status);
        Line("TRANSP:TRANSPARENT");
        Line("END:VEVENT");
    }

    public override string ToString() => _text + "END:VCALENDAR\r\n";

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
