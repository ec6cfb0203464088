using SkiaSharp;

namespace CustomerService.Forms;

/// <summary>What is wrong with a picture.</summary>
public enum PictureFault
{
    /// <summary>It is no picture that can be decoded, or only a part of one.</summary>
    Broken,

    /// <summary>It has more pixels than are taken: a small file can unpack to gigabytes.</summary>
    TooLarge,
}

/// <summary>Looks at pictures before they are kept or printed.</summary>
public static class Pictures
{
    /// <summary>Most pixels of a picture, unless a setting says otherwise.</summary>
    public const long MostPixels = 25_000_000;

    private static readonly Lock OneAtATime = new();

    /// <summary>Looks at the head of a picture, and at all of it when it is to be printed.</summary>
    /// <param name="content">The file.</param>
    /// <param name="mostPixels">Width times height, at most.</param>
    /// <param name="whole">Whether to decode it; one at a time, because that takes four bytes a pixel.</param>
    /// <returns>Null when nothing is wrong with it.</returns>
    public static PictureFault? Check(ReadOnlySpan<byte> content, long mostPixels, bool whole)
    {
        using var data = SKData.CreateCopy(content);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.Info.Width <= 0 || codec.Info.Height <= 0)
        {
            return PictureFault.Broken;
        }

        if ((long)codec.Info.Width * codec.Info.Height > mostPixels)
        {
            return PictureFault.TooLarge;
        }

        if (!whole)
        {
            return null;
        }

