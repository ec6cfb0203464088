using System.Text.Json;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Reads an instant with its offset (<c>2026-11-28T16:27:00+08:00</c>). Without one the serializer would take the zone
/// of the machine, which is neither the caller's nor the company's.
/// </summary>
internal sealed class InstantConverter : System.Text.Json.Serialization.JsonConverter<DateTimeOffset>
{
    /// <summary>What the refusal of an instant without offset says, for <see cref="BadRequestDetails"/>.</summary>
    public const string OffsetMissing = "offset-missing";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetDateTimeOffset(out var instant))
        {
            throw new JsonException();
        }

        return HasOffset(reader.GetString()!) ? instant : throw new JsonException(OffsetMissing);
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);

    // After a day of ten characters a minus can only begin the offset.
    private static bool HasOffset(string text) => text.Length > 10 && text.AsSpan(10).IndexOfAny('Z', '+', '-') >= 0;
}
