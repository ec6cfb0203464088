namespace CustomerService.Rules.Tests;

public sealed class CharactersTests
{
    [Theory]
    [InlineData("")]
    [InlineData("屋面滲漏, two rooms")]
    [InlineData("a tab\tand a line\r\nand another")]
    [InlineData("\U00020000")]
    [InlineData("x\U0001F525y")]
    public void Given_a_text_that_can_be_shown_When_asked_Then_it_can_be_kept(string text) =>
        Characters.IsStorable(text).ShouldBeTrue();

    /// <summary>As numbers: an attribute cannot hold half a character.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0x61, 1)]
    [InlineData(0x7f, 0x62)]
    [InlineData(0x61, 0xd840)]
    [InlineData(0xd840, 0x61)]
    [InlineData(0xdc00)]
    [InlineData(0x61, 0xdc00, 0x62)]
    [InlineData(0xd840, 0xd840, 0xdc00)]
    [InlineData(0x61, 0xfffe)]
    [InlineData(0xffff, 0x61)]
    public void Given_what_is_no_character_to_show_When_asked_Then_it_cannot_be_kept(params int[] text) =>
        Characters.IsStorable(string.Concat(text.Select(unit => (char)unit))).ShouldBeFalse();
}