        lock (OneAtATime)
        {
            using var bitmap = new SKBitmap(
                new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul)
            );
            return codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success
                ? null
                : PictureFault.Broken;
        }
    }

    /// <summary>A small picture of a picture, upright as its camera was held, JPEG.</summary>
    /// <param name="content">The file.</param>
    /// <param name="edge">Longer side at most, pixels.</param>
    /// <returns>Null where it cannot be decoded.</returns>
    public static byte[]? Thumbnail(ReadOnlySpan<byte> content, int edge)
    {
        using var data = SKData.CreateCopy(content);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.Info.Width <= 0 || codec.Info.Height <= 0)
        {
            return null;
        }

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        var scale = Math.Min(1f, (float)edge / Math.Max(width, height));
        // JPEG is decoded at an eighth, a quarter or a half where that is enough.
        var decoded = codec.GetScaledDimensions(scale);
        lock (OneAtATime)
        {
            using var bitmap = new SKBitmap(
                new SKImageInfo(decoded.Width, decoded.Height, SKColorType.Rgba8888, SKAlphaType.Premul)
            );
            if (
                codec.GetPixels(bitmap.Info, bitmap.GetPixels())
                is not (SKCodecResult.Success or SKCodecResult.IncompleteInput or SKCodecResult.ErrorInInput)
            )
            {
                return null;
            }

            return Upright(bitmap, codec.EncodedOrigin, (width * scale) / decoded.Width);
        }
    }

    /// <summary>The surroundings of a place on a drawing, with a ring around the place.</summary>
    /// <param name="content">The drawing, a picture.</param>
    /// <param name="x">From the left edge, 0 to 1.</param>
    /// <param name="y">From the upper edge, 0 to 1.</param>
    /// <param name="edge">Longer side of the extract, pixels.</param>
    /// <param name="share">What of width and height the extract shows.</param>
    /// <returns>JPEG; null where the drawing cannot be decoded or has too many pixels.</returns>
    public static byte[]? Extract(ReadOnlySpan<byte> content, double x, double y, int edge, double share = 0.4) =>
        Extract(content, [new DrawnPlace(1, x, y)], edge, share)[0];

    /// <summary>The same for several places of one drawing, which is decoded once.</summary>
    /// <returns>One for each place, in their order.</returns>
    /// <inheritdoc cref="Extract(ReadOnlySpan{byte}, double, double, int, double)"/>
    public static IReadOnlyList<byte[]?> Extract(
        ReadOnlySpan<byte> content,
        IReadOnlyList<DrawnPlace> places,
        int edge,
        double share = 0.4
    )
    {
        ArgumentNullException.ThrowIfNull(places);
        byte[]?[] none = [.. places.Select(_ => (byte[]?)null)];
        if (Check(content, MostPixels, whole: false) is not null)
        {
            return none;
        }

        using var data = SKData.CreateCopy(content);
        lock (OneAtATime)
        {
            using var encoded = SKImage.FromEncodedData(data);
            using var image = encoded?.ToRasterImage(ensurePixelData: true);
            return image is null ? none : [.. places.Select(place => Extract(image, place, edge, share))];
        }
    }

    private static byte[] Extract(SKImage image, DrawnPlace place, int edge, double share)
    {
        var (width, height) = ((float)(image.Width * share), (float)(image.Height * share));
        var (midX, midY) = ((float)(place.X * image.Width), (float)(place.Y * image.Height));
        // Near an edge the extract keeps within the sheet.
        var left = Math.Clamp(midX - (width / 2), 0, image.Width - width);
        var top = Math.Clamp(midY - (height / 2), 0, image.Height - height);
        var scale = edge / Math.Max(width, height);
        var size = new SKImageInfo(
            Math.Max(1, (int)MathF.Round(width * scale)),
            Math.Max(1, (int)MathF.Round(height * scale))
        );
        using var surface = SKSurface.Create(size);
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.DrawImage(
            image,
            new SKRect(left, top, left + width, top + height),
            new SKRect(0, 0, size.Width, size.Height),
            new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)
        );
        DrawRing(surface.Canvas, (midX - left) * scale, (midY - top) * scale, edge / 22f);
        using var snapshot = surface.Snapshot();
        using var encoded = snapshot.Encode(SKEncodedImageFormat.Jpeg, 85);
        return encoded.ToArray();
    }

    private static void DrawRing(SKCanvas canvas, float x, float y, float radius)
    {
        using var white = new SKPaint
        {
            Style = SKPaintStyle.Stroke,
            StrokeWidth = radius / 2,
            Color = SKColors.White,
            IsAntialias = true,
        };
        using var red = new SKPaint
        {
            Style = SKPaintStyle.Stroke,
            StrokeWidth = radius / 4,
            Color = new SKColor(0xD0, 0x10, 0x10),
            IsAntialias = true,
        };
        using var dot = new SKPaint { Color = red.Color, IsAntialias = true };
        canvas.DrawCircle(x, y, radius, white);
        canvas.DrawCircle(x, y, radius, red);
        canvas.DrawCircle(x, y, radius / 5, dot);
    }

    private static byte[] Upright(SKBitmap picture, SKEncodedOrigin origin, float scale)
    {
        var (width, height) = (
            Math.Max(1, (int)MathF.Round(picture.Width * scale)),
            Math.Max(1, (int)MathF.Round(picture.Height * scale))
        );
        var lies = origin >= SKEncodedOrigin.LeftTop;
        using var surface = SKSurface.Create(
            new SKImageInfo(lies ? height : width, lies ? width : height, SKColorType.Rgba8888, SKAlphaType.Premul)
        );
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.SetMatrix(Matrix(origin, width, height));
        using var image = SKImage.FromBitmap(picture);
        surface.Canvas.DrawImage(
            image,
            new SKRect(0, 0, width, height),
            new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)
        );
        using var snapshot = surface.Snapshot();
        using var encoded = snapshot.Encode(SKEncodedImageFormat.Jpeg, 80);
        return encoded.ToArray();
    }

    // From the picture as it is stored to the picture as it is seen; width and height are those of the stored one.
    private static SKMatrix Matrix(SKEncodedOrigin origin, float width, float height) =>
        origin switch
        {
            SKEncodedOrigin.TopRight => new(-1, 0, width, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new(-1, 0, width, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop => new(0, -1, height, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new(0, -1, height, -1, 0, width, 0, 0, 1),
            SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, width, 0, 0, 1),
            _ => SKMatrix.Identity,
        };
}
