using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Says to the caller, in the caller's language, what of a request could not be read. The framework's own
/// messages are for the programmer of the service:
/// they are English and name types.
/// </summary>
internal static partial class BadRequestDetails
{
    /// <summary>The detail of the problem; null where nothing can be said that helps.</summary>
    public static string? Detail(BadHttpRequestException bad, Texts texts)
    {
        if (bad.InnerException is JsonException json)
        {
            return OfBody(json, texts);
        }

        if (Unbound().Match(bad.Message) is { Success: true } unbound)
        {
            return texts.Find(
                "malformed.parameter",
                new Dictionary<string, object?>
                {
                    ["name"] = JsonNamingPolicy.CamelCase.ConvertName(unbound.Groups[1].Value),
                    ["value"] = unbound.Groups[2].Value,
                }
            );
        }

        if (NotGiven().Match(bad.Message) is { Success: true } missing)
        {
            return texts.Find(
                "malformed.missing",
                new Dictionary<string, object?>
                {
                    ["names"] = JsonNamingPolicy.CamelCase.ConvertName(missing.Groups[1].Value),
                }
            );
        }

        if (bad.Message.Contains("no body was provided", StringComparison.Ordinal))
        {
            return texts.Find("malformed.no-body");
        }

        // The server's own speaks of the request and of nothing inside this program.
        return bad.GetType() == typeof(BadHttpRequestException) ? null : bad.Message;
    }

    private static string? OfBody(JsonException json, Texts texts)
    {
        if (Lacking().Match(json.Message) is { Success: true } lacking)
        {
            var names = string.Join(
                texts.Find("detail.separator"),
                Quoted().Matches(lacking.Groups[1].Value).Select(name => name.Groups[1].Value)
            );
            return texts.Find("malformed.missing", new Dictionary<string, object?> { ["names"] = names });
        }

        var member =
            json.Path is null or "" or "$" ? "$"
            : json.Path.StartsWith("$.", StringComparison.Ordinal) ? json.Path[2..]
            : json.Path;
        var where = new Dictionary<string, object?>
        {
            ["member"] = member,
            ["line"] = json.LineNumber + 1,
            ["position"] = json.BytePositionInLine + 1,
        };
        return texts.Find(
            Unknown().IsMatch(json.Message) ? "malformed.unknown"
                : json.Message.StartsWith(InstantConverter.OffsetMissing, StringComparison.Ordinal) ? "malformed.offset"
                : json.InnerException is JsonException ? "malformed.json"
                : "malformed.value",
            where
        );
    }

    [GeneratedRegex("""^Failed to bind parameter ".* (\w+)" from "(.*)"\.$""", RegexOptions.Singleline)]
    private static partial Regex Unbound();

    [GeneratedRegex("""^Required parameter ".* (\w+)" was not provided from """)]
    private static partial Regex NotGiven();

    [GeneratedRegex("missing required properties including: (.*)")]
    private static partial Regex Lacking();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"could not be mapped to any \.NET member")]
    private static partial Regex Unknown();
}
