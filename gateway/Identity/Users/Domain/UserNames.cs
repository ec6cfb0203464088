using System.Globalization;
using System.Text;
using CustomerService.Rules;

namespace CustomerService.Identity.Users.Domain;

/// <summary>
/// Which names sign in, after the manner of PRECIS' UsernameCaseMapped (RFC 8265): letters and digits with a dot, an
/// underscore or a hyphen between them, Latin or Chinese or both. Other scripts have letters that look like Latin ones,
/// and what cannot be seen tells no two people apart. Names are compared folded: width, case and the two ways to write
/// Chinese make no difference.
/// </summary>
internal static class UserNames
{
    public const int Longest = 100;

    // Dotless i, kra and long s are letters by themselves that read as i, k and f.
    private const string LookAlikes = "\u0131\u0138\u017f";

    /// <summary>The name as it is compared; total, so that whatever is typed at the sign-in can be looked up.</summary>
    public static string Fold(string name) => TextFolding.Key(name);

    public static Refusal? Check(string name) =>
        IsAllowed(name) ? null : Refusal.Invalid("user-name-form", UserRules.Rule, "userName");

    private static bool IsAllowed(string name)
    {
        if (name.Length is 0 or > Longest || !Characters.IsStorable(name))
        {
            return false;
        }

        var runes = name.Normalize(NormalizationForm.FormKC).EnumerateRunes().ToList();
        return runes.Count > 0
            && IsAlphanumeric(runes[0])
            && IsAlphanumeric(runes[^1])
            && runes.TrueForAll(rune => IsAlphanumeric(rune) || rune.Value is '.' or '_' or '-')
            // Normalisation may lengthen a name, one character to eighteen.
            && Fold(name).Length is > 0 and <= Longest;
    }

    private static bool IsAlphanumeric(Rune rune) =>
        rune.IsAscii ? Rune.IsLetterOrDigit(rune)
        // Latin letters with accents, as far as names of Europe have them.
        : rune.Value is >= 0xC0 and <= 0x17F
            ? Rune.IsLetter(rune) && !LookAlikes.Contains((char)rune.Value, StringComparison.Ordinal)
        : IsHan(rune);

    private static bool IsHan(Rune rune) =>
        rune.Value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x323AF)
        && Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherLetter;
}
