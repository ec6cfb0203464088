using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace CustomerService.Identity;

/// <summary>The language of the pages: what the application asked for (<c>ui_locales</c>), else what the browser prefers, else Traditional Chinese.</summary>
internal static class UiLanguage
{
    public const string Parameter = "ui_locales";

    public static IReadOnlyList<(string Tag, string Name)> Offered { get; } = [("zh-Hant", Own("zh-Hant")), ("zh-Hans", Own("zh-Hans")), ("en", Own("en"))];

    /// <summary>The same page in another language.</summary>
    public static string Link(HttpRequest request, string tag) =>
        request.Path + QueryString.Create(request.Query.Where(q => q.Key != Parameter).Append(new(Parameter, tag)));

    public static Task UseAsync(HttpContext context, RequestDelegate next)
    {
        var culture = CultureInfo.GetCultureInfo(Choose(context.Request));
        CultureInfo.CurrentCulture = culture;
        CultureInfo.CurrentUICulture = culture;
        return next(context);
    }

    // A language is always offered in its own words.
    private static string Own(string tag) => CultureInfo.GetCultureInfo(tag).NativeName;

    private static string Choose(HttpRequest request)
    {
        IEnumerable<string> asked = request.Query[Parameter].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (request.Query["ReturnUrl"].ToString() is { Length: > 0 } back && back.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark)
        {
            asked = asked.Concat(QueryHelpers.ParseQuery(back[mark..])[Parameter].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        var preferred = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.ToString());
        return asked.Concat(preferred).Select(Ours).FirstOrDefault(language => language is not null) ?? "zh-Hant";
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
        return parts.Length == 1 || parts.Any(p => traditional.Contains(p, StringComparer.OrdinalIgnoreCase)) ? "zh-Hant" : "zh-Hans";
    }
}
