using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CustomerService.Rules;

namespace CustomerService.Projects.Features;

/// <summary>Reads the filters of lists; what is wrong is refused with the filter's name.</summary>
internal static class Filters
{
    public static Refusal Bad(string filter) => Refusal.Invalid("bad-filter", "API", filter).With("filter", filter);

    /// <summary>A state or kind in kebab-case; none is no filter.</summary>
    public static bool TryEnum<T>(string? text, string name, out T? value, [NotNullWhen(false)] out Refusal? refusal)
        where T : struct, Enum
    {
        (value, refusal) = (null, null);
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        value = Enum.GetValues<T>().Cast<T?>().FirstOrDefault(v => Spelling.Kebab(v!.Value.ToString()) == text);
        refusal = value is null ? Bad(name) : null;
        return refusal is null;
    }

    /// <summary>ISO dates only, so that 03/04 cannot mean two days.</summary>
    public static bool TryDate(
        string? text,
        string name,
        out DateOnly? value,
        [NotNullWhen(false)] out Refusal? refusal
    )
    {
        (value, refusal) = (null, null);
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            value = date;
            return true;
        }

        refusal = Bad(name);
        return false;
    }

    /// <summary>A pattern that finds the text itself, whatever signs are in it.</summary>
    public static string Like(string text) =>
        "%"
        + text.Trim()
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal)
        + "%";
}
