using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// A link whose holder needs no other sign-in: a survey, a calendar feed. The token goes out in the link and nowhere
/// else; a store keeps its hash.
/// </summary>
/// <param name="Token">256 random bits, base64url without padding: 43 characters.</param>
/// <param name="Hash">What a store keeps, see <see cref="HashOf"/>.</param>
public sealed record SecretLink(string Token, string Hash)
{
    private const int Bytes = 32;
    private const int Length = 43;

    /// <summary>A link with a token of its own.</summary>
    public static SecretLink New()
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        return new(token, HashOf(token));
    }

    /// <summary>SHA-256, lower-case hexadecimal. 256 random bits need neither salt nor a slow hash.</summary>
    public static string HashOf(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
    }

    /// <summary>False for what cannot be a token of ours, so that no store need be asked.</summary>
    public static bool IsWellFormed(string? token) =>
        token is { Length: Length } && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>Whether the token belongs to the hash; takes the same time whichever character differs.</summary>
    public static bool Matches(string? token, string hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        return IsWellFormed(token)
            && CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(HashOf(token!)),
                Encoding.ASCII.GetBytes(hash)
            );
    }

    /// <summary>Without the token: a record's text may end up in a log.</summary>
    public override string ToString() => $"SecretLink {Hash}";
}
