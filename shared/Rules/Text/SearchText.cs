using System.Text;

namespace CustomerService.Rules;

/// <summary>
/// How records are found by a part of their texts, in Chinese and English. Chinese does not separate words and is
/// searched by one or two characters as often as by more, so an index holds every gram of one or two characters. Two
/// Chinese characters say as much as three letters, so grams of three are kept only where a letter or digit is in them:
/// each gram costs a write with every record. Trigrams of the database know nothing shorter than three, and in some
/// locales no Chinese at all.
/// </summary>
public static class SearchText
{
    // Longest gram in which a letter or digit is, in characters.
    private const int LongestGram = 3;

    // Longest gram of characters of East Asia alone.
    private const int LongestDenseGram = 2;

    // From here on (CJK radicals) a character stands for a word or a syllable.
    private const int FirstDense = 0x2E80;

    /// <summary>Texts as they are compared, see <see cref="TextFolding.ForSearch"/>; one a line.</summary>
    public static string Of(params ReadOnlySpan<string?> texts)
    {
        var lines = new List<string>(texts.Length);
        foreach (var text in texts)
        {
            lines.Add(TextFolding.ForSearch(text ?? ""));
        }

        return string.Join('\n', lines);
    }

    /// <summary>The grams of the lines of a folded text, each once, in order.</summary>
    public static string[] Grams(string folded)
    {
        ArgumentNullException.ThrowIfNull(folded);
        var grams = new HashSet<string>(StringComparer.Ordinal);
        // Without a text for each piece that is there already: most are.
        var known = grams.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var line in folded.AsSpan().Split('\n'))
        {
            var characters = folded.AsSpan(line);
            for (var from = 0; from < characters.Length; from += RuneAt(characters, from).Utf16SequenceLength)
            {
                var (end, dense) = (from, 0);
                for (var length = 1; length <= LongestGram && end < characters.Length; length++)
                {
                    var rune = RuneAt(characters, end);
                    dense += rune.Value < FirstDense ? 0 : 1;
                    end += rune.Utf16SequenceLength;
                    if (dense <= LongestDenseGram)
                    {
                        known.Add(characters[from..end]);
                    }
                }
            }
        }

        var sorted = grams.ToArray();
        Array.Sort(sorted, StringComparer.Ordinal);
        return sorted;
    }

    /// <summary>
    /// What a match must have: the folded fragment, and grams as long and as few as cover it, because a planner takes
    /// grams for independent of each other and would expect a handful of rows where there are thousands.
    /// </summary>
    public static (string Fragment, string[] Grams) Find(string search)
    {
        var fragment = TextFolding.ForSearch(search);
        var characters = fragment.EnumerateRunes().ToArray();
        var grams = new List<string>();
        for (var at = 0; at < characters.Length; )
        {
            var length = Longest(characters.AsSpan(at), fromEnd: false);
            if (at + length == characters.Length)
            {
                // The last one reaches back, so that it is long, too.
                length = Longest(characters, fromEnd: true);
                at = characters.Length - length;
            }

            grams.Add(string.Concat(characters[at..(at + length)]));
            at += length;
        }

        return (fragment, [.. grams.Distinct()]);
    }

    private static int Longest(ReadOnlySpan<Rune> characters, bool fromEnd)
    {
        var most = Math.Min(LongestGram, characters.Length);
        foreach (var character in fromEnd ? characters[^most..] : characters[..most])
        {
            if (character.Value < FirstDense)
            {
                return most;
            }
        }

        return Math.Min(LongestDenseGram, most);
    }

    private static Rune RuneAt(ReadOnlySpan<char> line, int at)
    {
        Rune.DecodeFromUtf16(line[at..], out var rune, out _);
        return rune;
    }
}
