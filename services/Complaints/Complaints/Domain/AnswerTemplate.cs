using System.Text.RegularExpressions;
using CustomerService.Rules;

namespace CustomerService.Complaints.Complaints.Domain;

/// <summary>One text for many complaints: what is in braces, such as <c>{number}</c>, is said of each by itself
/// (C3.2.1).</summary>
internal static partial class AnswerTemplate
{
    private const string Rule = "C3.2.1";

    private static readonly Dictionary<string, Func<Complaint, string?>> Values = new(StringComparer.Ordinal)
    {
        ["number"] = complaint => complaint.Number,
        ["customer"] = complaint => complaint.CustomerName,
        ["contact"] = complaint => complaint.Contact,
        ["subject"] = complaint => complaint.Subject,
        ["product"] = complaint => complaint.Reference.ProductModel ?? complaint.ProductCode,
        ["serial"] = complaint => complaint.Reference.SerialNumber,
        ["project"] = complaint => complaint.Reference.ProjectName,
        ["registered"] = complaint => Spelling.Day(complaint.RegisteredOn),
        // The words that QC released, which an answer holds unaltered (C5.6.1).
        ["cause"] = complaint => complaint.Release?.Cause,
        ["traceability"] = complaint => complaint.Release?.Traceability,
        ["conclusion"] = complaint => complaint.Release?.Conclusion,
    };

    /// <summary>What may stand in braces.</summary>
    public static IReadOnlyList<string> Placeholders { get; } = [.. Values.Keys];

    /// <summary>Whether it names nothing else.</summary>
    public static bool IsKnown(string? text) =>
        text is null || Placeholder().Matches(text).All(match => Values.ContainsKey(match.Groups[1].Value));

    /// <summary>The text for a complaint; refused where it has nothing to say in a place.</summary>
    public static Result<string> Fill(string text, Complaint complaint)
    {
        var empty = Placeholder()
            .Matches(text)
            .Select(match => match.Groups[1].Value)
            .FirstOrDefault(name => TextFolding.IsBlank(Values[name](complaint)));
        return empty is null
            ? Placeholder().Replace(text, match => Values[match.Groups[1].Value](complaint)!)
            : (Result<string>)
                Refusal
                    .ByRule("placeholder-empty", Rule, ["placeholder-value"], Roles.CustomerService, Roles.Sales)
                    .With("placeholder", empty);
    }

    [GeneratedRegex(@"\{([A-Za-z]+)\}")]
    private static partial Regex Placeholder();
}
