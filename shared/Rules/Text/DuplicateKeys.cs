using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace CustomerService.Rules;

/// <summary>
/// What is compared to find that a customer, person or unit is known already (rule S4): spellings that a reader takes
/// for the same have one key. Each key is a column with an index; none is ever shown.
/// </summary>
public static class DuplicateKeys
{
    // Fewer digits are an extension or a short number, which many share.
    private const int ShortestPhone = 6;
    private const int ShortestTaxNumber = 4;

    private static readonly string[] Forms = ReadForms();

    // Written together with the name; the longer first.
    private static readonly string[] ChineseForms = [.. Forms.Where(form => !char.IsAscii(form[0]))];

    // Words of their own.
    private static readonly FrozenSet<string> EnglishForms = Forms.Where(form => char.IsAscii(form[0])).ToFrozenSet();

    /// <summary>
    /// A name without spaces, punctuation, width, case, script and the legal form at its end: 濱江置業（股份）有限公司,
    /// 滨江置业股份有限公司; ABC Co., Ltd., abc. A name that is nothing but a legal form stays whole.
    /// </summary>
    public static string Name(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var words = Words(name);
        while (words.Count > 1 && EnglishForms.Contains(words[^1]))
        {
            words.RemoveAt(words.Count - 1);
        }

        var joined = string.Concat(words);
        var form = ChineseForms.FirstOrDefault(f => joined.EndsWith(f, StringComparison.Ordinal));
        return form is null || form.Length == joined.Length ? joined : joined[..^form.Length];
    }

    /// <summary>
    /// The digits of a telephone number without country code (+86, 0086, +886), trunk zero and extension; null where
    /// too few are left to tell one line from another.
    /// </summary>
    public static string? Phone(string? phone)
    {
        if (phone is null)
        {
            return null;
        }

        var line = phone.Normalize(NormalizationForm.FormKC).Split('#', '*')[0].Trim();
        var digits = string.Concat(line.Where(char.IsAsciiDigit));
        var international = line.StartsWith('+') || digits.StartsWith("00", StringComparison.Ordinal);
        digits = digits.TrimStart('0');
        if (digits.StartsWith("886", StringComparison.Ordinal) && (international || digits.Length is 11 or 12))
        {
            digits = digits[3..].TrimStart('0');
        }
        else if (digits.StartsWith("86", StringComparison.Ordinal) && (international || digits.Length is 12 or 13))
        {
            digits = digits[2..].TrimStart('0');
        }

        return digits.Length < ShortestPhone ? null : digits;
    }

    /// <summary>Letters and digits of a tax number (統一社會信用代碼, 統一編號); null where there is none.</summary>
    public static string? TaxNumber(string? number) =>
        number is null ? null
        : TextFolding.ForSearch(number) is { Length: >= ShortestTaxNumber } key ? key
        : null;

    /// <summary>An address without spaces and punctuation, width, case and script; null where there is none.</summary>
    public static string? Address(string? address) =>
        address is null ? null
        : TextFolding.ForSearch(address) is { Length: > 0 } key ? key
        : null;

    // Punctuation and symbols part words in English and nothing in Chinese.
    private static List<string> Words(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var rune in TextFolding.Key(name).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var parts = Rune.IsPunctuation(rune) || Rune.IsSymbol(rune) || category is UnicodeCategory.SpaceSeparator;
            text.Append(parts ? new Rune(' ') : rune);
        }

        return [.. text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static string[] ReadForms()
    {
        using var reader = new StreamReader(RuleData.Open("legal-forms.txt"), Encoding.UTF8);
        return
        [
            .. reader
                .ReadToEnd()
                .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Where(line => line[0] != '#'),
        ];
    }
}
