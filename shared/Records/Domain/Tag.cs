using System.Text;
using CustomerService.Rules;

namespace CustomerService.Records;

/// <summary>A tag of a record, rule S2; one a word and record, whether it is set now or was once.</summary>
public sealed class Tag : Aggregate
{
    /// <summary>Longest tag, in UTF-16 code units.</summary>
    public const int Longest = 40;

    private const string Set = "set";
    private const string Removed = "removed";

    private Tag() { }

    /// <inheritdoc/>
    public override string Kind => RecordParts.Tag;

    /// <summary>Kind of the record.</summary>
    public string RecordKind { get; private set; } = "";

    /// <summary>The record.</summary>
    public Guid RecordId { get; private set; }

    /// <summary>The tag as it is shown, see <see cref="Normalised"/>.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The tag as it is compared: traditional and simplified characters are the same.</summary>
    public string Key { get; private set; } = "";

    /// <summary>When it was set last, UTC.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Who set it last: printed name.</summary>
    public string By { get; private set; } = "";

    /// <summary>Whether it is set.</summary>
    public bool Active { get; private set; }

    /// <summary>
    /// Letters of any script, digits and hyphens: full-width is half-width, capitals are small letters, what stands
    /// between words is one hyphen. Null where something else is in it, or nothing, or more than
    /// <see cref="Longest"/>.
    /// </summary>
    public static string? Normalised(string? given)
    {
        if (!Characters.IsStorable(given) || TextFolding.IsBlank(given))
        {
            return null;
        }

        var text = new StringBuilder();
        foreach (var rune in given!.Trim().TrimStart('#').Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || rune.Value is '-' or '_')
            {
                text.Append(text.Length > 0 && text[^1] != '-' ? "-" : "");
            }
            else if (Rune.IsLetterOrDigit(rune) || IsMark(rune))
            {
                text.Append(Rune.ToLowerInvariant(rune).ToString());
            }
            else
            {
                return null;
            }
        }

        var tag = text.ToString().TrimEnd('-').Normalize(NormalizationForm.FormC);
        return tag.Length is > 0 and <= Longest ? tag : null;
    }

    /// <summary>Identity of a tag of a record.</summary>
    public static Guid IdOf(Guid record, string normalised) =>
        NamedIds.Of(RecordParts.Tag, record.ToString("N"), TextFolding.Key(normalised));

    /// <summary>A tag that is not set yet; <see cref="Put"/> is next.</summary>
    public static Tag Of(RecordRef record, string normalised)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new()
        {
            Id = IdOf(record.Id, normalised),
            RecordKind = record.Kind,
            RecordId = record.Id,
            Text = normalised,
            Key = TextFolding.Key(normalised),
        };
    }

    /// <summary>Sets it; nothing changes where it is set.</summary>
    public void Put(CommandContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!Active)
        {
            var from = At == default ? null : Removed;
            (Active, At, By) = (true, context.Now, context.Actor.Name);
            Record(context, "tag", from, Set, null);
        }
    }

    /// <summary>Removes it.</summary>
    public void Remove(CommandContext context)
    {
        if (Active)
        {
            Active = false;
            Record(context, "untag", Set, Removed, null);
        }
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is System.Globalization.UnicodeCategory.NonSpacingMark
                or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
