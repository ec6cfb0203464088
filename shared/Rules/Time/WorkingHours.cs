using System.Globalization;

namespace CustomerService.Rules;

/// <summary>A stretch of working time within one day, in local time. A lunch break is the gap between two of
/// them.</summary>
/// <param name="From">Since midnight.</param>
/// <param name="To">Since midnight, later than <paramref name="From"/>, at most 24 hours. A night shift is two
/// stretches on two days.</param>
public readonly record struct WorkingHours(TimeSpan From, TimeSpan To)
{
    /// <summary>From midnight to midnight.</summary>
    public static WorkingHours WholeDay { get; } = new(TimeSpan.Zero, TimeSpan.FromHours(24));

    /// <summary>Reads <c>09:00-12:00</c>; the end may be <c>24:00</c>.</summary>
    /// <exception cref="FormatException">It is not such a text, or the end is not after the start.</exception>
    public static WorkingHours Parse(string text)
    {
        var parts = text.Split('-', StringSplitOptions.TrimEntries);
        if (parts.Length == 2 && TryTime(parts[0], out var from) && TryTime(parts[1], out var to) && from < to)
        {
            return new(from, to);
        }

        throw new FormatException(
            $"'{text}' are no working hours; write them as 09:00-12:00, the end after the start, at most 24:00."
        );
    }

    /// <summary><c>09:00-12:00</c>.</summary>
    public override string ToString() => $"{Text(From)}-{Text(To)}";

    private static string Text(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}");

    private static bool TryTime(string text, out TimeSpan time)
    {
        if (text == "24:00")
        {
            time = TimeSpan.FromHours(24);
            return true;
        }

        var read = TimeOnly.TryParseExact(
            text,
            "HH:mm",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var clock
        );
        time = clock.ToTimeSpan();
        return read;
    }
}
