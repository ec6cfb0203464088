using System.Text.Json;
using CustomerService.Testing;

namespace CustomerService.ServiceDefaults.Tests;

/// <summary>An instant is read with its offset and never in the zone of the machine.</summary>
public sealed class InstantTests
{
    [Theory]
    [InlineData("2026-11-28T16:27:00+08:00", "2026-11-28T08:27:00Z")]
    [InlineData("2026-11-28T16:27:00.25-05:30", "2026-11-28T21:57:00.25Z")]
    [InlineData("2026-11-28T16:27:00Z", "2026-11-28T16:27:00Z")]
    public void Given_an_instant_with_offset_When_read_Then_it_is_that_instant(string text, string utc) =>
        JsonSerializer
            .Deserialize<DateTimeOffset?>($"\"{text}\"", Json.Options)
            .ShouldBe(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2026-11-28T16:27:00")]
    [InlineData("2026-11-28T16:27")]
    [InlineData("2026-11-28")]
    public void Given_an_instant_without_offset_When_read_Then_refused_and_it_says_so(string text) =>
        Should
            .Throw<JsonException>(() => JsonSerializer.Deserialize<DateTimeOffset>($"\"{text}\"", Json.Options))
            .Message.ShouldStartWith("offset-missing");

    [Theory]
    [InlineData("\"yesterday\"")]
    [InlineData("\"28.11.2026 16:27 +08:00\"")]
    [InlineData("1732812420")]
    public void Given_something_else_When_read_Then_refused(string json) =>
        Should
            .Throw<JsonException>(() => JsonSerializer.Deserialize<DateTimeOffset>(json, Json.Options))
            .Message.ShouldNotContain("offset-missing");

    [Fact]
    public void Given_an_instant_When_written_Then_with_its_offset() =>
        JsonSerializer.Serialize(A.At("2026-11-28 16:27"), Json.Options).ShouldBe("\"2026-11-28T16:27:00+08:00\"");
}
