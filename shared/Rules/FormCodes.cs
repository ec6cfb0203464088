using System.Collections.Frozen;

namespace CustomerService.Rules;

/// <summary>The codes that the customer service procedure prints on its forms (C10).</summary>
public static class FormCodes
{
    // FM002 is printed so in the procedure, and stays so.
    private static readonly FrozenDictionary<string, string> Codes = new Dictionary<string, string>
    {
        ["FM001"] = "BS-CP0703-FM001",
        ["FM002"] = "BS-CP0703F-M002",
        ["FM003"] = "BS-CP0703-FM003",
        ["FM004"] = "BS-CP0703-FM004",
        ["FM005"] = "BS-CP0703-FM005",
        ["FM006"] = "BS-CP0703-FM006",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The forms, <c>FM001</c> to <c>FM006</c>.</summary>
    public static IReadOnlyList<string> Forms { get; } = [.. Codes.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The code of a form, as it is printed.</summary>
    /// <param name="form"><c>FM001</c> to <c>FM006</c>.</param>
    public static string Of(string form) => Codes[form];
}
