using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace CustomerService.Rules;

/// <summary>
/// Texts as they are compared, never as they are stored: what a reader takes for the same is the same. Full-width is
/// half-width, capitals are small letters, traditional characters are simplified ones, and format characters (zero
/// width space, joiner, byte order mark) count for nothing.
/// </summary>
public static class TextFolding
{
    private static readonly FrozenDictionary<int, int> Simplified = ReadSimplified();

    private static readonly Rune Space = new(' ');
    private static readonly Rune Hyphen = new('-');

    /// <summary>
    /// A natural key, for example a contract number or an account's name: folded, every dash a hyphen, one space for
    /// several, none at its ends. Two texts with one key are the same text.
    /// </summary>
    public static string Key(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Join(
            ' ',
            Fold(
                    text,
                    rune =>
                        Rune.IsWhiteSpace(rune) ? Space
                        : Rune.IsControl(rune) ? null
                        : IsDash(rune) ? Hyphen
                        : rune
                )
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
    }

    /// <summary>A text to look in or to look for: folded, without white space and punctuation.</summary>
    public static string ForSearch(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Fold(
            text,
            rune =>
                Rune.IsWhiteSpace(rune) || Rune.IsPunctuation(rune) || Rune.IsControl(rune) || Rune.IsSymbol(rune)
                    ? null
                    : rune
        );
    }

    /// <summary>True when nothing of the text can be seen: white space, format and control characters, and letters
    /// that are there to fill a place.</summary>
    public static bool IsBlank(string? text) => text is null || text.EnumerateRunes().All(IsUnseen);

    /// <summary>
    /// A text as it is stored: as entered, without the white space and the marks of width zero around it; empty when
    /// it is blank.
    /// </summary>
    public static string Trim(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IsBlank(text))
        {
            return "";
        }

        var (from, to) = (0, text.Length);
        while (IsOutside(text[from]))
        {
            from++;
        }

        while (IsOutside(text[to - 1]))
        {
            to--;
        }

        return text[from..to];
    }

    // Joiners, variation selectors and tags at an end belong to the character before them, an emoji for example.
    private static bool IsOutside(char c) =>
        char.IsWhiteSpace(c) || c is '\u00AD' or '\u180E' or '\u200B' or '\u2060' or '\uFEFF';

    /// <summary>True for what shows nothing by itself: white space, format and control characters, variation
    /// selectors, letters that only fill a place.</summary>
    // Beside the format characters: what Unicode lists as ignorable by default, and the blank Braille cell.
    public static bool IsUnseen(Rune rune) =>
        Rune.IsWhiteSpace(rune)
        || Rune.IsControl(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format
        || rune.Value
            is 0x034F
                or 0x115F
                or 0x1160
                or 0x17B4
                or 0x17B5
                or (>= 0x180B and <= 0x180F)
                or 0x2065
                or 0x2800
                or 0x3164
                or (>= 0xFE00 and <= 0xFE0F)
                or 0xFFA0
                or (>= 0xFFF0 and <= 0xFFF8)
                or 0xFFFE
                or 0xFFFF
                or (>= 0xE0000 and <= 0xE0FFF);

    private static bool IsDash(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.DashPunctuation || rune.Value is 0x2212;

    private static string Fold(string text, Func<Rune, Rune?> keep)
    {
        var folded = new StringBuilder(text.Length);
        // Compatibility forms first: ＡＢＣ is ABC, ① is 1, ㎡ is m2. What is unseen must not part what composes.
        foreach (var rune in Seen(text).Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if ((Rune.IsWhiteSpace(rune) || !IsUnseen(rune) ? keep(rune) : null) is not { } kept)
            {
                continue;
            }

            // By way of the capital, so that σ and ς are one.
            var small = Rune.ToLowerInvariant(Rune.ToUpperInvariant(kept));
            folded.Append(Simplified.TryGetValue(small.Value, out var simple) ? new Rune(simple) : small);
        }

        return folded.ToString();
    }

    private static string Seen(string text) =>
        string.Concat(text.EnumerateRunes().Where(rune => Rune.IsWhiteSpace(rune) || !IsUnseen(rune)));

    private static FrozenDictionary<int, int> ReadSimplified()
    {
        using var reader = new StreamReader(RuleData.Open("simplified.txt"), Encoding.UTF8);
        var pairs = new Dictionary<int, int>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var runes = line.EnumerateRunes().ToList();
            pairs[runes[0].Value] = runes[1].Value;
        }

        return pairs.ToFrozenDictionary();
    }
}
