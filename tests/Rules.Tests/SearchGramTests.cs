namespace CustomerService.Rules.Tests;

/// <summary>What an index holds of a text, and what a search asks of it.</summary>
public sealed class SearchGramTests
{
    [Fact]
    public void Given_a_line_When_its_grams_are_taken_Then_every_piece_of_one_to_three_characters() =>
        SearchText.Grams("abcd").ShouldBe(["a", "ab", "abc", "b", "bc", "bcd", "c", "cd", "d"]);

    [Fact]
    public void Given_a_Chinese_line_When_its_grams_are_taken_Then_none_of_three_is_Chinese_alone() =>
        SearchText
            .Grams("屋面漏3cm")
            .ShouldBe(
                ["3", "3c", "3cm", "c", "cm", "m", "屋", "屋面", "漏", "漏3", "漏3c", "面", "面漏", "面漏3"],
                ignoreOrder: true
            );

    [Fact]
    public void Given_a_character_beyond_the_basic_plane_When_its_grams_are_taken_Then_it_is_one_character() =>
        SearchText.Grams("𠮷野a").ShouldBe(["a", "野", "野a", "𠮷", "𠮷野", "𠮷野a"], ignoreOrder: true);

    [Fact]
    public void Given_two_lines_When_their_grams_are_taken_Then_none_reaches_over_the_end_of_a_line() =>
        SearchText.Grams("ab\ncd").ShouldBe(["a", "ab", "b", "c", "cd", "d"]);

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("abc", "abc")]
    [InlineData("abcd", "abc bcd")]
    [InlineData("abcdefghi", "abc def ghi")]
    [InlineData("abcdefghij", "abc def ghi hij")]
    [InlineData("屋", "屋")]
    [InlineData("屋面漏", "屋面 面漏")]
    [InlineData("屋面漏水", "屋面 漏水")]
    [InlineData("b3屋面", "b3屋 3屋面")]
    [InlineData("a屋bcd", "a屋b bcd")]
    [InlineData("屋abcd", "屋ab bcd")]
    [InlineData("屋面a", "屋面a")]
    public void Given_a_fragment_When_it_is_looked_for_Then_as_few_and_long_grams_as_cover_it(
        string search,
        string grams
    ) => string.Join(' ', SearchText.Find(search).Grams).ShouldBe(grams);

    [Fact]
    public void Given_texts_of_which_one_is_not_there_When_they_are_put_together_Then_its_line_is_empty() =>
        SearchText.Of("a", null, "b").ShouldBe("a\n\nb");

    [Fact]
    public void Given_a_control_character_When_a_key_is_made_Then_it_counts_for_nothing() =>
        TextFolding.Key("a\u0001b").ShouldBe("ab");

    [Fact]
    public void Given_nothing_to_look_for_When_searched_Then_no_gram_is_asked_for() =>
        SearchText.Find(" ").Grams.ShouldBeEmpty();
}
