using System.Collections.Frozen;

namespace CustomerService.Rules;

/// <summary>A rule of the three documents.</summary>
/// <param name="Id">For example <c>C5.1.2</c>, <c>Form3.3.1</c>.</param>
/// <param name="Title">Short, English.</param>
/// <param name="InTests">Whether tests name it in <c>[Trait("Rule", …)]</c>.</param>
/// <param name="InRefusals">Whether a refusal or a row of a flow table may name it.</param>
public sealed record RuleEntry(string Id, string Title, bool InTests, bool InRefusals);

/// <summary>Every rule id there is. A refusal, a flow table or a test that names another one is wrong.</summary>
public static class RuleCatalogue
{
    /// <summary>Named by refusals of actions that are not in the flow table; no rule of the documents.</summary>
    public const string Flow = "FLOW";

    /// <summary>Named by refusals of requests that do not fit the interface; no rule of the documents.</summary>
    public const string Api = "API";

    /// <summary>All, in the order of the documents.</summary>
    public static IReadOnlyList<RuleEntry> All { get; } = Read();

    private static readonly FrozenDictionary<string, RuleEntry> ById = All.ToFrozenDictionary(
        rule => rule.Id,
        StringComparer.Ordinal
    );

    public static RuleEntry? Find(string id) => ById.GetValueOrDefault(id);

    /// <summary>Whether a refusal or a row of a flow table may name it.</summary>
    public static bool MayRefuse(string id) => Find(id) is { InRefusals: true };

    /// <summary>Whether a test may name it.</summary>
    public static bool MayBeTested(string id) => Find(id) is { InTests: true };

    private static List<RuleEntry> Read()
    {
        using var stream = RuleData.Open("rules.json");
        return RuleData
            .Read<RuleFile>(stream, "rules.json")
            .Rules.Select(rule => new RuleEntry(rule.Id, rule.Title, rule.Tests, rule.Refusals))
            .ToList();
    }

    private sealed record RuleFile
    {
        public string? Note { get; init; }
        public required IReadOnlyList<RuleDefinition> Rules { get; init; }
    }

    private sealed record RuleDefinition
    {
        public required string Id { get; init; }
        public required string Title { get; init; }
        public bool Tests { get; init; } = true;
        public bool Refusals { get; init; } = true;
    }
}
