using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.WebUtilities;

namespace CustomerService.Identity;

/// <summary>The language of the pages: what the application asked for (<c>ui_locales</c>); what the browser
/// prefers comes after it, by ServiceDefaults.</summary>
internal static class UiLanguage
{
    public const string Parameter = "ui_locales";

    public static IReadOnlyList<(string Tag, string Name)> Offered { get; } =
    [.. Texts.Languages.Select(tag => (tag, Texts.OwnName(tag)))];

    /// <summary>The same page in another language.</summary>
    public static string Link(HttpRequest request, string tag) =>
        request.Path + QueryString.Create(request.Query.Where(q => q.Key != Parameter).Append(new(Parameter, tag)));

    /// <summary>What the application asked for, in this request or in the one that sign-in interrupted; null
    /// where it asked for nothing.</summary>
    public static Task<ProviderCultureResult?> AskedForAsync(HttpContext context)
    {
        var asked = context.Request.Query[Parameter].ToString();
        if (
            asked.Length == 0
            && context.Request.Query["ReturnUrl"].ToString() is { } back
            && back.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark
        )
        {
            asked = QueryHelpers.ParseQuery(back[mark..]).TryGetValue(Parameter, out var inside)
                ? inside.ToString()
                : "";
        }

        var language = asked
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(Ours)
            .FirstOrDefault(found => found is not null);
        return Task.FromResult(language is null ? null : new ProviderCultureResult(language));
    }

    /// <summary>Which of the three a language tag (BCP 47) means, or null.</summary>
    public static string? Ours(string tag)
    {
        var parts = tag.Split('-');
        if (parts[0].Equals("en", StringComparison.OrdinalIgnoreCase))
        {
            return "en";
        }

        if (!parts[0].Equals("zh", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (parts.Contains("Hant", StringComparer.OrdinalIgnoreCase))
        {
            return "zh-Hant";
        }

        if (parts.Contains("Hans", StringComparer.OrdinalIgnoreCase))
        {
            return "zh-Hans";
        }

        string[] traditional = ["TW", "HK", "MO"];
        // Without script and region it is the company's working language.
        return parts.Length == 1 || parts.Any(p => traditional.Contains(p, StringComparer.OrdinalIgnoreCase))
            ? "zh-Hant"
            : "zh-Hans";
    }
}
