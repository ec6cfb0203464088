using CustomerService.Rules;
using CustomerService.Surveys.Domain;

namespace CustomerService.Surveys.Features;

/// <summary>Reads what callers put into the query of a list.</summary>
internal static class Filters
{
    public static Refusal Bad(string filter) => Refusal.Invalid("bad-filter", "API", filter).With("filter", filter);

    /// <summary>False when there is a text and it is no letter from A to D.</summary>
    public static bool TryKind(string? text, out SurveyKind? kind)
    {
        kind = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        var known = SurveyKinds.TryParse(text, out var parsed);
        kind = parsed;
        return known;
    }

    /// <summary>False when there is a text and it is no value of the enumeration in kebab-case.</summary>
    public static bool TryValue<T>(string? text, out T? value)
        where T : struct, Enum
    {
        value = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        foreach (var candidate in Enum.GetValues<T>())
        {
            if (Spelling.Kebab(candidate.ToString()) == text)
            {
                value = candidate;
                return true;
            }
        }

        return false;
    }
}
