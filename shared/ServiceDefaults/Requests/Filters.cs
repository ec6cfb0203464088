using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using CustomerService.Rules;

namespace CustomerService.ServiceDefaults;

/// <summary>A query parameter that is checked by the kit: a wrong value is 400 <c>bad-filter</c> with its name.</summary>
public interface IQueryFilter
{
    /// <summary>False when the text is not one of those that are expected.</summary>
    bool IsValid { get; }

    /// <summary>What is expected, for the answer.</summary>
    IReadOnlyList<string> Expected { get; }
}

/// <summary>One or several values of an enum, kebab-case, joined by commas: <c>?state=opened,confirmed</c>.</summary>
public readonly record struct EnumFilter<T> : IQueryFilter
    where T : struct, Enum
{
    private EnumFilter(IReadOnlyList<T> values, bool isValid) => (Values, IsValid) = (values, isValid);

    /// <summary>The values; at least one when it is valid.</summary>
    public IReadOnlyList<T> Values { get; }

    public bool IsValid { get; }

    public IReadOnlyList<string> Expected => Spelling.WordsOf<T>();

    public static bool TryParse(string? text, IFormatProvider? provider, out EnumFilter<T> filter)
    {
        var read = (text ?? "").Split(',').Select(Spelling.FromKebab<T>).ToList();
        filter = new([.. read.OfType<T>()], read.TrueForAll(value => value is not null));
        return true;
    }
}

/// <summary>A day, ISO 8601 only (<c>2026-11-24</c>), so that 03/04 cannot mean two days.</summary>
public readonly record struct Day : IQueryFilter
{
    private Day(DateOnly value, bool isValid) => (Value, IsValid) = (value, isValid);

    public DateOnly Value { get; }

    public bool IsValid { get; }

    public IReadOnlyList<string> Expected => ["YYYY-MM-DD"];

    public static bool TryParse(string? text, IFormatProvider? provider, out Day day)
    {
        var valid = DateOnly.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var value
        );
        day = new(value, valid);
        return true;
    }
}

/// <summary>A text to look for or a code: trimmed, full-width forms as ordinary ones, at most 200 characters, without
/// control characters.</summary>
public readonly record struct TextFilter : IQueryFilter
{
    /// <summary>Longest text, in UTF-16 code units.</summary>
    public const int Longest = 200;

    private TextFilter(string value, bool isValid) => (Value, IsValid) = (value, isValid);

    public string Value { get; }

    public bool IsValid { get; }

    public IReadOnlyList<string> Expected => [$"1–{Longest} characters"];

    public static bool TryParse(string? text, IFormatProvider? provider, out TextFilter filter)
    {
        // Half a character cannot be normalised.
        var sound = Characters.IsStorable(text);
        var value = sound ? TextFolding.Trim((text ?? "").Normalize(NormalizationForm.FormKC)) : "";
        filter = new(value, value.Length is > 0 and <= Longest);
        return true;
    }
}

/// <summary>Words of a person that are kept as they are written, for example a caption: trimmed, at most 200 characters,
/// without control characters.</summary>
public readonly record struct TextGiven : IQueryFilter
{
    private TextGiven(string value) => Value = value;

    public string Value { get; }

    public bool IsValid => Value.Length is > 0 and <= TextFilter.Longest;

    public IReadOnlyList<string> Expected => [$"1–{TextFilter.Longest} characters"];

    public static bool TryParse(string? text, IFormatProvider? provider, out TextGiven given)
    {
        given = new(Characters.IsStorable(text) ? TextFolding.Trim(text ?? "") : "");
        return true;
    }
}

/// <summary>
/// What every list takes: a cursor and a size. A list's own query derives from it and adds its filters as
/// nullable <c>init</c> properties: <c>EnumFilter</c>, <c>Day</c>, <c>TextFilter</c>, <c>Guid</c>, <c>bool</c>.
/// </summary>
public abstract record PageQuery
{
    /// <summary>Size of a page where none is asked for.</summary>
    public const int DefaultLimit = 50;

    /// <summary>Largest page.</summary>
    public const int LargestLimit = 200;

    /// <summary>Cursor: <c>next</c> of the page before; without it the first page.</summary>
    public string? After { get; init; }

    /// <summary>Items of a page, 1 to 200; default 50.</summary>
    public int? Limit { get; init; }

    /// <summary>Reads a cursor that is an identity; null without one, false when it is none of ours.</summary>
    public bool TryAfter(out Guid? after)
    {
        after = null;
        if (string.IsNullOrEmpty(After))
        {
            return true;
        }

        var read = Guid.TryParseExact(After, "N", out var id);
        after = read ? id : null;
        return read;
    }

    /// <summary>Items of this page.</summary>
    public int Size => Limit ?? DefaultLimit;

    internal bool IsSizeValid => Limit is null or (>= 1 and <= LargestLimit);

    /// <summary>The refusal of a filter with a wrong value.</summary>
    public static Refusal BadFilter(string name, params IReadOnlyList<string> expected) =>
        Refusal.Invalid("bad-filter", RuleCatalogue.Api, name).With("filter", name).With("expected", expected);

    /// <summary>The refusal of a cursor that is none of ours.</summary>
    public static Refusal BadCursor { get; } = Refusal.Invalid("bad-cursor", RuleCatalogue.Api, "after");
}

/// <summary>A page of a list. Pass <c>next</c> as <c>after</c> to get the following page.</summary>
/// <param name="Items">At most <c>limit</c> items (default 50, at most 200).</param>
/// <param name="Next">Opaque cursor; null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A cursor of a list that is ordered by a day and, within it, by identity.</summary>
public sealed record DatedCursor(DateOnly On, Guid Id)
{
    public static bool TryRead(string? text, [NotNullWhen(true)] out DatedCursor? cursor)
    {
        cursor = null;
        if (
            text is { Length: 41 }
            && DateOnly.TryParseExact(
                text.AsSpan(0, 8),
                "yyyyMMdd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var on
            )
            && text[8] == '-'
            && Guid.TryParseExact(text.AsSpan(9), "N", out var id)
        )
        {
            cursor = new(on, id);
        }

        return cursor is not null;
    }

    public override string ToString() => $"{On:yyyyMMdd}-{Id:N}";
}
