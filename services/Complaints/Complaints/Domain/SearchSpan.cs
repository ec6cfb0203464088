using System.Buffers.Binary;
using System.Globalization;

namespace CustomerService.Complaints.Complaints.Domain;

/// <summary>
/// The thirty days in which a complaint was opened, as a word among its grams, so that a search can be kept to the newest.
/// It comes from the identity, by which lists are in order, and not from a day that somebody enters.
/// </summary>
internal static class SearchSpan
{
    private const long Milliseconds = 30L * 24 * 60 * 60 * 1000;

    /// <summary>The word of this identity. It is longer than a gram, so that none is like it.</summary>
    public static string Of(Guid id) => Word(Number(id));

    /// <summary>The words of the spans up to that of this identity, the newest first.</summary>
    public static string[] Back(Guid id, int spans) =>
        [.. Enumerable.Range(0, spans).Select(back => Number(id) - back).Where(number => number >= 0).Select(Word)];

    private static long Number(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = id.TryWriteBytes(bytes, bigEndian: true, out _);
        // Milliseconds since 1970 in the first six bytes (version 7).
        return (BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16) / Milliseconds;
    }

    private static string Word(long number) => string.Create(CultureInfo.InvariantCulture, $"span{number}");
}
