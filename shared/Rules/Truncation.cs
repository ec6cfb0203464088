namespace CustomerService.Rules;

/// <summary>Cuts text to a length that a store or a form has room for.</summary>
public static class Truncation
{
    /// <summary>The text itself where it fits, else its beginning with the ending after it.</summary>
    /// <param name="text">Text.</param>
    /// <param name="length">Most UTF-16 code units of the result; at least the length of the ending.</param>
    /// <param name="ending">What shows that something is left out, for example an ellipsis.</param>
    /// <remarks>Never between the two halves of a character outside the basic plane: half a character can be
    /// stored nowhere.</remarks>
    public static string Truncate(this string text, int length, string ending = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, ending.Length);
        if (text.Length <= length)
        {
            return text;
        }

        var kept = length - ending.Length;
        if (kept > 0 && char.IsHighSurrogate(text[kept - 1]) && char.IsLowSurrogate(text[kept]))
        {
            kept--;
        }

        return text[..kept] + ending;
    }
}
