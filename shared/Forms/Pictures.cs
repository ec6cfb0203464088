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
}
