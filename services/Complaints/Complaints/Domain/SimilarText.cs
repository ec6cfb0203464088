using System.Text;
using CustomerService.Rules;

namespace CustomerService.Complaints.Complaints.Domain;

/// <summary>
/// Finds texts that say much the same, in Chinese and English: the pieces of three characters of a text are hashed so
/// that the smallest hashes of similar texts are the same ones (MinHash), and some of them together make a key. Texts
/// that share a key are candidates, their likeness is then counted. The database's own trigrams know no Chinese in some
/// locales, and no index of theirs tells a rare piece from a common one.
/// </summary>
internal static class SimilarText
{
    private const int Bands = 20;
    private const int Rows = 3;
    private const int Gram = 3;

    /// <summary>What the text shares with similar ones; empty for one without letters.</summary>
    public static long[] KeysOf(string text)
    {
        var pieces = Pieces(text);
        if (pieces.Count == 0)
        {
            return [];
        }

        var hashes = pieces.Select(Hash).ToList();
        var keys = new long[Bands];
        for (var band = 0; band < Bands; band++)
        {
            var key = (ulong)band + 1;
            for (var row = 0; row < Rows; row++)
            {
                var seed = Mix((ulong)(band * Rows + row + 1));
                key = Mix(key ^ hashes.Min(hash => Mix(hash ^ seed)));
            }

            keys[band] = unchecked((long)key);
        }

        return keys;
    }

    /// <summary>How alike two texts are: 0 for nothing in common, 1 for the same pieces.</summary>
    public static double Likeness(string one, string other)
    {
        var (a, b) = (Pieces(one), Pieces(other));
        return a.Count == 0 || b.Count == 0 ? 0 : (double)a.Intersect(b).Count() / a.Union(b).Count();
    }

    private static HashSet<string> Pieces(string text)
    {
        var characters = TextFolding.ForSearch(text).EnumerateRunes().Select(rune => rune.ToString()).ToList();
        return
        [
            .. Enumerable
                .Range(0, Math.Max(0, characters.Count - Gram + 1))
                .Select(from => string.Concat(characters.Skip(from).Take(Gram))),
        ];
    }

    // FNV-1a: the same in every process and release, because it is stored.
    private static ulong Hash(string piece) =>
        Encoding
            .UTF8.GetBytes(piece)
            .Aggregate(14695981039346656037UL, (hash, b) => unchecked((hash ^ b) * 1099511628211UL));

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9UL;
            value = (value ^ (value >> 27)) * 0x94d049bb133111ebUL;
            return value ^ (value >> 31);
        }
    }
}
