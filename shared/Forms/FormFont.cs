using System.Collections.Concurrent;
using System.Text;
using SkiaSharp;

namespace CustomerService.Forms;

/// <summary>No font with Chinese characters is there; the message says what to install.</summary>
public sealed class FontMissingException(string message) : Exception(message);

/// <summary>
/// The fonts of printed forms. Setting <c>Forms:Font</c> names a file (TTF, OTF, TTC); without it Noto CJK is looked
/// for where the usual systems put it. What it has no glyph for comes from further fonts, see
/// <c>Forms:FallbackFonts</c>. A form is never printed with boxes in the place of characters.
/// </summary>
/// <param name="configured">The font, or null for the usual ones.</param>
/// <param name="fallbacks">Files of further fonts, joined by commas, or null for the usual ones.</param>
public sealed class FormFont(string? configured, string? fallbacks = null) : IDisposable
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

    // Rare characters, then signs and emoji.
    private static readonly string[] UsualFallbacks =
    [
        "/usr/share/fonts/truetype/hanazono/HanaMinA.ttf",
        "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
        "/usr/share/fonts/truetype/ancient-scripts/Symbola_hint.ttf",
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        "C:\\Windows\\Fonts\\simsunb.ttf",
        "C:\\Windows\\Fonts\\seguisym.ttf",
        "C:\\Windows\\Fonts\\seguiemj.ttf",
    ];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, FormFaces> _faces = [];
    private IReadOnlyList<SKTypeface>? _further;

    /// <summary>The typefaces for a language: the same characters are drawn differently in Taipei and in
    /// Beijing.</summary>
    /// <param name="language">A tag; for all but <c>zh-Hans</c> characters are drawn as they are written in
    /// Taiwan and Hong Kong.</param>
    /// <exception cref="FontMissingException">There is none with Chinese characters.</exception>
    public FormFaces Faces(string language)
    {
        var region = language == "zh-Hans" ? " SC" : " TC";
        lock (_gate)
        {
            return _faces.TryGetValue(region, out var loaded)
                ? loaded
                : _faces[region] = new([Load(region), .. _further ??= Further()]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var faces in _faces.Values)
        {
            faces.Dispose();
        }

        foreach (var typeface in _faces.Values.SelectMany(faces => faces.All).Distinct())
        {
            typeface.Dispose();
        }
    }

    private List<SKTypeface> Further() =>
        [
            .. (
                fallbacks?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                ?? UsualFallbacks
            )
                .Where(File.Exists)
                .Select(file => SKTypeface.FromFile(file))
                .OfType<SKTypeface>(),
        ];

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

/// <summary>The typefaces of a form in the order in which they are asked for a character.</summary>
public sealed class FormFaces : IDisposable
{
    private readonly ConcurrentDictionary<Rune, SKTypeface?> _faces = new();
    private readonly Dictionary<SKTypeface, SKFont> _fonts;

    internal FormFaces(IReadOnlyList<SKTypeface> all) =>
        (All, _fonts) = (all, all.ToDictionary(face => face, face => new SKFont(face)));

    internal IReadOnlyList<SKTypeface> All { get; }

    /// <summary>The first typeface that has the character; null when none has.</summary>
    internal SKTypeface? FaceOf(Rune rune) =>
        _faces.GetOrAdd(rune, asked => All.FirstOrDefault(face => GlyphOf(face, asked) != 0));

    /// <summary>The glyph of a character; 0 when the typeface has none.</summary>
    internal ushort GlyphOf(SKTypeface face, Rune rune) => _fonts[face].GetGlyph(rune.Value);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var font in _fonts.Values)
        {
            font.Dispose();
        }
    }
}
