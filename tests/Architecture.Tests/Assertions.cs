using System.Text.RegularExpressions;
using CustomerService.Testing;

namespace CustomerService.Architecture.Tests;

/// <summary>Tests that cannot fail prove nothing.</summary>
public sealed partial class Assertions
{
    [Fact]
    public void No_assertion_is_skipped_where_there_is_nothing_to_assert() =>
        (
            from file in Directory.EnumerateFiles(
                Path.Combine(Snapshot.Root(), "tests"),
                "*.cs",
                SearchOption.AllDirectories
            )
            where
                !file.Contains("/bin/")
                && !file.Contains("/obj/")
                && !file.EndsWith("/Assertions.cs", StringComparison.Ordinal)
            from match in Skipped().Matches(File.ReadAllText(file))
            select $"{Path.GetFileName(file)}: {match.Value.Trim()}"
        ).ShouldBeEmpty("`a?.B.ShouldBe(c)` asserts nothing where a is null; `(a?.B).ShouldBe(c)` does");

    [Theory]
    [InlineData("refusal?.Code.ShouldBe(code);", true)]
    [InlineData("one.Do(A.Day(1))?.Code.ShouldBe(code);", true)]
    [InlineData("one.Do(x)\n    ?.Code.ShouldBe(code);", true)]
    [InlineData("body[\"a\"]?.ToString().ShouldBe(\"b\");", true)]
    [InlineData("(refusal?.Code).ShouldBe(code);", false)]
    [InlineData("items.Select(i => i[\"a\"]?.ToString()).ShouldBe([null]);", false)]
    [InlineData("(seen.State, seen.By?.Name).ShouldBe(all);", false)]
    public void Given_an_assertion_When_it_is_looked_at_Then_only_those_that_may_be_skipped_are_found(
        string text,
        bool isSkipped
    ) => Skipped().IsMatch(text).ShouldBe(isSkipped);

    // From the question mark on only members and whole calls, so that no bracket around it is closed before.
    [GeneratedRegex(@"\?(?:\.\w+(?:\([^()]*\))?|\[[^\[\]]*\])+\s*\.Should\w*\(")]
    private static partial Regex Skipped();
}
