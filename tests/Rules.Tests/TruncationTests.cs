using System.Text;
using CsCheck;

namespace CustomerService.Rules.Tests;

public sealed class TruncationTests
{
    [Fact]
    public void Whatever_is_cut_no_character_is_halved_and_as_much_as_fits_is_kept() =>
        Gen.Select(
                Gen.OneOf(Gen.Const("a"), Gen.Const("\u6f0f"), Gen.Const("\U00020000"), Gen.Const("\U0001F525")).Array[
                    0,
                    40
                ],
                Gen.Int[1, 60],
                Gen.Bool
            )
            .Sample(
                (pieces, length, withEnding) =>
                {
                    var text = string.Concat(pieces);
                    var ending = withEnding ? "\u2026" : "";
                    var cut = Truncation.Truncate(text, length, ending);
                    cut.Length.ShouldBeLessThanOrEqualTo(length);
                    cut.EnumerateRunes().ShouldNotContain(Rune.ReplacementChar);
                    if (text.Length <= length)
                    {
                        cut.ShouldBe(text);
                    }
                    else
                    {
                        cut.ShouldEndWith(ending);
                        text.ShouldStartWith(cut[..^ending.Length]);
                        cut.Length.ShouldBeGreaterThanOrEqualTo(length - 1);
                    }
                }
            );

    [Fact]
    public void A_half_character_that_came_in_so_is_not_taken_for_the_first_half_of_another() =>
        Truncation.Truncate("\ud840x", 1).ShouldBe("\ud840");

    [Fact]
    public void There_must_be_room_for_the_ending() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Truncation.Truncate("long text", 1, "..."));

    [Fact]
    public void Given_a_text_that_fits_When_the_ending_would_not_Then_it_is_a_mistake_all_the_same() =>
        Should.Throw<ArgumentOutOfRangeException>(() => "a".Truncate(1, "..."));

    [Fact]
    public void Given_room_for_the_ending_only_When_a_text_is_cut_Then_the_ending_is_left() =>
        "long text".Truncate(3, "...").ShouldBe("...");
}
