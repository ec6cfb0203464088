using System.Globalization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Forms;

/// <summary>What a form is filled with: texts in its language, days and instants as they are printed.</summary>
/// <param name="texts">Texts of the service.</param>
/// <param name="language">Language of the form.</param>
/// <param name="zone">The company's time zone.</param>
public sealed class FormTexts(Texts texts, CultureInfo language, TimeZoneInfo zone)
{
    public CultureInfo Language { get; } = language;

    /// <summary>The text of a key.</summary>
    /// <exception cref="InvalidOperationException">There is none: a form with a hole would go out.</exception>
    public string Say(string key, params (string Name, object? Value)[] arguments) =>
        Find(key, arguments) ?? throw new InvalidOperationException($"The text '{key}' is missing.");

    /// <summary>The text of a key; null where there is none.</summary>
    public string? Find(string key, params (string Name, object? Value)[] arguments) =>
        texts.Find(key, arguments.ToDictionary(a => a.Name, a => a.Value), Language);

    /// <summary>A cell whose label is the text <c>form.{key}</c>; a blank value is one that is not filled in.</summary>
    public FormCell Cell(string key, string? value) =>
        new(key, Say("form." + key), TextFolding.IsBlank(value) ? null : value);

    /// <summary>A section with the heading <c>form.section.{key}</c>, where there is such a text.</summary>
    public FormSection Section(string key, params IReadOnlyList<FormRow> rows) =>
        new(key, Find("form.section." + key), rows);

    /// <summary>The text of a coded value, <c>{prefix}.{code}</c>; null for null.</summary>
    public string? Coded<T>(string prefix, T? code)
        where T : struct, Enum => code is { } known ? Say($"{prefix}.{known.ToKebab()}") : null;

    /// <summary>The text of a code that the company may have added: without a text it is printed as it
    /// stands.</summary>
    public string? Coded(string prefix, string? code) => code is null ? null : Find($"{prefix}.{code}") ?? code;

    /// <summary>Yes or no; null for null.</summary>
    public string? YesNo(bool? yes) => yes is { } known ? Say(known ? "form.yes" : "form.no") : null;

    /// <summary>A day, ISO 8601.</summary>
    public static string? Day(DateOnly? day) => day is { } known ? Spelling.Day(known) : null;

    /// <summary>An instant in the company's time zone, to the minute.</summary>
    public string? At(DateTimeOffset? instant) => instant is { } known ? Spelling.Minute(known, zone) : null;

    /// <summary>The day of an instant in the company's time zone.</summary>
    public string? DayOf(DateTimeOffset? instant) =>
        instant is { } known ? Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(known, zone).DateTime)) : null;

    /// <summary>Lines with numbers before them.</summary>
    public static string Numbered(IEnumerable<string> lines) =>
        string.Join('\n', lines.Select((line, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {line}")));
}
