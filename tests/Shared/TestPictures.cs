using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SkiaSharp;

namespace CustomerService.Testing;

/// <summary>Small files to hand in, with what a camera writes beside them.</summary>
internal static class TestPictures
{
    /// <summary>A photo as a phone writes it: taken on 2026-03-02 at 14:30 in +08:00 at 31.2304 N, 121.4737 E, held
    /// upright while the camera lay (orientation 6).</summary>
    public static byte[] Photo { get; } = [.. Jpeg.AsSpan(0, 2), .. Exif(), .. Jpeg.AsSpan(2)];

    /// <summary>A PDF.</summary>
    public static byte[] Pdf { get; } = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"u8.ToArray();

    /// <summary>
    /// A drawing of 400 × 300 points, on whose last page a text begins at (250, 100), counted from the lower left before
    /// it is turned. The pages inherit all that they can, and their content is in two parts.
    /// </summary>
    public static byte[] Plan(string text, int turned = 0, string crop = "", int pages = 1)
    {
        var content = $"BT /F1 6 Tf 250 100 Td ({text}) Tj ET";
        var kids = string.Concat(Enumerable.Repeat("6 0 R ", pages - 1)) + "3 0 R";
        return PdfOf(
            "<</Type/Catalog/Pages 2 0 R>>",
            $"<</Type/Pages/Kids[{kids}]/Count {pages}/Rotate {turned}/MediaBox[0 0 400 300]"
                + "/Resources<</Font<</F1 7 0 R>>>>>>",
            $"<</Type/Page/Parent 2 0 R/Contents[4 0 R 5 0 R]{crop}>>",
            "<</Length 9>>\nstream\n0 0 1 rg \nendstream",
            $"<</Length {content.Length}>>\nstream\n{content}\nendstream",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 50 50]>>",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
        );
    }

    /// <summary>A PDF of objects, the first of which is the catalog.</summary>
    public static byte[] PdfOf(params string[] objects)
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var table = new StringBuilder();
        for (var i = 0; i < objects.Length; i++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{file.Length:D10} 00000 n \n");
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var (start, size) = (file.Length, objects.Length + 1);
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {size}\n0000000000 65535 f \n{table}")
            .Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    /// <summary>A picture without notes, 1 × 1.</summary>
    public static byte[] Png { get; } =
        Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        );

    /// <summary>A picture that no other one is like, 2 × 2.</summary>
    public static byte[] NewPng()
    {
        using var bitmap = new SKBitmap(2, 2);
        for (var at = 0; at < 4; at++)
        {
            bitmap.SetPixel(at / 2, at % 2, new SKColor((uint)Random.Shared.Next() | 0xFF000000));
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 90);
        return data.ToArray();
    }

    /// <summary>A picture as a phone takes it: a wall with a stain, of so many pixels, no other one like it.</summary>
    public static byte[] Wall(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        using (var canvas = new SKCanvas(bitmap))
        {
            using var wall = SKShader.CreateLinearGradient(
                new(0, 0),
                new(width, height),
                [new SKColor(0xFFE8E2D4), new SKColor(0xFFB9B2A2)],
                SKShaderTileMode.Clamp
            );
            using var grain = SKShader.CreatePerlinNoiseTurbulence(0.02f, 0.04f, 3, Random.Shared.Next(1000));
            using var paint = new SKPaint { Shader = wall };
            canvas.DrawRect(0, 0, width, height, paint);
            using var rough = new SKPaint { Shader = grain, BlendMode = SKBlendMode.SoftLight };
            canvas.DrawRect(0, 0, width, height, rough);
            using var stain = new SKPaint { Color = new SKColor(0x905A4A30), IsAntialias = true };
            canvas.DrawOval(width * 0.6f, height * 0.35f, width * 0.2f, height * 0.25f, stain);
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 85);
        return data.ToArray();
    }

    /// <summary>A form with one file.</summary>
    public static MultipartFormDataContent Form(byte[] content, string name) =>
        new() { { new ByteArrayContent(content), "file", name } };

    /// <summary>Width and height of a JPEG, from its frame.</summary>
    public static (int Width, int Height) SizeOf(byte[] jpeg)
    {
        for (var at = 2; at + 9 < jpeg.Length; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at + 2)))
        {
            if (jpeg[at + 1] is >= 0xC0 and <= 0xC2)
            {
                return (
                    BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at + 7)),
                    BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at + 5))
                );
            }
        }

        throw new InvalidDataException("There is no frame.");
    }

    /// <summary>Whether these letters stand somewhere in the file.</summary>
    public static bool Contains(byte[] content, string ascii) =>
        content.AsSpan().IndexOf(Encoding.ASCII.GetBytes(ascii)) >= 0;

    // 16 × 8 pixels, the left half black.
    private static byte[] Jpeg
    {
        get
        {
            using var bitmap = new SKBitmap(16, 8);
            using (var canvas = new SKCanvas(bitmap))
            {
                canvas.Clear(SKColors.White);
                using var paint = new SKPaint { Color = SKColors.Black };
                canvas.DrawRect(0, 0, 8, 8, paint);
            }

            using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
            return data.ToArray();
        }
    }

    // Big-endian TIFF: orientation, a directory with the time, a directory with the place.
    private static byte[] Exif()
    {
        var tiff = new List<byte>();
        tiff.AddRange("MM\0*"u8.ToArray());
        U32(tiff, 8);
        // 8: three entries, 42 bytes.
        U16(tiff, 3);
        Entry(tiff, 0x0112, 3, 1, 6u << 16);
        Entry(tiff, 0x8769, 4, 1, 50);
        Entry(tiff, 0x8825, 4, 1, 110);
        U32(tiff, 0);
        // 50: two entries, 30 bytes, then the texts.
        U16(tiff, 2);
        Entry(tiff, 0x9003, 2, 20, 80);
        Entry(tiff, 0x9011, 2, 7, 100);
        U32(tiff, 0);
        tiff.AddRange(Encoding.ASCII.GetBytes("2026:03:02 14:30:00\0"));
        tiff.AddRange(Encoding.ASCII.GetBytes("+08:00\0\0\0\0"));
        // 110: four entries, 54 bytes, then six fractions.
        U16(tiff, 4);
        Entry(tiff, 1, 2, 2, 'N' << 24);
        Entry(tiff, 2, 5, 3, 164);
        Entry(tiff, 3, 2, 2, 'E' << 24);
        Entry(tiff, 4, 5, 3, 188);
        U32(tiff, 0);
        foreach (var (over, under) in ((uint, uint)[])[(31, 1), (13, 1), (4944, 100), (121, 1), (28, 1), (2532, 100)])
        {
            U32(tiff, over);
            U32(tiff, under);
        }

        var segment = new List<byte> { 0xFF, 0xE1 };
        U16(segment, (ushort)(tiff.Count + 8));
        segment.AddRange("Exif\0\0"u8.ToArray());
        segment.AddRange(tiff);
        return [.. segment];
    }

    private static void Entry(List<byte> into, ushort tag, ushort type, uint count, long value)
    {
        U16(into, tag);
        U16(into, type);
        U32(into, count);
        U32(into, (uint)value);
    }

    private static void U16(List<byte> into, ushort value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        into.AddRange(bytes);
    }

    private static void U32(List<byte> into, uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        into.AddRange(bytes);
    }
}
