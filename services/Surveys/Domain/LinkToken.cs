using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CustomerService.Surveys.Domain;

/// <summary>The secret in a survey link. Who has it may answer once; the store knows only its hash.</summary>
internal static class LinkToken
{
    private const int Length = 43;

    /// <summary>256 random bits, base64url.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What the store keeps: SHA-256, lower-case hexadecimal. A token of 256 random bits needs no
    /// salt.</summary>
    public static string HashOf(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>False for what can be no token of ours, so that the store need not be asked.</summary>
    public static bool IsWellFormed(string token) =>
        token.Length == Length && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
