using CustomerService.Forms;
using CustomerService.Registry;

namespace CustomerService.Reporting.Figures.Forms;

/// <summary>What the values of dimensions are called on a paper, in its language.</summary>
internal sealed class PaperWords(RegistryLookup registry, FormTexts texts)
{
    private const string Department = "department";

    private readonly Dictionary<string, string?> _departments = new(StringComparer.Ordinal);

    public FormTexts Texts => texts;

    /// <summary>Asks the registry for the departments among these values.</summary>
    public async Task LearnAsync(IEnumerable<(string Dimension, string Value)> values, CancellationToken cancellation)
    {
        var codes = values
            .Where(one => one.Dimension == Department && !_departments.ContainsKey(one.Value))
            .Select(one => one.Value)
            .Distinct()
            .ToList();
        var names = await registry.DepartmentNamesAsync(codes, texts.Language, cancellation);
        codes.ForEach(code => _departments[code] = names.GetValueOrDefault(code));
    }

    /// <summary>A value's name. Codes that the company adds, and departments that nobody announced, are printed as they
    /// stand.</summary>
    public string? Of(string dimension, string value) =>
        value == FigureDimension.Unknown ? texts.Say("form.paper-unknown")
        : dimension == Department && _departments.GetValueOrDefault(value) is { Length: > 0 } name ? name
        : texts.Coded("word." + dimension, value);
}
