using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using CustomerService.Rules;
using CustomerService.Surveys.Domain;

namespace CustomerService.Surveys.Data;

/// <summary>
/// How aggregates become documents: the one spelling that both stores keep. Days and instants are texts of
/// fixed width, so that
/// they compare as texts in every store.
/// </summary>
internal static class Documents
{
    /// <summary>An instant of fixed width, UTC, whole milliseconds.</summary>
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static JsonSerializerOptions Options { get; } = Create();

    public static string Write<T>(T aggregate)
        where T : Aggregate => JsonSerializer.Serialize(aggregate, Options);

    public static T Read<T>(string json)
        where T : Aggregate =>
        JsonSerializer.Deserialize<T>(json, Options)
        ?? throw new JsonException($"A document of {typeof(T).Name} is null.");

    /// <summary>An instant as it stands in a document.</summary>
    public static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    /// <summary>A day as it stands in a document.</summary>
    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A state, grade or verdict as it stands in a document.</summary>
    public static string Text<T>(T value)
        where T : struct, Enum => value is SurveyKind ? value.ToString() : Spelling.Kebab(value.ToString());

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            // A member that this version does not know was written by a younger one; losing it in a change
            // would be worse than failing.
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            Converters =
            {
                new JsonStringEnumConverter<SurveyKind>(),
                new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
                new InstantConverter(),
            },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { OpenAggregates } },
        };
        options.MakeReadOnly();
        return options;
    }

    // Aggregates guard their state by private setters and constructors; only the store goes past them.
    private static void OpenAggregates(JsonTypeInfo type)
    {
        if (!type.Type.IsAssignableTo(typeof(Aggregate)))
        {
            return;
        }

        type.CreateObject = () => Activator.CreateInstance(type.Type, nonPublic: true)!;
        foreach (var property in type.Properties.ToList())
        {
            if (property.AttributeProvider is not PropertyInfo { DeclaringType: { } declaring } reflected)
            {
                continue;
            }

            var setter = declaring
                .GetProperty(reflected.Name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                ?.GetSetMethod(nonPublic: true);
            if (setter is null)
            {
                // Computed, or pending work that is stored elsewhere.
                type.Properties.Remove(property);
            }
            else
            {
                property.Set = (target, value) => setter.Invoke(target, [value]);
            }
        }
    }

    private sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) =>
            DateTimeOffset.ParseExact(
                reader.GetString()!,
                InstantFormat,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
            );

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Text(value));
    }
}
