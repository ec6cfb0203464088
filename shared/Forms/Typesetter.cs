using System.Globalization;
using System.Text;
using CustomerService.Rules;
using SkiaSharp;

namespace CustomerService.Forms;

/// <summary>Sets the texts of one form: each character in the first typeface that has it, and keeps what none
/// has.</summary>
internal sealed class Typesetter(FormFaces faces) : IDisposable
{
    private const string Tab = "    ";

    private readonly Dictionary<(SKTypeface Face, float Size), SKFont> _fonts = [];
    private readonly HashSet<Rune> _drawn = [];
    private readonly SortedSet<Rune> _missing = [];

    /// <summary>Characters that no typeface has, in order.</summary>
    public IReadOnlyCollection<Rune> Missing => _missing;

    /// <summary>
    /// The text as it can be printed: tabs are spaces, what shows nothing is left out, radicals are the characters that
    /// they look like, and what no typeface has is named: <c>[U+1F3D7]</c>.
    /// </summary>
    public string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value is '\n')
            {
                printable.Append('\n');
            }
            else if (rune.Value is '\t')
            {
                printable.Append(Tab);
            }
            else if (Rune.IsWhiteSpace(rune))
            {
                printable.Append(faces.FaceOf(rune) is null ? " " : rune.ToString());
            }
            else if (!TextFolding.IsUnseen(rune))
            {
                foreach (var part in Ordinary(rune).EnumerateRunes())
                {
                    printable.Append(faces.FaceOf(part) is null ? Named(part) : part.ToString());
                }
            }
        }

        return printable.ToString();
    }

    /// <summary>Width of a text.</summary>
    public float Measure(string text, float size)
    {
        var width = 0f;
        foreach (var (face, run) in Runs(text))
        {
            width += Font(face, size).MeasureText(run);
        }

        return width;
    }

    /// <summary>Draws a text.</summary>
    public void Draw(SKCanvas canvas, string text, float x, float y, SKTextAlign align, float size, SKPaint ink)
    {
        _drawn.UnionWith(text.EnumerateRunes());
        x -= align switch
        {
            SKTextAlign.Center => Measure(text, size) / 2,
            SKTextAlign.Right => Measure(text, size),
            _ => 0,
        };
        foreach (var (face, run) in Runs(text))
        {
            var font = Font(face, size);
            canvas.DrawText(run, x, y, SKTextAlign.Left, font, ink);
            x += font.MeasureText(run);
        }
    }

    /// <summary>
    /// The character that was drawn where the text layer names another one that shares its glyph: a font draws 工 and
    /// the radical ⼯ with one glyph, and the library names the lower of the two.
    /// </summary>
    public Rune Meant(Rune named)
    {
        if (_drawn.Contains(named))
        {
            return named;
        }

        foreach (var face in faces.All)
        {
            if (faces.GlyphOf(face, named) is not 0 and var glyph)
            {
                foreach (var drawn in _drawn)
                {
                    if (faces.FaceOf(drawn) == face && faces.GlyphOf(face, drawn) == glyph)
                    {
                        return drawn;
                    }
                }
            }
        }

        return named;
    }

    public void Dispose()
    {
        foreach (var font in _fonts.Values)
        {
            font.Dispose();
        }
    }

    // Radicals and compatibility ideographs.
    private static string Ordinary(Rune rune) =>
        rune.Value is (>= 0x2E80 and <= 0x2FDF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F)
            ? rune.ToString().Normalize(NormalizationForm.FormKC)
            : rune.ToString();

    private string Named(Rune rune)
    {
        _missing.Add(rune);
        return $"[{NameOf(rune)}]";
    }

    /// <summary>For example <c>U+1F3D7</c>.</summary>
    public static string NameOf(Rune rune) => "U+" + rune.Value.ToString("X4", CultureInfo.InvariantCulture);

    private IEnumerable<(SKTypeface Face, string Run)> Runs(string text)
    {
        var from = 0;
        var at = 0;
        SKTypeface? current = null;
        foreach (var rune in text.EnumerateRunes())
        {
            // A space stays with what is before it.
            var face = rune.Value == ' ' && current is not null ? current : faces.FaceOf(rune) ?? faces.All[0];
            if (face != current && current is not null)
            {
                yield return (current, text[from..at]);
                from = at;
            }

            current = face;
            at += rune.Utf16SequenceLength;
        }

        if (current is not null)
        {
            yield return (current, text[from..]);
        }
    }

    private SKFont Font(SKTypeface face, float size) =>
        _fonts.TryGetValue((face, size), out var font)
            ? font
            : _fonts[(face, size)] = new SKFont(face, size) { Subpixel = true };
}
