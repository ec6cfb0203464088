using System.Globalization;
using System.Text;
using CustomerService.Rules;

namespace CustomerService.Attachments;

/// <summary>The name under which a file that was handed in is given out again.</summary>
public static class FileNames
{
    /// <summary>Longest name, in UTF-16 code units.</summary>
    public const int Longest = 200;

    // What a program registered for it would open; longer endings are part of a name.
    private const int LongestExtension = 10;

    private const string Forbidden = "<>:\"|?*/\\";

    private static readonly Dictionary<string, string[]> Extensions = new()
    {
        ["image/png"] = [".png"],
        ["image/jpeg"] = [".jpg", ".jpeg", ".jpe", ".jfif"],
        ["image/webp"] = [".webp"],
        ["application/pdf"] = [".pdf"],
    };

    /// <summary>
    /// The last part of the path, without control and direction characters and what file systems forbid, and with the
    /// extension of the type that the content has, whatever the sender called it.
    /// </summary>
    public static string Of(string given, string contentType)
    {
        ArgumentNullException.ThrowIfNull(given);
        var last = given[(given.LastIndexOfAny(['/', '\\']) + 1)..];
        var name = string.Concat(last.EnumerateRunes().Where(IsKept).Select(Kept)).Trim().TrimEnd('.', ' ');
        var known = Extensions[contentType];
        var extension = Path.GetExtension(name);
        if (known.Contains(extension, StringComparer.OrdinalIgnoreCase))
        {
            name = Path.GetFileNameWithoutExtension(name);
        }
        else
        {
            // 2026.06.01 ends with a day, not with an extension.
            var isExtension = extension.Length is > 1 and <= LongestExtension && extension.Any(char.IsLetter);
            name = isExtension ? Path.GetFileNameWithoutExtension(name) : name;
            extension = known[0];
        }

        name = name.Truncate(Longest - extension.Length).Trim().Trim('.');
        return (TextFolding.IsBlank(name) ? "file" : name) + extension;
    }

    // Direction marks are format characters: with one, a name that ends in "exe" is read as one that ends in "pdf".
    private static bool IsKept(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );

    private static string Kept(Rune rune) =>
        rune.IsAscii && Forbidden.Contains((char)rune.Value) ? "_" : rune.ToString();
}
