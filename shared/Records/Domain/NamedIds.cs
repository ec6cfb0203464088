using System.Security.Cryptography;
using System.Text;

namespace CustomerService.Records;

/// <summary>Identities that follow from what they stand for: of what there can be one only, two writers at the same
/// time meet on one key.</summary>
internal static class NamedIds
{
    public static Guid Of(params IEnumerable<string> parts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 16);
        // Version 8, the variant of RFC 9562.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
