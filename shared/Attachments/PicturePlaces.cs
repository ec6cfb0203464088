using System.Buffers.Binary;

namespace CustomerService.Attachments;

/// <summary>Takes out of a picture what its camera wrote beside it, without touching a pixel: for readers who are not to
/// see where it was taken. How it is held stays.</summary>
public static class PicturePlaces
{
    private const byte App1 = 0xE1;
    private const byte App2 = 0xE2;
    private const byte App13 = 0xED;
    private const byte StartOfScan = 0xDA;
    private const int WebPFlags = 20;
    private const byte WebPExifAndXmp = 0b0000_1100;

    /// <summary>The picture without notes, or as it is where it has none.</summary>
    /// <param name="content">PNG, JPEG or WebP; other files come back as they are.</param>
    public static byte[] WithoutNotes(byte[] content) =>
        FileKinds.Of(content) switch
        {
            "image/jpeg" => OfJpeg(content),
            "image/png" => OfChunks(content, 8, PngLength, IsNoteOfPng),
            "image/webp" => OfWebP(content),
            _ => content,
        };

    private static byte[] OfJpeg(byte[] content)
    {
        using var kept = new MemoryStream(content.Length);
        kept.Write(content.AsSpan(0, 2));
        var orientation = 1;
        var at = 2;
        while (at + 4 <= content.Length && content[at] == 0xFF && content[at + 1] != StartOfScan)
        {
            if (content[at + 1] == 0xFF)
            {
                at++;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(content.AsSpan(at + 2)) + 2;
            if (at + length > content.Length)
            {
                break;
            }

            var segment = content.AsSpan(at, length);
            orientation = OrientationOf(segment) ?? orientation;
            if (segment[1] is not (App1 or App13) && !IsIndexOfPictures(segment))
            {
                kept.Write(segment);
            }

            at += length;
        }

        // What cameras append are pictures with notes of their own.
        var end = FileKinds.JpegEnd(content);
        kept.Write(content.AsSpan(at, Math.Max((end < 0 ? content.Length : end) - at, 0)));
        if (kept.Length == content.Length)
        {
            return content;
        }

        var bare = kept.ToArray();
        return orientation == 1 ? bare : [.. bare.AsSpan(0, 2), .. Oriented((byte)orientation), .. bare.AsSpan(2)];
    }

    private static bool IsIndexOfPictures(ReadOnlySpan<byte> segment) =>
        segment.Length > 8 && segment[1] == App2 && segment[4..8].SequenceEqual("MPF\0"u8);

    // Marker, length, "Exif", then a TIFF file whose first directory may hold the tag 0x0112.
    private static int? OrientationOf(ReadOnlySpan<byte> segment)
    {
        if (segment.Length < 20 || segment[1] != App1 || !segment[4..10].SequenceEqual("Exif\0\0"u8))
        {
            return null;
        }

        var tiff = segment[10..];
        var little = tiff[0] == 'I';
        ushort Short(ReadOnlySpan<byte> from) =>
            little ? BinaryPrimitives.ReadUInt16LittleEndian(from) : BinaryPrimitives.ReadUInt16BigEndian(from);
        var start = little
            ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..])
            : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (start + 2 > tiff.Length)
        {
            return null;
        }

        var entries = Short(tiff[(int)start..]);
        for (var i = 0; i < entries; i++)
        {
            var at = (int)start + 2 + (i * 12);
            if (at + 12 > tiff.Length)
            {
                return null;
            }

            if (Short(tiff[at..]) == 0x0112)
            {
                return Short(tiff[(at + 8)..]) is var value and >= 1 and <= 8 ? value : null;
            }
        }

        return null;
    }

    // The smallest EXIF segment that says how the camera was held.
    private static byte[] Oriented(byte orientation) =>
        [
            0xFF,
            App1,
            0,
            34,
            .. "Exif\0\0"u8,
            .. "MM\0*"u8,
            0,
            0,
            0,
            8,
            0,
            1,
            0x01,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            orientation,
            0,
            0,
            0,
            0,
            0,
            0,
        ];

    private static int PngLength(ReadOnlySpan<byte> chunk) =>
        (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(chunk) + 12L, int.MaxValue);

    private static bool IsNoteOfPng(ReadOnlySpan<byte> chunk) =>
        chunk[4..8].SequenceEqual("eXIf"u8)
        || chunk[4..8].SequenceEqual("tEXt"u8)
        || chunk[4..8].SequenceEqual("iTXt"u8)
        || chunk[4..8].SequenceEqual("zTXt"u8);

    private static byte[] OfWebP(byte[] content)
    {
        var kept = OfChunks(
            content,
            12,
            chunk =>
                (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]) + 8L + (chunk[4] & 1), int.MaxValue),
            chunk => chunk[..4].SequenceEqual("EXIF"u8) || chunk[..4].SequenceEqual("XMP "u8)
        );
        if (kept.Length == content.Length)
        {
            return content;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(kept.AsSpan(4), (uint)kept.Length - 8);
        if (kept.Length > WebPFlags && kept.AsSpan(12, 4).SequenceEqual("VP8X"u8))
        {
            kept[WebPFlags] &= unchecked((byte)~WebPExifAndXmp);
        }

        return kept;
    }

    private delegate int LengthOf(ReadOnlySpan<byte> chunk);

    private delegate bool IsNote(ReadOnlySpan<byte> chunk);

    private static byte[] OfChunks(byte[] content, int head, LengthOf lengthOf, IsNote isNote)
    {
        using var kept = new MemoryStream(content.Length);
        kept.Write(content.AsSpan(0, head));
        var at = head;
        while (at + 8 <= content.Length)
        {
            var rest = content.AsSpan(at);
            var length = Math.Min(lengthOf(rest), rest.Length);
            if (!isNote(rest))
            {
                kept.Write(rest[..length]);
            }

            at += length;
        }

        kept.Write(content.AsSpan(at));
        return kept.Length == content.Length ? content : kept.ToArray();
    }
}
