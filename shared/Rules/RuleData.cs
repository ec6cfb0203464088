using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerService.Rules;

/// <summary>A data file of the rules (policies, calendars) is wrong. The message is one line for the person who
/// wrote the file.</summary>
public sealed class RuleDataException : Exception
{
    public RuleDataException() { }

    public RuleDataException(string message)
        : base(message) { }

    public RuleDataException(string message, Exception inner)
        : base(message, inner) { }
}

/// <summary>Reads the data files of the rules. A misspelt name is an error, because a setting that is silently
/// ignored is worse than none.</summary>
internal static class RuleData
{
    internal static JsonSerializerOptions Options { get; } =
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            ReadCommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        };

    private static JsonDocumentOptions DocumentOptions { get; } =
        new()
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            AllowDuplicateProperties = false,
        };

    internal static Stream Open(string resource) => EmbeddedFile.Open(typeof(RuleData).Assembly, resource);

    internal static T Read<T>(Stream json, string source)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(json, DocumentOptions);
            if (FindNull(document.RootElement, "$") is { } path)
            {
                throw new RuleDataException($"{source}: {path} is null; leave out what is not set");
            }

            return document.RootElement.Deserialize<T>(Options)!;
        }
        catch (JsonException wrong)
        {
            throw new RuleDataException($"{source}: {wrong.Message.ReplaceLineEndings(" ")}", wrong);
        }
    }

    // Nullable annotations are looked at for properties only; a null within a list or a dictionary would pass unseen.
    private static string? FindNull(JsonElement element, string path) =>
        element.ValueKind switch
        {
            JsonValueKind.Null => path,
            JsonValueKind.Object => element
                .EnumerateObject()
                .Select(property => FindNull(property.Value, $"{path}.{property.Name}"))
                .FirstOrDefault(found => found is not null),
            JsonValueKind.Array => element
                .EnumerateArray()
                .Select((item, i) => FindNull(item, $"{path}[{i}]"))
                .FirstOrDefault(found => found is not null),
            _ => null,
        };
}
