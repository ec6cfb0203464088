namespace CustomerService.Rules;

/// <summary>Which texts can be kept: PostgreSQL has no NUL, and half of a surrogate pair is no character anywhere.</summary>
public static class Characters
{
    /// <summary>True when every character of the text can be stored, sent and shown.</summary>
    public static bool AreSound(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || char.IsLowSurrogate(text[i]))
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
