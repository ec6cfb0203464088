using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CustomerService.Reporting.Retention.Domain;

/// <summary>
/// What of an event can name or describe somebody: every text that is no identity, day, number or word of a code, and
/// whatever says how to reach a person. Figures are made of the rest, so that they stay when it goes.
/// </summary>
internal static partial class PersonalText
{
    /// <summary>What stands in its place.</summary>
    public const string Gone = "—";

    // By their last part: numbers of records and codes have capitals and signs of their own.
    private static readonly string[] Codes = ["number", "code", "currency", "serials", "sha256", "rule"];
    private static readonly string[] Reaches =
    [
        "phone",
        "email",
        "contact",
        "person",
        "address",
        "link",
        "name",
        "comment",
    ];

    /// <summary>Whether the text of a member goes.</summary>
    public static bool Is(string member, string text)
    {
        var name = member.ToLowerInvariant();
        return text.Length > 0
            && text != Gone
            && !Guid.TryParse(text, out _)
            && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            && (
                Reaches.Any(end => name.EndsWith(end, StringComparison.Ordinal))
                || !(Codes.Any(end => name.EndsWith(end, StringComparison.Ordinal)) || Word().IsMatch(text))
            );
    }

    /// <summary>The same JSON without personal texts.</summary>
    public static string Drop(string json)
    {
        var root = JsonNode.Parse(json)!;
        Drop("", root);
        return root.ToJsonString();
    }

    private static void Drop(string member, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    Drop(name, value);
                }

                break;
            case JsonArray items:
                foreach (var item in items.ToList())
                {
                    Drop(member, item);
                }

                break;
            case JsonValue value when value.TryGetValue<string>(out var text) && Is(member, text):
                value.ReplaceWith(Gone);
                break;
            default:
                break;
        }
    }

    // Words of codes, populations (A) and items of forms (E.attitude, T1.courtesy) too: figures are counted by them.
    [GeneratedRegex(@"^(?:[a-z][a-z0-9.#@-]*|[A-Z][0-9]?(?:\.[a-z0-9.-]+)?)$")]
    private static partial Regex Word();
}
