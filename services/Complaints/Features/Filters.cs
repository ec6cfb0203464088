using CustomerService.Rules;

namespace CustomerService.Complaints.Features;

/// <summary>Filters of lists as they stand in the query.</summary>
internal static class Filters
{
    /// <summary>An enum as the API spells it. False when there is no such value.</summary>
    public static bool TryRead<T>(string? text, out T? value)
        where T : struct, Enum
    {
        value = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        foreach (var known in Enum.GetValues<T>())
        {
            if (Spelling.Kebab(known.ToString()) == text)
            {
                value = known;
                return true;
            }
        }

        return false;
    }

    /// <summary>A date as the API spells it, <c>2026-11-24</c>.</summary>
    public static bool TryRead(string? text, out DateOnly? value)
    {
        value = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        var read = DateOnly.TryParseExact(
            text,
            "yyyy-MM-dd",
            System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.None,
            out var date
        );
        value = read ? date : null;
        return read;
    }

    public static bool IsCode(string? text) => text is null or { Length: <= Limits.Line };

    public static Refusal Wrong(string filter) => Refusal.Invalid("bad-filter", "API", filter).With("filter", filter);
}
