using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Messaging;

namespace CustomerService.Contracts.Tests;

/// <summary>Bodies of an event as the outbox writes them.</summary>
internal static class EventExamples
{
    /// <summary>One body with everything in it, one with as little as the type allows, and one a word.</summary>
    public static IEnumerable<JsonNode> Of(Type type)
    {
        yield return Body(type, full: true);
        yield return Body(type, full: false);
        foreach (var property in type.GetProperties())
        {
            foreach (var word in property.GetCustomAttribute<WordsAttribute>()?.Words ?? [])
            {
                var body = Body(type, full: true);
                body[JsonNamingPolicy.CamelCase.ConvertName(property.Name)] = word;
                yield return body;
            }
        }
    }

    private static JsonNode Body(Type type, bool full) =>
        JsonSerializer.SerializeToNode(Made(type, full), type, EventJson.Options)!;

    private static object Made(Type type, bool full)
    {
        var constructor = type.GetConstructors().Single();
        var nullability = new NullabilityInfoContext();
        return constructor.Invoke([
            .. constructor
                .GetParameters()
                .Select(p =>
                    !full && nullability.Create(p).WriteState == NullabilityState.Nullable
                        ? null
                        : Value(p.ParameterType, type.GetProperty(p.Name!), full)
                ),
        ]);
    }

    private static object Value(Type type, PropertyInfo? property, bool full)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (property?.GetCustomAttribute<WordsAttribute>() is { } words)
        {
            return words.Words[0];
        }

        if (plain == typeof(string))
        {
            return "文字";
        }

        if (plain == typeof(Guid))
        {
            return Guid.Parse("0193b5a0-0000-7000-8000-000000000001");
        }

        if (plain == typeof(DateOnly))
        {
            return new DateOnly(2026, 3, 2);
        }

        if (plain == typeof(DateTimeOffset))
        {
            return new DateTimeOffset(2026, 3, 2, 8, 30, 0, TimeSpan.Zero);
        }

        if (plain.IsGenericType && plain.IsAssignableTo(typeof(IEnumerable)))
        {
            var item = plain.GetGenericArguments()[^1];
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
            list.Add(Value(item, null, full));
            return list;
        }

        if (plain.IsEnum)
        {
            return Enum.GetValues(plain).GetValue(0)!;
        }

        return plain.IsPrimitive || plain == typeof(decimal)
            ? Convert.ChangeType(1, plain, System.Globalization.CultureInfo.InvariantCulture)
            : Made(plain, full);
    }
}
