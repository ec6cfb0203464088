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

        // With plain loops: this is a twentieth of what registering a complaint costs.
        var keys = new long[Bands];
        for (var band = 0; band < Bands; band++)
        {
            var key = (ulong)band + 1;
            for (var row = 0; row < Rows; row++)
            {
                var seed = Mix((ulong)(band * Rows + row + 1));
                var smallest = ulong.MaxValue;
                foreach (var piece in pieces)
                {
                    smallest = Math.Min(smallest, Mix(piece ^ seed));
                }

                key = Mix(key ^ smallest);
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

    // The hashes of the pieces: FNV-1a of their UTF-8, the same in every process and release, because it is stored.
    private static HashSet<ulong> Pieces(string text)
    {
        var folded = TextFolding.ForSearch(text);
        var pieces = new HashSet<ulong>();
        Span<byte> utf8 = stackalloc byte[4];
        for (var from = 0; from < folded.Length; from += Rune.GetRuneAt(folded, from).Utf16SequenceLength)
        {
            var (hash, at, length) = (14695981039346656037UL, from, 0);
            for (; length < Gram && at < folded.Length; length++)
            {
                var rune = Rune.GetRuneAt(folded, at);
                foreach (var b in utf8[..rune.EncodeToUtf8(utf8)])
                {
                    hash = unchecked((hash ^ b) * 1099511628211UL);
                }

                at += rune.Utf16SequenceLength;
            }

            if (length == Gram)
            {
                pieces.Add(hash);
            }
        }

        return pieces;
    }

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
