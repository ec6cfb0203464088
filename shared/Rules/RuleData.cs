using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerService.Rules;

/// <summary>A data file of the rules (policies, calendars) is wrong. The message is one line for the person who wrote the file.</summary>
public sealed class RuleDataException : Exception
{
    public RuleDataException()
    {
    }

    public RuleDataException(string message)
        : base(message)
    {
    }

    public RuleDataException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>Reads the data files of the rules. A misspelt name is an error, because a setting that is silently ignored is worse than none.</summary>
internal static class RuleData
{
    internal static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    internal static Stream Open(string resource) =>
        typeof(RuleData).Assembly.GetManifestResourceStream(resource)
        ?? throw new InvalidOperationException($"The data file {resource} is not part of the assembly.");

    internal static T Read<T>(Stream json, string source)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options) ?? throw new RuleDataException($"{source}: the file is empty");
        }
        catch (JsonException wrong)
        {
            var message = wrong.Message.ReplaceLineEndings(" ");
            throw new RuleDataException($"{source}: {message}", wrong);
        }
    }
}
