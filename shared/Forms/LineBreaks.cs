using System.Globalization;
using System.Text;

namespace CustomerService.Forms;

/// <summary>
/// Breaks text into lines: between words, and between any two Chinese characters unless the line would then end
/// with an opening mark or the next one begin with a closing one (避頭尾).
/// </summary>
internal static class LineBreaks
{
    // A line does not begin with these.
    private static readonly HashSet<int> Closing = Runes(
        "，。、；：！？．・‧·ー々〻’”）〕］｝〉》」』】〗〙〛〞〟｠»" + ",.;:!?)]}%" + "…‥—–～〜％‰℃°′″"
    );

    // A line does not end with these.
    private static readonly HashSet<int> Opening = Runes("‘“（〔［｛〈《「『【〖〘〚〝｟«" + "([{" + "＄￥£€$#＃@＠№");

    /// <summary>The lines of a text.</summary>
    /// <param name="text">Text; paragraphs end with any kind of line end.</param>
    /// <param name="width">Width of a line.</param>
    /// <param name="measure">Width of a text.</param>
    public static List<string> Of(string text, float width, Func<string, float> measure)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = "";
            foreach (var piece in Pieces(paragraph))
            {
                if (line.Length > 0 && measure(line + piece.TrimEnd()) > width)
                {
                    lines.Add(line.TrimEnd());
                    line = piece.TrimStart();
                }
                else
                {
                    line += piece;
                }

                // A piece that is longer than a line is broken inside; spaces at the end of a line take no room.
                while (Fitting(line.TrimEnd(), width, measure) is var fits && fits < line.TrimEnd().Length)
                {
                    fits = AfterSeparator(line, fits);
                    lines.Add(line[..fits]);
                    line = line[fits..];
                }
            }

            lines.Add(line.TrimEnd());
        }

        return lines;
    }

    /// <summary>The smallest parts between which a line may end.</summary>
    internal static IEnumerable<string> Pieces(string text)
    {
        var piece = new StringBuilder();
        Rune? before = null;
        Rune? mark = null;
        foreach (var rune in text.EnumerateRunes())
        {
            // A space after an opening mark is no place to break either.
            if (before is { } last && MayBreak(last, rune) && !(mark is { } open && Opening.Contains(open.Value)))
            {
                yield return piece.ToString();
                piece.Clear();
            }

            piece.Append(rune.ToString());
            before = rune;
            mark = rune.Value == ' ' ? mark : rune;
        }

        if (piece.Length > 0)
        {
            yield return piece.ToString();
        }
    }

    private static bool MayBreak(Rune before, Rune after)
    {
        if (after.Value == ' ' || IsClosing(after))
        {
            return false;
        }

        return before.Value == ' ' || IsIdeographic(before) || IsIdeographic(after);
    }

    // Marks that belong to the character before them, such as variation selectors, stay with it.
    private static bool IsClosing(Rune rune) =>
        Closing.Contains(rune.Value)
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format;

    private static bool IsIdeographic(Rune rune) => rune.Value >= 0x2E80;

    // An address or a number is broken after one of its parts, where one fits: nobody types half a part.
    private static int AfterSeparator(string line, int fits) =>
        line.AsSpan(0, fits).LastIndexOfAny('/', '-', '_') is > 0 and var at ? at + 1 : fits;

    // How many code units fit, at least one character, and never half of one outside the basic plane.
    private static int Fitting(string line, float width, Func<string, float> measure)
    {
        if (line.Length <= 1 || measure(line) <= width)
        {
            return line.Length;
        }

        var fits = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (fits > 0 && measure(line[..(fits + rune.Utf16SequenceLength)]) > width)
            {
                break;
            }

            fits += rune.Utf16SequenceLength;
        }

        return fits;
    }

    private static HashSet<int> Runes(string text) => [.. text.EnumerateRunes().Select(rune => rune.Value)];
}
