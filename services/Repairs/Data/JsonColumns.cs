using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Repairs.Data;

/// <summary>Immutable parts of an aggregate in one <c>jsonb</c> column each.</summary>
internal static class JsonColumns
{
    // Not the options of the API: what is stored must be readable when the API has moved on.
    private static readonly JsonSerializerOptions Stored = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>
    /// The parts are immutable and lists are replaced, never changed, so a change is another reference;
    /// comparing by content would read
    /// every list of every order at every save.
    /// </summary>
    public static PropertyBuilder<T> IsJson<T>(this PropertyBuilder<T> property) =>
        property
            .HasColumnType("jsonb")
            .HasConversion(
                value => JsonSerializer.Serialize(value, Stored),
                text => JsonSerializer.Deserialize<T>(text, Stored)!,
                new ValueComparer<T>((a, b) => ReferenceEquals(a, b), value => 0, value => value)
            );
}
