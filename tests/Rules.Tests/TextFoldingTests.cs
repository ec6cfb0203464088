namespace CustomerService.Rules.Tests;

public sealed class TextFoldingTests
{
    [Theory]
    [InlineData("X", "X\u200B")]
    [InlineData("ABC", "ＡＢＣ")]
    [InlineData("abc", "ABC")]
    [InlineData("廣場", "广场")]
    [InlineData(" HT-1 ", "ht-1")]
    [InlineData("a\u2060b\uFEFF", "ab")]
    [InlineData("HT\u20131", "HT-1")]
    [InlineData("HT\u22121", "HT－1")]
    [InlineData("A  B", "A\u3000B")]
    [InlineData("e\u200B\u0301", "é")]
    [InlineData("ΟΔΟΣ", "οδος")]
    [InlineData("HT-1\uFE0F", "HT-1")]
    [InlineData("HT\uFFFE-1\uFFFF", "HT-1")]
    public void Given_texts_that_a_reader_takes_for_one_When_folded_Then_their_keys_are_equal(
        string one,
        string other
    ) => TextFolding.Key(one).ShouldBe(TextFolding.Key(other));

    [Theory]
    [InlineData("HT-1", "HT1")]
    [InlineData("A B", "AB")]
    [InlineData("王", "玉")]
    public void Given_texts_that_differ_When_folded_Then_their_keys_differ(string one, string other) =>
        TextFolding.Key(one).ShouldNotBe(TextFolding.Key(other));

    [Theory]
    [InlineData("1-4 號樓", "１–４")]
    [InlineData("一期（A）", "(A)")]
    [InlineData("濱江廣場", "广场")]
    [InlineData("Tower B, Floor 2", "tower b floor")]
    public void Given_a_text_When_looked_for_in_another_script_or_width_Then_it_is_found(string text, string search)
    {
        var (fragment, grams) = SearchText.Find(search);

        var folded = SearchText.Of(text);
        folded.ShouldContain(fragment);
        grams.Except(SearchText.Grams(folded)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\u200B", true)]
    [InlineData(" \u2060\uFEFF\t", true)]
    [InlineData(null, true)]
    [InlineData("\u3164\u2800\uFE0F\u034F", true)]
    [InlineData("\u200Bx", false)]
    [InlineData("🏗", false)]
    public void Given_a_text_When_nothing_of_it_can_be_seen_Then_it_is_blank(string? text, bool blank) =>
        TextFolding.IsBlank(text).ShouldBe(blank);

    [Fact]
    public void Given_a_long_search_When_its_grams_are_taken_Then_they_cover_it_and_are_few()
    {
        var (fragment, grams) = SearchText.Find("濱江花園一期");

        fragment.ShouldBe("滨江花园一期");
        grams.ShouldBe(["滨江", "花园", "一期"]);
    }

    [Fact]
    public void Given_lines_When_cut_into_grams_Then_none_spans_two_lines() =>
        SearchText.Grams("ab\ncd").ShouldBe(["a", "ab", "b", "c", "cd", "d"]);

    [Theory]
    [InlineData("\uFEFF HT-1\u200B\u2060\u3000", "HT-1")]
    [InlineData("HT\u200B-1", "HT\u200B-1")]
    [InlineData("\u200B \u3164", "")]
    [InlineData("❤\uFE0F", "❤\uFE0F")]
    [InlineData("", "")]
    public void Given_a_text_When_trimmed_Then_only_what_is_unseen_around_it_goes(string text, string trimmed) =>
        TextFolding.Trim(text).ShouldBe(trimmed);
}
