using System.Text;

namespace CustomerService.Rules;

/// <summary>
/// How records are found by a part of their texts, in Chinese and English. Chinese does not separate words and is
/// searched by one or two characters as often as by more, so an index holds every gram of one to three characters.
/// Trigrams of the database know nothing shorter than three, and in some locales no Chinese at all.
/// </summary>
public static class SearchText
{
    /// <summary>Longest gram, in characters.</summary>
    public const int LongestGram = 3;

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

    /// <summary>Every piece of one to three characters of the lines of a folded text, each once, in order.</summary>
    public static string[] Grams(string folded)
    {
        ArgumentNullException.ThrowIfNull(folded);
        var grams = new HashSet<string>(StringComparer.Ordinal);
        // Without a text for each piece that is there already: most are.
        var known = grams.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var line in folded.AsSpan().Split('\n'))
        {
            var characters = folded.AsSpan(line);
            for (var from = 0; from < characters.Length; from += RuneLength(characters, from))
            {
                var end = from;
                for (var length = 1; length <= LongestGram && end < characters.Length; length++)
                {
                    end += RuneLength(characters, end);
                    known.Add(characters[from..end]);
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
        var characters = Characters(fragment);
        var length = Math.Min(LongestGram, characters.Count);
        var starts = Enumerable
            .Range(0, length == 0 ? 0 : characters.Count / length)
            .Select(i => i * length)
            .Append(characters.Count - length)
            .Distinct();
        return (
            fragment,
            length == 0 ? [] : [.. starts.Select(from => string.Concat(characters.Skip(from).Take(length))).Distinct()]
        );
    }

    private static int RuneLength(ReadOnlySpan<char> line, int at)
    {
        Rune.DecodeFromUtf16(line[at..], out _, out var length);
        return length;
    }

    private static List<string> Characters(string line) => [.. line.EnumerateRunes().Select(r => r.ToString())];
}
