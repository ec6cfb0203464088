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

    /// <summary>
    /// A natural key, for example a contract number or an account's name: folded, without white space at its ends.
    /// Two texts with one key are the same text.
    /// </summary>
    public static string Key(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Fold(text, rune => Rune.IsControl(rune) ? null : rune).Trim();
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

    /// <summary>True when nothing of the text can be seen: white space, format and control characters only.</summary>
    public static bool IsBlank(string? text) =>
        text is null
        || text.EnumerateRunes()
            .All(rune =>
                Rune.IsWhiteSpace(rune)
                || Rune.IsControl(rune)
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format
            );

    private static string Fold(string text, Func<Rune, Rune?> keep)
    {
        var folded = new StringBuilder(text.Length);
        // Compatibility forms first: ＡＢＣ is ABC, ① is 1, ㎡ is m2.
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format || keep(rune) is not { } kept)
            {
                continue;
            }

            var small = Rune.ToLowerInvariant(kept);
            folded.Append(Simplified.TryGetValue(small.Value, out var simple) ? new Rune(simple) : small);
        }

        return folded.ToString();
    }

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
