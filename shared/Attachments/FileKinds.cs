using System.Buffers.Binary;

namespace CustomerService.Attachments;

/// <summary>The type of a file by its first bytes, and whether its end is there; name and declared type are only
/// claims.</summary>
public static class FileKinds
{
    // A PDF ends with its cross reference; programs append little to it.
    private const int PdfTail = 2048;

    /// <summary>The content type, or null for a kind that is not taken.</summary>
    public static string? Of(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return "image/png";
        }

        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return "image/jpeg";
        }

        if (content.Length > 12 && content.StartsWith("RIFF"u8) && content[8..12].SequenceEqual("WEBP"u8))
        {
            return "image/webp";
        }

        return content.StartsWith("%PDF-"u8) ? "application/pdf" : null;
    }

    /// <summary>Whether the file has the end that its kind asks for: half of an upload has not.</summary>
    public static bool IsComplete(ReadOnlySpan<byte> content) =>
        Of(content) switch
        {
            "image/png" => IsCompletePng(content[8..]),
            "image/jpeg" => JpegEnd(content) > 0,
            "image/webp" => BinaryPrimitives.ReadUInt32LittleEndian(content[4..]) + 8L <= content.Length,
            "application/pdf" => IsCompletePdf(content),
            _ => false,
        };

    private static bool IsCompletePdf(ReadOnlySpan<byte> content)
    {
        var tail = content[Math.Max(0, content.Length - PdfTail)..];
        var start = tail.LastIndexOf("startxref"u8);
        return start >= 0 && tail[start..].IndexOf("%%EOF"u8) >= 0 && content.IndexOf(" obj"u8) >= 0;
    }

    // Length, type, data, check sum; IEND is the last.
    private static bool IsCompletePng(ReadOnlySpan<byte> chunks)
    {
        while (chunks.Length >= 12)
        {
            if (chunks[4..8].SequenceEqual("IEND"u8))
            {
                return true;
            }

            var length = BinaryPrimitives.ReadUInt32BigEndian(chunks) + 12L;
            if (length > chunks.Length)
            {
                return false;
            }

            chunks = chunks[(int)length..];
        }

        return false;
    }

    /// <summary>Where the picture of a JPEG file ends; -1 where its end is missing. Cameras append more
    /// pictures.</summary>
    // Segments with their length, then the scan, whose bytes 0xFF are followed by 0 or a restart marker. A preview
    // within a segment has an end of its own, so that only a walk finds the picture's.
    internal static int JpegEnd(ReadOnlySpan<byte> content)
    {
        var rest = content[2..];
        while (rest.Length >= 2)
        {
            if (rest[0] != 0xFF || rest[1] is 0x00 or 0xFF or (>= 0xD0 and <= 0xD7))
            {
                var step = rest[0] == 0xFF && rest[1] != 0xFF ? 2 : 1;
                var next = rest[step..].IndexOf((byte)0xFF);
                if (next < 0)
                {
                    return -1;
                }

                rest = rest[(step + next)..];
                continue;
            }

            if (rest[1] == 0xD9)
            {
                return content.Length - rest.Length + 2;
            }

            if (rest.Length < 4 || BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) + 2 > rest.Length)
            {
                return -1;
            }

            rest = rest[(BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) + 2)..];
        }

        return -1;
    }
}
