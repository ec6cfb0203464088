using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Immutable parts of an aggregate as one <c>jsonb</c> column, by convention (<see cref="StoreConventions"/>): always
/// read and replaced whole; null is SQL NULL.
/// </summary>
public static class JsonColumns
{
    // Not the options of the API: what is stored must be readable when the API has moved on.
    // Chinese stays readable.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>The same for an aggregate of a library, which the conventions of a service do not look at.</summary>
    public static PropertyBuilder<T> IsJson<T>(this PropertyBuilder<T> property)
    {
        ArgumentNullException.ThrowIfNull(property);
        return property.HasConversion(new JsonConverter<T>(), new JsonComparer<T>()).HasColumnType("jsonb");
    }

    internal static string Write<T>(T value) =>
        value is not null && !typeof(T).IsValueType && Texts<T>.Known.TryGetValue(value, out var known)
            ? known
            : JsonSerializer.Serialize(value, Options);

    internal static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options)!;

    internal static bool AreSame<T>(T? a, T? b)
    {
        // The parts are replaced and never changed, so the same object has the same content.
        if (ReferenceEquals(a, b))
        {
            return true;
        }

        return a is not null && b is not null && Remember(a) == Remember(b);
    }

    internal static int Hash<T>(T value) => Remember(value).GetHashCode(StringComparison.Ordinal);

    private static string Remember<T>(T value)
    {
        if (value is null || typeof(T).IsValueType)
        {
            return Write(value);
        }

        if (!Texts<T>.Known.TryGetValue(value, out var text))
        {
            Texts<T>.Known.AddOrUpdate(value, text = JsonSerializer.Serialize(value, Options));
        }

        return text;
    }

    // A changed part is written out once, for the comparison and for the column.
    private static class Texts<T>
    {
        public static ConditionalWeakTable<object, string> Known { get; } = [];
    }
}

/// <summary>Writes and reads a <c>jsonb</c> column.</summary>
internal sealed class JsonConverter<T>()
    : ValueConverter<T, string>(value => JsonColumns.Write(value), text => JsonColumns.Read<T>(text));

/// <summary>Compares references first, then the texts.</summary>
internal sealed class JsonComparer<T>()
    : ValueComparer<T>((a, b) => JsonColumns.AreSame(a, b), value => JsonColumns.Hash(value), value => value);
