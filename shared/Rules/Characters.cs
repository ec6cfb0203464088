namespace CustomerService.Rules;

/// <summary>
/// Which texts can be kept: PostgreSQL has no NUL, no form can show another control character than a tab or the
/// end of a line, half of a surrogate pair is no character anywhere, and U+FFFE and U+FFFF are none in XML, so in
/// workbooks, nor can the first be normalised.
/// </summary>
public static class Characters
{
    /// <summary>True when every character of the text can be stored, sent and shown.</summary>
    public static bool IsStorable(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (
                char.IsLowSurrogate(text[i])
                || text[i] is '\uFFFE' or '\uFFFF'
                || (char.IsControl(text[i]) && text[i] is not ('\t' or '\n' or '\r'))
            )
            {
                return false;
            }

            if (char.IsHighSurrogate(text[i]) && (++i == text.Length || !char.IsLowSurrogate(text[i])))
            {
                return false;
            }
        }

        return true;
    }
}
