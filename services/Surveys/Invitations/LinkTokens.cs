using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Invitations.Domain;

namespace CustomerService.Surveys.Invitations;

/// <summary>
/// Links and codes of forms. Each is made from a seed in the store and a key outside it, so that a sheet can be printed
/// and a reminder sent again although the store keeps only hashes.
/// </summary>
internal sealed class LinkTokens(SurveysSettings settings)
{
    /// <summary>Characters of a link: 132 bits.</summary>
    public const int LinkLength = 22;

    /// <summary>Characters of an interviewer's link: 120 bits.</summary>
    public const int InterviewLength = 20;

    /// <summary>Characters of a code that people type: 60 bits.</summary>
    public const int CodeLength = 12;

    // Crockford's: without I, L, O and U, which are misread.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private readonly byte[] _key = SHA256.HashData(Encoding.UTF8.GetBytes(settings.LinkKey));

    /// <summary>A link with a seed of its own.</summary>
    public IssuedLink New()
    {
        var seed = new Guid(RandomNumberGenerator.GetBytes(16));
        var token = TokenOf(seed);
        return new(SecretLink.HashOf(token), settings.LinkOf(token), seed);
    }

    /// <summary>A link for an interviewer.</summary>
    public IssuedLink NewInterview()
    {
        var token = TokenOf(new Guid(RandomNumberGenerator.GetBytes(16)))[..InterviewLength];
        return new(SecretLink.HashOf(token), settings.LinkOf("i/" + token));
    }

    /// <summary>The token of a link.</summary>
    public string TokenOf(Guid seed) => Base64Url.EncodeToString(Mac($"link:{seed:N}"))[..LinkLength];

    /// <summary>The address of a link.</summary>
    public string AddressOf(Guid seed) => settings.LinkOf(TokenOf(seed));

    /// <summary>The code of one sheet of a batch.</summary>
    public string CodeOf(Guid batchSeed, int sheet)
    {
        var bytes = Mac($"sheet:{batchSeed:N}:{sheet}");
        return string.Concat(bytes.Take(CodeLength).Select(one => Alphabet[one & 31]));
    }

    /// <summary>The link of a code.</summary>
    public IssuedLink LinkOf(string code) => new(SecretLink.HashOf(code), settings.LinkOf(code));

    /// <summary>False for what cannot be an interviewer's link, so that no store need be asked.</summary>
    public static bool IsInterview(string token) => token.Length == InterviewLength && token.All(IsOfLink);

    /// <summary>What was typed or opened, as it is hashed; null for what cannot be one of ours.</summary>
    public static string? Normalise(string? typed)
    {
        if (typed is { Length: LinkLength } && typed.All(IsOfLink))
        {
            return typed;
        }

        if (typed is null or { Length: > 40 })
        {
            return null;
        }

        var code = string.Concat(
            typed
                .ToUpperInvariant()
                .Where(c => c is not ('-' or ' '))
                .Select(c =>
                    c switch
                    {
                        'O' => '0',
                        'I' or 'L' => '1',
                        _ => c,
                    }
                )
        );
        return code.Length == CodeLength && code.All(Alphabet.Contains) ? code : null;
    }

    /// <summary>A code as it is printed: in groups of four.</summary>
    public static string Grouped(string code) => $"{code[..4]}-{code[4..8]}-{code[8..]}";

    private static bool IsOfLink(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';

    private byte[] Mac(string text) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text));
}
