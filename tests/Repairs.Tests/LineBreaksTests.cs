using CsCheck;
using CustomerService.Forms;

namespace CustomerService.Repairs.Tests;

/// <summary>Line breaking of forms (避頭尾).</summary>
public sealed class LineBreaksTests
{
    private const string Opening = "（「『《〈【〔［｛“‘([";
    private const string Closing = "，。；：！？、）」』》〉】〕］｝”’…—％)]";

    [Fact]
    public void Given_any_text_When_broken_Then_no_line_ends_with_an_opening_mark_or_begins_with_a_closing_one() =>
        Gen.OneOf(Gen.Char["工程維修記錄"], Gen.Char[Opening], Gen.Char[Closing], Gen.Char["abc 12"])
            .Array[0, 60]
            .Select(characters => new string(characters))
            .Where(text => !HasRun(text))
            .Sample(text =>
            {
                var lines = LineBreaks.Of(text, 8, piece => piece.Length);
                string.Concat(lines).Replace(" ", "").ShouldBe(text.Replace(" ", ""), "nothing is lost");
                foreach (var (line, index) in lines.Select((line, index) => (line, index)))
                {
                    line.Length.ShouldBeLessThanOrEqualTo(8);
                    (index > 0 && line.Length > 0 && Closing.Contains(line[0])).ShouldBeFalse($"{text}: {line}");
                    (index < lines.Count - 1 && line.Length > 0 && Opening.Contains(line[^1])).ShouldBeFalse(
                        $"{text}: {line}"
                    );
                }
            });

    [Theory]
    [InlineData("他說（工程）好", 3, "他說|（工|程）好")]
    [InlineData("合格率為九十％以上", 6, "合格率為九|十％以上")]
    [InlineData("尚待確認……完", 5, "尚待確|認……完")]
    [InlineData("高度 250 mm，收口", 6, "高度 250|mm，收口")]
    [InlineData("a-very-long-word", 6, "a-|very-|long-|word")]
    [InlineData("AI-2026-000001", 11, "AI-2026-|000001")]
    [InlineData("http://localhost/api/v1/f", 22, "http://localhost/api/|v1/f")]
    [InlineData("0123456789", 4, "0123|4567|89")]
    [InlineData("𠮷野家𠮷野家", 4, "𠮷野家|𠮷野家")]
    [InlineData("一\n\n二", 4, "一||二")]
    public void Given_a_text_When_broken_Then_there(string text, int width, string lines) =>
        string.Join('|', LineBreaks.Of(text, width, piece => piece.Length)).ShouldBe(lines);

    // A run that is longer than a line must be broken inside, whatever its characters are.
    private static bool HasRun(string text) => LineBreaks.Pieces(text).Any(piece => piece.Trim().Length > 8);
}
