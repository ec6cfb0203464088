using System.Text;

namespace CustomerService.Imports;

/// <summary>
/// The encoding of a text that a spreadsheet saved: Unicode where it is, else what Taiwan and Hong Kong (Big5) or the
/// mainland (GB18030) use, where one of them explains the bytes clearly better than the other.
/// </summary>
public static class TextEncodings
{
    // Common characters among those of two bytes: prose has more than nine in ten.
    private const double Confident = 0.85;

    // How far the other encoding must be behind.
    private const double Margin = 0.15;

    // Fewer characters prove nothing.
    private const int LeastCharacters = 4;

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    static TextEncodings() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The text; null where no encoding explains the bytes.</summary>
    public static string? Read(byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return content switch
        {
            [0xFF, 0xFE, ..] => Decode(new UnicodeEncoding(false, true, throwOnInvalidBytes: true), content[2..]),
            [0xFE, 0xFF, ..] => Decode(new UnicodeEncoding(true, true, throwOnInvalidBytes: true), content[2..]),
            _ => Decode(StrictUtf8, content)?.TrimStart('\uFEFF') ?? Guess(content),
        };
    }

    private static string? Guess(byte[] content)
    {
        var (big5, gb) = (Share(content, IsCommonBig5), Share(content, IsCommonGb));
        var (best, other, name) = big5 > gb ? (big5, gb, "big5") : (gb, big5, "gb18030");
        return best >= Confident && best - other >= Margin
            ? Decode(
                Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
                content
            )
            : null;
    }

    private static string? Decode(Encoding encoding, byte[] content)
    {
        try
        {
            return encoding.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // Of the characters of two bytes, how many are common ones or signs; none where there are too few.
    private static double Share(byte[] content, Func<byte, byte, bool> isCommon)
    {
        var (all, common) = (0, 0);
        for (var i = 0; i < content.Length; i++)
        {
            if (content[i] < 0x80 || i + 1 == content.Length)
            {
                continue;
            }

            all++;
            common += isCommon(content[i], content[++i]) ? 1 : 0;
        }

        return all < LeastCharacters ? 0 : (double)common / all;
    }

    // Level 1 (frequent characters) and the signs before it.
    private static bool IsCommonBig5(byte lead, byte trail) =>
        lead is >= 0xA1 and <= 0xC6 && trail is (>= 0x40 and <= 0x7E) or (>= 0xA1 and <= 0xFE);

    // Level 1 of GB 2312 and the signs before it.
    private static bool IsCommonGb(byte lead, byte trail) =>
        lead is (>= 0xA1 and <= 0xA3) or (>= 0xB0 and <= 0xD7) && trail is >= 0xA1 and <= 0xFE;
}
