using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CustomerService.Complaints.Data;

/// <summary>Immutable parts of an aggregate as one <c>jsonb</c> column: they are always read and replaced
/// whole.</summary>
internal static class JsonColumn
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    public static PropertyBuilder<T> AsJson<T>(this PropertyBuilder<T> property)
    {
        property
            .HasColumnType("jsonb")
            .HasConversion(
                new ValueConverter<T, string>(
                    value => JsonSerializer.Serialize(value, Options),
                    text => JsonSerializer.Deserialize<T>(text, Options)!
                ),
                new ValueComparer<T>(
                    (a, b) => JsonSerializer.Serialize(a, Options) == JsonSerializer.Serialize(b, Options),
                    value => StringComparer.Ordinal.GetHashCode(JsonSerializer.Serialize(value, Options)),
                    value => value
                )
            );
        return property;
    }
}
