using System.Globalization;
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

        return Instants.HasOffset(reader.GetString()!) ? instant : throw new JsonException(OffsetMissing);
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}

/// <summary>Instants in texts, by the same rule.</summary>
public static class Instants
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    /// <summary>Reads an instant of a form field; false where it is none, or has no offset.</summary>
    public static bool TryRead(string text, out DateTimeOffset instant)
    {
        ArgumentNullException.ThrowIfNull(text);
        return DateTimeOffset.TryParseExact(
                text,
                Formats,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out instant
            ) && HasOffset(text);
    }

    // After a day of ten characters a minus can only begin the offset.
    internal static bool HasOffset(string text) => text.Length > 10 && text.AsSpan(10).IndexOfAny('Z', '+', '-') >= 0;
}
