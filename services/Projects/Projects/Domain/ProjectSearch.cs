using System.Text;

namespace CustomerService.Projects.Projects.Domain;

/// <summary>
/// How projects are found by a part of their name, contract number, owner or address. Chinese does not separate
/// words, and is searched by one or two characters as often as by more, so the index holds every gram of one to three
/// characters. Trigrams of the database know nothing shorter than three, and in some locales no Chinese at all.
/// </summary>
internal static class ProjectSearch
{
    private const int LongestGram = 3;

    /// <summary>Texts as they are compared: small letters, no white space, one a line.</summary>
    public static string Text(params string[] texts) => string.Join('\n', texts.Select(Fold));

    /// <summary>Every piece of one to three characters of the lines of a text, each once, in order.</summary>
    public static string[] Grams(string text)
    {
        var grams = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            var characters = Characters(line);
            for (var from = 0; from < characters.Count; from++)
            {
                for (var length = 1; length <= LongestGram && from + length <= characters.Count; length++)
                {
                    grams.Add(string.Concat(characters.Skip(from).Take(length)));
                }
            }
        }

        return [.. grams];
    }

    /// <summary>
    /// The grams that a match must have: as long and as few as cover the text, because the planner takes them for
    /// independent of each other and would expect a handful of rows where there are thousands.
    /// </summary>
    public static (string Fragment, string[] Grams) Find(string search)
    {
        var fragment = Fold(search);
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

    private static string Fold(string text) =>
        string.Concat(
            text.ToLowerInvariant().EnumerateRunes().Where(r => !Rune.IsWhiteSpace(r)).Select(r => r.ToString())
        );

    private static List<string> Characters(string line) => [.. line.EnumerateRunes().Select(r => r.ToString())];
}
