namespace CustomerService.Reporting.Webhooks.Domain;

/// <summary>A pattern of event names as a topic exchange has it: words joined by dots, <c>*</c> is one word, <c>#</c> any
/// number of them.</summary>
internal static class EventPattern
{
    /// <summary>Longest pattern, in characters.</summary>
    public const int Longest = 120;

    /// <summary>Whether it is a pattern at all.</summary>
    public static bool IsWellFormed(string? pattern) =>
        pattern is { Length: > 0 and <= Longest }
        && pattern
            .Split('.')
            .All(word =>
                word is "*" or "#"
                || (word.Length > 0 && word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            );

    /// <summary>Whether the name is one that the pattern means.</summary>
    public static bool Matches(string pattern, string name)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(name);
        return Matches(pattern.Split('.'), name.Split('.'));
    }

    private static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> name)
    {
        if (pattern.IsEmpty)
        {
            return name.IsEmpty;
        }

        if (pattern[0] == "#")
        {
            for (var taken = 0; taken <= name.Length; taken++)
            {
                if (Matches(pattern[1..], name[taken..]))
                {
                    return true;
                }
            }

            return false;
        }

        return !name.IsEmpty && (pattern[0] == "*" || pattern[0] == name[0]) && Matches(pattern[1..], name[1..]);
    }
}
