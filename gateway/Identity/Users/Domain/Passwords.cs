using System.Collections.Frozen;
using System.Reflection;
using CustomerService.Rules;

namespace CustomerService.Identity.Users.Domain;

/// <summary>
/// Which passwords are refused: short ones, those that hold the name, those that repeat themselves or are digits only,
/// and those that are tried first, also with a few characters around them or with digits for letters.
/// </summary>
internal static class Passwords
{
    // So many characters of its own a password has besides common words.
    private const int OwnCharacters = 6;
    private const int DistinctCharacters = 5;

    private static readonly FrozenSet<string> Common = Read();

    // The longest first: "password" goes before "pass".
    private static readonly string[] Words = [.. Common.Where(w => w.Length >= 4).OrderByDescending(w => w.Length)];

    public static Refusal? Check(string userName, string password, int minimumLength)
    {
        if (password.Length < minimumLength)
        {
            return Refusal.Invalid("password-too-short", UserRules.Rule, "password").With("length", minimumLength);
        }

        var plain = TextFolding.Key(password);
        var name = UserNames.Fold(userName);
        if (name.Length > 0 && plain.Contains(name, StringComparison.Ordinal))
        {
            return Refusal.Invalid("password-has-user-name", UserRules.Rule, "password");
        }

        if (plain.All(char.IsDigit) || plain.Distinct().Count() < DistinctCharacters || IsRepetition(plain))
        {
            return Refusal.Invalid("password-too-simple", UserRules.Rule, "password");
        }

        return IsCommon(plain) || IsCommon(Letters(plain))
            ? Refusal.Invalid("password-common", UserRules.Rule, "password")
            : null;
    }

    // "abcabcabca": one piece of up to half its length, again and again.
    private static bool IsRepetition(string text) =>
        Enumerable
            .Range(1, text.Length / 2)
            .Any(piece => Enumerable.Range(piece, text.Length - piece).All(i => text[i] == text[i - piece]));

    private static bool IsCommon(string text)
    {
        var rest = text;
        foreach (var word in Words)
        {
            rest = rest.Replace(word, "", StringComparison.Ordinal);
        }

        return rest.Length < text.Length && rest.Count(char.IsLetterOrDigit) < OwnCharacters;
    }

    private static string Letters(string text) =>
        string.Create(
            text.Length,
            text,
            static (letters, from) =>
            {
                for (var i = 0; i < letters.Length; i++)
                {
                    letters[i] = from[i] switch
                    {
                        '0' => 'o',
                        '1' or '!' => 'i',
                        '3' => 'e',
                        '4' or '@' => 'a',
                        '5' or '$' => 's',
                        '7' => 't',
                        var other => other,
                    };
                }
            }
        );

    private static FrozenSet<string> Read()
    {
        using var stream = Assembly
            .GetExecutingAssembly()
            .GetManifestResourceStream("CustomerService.Identity.common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader
            .ReadToEnd()
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.Ordinal);
    }
}
