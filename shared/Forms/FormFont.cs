using SkiaSharp;

namespace CustomerService.Forms;

/// <summary>No font with Chinese characters is there; the message says what to install.</summary>
public sealed class FontMissingException(string message) : Exception(message);

/// <summary>
/// The font of printed forms. Setting <c>Forms:Font</c> names a file (TTF, OTF, TTC); without it Noto CJK is
/// looked for where the usual systems put
/// it. A form is never printed with boxes in the place of characters.
/// </summary>
public sealed class FormFont(string? configured) : IDisposable
{
    private static readonly string[] Usual =
    [
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
        "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
        "/System/Library/Fonts/PingFang.ttc",
        "C:\\Windows\\Fonts\\msjh.ttc",
    ];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, SKTypeface> _typefaces = [];

    /// <summary>The typeface for a language: the same characters are drawn differently in Taipei and in
    /// Beijing.</summary>
    /// <param name="language">A tag; for all but <c>zh-Hans</c> characters are drawn as they are written in
    /// Taiwan and Hong Kong.</param>
    /// <exception cref="FontMissingException">There is none.</exception>
    public SKTypeface Typeface(string language)
    {
        var region = language == "zh-Hans" ? " SC" : " TC";
        lock (_gate)
        {
            return _typefaces.TryGetValue(region, out var loaded) ? loaded : _typefaces[region] = Load(region);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var typeface in _typefaces.Values)
        {
            typeface.Dispose();
        }
    }

    private static bool HasChinese(SKTypeface face)
    {
        using var font = new SKFont(face);
        // Two common characters and one that is written so in Traditional Chinese only.
        return font.ContainsGlyphs("\u5DE5\u7A0B\u9304");
    }

    private SKTypeface Load(string region)
    {
        var files = configured is { Length: > 0 } ? [configured] : Usual;
        foreach (var file in files.Where(File.Exists))
        {
            // A collection holds one face for each region.
            var faces = Enumerable
                .Range(0, 12)
                .Select(index => SKTypeface.FromFile(file, index))
                .TakeWhile(face => face is not null)
                .ToList();
            var face =
                faces.Find(f => f.FamilyName.Contains(region, StringComparison.Ordinal)) ?? faces.FirstOrDefault();
            if (face is not null && HasChinese(face))
            {
                faces.Where(f => f != face).ToList().ForEach(f => f.Dispose());
                return face;
            }

            faces.ForEach(f => f.Dispose());
        }

        throw new FontMissingException(
            configured is { Length: > 0 }
                ? $"Setting Forms:Font is '{configured}', which is no readable font with Chinese characters."
                : "No font with Chinese characters was found: install Noto CJK (Debian: apt-get install fonts-noto-cjk)"
                    + " or name a font file in the setting Forms:Font."
        );
    }
}
