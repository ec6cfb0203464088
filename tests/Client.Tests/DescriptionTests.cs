using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CustomerService.Client.Tests;

/// <summary>The merged description as a whole; that it is true of each service is tested there.</summary>
public sealed partial class DescriptionTests
{
    private static readonly Lazy<Task<JsonObject>> Merged = new(Descriptions.MergedAsync);

    [Fact]
    public async Task Redocly_finds_nothing_wrong_by_its_recommended_rules()
    {
        Assert.SkipUnless(await Lint.IsPossibleAsync(), "Node.js is not installed.");
        (await Lint.RunAsync(await Merged.Value))
            .Where(problem => problem.StartsWith("error", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Redocly_finds_what_is_wrong()
    {
        Assert.SkipUnless(await Lint.IsPossibleAsync(), "Node.js is not installed.");
        var wrong = (await Merged.Value).DeepClone().AsObject();
        var operation = wrong["paths"]!.AsObject().First().Value!.AsObject().First().Value!.AsObject();
        operation["operationId"] = "live.stream";
        (await Lint.RunAsync(wrong)).ShouldContain(problem =>
            problem.StartsWith("error operation-operationId-unique", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Every_operation_is_named_guarded_or_open_and_says_how_it_refuses()
    {
        var operations = (await Merged.Value)["paths"]!
            .AsObject()
            .SelectMany(path =>
                path.Value!.AsObject()
                    .Where(o => o.Value is JsonObject)
                    .Select(o => (Route: $"{o.Key} {path.Key}", Operation: o.Value!.AsObject()))
            )
            .ToList();

        operations.Count.ShouldBeGreaterThan(100);
        operations.Where(o => o.Operation["operationId"] is null).Select(o => o.Route).ShouldBeEmpty();
        operations.Where(o => o.Operation["security"] is null).Select(o => o.Route).ShouldBeEmpty();
        operations.Where(o => o.Operation["summary"] is null).Select(o => o.Route).ShouldBeEmpty();
        operations.Where(o => o.Operation["responses"]!["400"] is null).Select(o => o.Route).ShouldBeEmpty();
        operations.Where(o => o.Operation["responses"]!["503"] is null).Select(o => o.Route).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_printed_can_be_had_in_each_language()
    {
        var printed = (await Merged.Value)["paths"]!
            .AsObject()
            .Where(path => path.Key.EndsWith(".pdf", StringComparison.Ordinal))
            .ToList();

        printed.Count.ShouldBeGreaterThan(20);
        printed
            .Where(path =>
                !path.Value!["get"]!["parameters"]!
                    .AsArray()
                    .Any(parameter => parameter!["name"]?.ToString() == "language")
            )
            .Select(path => path.Key)
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_says_what_makes_it_useful()
    {
        var problem = (await Merged.Value)["components"]!["schemas"]!["Problem"]!;
        problem["properties"]!
            .AsObject()
            .Select(p => p.Key)
            .ShouldBe(
                [
                    "type",
                    "title",
                    "status",
                    "detail",
                    "instance",
                    "code",
                    "rule",
                    "missing",
                    "suppliedBy",
                    "errors",
                    "traceId",
                ],
                ignoreOrder: true
            );
        problem["required"]!.AsArray().Select(r => r!.ToString()).ShouldContain("code");
        problem["additionalProperties"].ShouldBeNull("more members may stand beside these");
    }

    [Fact]
    public async Task No_code_is_cut_at_its_hyphen_by_the_end_of_a_line()
    {
        var texts = Texts(await Merged.Value).ToList();

        texts.Count.ShouldBeGreaterThan(500);
        texts.Where(text => CutWord().IsMatch(text)).ShouldBeEmpty();
        CutWord().IsMatch("409 `capa-\n    open`").ShouldBeTrue();
    }

    private static IEnumerable<string> Texts(JsonNode? node) =>
        node switch
        {
            JsonObject members => members.SelectMany(member =>
                member is { Key: "description" or "summary", Value: JsonValue text }
                    ? [text.ToString()]
                    : Texts(member.Value)
            ),
            JsonArray items => items.SelectMany(Texts),
            _ => [],
        };

    [GeneratedRegex(@"[a-z]-\s*\n\s*[a-z]")]
    private static partial Regex CutWord();

    [Fact]
    public async Task Parameters_are_spelt_in_one_way()
    {
        var merged = await Merged.Value;
        var names = merged["paths"]!
            .AsObject()
            .SelectMany(path => path.Value!.AsObject())
            .SelectMany(o => (o.Value as JsonObject)?["parameters"] as JsonArray ?? [])
            .Where(p => p!["in"]?.ToString() is "query" or "path")
            .Select(p => p!["name"]!.ToString())
            .Distinct();
        names.Where(name => !char.IsLower(name[0])).ShouldBeEmpty();
    }
}
