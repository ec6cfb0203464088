using System.Globalization;
using System.Text;
using CustomerService.Repairs.Appointments.Domain;

namespace CustomerService.Repairs.Appointments;

/// <summary>An agreed appointment as a calendar file, RFC 5545: CRLF, folded at 75 octets, text escaped.</summary>
internal static class VisitCalendar
{
    public static string Of(Appointment appointment, DateTimeOffset now)
    {
        var text = new StringBuilder();
        string[] lines =
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Customer Service//Repairs//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            "BEGIN:VEVENT",
            $"UID:{appointment.Id}@customer-service",
            "DTSTAMP:" + Utc(now),
            "SEQUENCE:" + appointment.Version.ToString(CultureInfo.InvariantCulture),
            "DTSTART:" + Utc(appointment.From!.Value),
            "DTEND:" + Utc(appointment.To!.Value),
            "SUMMARY:" + Escape($"{appointment.RepairOrderNumber} {appointment.ProjectName}"),
            "LOCATION:" + Escape(appointment.Location),
            "STATUS:CONFIRMED",
            "END:VEVENT",
            "END:VCALENDAR",
        ];
        foreach (var line in lines)
        {
            Fold(text, line);
        }

        return text.ToString();
    }

    private static string Utc(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace(";", "\\;", StringComparison.Ordinal)
            .Replace(",", "\\,", StringComparison.Ordinal)
            .ReplaceLineEndings("\\n");

    private static void Fold(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > 75)
            {
                text.Append("\r\n ");
                octets = 1;
            }

            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }
}
