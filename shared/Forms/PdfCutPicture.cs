using System.IO.Compression;
using System.Text;
using SkiaSharp;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Tokens;

namespace CustomerService.Forms;

/// <summary>Cuts pictures of a page: the points outside are not written.</summary>
internal sealed class PdfCutPicture(
    PdfSource source,
    PdfTools tools,
    PdfObjects into,
    PdfObjects.Copier copier,
    Func<string, IToken?> colourSpace
)
{
    private const int Whole8 = 8;
    private const int Quality = 90;

    private static readonly Dictionary<string, string> Short = new(StringComparer.Ordinal)
    {
        ["BPC"] = "BitsPerComponent",
        ["CS"] = "ColorSpace",
        ["D"] = "Decode",
        ["DP"] = "DecodeParms",
        ["F"] = "Filter",
        ["H"] = "Height",
        ["IM"] = "ImageMask",
        ["I"] = "Interpolate",
        ["W"] = "Width",
    };

    private static readonly Dictionary<string, string> ShortSpaces = new(StringComparer.Ordinal)
    {
        ["G"] = "DeviceGray",
        ["RGB"] = "DeviceRGB",
        ["CMYK"] = "DeviceCMYK",
        ["I"] = "Indexed",
    };

    private static readonly NameToken[] Kept =
    [
        NameToken.ColorSpace,
        NameToken.Decode,
        NameToken.ImageMask,
        NameToken.Intent,
        NameToken.Interpolate,
        NameToken.Create("OC"),
    ];

    /// <summary>The entries of a picture inside a content, written out.</summary>
    public static DictionaryToken Whole(IReadOnlyDictionary<NameToken, IToken> entries, Func<string, IToken?> find)
    {
        var whole = new Dictionary<NameToken, IToken>();
        foreach (var (key, value) in entries)
        {
            var name = Short.GetValueOrDefault(key.Data, key.Data);
            whole[NameToken.Create(name)] = name != "ColorSpace" ? value : Space(value);
        }

        return new(whole);

        IToken Space(IToken value) =>
            value switch
            {
                NameToken space => ShortSpaces.TryGetValue(space.Data, out var full)
                    ? NameToken.Create(full)
                    : find(space.Data) ?? space,
                ArrayToken parts => new ArrayToken([
                    .. parts.Data.Select(part => part is NameToken ? Space(part) : part),
                ]),
                _ => value,
            };
    }

    /// <summary>Writes the part between shares of width and height, as its matrix counts them.</summary>
    /// <returns>Its number and where it stands in the whole; null where nothing is in it.</returns>
    /// <exception cref="InvalidDataException">It is packed in a way that is not unpacked here.</exception>
    public (int Number, PdfBox Box)? Write(StreamToken picture, double left, double bottom, double right, double top)
    {
        var entries = picture.StreamDictionary;
        var (width, height) = (Number(entries, NameToken.Width), Number(entries, NameToken.Height));
        if (width < 1 || height < 1 || right <= left || top <= bottom)
        {
            return null;
        }

        // The first row is the uppermost one.
        var (x, y) = ((int)(left * width) / Whole8 * Whole8, (int)((1 - top) * height));
        var (toX, toY) = (
            Math.Min(width, (((int)Math.Ceiling(right * width) + Whole8 - 1) / Whole8) * Whole8),
            Math.Min(height, (int)Math.Ceiling((1 - bottom) * height))
        );
        if (toX <= x || toY <= y)
        {
            return null;
        }

        var written = Cut(picture, width, height, new(x, y, toX, toY));
        return (
            written,
            new((double)x / width, 1 - ((double)toY / height), (double)(toX - x) / width, (double)(toY - y) / height)
        );
    }

    private int Cut(StreamToken picture, int width, int height, SKRectI part)
    {
        var entries = picture.StreamDictionary;
        var text = new StringBuilder(
            FormattableString.Invariant($"/Type/XObject/Subtype/Image/Width {part.Width}/Height {part.Height}")
        );
        foreach (var key in new[] { NameToken.Smask, NameToken.Mask })
        {
            if (source.Of<StreamToken>(entries, key) is { } mask)
            {
                var (wide, high) = (
                    Number(mask.StreamDictionary, NameToken.Width),
                    Number(mask.StreamDictionary, NameToken.Height)
                );
                if (wide != width || high != height)
                {
                    throw new InvalidDataException("A picture of the page has a mask of another size.");
                }

                text.Append('/').Append(key.Data).Append(' ').Append(Cut(mask, width, height, part)).Append(" 0 R");
            }
            else if (source.Of<ArrayToken>(entries, key) is { } colours)
            {
                text.Append('/').Append(key.Data).Append(copier.Text(colours));
            }
        }

        var stencil = source.Of<BooleanToken>(entries, NameToken.ImageMask)?.Data == true;
        var space = Resolved(entries.Data.GetValueOrDefault(NameToken.ColorSpace.Data));
        var colourCount = stencil ? 1 : Colours(space);
        var isJpeg = Filters(entries) is ["DCTDecode" or "DCT"];
        foreach (var key in Kept)
        {
            // Inks are written as light.
            if (isJpeg && colourCount == 4 && (key == NameToken.ColorSpace || key == NameToken.Decode))
            {
                continue;
            }

            if (key == NameToken.ColorSpace && space is not null)
            {
                text.Append("/ColorSpace ").Append(copier.Text(Token(entries, space)));
            }
            else
            {
                copier.Entry(text, entries, key);
            }
        }

        var number = into.Reserve();
        if (isJpeg)
        {
            if (colourCount == 4)
            {
                // The decoder takes inks as most programs write them: as what they leave of the light.
                if (source.Of<ArrayToken>(entries, NameToken.Decode)?.Data is not [NumericToken { Data: 1 }, ..])
                {
                    throw new InvalidDataException("A picture of the page has inks as they are.");
                }

                text.Append("/ColorSpace/DeviceRGB");
            }

            text.Append("/BitsPerComponent 8/Filter/DCTDecode");
            into.SetStream(number, text.ToString(), Jpeg(picture, part, colourCount));
            return number;
        }

        var bits = stencil ? 1 : Number(entries, NameToken.BitsPerComponent);
        text.Append(FormattableString.Invariant($"/BitsPerComponent {bits}/Filter/FlateDecode"));
        into.SetStream(number, text.ToString(), Samples(picture, width, height, part, colourCount * bits));
        return number;
    }

    private byte[] Samples(StreamToken picture, int width, int height, SKRectI part, int bits)
    {
        if (tools.Filters.GetFilters(picture.StreamDictionary, tools.Scanner).Any(filter => !filter.IsSupported))
        {
            throw new InvalidDataException("A picture of the page is packed in an uncommon way.");
        }

        var samples = picture.Decode(tools.Filters, tools.Scanner).Span;
        var row = ((width * bits) + 7) / 8;
        if (bits < 1 || (long)row * height > samples.Length)
        {
            throw new InvalidDataException("A picture of the page is shorter than it says.");
        }

        var (from, to) = (part.Left * bits / 8, ((part.Right * bits) + 7) / 8);
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var y = part.Top; y < part.Bottom; y++)
            {
                zip.Write(samples[((y * row) + from)..((y * row) + to)]);
            }
        }

        return packed.ToArray();
    }

    private static byte[] Jpeg(StreamToken picture, SKRectI part, int colours)
    {
        if (Pictures.Check(picture.Data.Span, Pictures.MostPixels, whole: false) is not null)
        {
            throw new InvalidDataException("A picture of the page cannot be decoded.");
        }

        using var data = SKData.CreateCopy(picture.Data.Span);
        using var codec = SKCodec.Create(data);
        var info = new SKImageInfo(
            codec.Info.Width,
            codec.Info.Height,
            colours == 1 ? SKColorType.Gray8 : SKColorType.Rgba8888,
            SKAlphaType.Opaque
        );
        using var whole = new SKBitmap(info);
        if (codec.GetPixels(info, whole.GetPixels()) is not SKCodecResult.Success)
        {
            throw new InvalidDataException("A picture of the page cannot be decoded.");
        }

        using var seen = new SKBitmap();
        if (!whole.ExtractSubset(seen, part))
        {
            throw new InvalidDataException("A picture of the page is smaller than it says.");
        }

        using var encoded = seen.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return encoded.ToArray();
    }

    private int Colours(IToken? space)
    {
        switch (space)
        {
            case NameToken { Data: "DeviceRGB" or "CalRGB" }:
                return 3;
            case NameToken { Data: "DeviceCMYK" }:
                return 4;
            case NameToken:
                return 1;
            case ArrayToken { Length: > 0 } parts when source.Resolve(parts[0]) is NameToken kind:
                return kind.Data switch
                {
                    "ICCBased" when parts.Length > 1 && source.Resolve(parts[1]) is StreamToken profile => Number(
                        profile.StreamDictionary,
                        NameToken.N
                    ),
                    "DeviceN" when parts.Length > 1 && source.Resolve(parts[1]) is ArrayToken names => names.Length,
                    "CalRGB" or "Lab" => 3,
                    _ => parts.Length == 1 ? Colours(kind) : 1,
                };
            default:
                return 1;
        }
    }

    private IToken? Resolved(IToken? space)
    {
        if (space is null)
        {
            return null;
        }

        var token = source.Resolve(space);
        return token is NameToken name && colourSpace(name.Data) is { } named ? source.Resolve(named) : token;
    }

    // By its reference where it has one: the same profile is written once.
    private IToken Token(DictionaryToken entries, IToken space) =>
        entries.Data[NameToken.ColorSpace.Data] is IndirectReferenceToken reference ? reference : space;

    private List<string?> Filters(DictionaryToken entries) =>
        source.Resolve(entries.Data.GetValueOrDefault(NameToken.Filter.Data)) switch
        {
            NameToken name => [name.Data],
            ArrayToken names => [.. names.Data.Select(name => (source.Resolve(name) as NameToken)?.Data)],
            _ => [],
        };

    private int Number(DictionaryToken entries, NameToken key) =>
        source.Of<NumericToken>(entries, key) is { Data: >= 0 and <= 100_000 and var number } ? (int)number : 0;
}
