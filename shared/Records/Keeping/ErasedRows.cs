using System.Security.Cryptography;
using System.Text;

namespace CustomerService.Records.Keeping;

/// <summary>Rows that are erased, and the one hash over them: the same for the same rows, in whatever order they
/// are read.</summary>
public sealed class ErasedRows
{
    private readonly SortedDictionary<string, string> _rows = new(StringComparer.Ordinal);

    /// <summary>A row.</summary>
    /// <param name="table">Its table or collection.</param>
    /// <param name="key">Its key there.</param>
    /// <param name="content">All that it holds.</param>
    public void Add(string table, string key, string content) => _rows[$"{table}\n{key}"] = content;

    /// <summary>How many.</summary>
    public int Count => _rows.Count;

    /// <summary>SHA-256, lower-case hexadecimal.</summary>
    public string Sha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (key, content) in _rows)
        {
            // The length keeps the borders between the rows.
            var row = Encoding.UTF8.GetBytes($"{key}\n{content}");
            hash.AppendData(BitConverter.GetBytes(row.LongLength));
            hash.AppendData(row);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
