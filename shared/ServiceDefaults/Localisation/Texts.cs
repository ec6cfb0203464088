using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using CustomerService.Rules;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Texts for people by key and language. Every assembly that has texts adds its ResourceManager; the neutral
/// language is English,
/// the working language of the company zh-Hant, and zh-Hans is offered too.
/// </summary>
public sealed partial class Texts
{
    private readonly List<ResourceManager> _managers;

    public Texts(IEnumerable<ResourceManager> managers)
    {
        _managers = [.. managers, RuleTexts.Manager, Common, Fields];
    }

    /// <summary>Texts that every service needs.</summary>
    public static ResourceManager Common { get; } =
        new("CustomerService.ServiceDefaults.Resources.Texts", typeof(Texts).Assembly);

    /// <summary>Names of the members of requests, <c>field.{member}</c>.</summary>
    public static ResourceManager Fields { get; } =
        new("CustomerService.ServiceDefaults.Resources.Fields", typeof(Texts).Assembly);

    public static IReadOnlyList<string> Languages { get; } = ["zh-Hant", "zh-Hans", "en"];

    /// <summary>What a language calls itself: it is offered in its own words, by the same ones on every page.</summary>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    public static string OwnName(string language) =>
        Common.GetString("language." + language, CultureInfo.InvariantCulture)
        ?? throw new ArgumentOutOfRangeException(nameof(language), language, null);

    /// <summary>The text, or null where nobody has one. Placeholders are <c>{name}</c>.</summary>
    public string? Find(string key, IReadOnlyDictionary<string, object?>? arguments = null, CultureInfo? culture = null)
    {
        culture ??= CultureInfo.CurrentUICulture;
        foreach (var manager in _managers)
        {
            if (manager.GetString(key, culture) is { } text)
            {
                return arguments is null || arguments.Count == 0
                    ? text
                    : Placeholder()
                        .Replace(
                            text,
                            match =>
                                arguments.TryGetValue(match.Groups[1].Value, out var value)
                                    ? InWords(value, culture)
                                    : match.Value
                        );
            }
        }

        return null;
    }

    /// <summary>The name of a field for people; the last member of the path where it has none.</summary>
    /// <param name="path">Path in JSON, for example <c>findings[2].partCode</c>.</param>
    public string Field(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var member = path[(path.LastIndexOf('.') + 1)..].Split('[')[0];
        return Find("field." + member) ?? member;
    }

    private static string InWords(object? value, CultureInfo culture) =>
        value is WordedCode worded ? worded.In(culture.Name) : Convert.ToString(value, culture) ?? "";

    [GeneratedRegex(@"\{([a-zA-Z]+)\}")]
    private static partial Regex Placeholder();
}
