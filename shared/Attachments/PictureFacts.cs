using System.Globalization;
using CustomerService.Rules;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;

namespace CustomerService.Attachments;

/// <summary>When and where a picture was taken, as its camera wrote it (EXIF).</summary>
/// <param name="TakenAt">UTC; where the camera named no zone, it was the company's.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
public sealed record PictureFacts(DateTimeOffset? TakenAt, double? Latitude, double? Longitude)
{
    // Exif 2.31; the library has no name for it.
    private const int OffsetTimeOriginal = 0x9011;

    private const double MostLatitude = 90;
    private const double MostLongitude = 180;

    /// <summary>Nothing is known.</summary>
    public static PictureFacts None { get; } = new(null, null, null);

    /// <summary>Whether the place is known.</summary>
    public bool HasPlace => Latitude is not null;

    /// <summary>Reads what a file says; what is damaged says nothing.</summary>
    /// <param name="content">The file.</param>
    /// <param name="zone">Zone of a time without one.</param>
    public static PictureFacts Of(byte[] content, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        try
        {
            using var stream = new MemoryStream(content, writable: false);
            var directories = ImageMetadataReader.ReadMetadata(stream);
            var place = PlaceOf(directories);
            return new(TimeOf(directories, zone), place?.Latitude, place?.Longitude);
        }
        // A picture is kept whatever its camera wrote beside it.
        catch (Exception unreadable) when (unreadable is not OutOfMemoryException)
        {
            return None;
        }
    }

    private static GeoLocation? PlaceOf(IReadOnlyList<MetadataExtractor.Directory> directories) =>
        directories.OfType<GpsDirectory>().Select(gps => gps.GetGeoLocation()).FirstOrDefault(p => p is not null)
            is { IsZero: false } place
        && Math.Abs(place.Latitude) <= MostLatitude
        && Math.Abs(place.Longitude) <= MostLongitude
            ? place
            : null;

    private static DateTimeOffset? TimeOf(IReadOnlyList<MetadataExtractor.Directory> directories, TimeZoneInfo zone)
    {
        foreach (var exif in directories.OfType<ExifSubIfdDirectory>())
        {
            if (!exif.TryGetDateTime(ExifDirectoryBase.TagDateTimeOriginal, out var read) || read.Year < 1900)
            {
                continue;
            }

            var local = DateTime.SpecifyKind(read, DateTimeKind.Unspecified);
            var offset = OffsetOf(exif.GetString(OffsetTimeOriginal)) ?? zone.GetUtcOffset(local);
            return new DateTimeOffset(local, offset).ToUniversalTime().ToWholeMilliseconds();
        }

        return null;
    }

    // "+08:00"
    private static TimeSpan? OffsetOf(string? text) =>
        text is { Length: > 1 }
        && text[0] is '+' or '-'
        && TimeSpan.TryParseExact(text[1..].Trim('\0', ' '), @"hh\:mm", CultureInfo.InvariantCulture, out var offset)
        && offset <= TimeSpan.FromHours(14)
            ? text[0] == '-'
                ? -offset
                : offset
            : null;
}
