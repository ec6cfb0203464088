using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CustomerService.Contracts;

namespace CustomerService.Messaging;

/// <summary>How events are spelled as JSON: camelCase names, enums as kebab-case words, Chinese as
/// itself and not as escapes.</summary>
public static class EventJson
{
    /// <summary>How events go out.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>How events come in: the same, and what the contract does not call optional must be there. Numbers, days
    /// and the like may be missing, so that an event of an older version can be read.</summary>
    internal static JsonSerializerOptions Incoming { get; } = CreateIncoming();

    /// <summary>The body of a message.</summary>
    public static string Serialize(IIntegrationEvent integrationEvent)
    {
        ArgumentNullException.ThrowIfNull(integrationEvent);
        return JsonSerializer.Serialize(integrationEvent, integrationEvent.GetType(), Options);
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            DefaultIgnoreCondition = JsonIgnoreCondition.Never,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private static JsonSerializerOptions CreateIncoming()
    {
        var options = new JsonSerializerOptions(Options)
        {
            RespectNullableAnnotations = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireMembers } },
        };
        options.MakeReadOnly();
        return options;
    }

    private static void RequireMembers(JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
        {
            var isRead = member.Set is not null || member.AssociatedParameter is not null;
            member.IsRequired |= isRead && !member.PropertyType.IsValueType && !member.IsSetNullable;
        }
    }
}

/// <summary>Public names of event types.</summary>
public static class EventNames
{
    private static readonly ConcurrentDictionary<Type, string> Names = new();

    /// <summary>The name of an event type.</summary>
    /// <exception cref="InvalidOperationException">The type has no
    /// <see cref="EventNameAttribute"/>.</exception>
    public static string Of(Type type) =>
        Names.GetOrAdd(
            type,
            static t =>
                t.GetCustomAttribute<EventNameAttribute>()?.Name
                ?? throw new InvalidOperationException(
                    $"{t.FullName} is published or consumed as an event but has no [EventName]."
                )
        );
}
