using System.Text.Json;

namespace CustomerService.ServiceDefaults.Tests;

/// <summary>What every body of a command goes through before its validator.</summary>
public sealed class BodyGuardTests
{
    private sealed record Body(string Name, [property: Verbatim] string Password, IReadOnlyList<string> Lines)
    {
        public Dictionary<string, string> Names { get; init; } = [];

        public Part? Part { get; init; }
    }

    private sealed record Part
    {
        public required string Code { get; init; }
    }

    [Fact]
    public void Given_texts_with_unseen_characters_around_them_When_cleaned_Then_blank_is_empty_and_ends_are_trimmed()
    {
        var body = Sent(
            """
            {
              "name": " HT-1\u200B", "password": " pass word\u200B", "lines": ["\u2060", "a\uFEFF", "b"],
              "names": { "en": "\u3164", "zh": "工程\u3000" }, "part": { "code": "\uFEFFroof" }
            }
            """
        );

        BodyGuard.Clean(body).ShouldBeEmpty();

        body.Name.ShouldBe("HT-1");
        body.Password.ShouldBe(" pass word\u200B");
        body.Lines.ShouldBe(["", "a", "b"]);
        body.Names.ShouldBe(new Dictionary<string, string> { ["en"] = "", ["zh"] = "工程" });
        body.Part!.Code.ShouldBe("roof");
    }

    [Fact]
    public void Given_half_a_character_and_a_null_element_When_cleaned_Then_both_are_told_and_nothing_throws()
    {
        var body = Sent("""{ "name": "a ", "password": "p", "lines": ["x", null] }""") with { Name = "a\uD800 " };

        BodyGuard.Clean(body).ShouldBe([("name", "characters"), ("lines[1]", "not-null")]);
    }

    // As the endpoint gets it.
    private static Body Sent(string json) => JsonSerializer.Deserialize<Body>(json, Json.Options)!;
}
