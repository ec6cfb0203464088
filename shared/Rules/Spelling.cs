using System.Collections.Frozen;
using System.Globalization;

namespace CustomerService.Rules;

/// <summary>How states, actions and other enums, days and instants are spelled outside the code.</summary>
public static class Spelling
{
    /// <summary><c>InRepair</c> becomes <c>in-repair</c>.</summary>
    public static string Kebab(string name) =>
        string.Concat(
            name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString())
        );

    /// <summary>The public spelling of an enum's value: <c>InRepair</c> becomes <c>in-repair</c>.</summary>
    public static string ToKebab<T>(this T value)
        where T : struct, Enum => Words<T>.Spelled.TryGetValue(value, out var word) ? word : value.ToString();

    /// <summary>The value of a public spelling; null when there is none of that spelling.</summary>
    public static T? FromKebab<T>(string? text)
        where T : struct, Enum => text is not null && Words<T>.Values.TryGetValue(text, out var value) ? value : null;

    /// <summary>Every public spelling, in the order of the enum.</summary>
    public static IReadOnlyList<string> WordsOf<T>()
        where T : struct, Enum => Words<T>.All;

    /// <summary>A day, ISO 8601.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An instant in a time zone, to the minute, for people.</summary>
    public static string Minute(DateTimeOffset instant, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(instant, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly IReadOnlyList<string> All = [.. Enum.GetNames<T>().Select(Kebab)];

        public static readonly FrozenDictionary<T, string> Spelled = Enum.GetNames<T>()
            .DistinctBy(Enum.Parse<T>)
            .ToFrozenDictionary(Enum.Parse<T>, Kebab);

        public static readonly FrozenDictionary<string, T> Values = Enum.GetNames<T>()
            .ToFrozenDictionary(Kebab, Enum.Parse<T>, StringComparer.Ordinal);
    }
}
