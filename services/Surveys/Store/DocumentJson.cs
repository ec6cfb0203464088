using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using CustomerService.Rules;
using CustomerService.Surveys.Questionnaires.Domain;

namespace CustomerService.Surveys.Store;

/// <summary>
/// How aggregates become documents: the one spelling that both stores keep. Days and instants are texts of fixed width,
/// so that they compare as texts in every store. Members that only a younger version knows survive a change.
/// </summary>
internal static class DocumentJson
{
    /// <summary>An instant of fixed width, UTC, whole milliseconds.</summary>
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    // What was read and is not known here, by the object that it was read with.
    private static readonly ConditionalWeakTable<object, Dictionary<string, JsonElement>> Younger = [];

    private static readonly JsonSerializerOptions Options = Create();

    public static string Write(Aggregate record) => JsonSerializer.Serialize(record, record.GetType(), Options);

    public static T Read<T>(string json)
        where T : Aggregate =>
        JsonSerializer.Deserialize<T>(json, Options)
        ?? throw new JsonException($"A document of {typeof(T).Name} is null.");

    /// <summary>A value as it stands in a document: a text, a whole number, true or false.</summary>
    public static object Spell(object value) =>
        value switch
        {
            string text => text,
            bool flag => flag,
            long number => number,
            int number => (long)number,
            Guid id => id.ToString("D"),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTimeOffset instant => Spell(instant),
            SurveyKind kind => kind.ToString(),
            Enum word => Spelling.Kebab(word.ToString()),
            _ => throw new ArgumentException($"No document is found by a {value.GetType().Name}.", nameof(value)),
        };

    private static string Spell(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            RespectNullableAnnotations = true,
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            Converters =
            {
                new JsonStringEnumConverter<SurveyKind>(),
                new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
                new InstantConverter(),
            },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { OpenAggregates, KeepYoungerMembers } },
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
                property.Set = Compiled(setter);
            }
        }
    }

    private static Action<object, object?> Compiled(MethodInfo setter)
    {
        var record = Expression.Parameter(typeof(object));
        var value = Expression.Parameter(typeof(object));
        return Expression
            .Lambda<Action<object, object?>>(
                Expression.Call(
                    Expression.Convert(record, setter.DeclaringType!),
                    setter,
                    Expression.Convert(value, setter.GetParameters()[0].ParameterType)
                ),
                record,
                value
            )
            .Compile();
    }

    private static void KeepYoungerMembers(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.IsValueType)
        {
            return;
        }

        var rest = type.CreateJsonPropertyInfo(typeof(Dictionary<string, JsonElement>), "younger members");
        rest.IsExtensionData = true;
        rest.Get = record => Younger.TryGetValue(record, out var members) ? members : null;
        rest.Set = (record, members) => Younger.AddOrUpdate(record, (Dictionary<string, JsonElement>)members!);
        type.Properties.Add(rest);
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
            writer.WriteStringValue(Spell(value));
    }
}
