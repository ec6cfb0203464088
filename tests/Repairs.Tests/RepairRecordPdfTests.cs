using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CustomerService.Forms;

namespace CustomerService.Repairs.Tests;

/// <summary>The printed form: as many pages as the text needs.</summary>
public sealed class RepairRecordPdfTests
{
    [Theory]
    [Trait("Rule", "Form3.3.2")]
    [InlineData(1, 1, 1)]
    [InlineData(40, 7, 9)]
    [InlineData(200, 38, 46)]
    public void Given_a_text_of_any_length_When_printed_Then_on_as_many_pages_as_it_needs(
        int paragraphs,
        int atLeast,
        int atMost
    )
    {
        Assert.SkipUnless(File.Exists(Servers.Fonts.Cjk), "The package fonts-noto-cjk is not installed.");
        using var font = new FormFont(null);
        var text = string.Join(
            '\n',
            Enumerable.Repeat(
                "鏟除女兒牆根部原有卷材，重做附加層，上翻高度不小於 250 mm，收口以金屬壓條固定並以密封膏嵌縫。",
                paragraphs
            )
        );

        Pages(Print(font, Form(text))).ShouldBeInRange(atLeast, atMost);
    }

    [Theory]
    [Trait("Rule", "Form3.3.2")]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\n\n\n")]
    [InlineData(
        "https://example.org/a-very-long-address-that-has-no-place-where-one-could-break-it-and-goes-on-and-on"
    )]
    [InlineData("𠮷野家𠮷野家𠮷野家𠮷野家𠮷野家𠮷野家𠮷野家𠮷野家𠮷野家𠮷野家𠮷野家𠮷野家𠮷野家𠮷野家𠮷野家𠮷野家")]
    [InlineData(
        "。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。"
    )]
    public void Given_odd_texts_When_printed_Then_a_form_all_the_same(string? text)
    {
        Assert.SkipUnless(File.Exists(Servers.Fonts.Cjk), "The package fonts-noto-cjk is not installed.");
        using var font = new FormFont(null);

        Pages(Print(font, Form(text))).ShouldBe(1);
    }

    // The row takes a whole page. Where its heading goes with it, a third page holds the rest; where the heading stayed
    // behind alone, two would do.
    [Fact]
    [Trait("Rule", "Form3.3.2")]
    public void Given_a_row_that_begins_on_the_next_page_When_printed_Then_its_heading_goes_with_it()
    {
        Assert.SkipUnless(File.Exists(Servers.Fonts.Cjk), "The package fonts-noto-cjk is not installed.");
        using var font = new FormFont(null);
        static FormRow Row(float points) => FormRow.Of(new FormCell("a", "甲", "乙").WithRoom(points));

        var form = Form(null) with { Sections = [new("a", null, [Row(500)]), new("b", "客戶確認", [Row(670)])] };

        Pages(Print(font, form)).ShouldBe(3);
    }

    [Theory]
    [Trait("Rule", "Form3.3.2")]
    [InlineData("zh-Hant", "工程維修，女兒牆面、門窗、車庫、龍頭、長龜裂")]
    [InlineData("zh-Hans", "工程维修，女儿墙面、门窗、车库、龙头、长龟裂、页见贝马鱼鸟麦黄黑齿齐")]
    [InlineData("en", "Replaced 2 windows (工程) – 100 %")]
    public void Given_a_form_When_its_text_is_read_Then_it_has_the_characters_that_were_written(
        string language,
        string text
    )
    {
        SkipWithoutFonts();
        using var font = new FormFont(null);

        Read(Print(font, Form(text) with { Language = CultureInfo.GetCultureInfo(language) }))
            .ShouldContain(text.Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Rule", "Form3.3.2")]
    public void Given_rare_characters_tabs_and_signs_When_printed_Then_another_font_has_them()
    {
        SkipWithoutFonts();
        Assert.SkipUnless(
            File.Exists(Servers.Fonts.Rare) && File.Exists(Servers.Fonts.Signs),
            "The packages fonts-hanazono and fonts-symbola are not installed."
        );
        using var font = new FormFont(null);

        var printed = Printed(font, Form("高度\t250 ➜ 𠀀🏗\uFE0F\u200B⼯程"));

        printed.Missing.ShouldBeEmpty();
        Read(printed.Pdf).ShouldContain("高度250➜𠀀🏗工程");
    }

    [Fact]
    [Trait("Rule", "Form3.3.2")]
    public void Given_a_character_that_no_font_has_When_printed_Then_its_number_stands_there_and_is_told()
    {
        SkipWithoutFonts();
        using var font = new FormFont(null, "");

        var printed = Printed(font, Form("塔吊🏗𠀀壞"));

        printed.Missing.ShouldBe(["U+1F3D7", "U+20000"]);
        Read(printed.Pdf).ShouldContain("塔吊[U+1F3D7][U+20000]壞");
    }

    [Theory]
    [InlineData("責任部門", 140, 56)]
    [InlineData("責任部門", 500, 92)]
    [InlineData("Responsible department", 140, 78)]
    [InlineData("Responsible department", 100, 60)]
    public void Given_a_label_When_placed_Then_its_column_widens_only_so_that_no_word_is_broken(
        string label,
        float cell,
        float column
    ) => SheetDrawing.LabelWidth(label, cell, text => 6 * text.Length).ShouldBe(column, 0.01f);

    [Theory]
    [InlineData(100)]
    [InlineData(560)]
    public void Given_a_chart_at_the_end_of_a_page_When_printed_Then_it_is_drawn_once(float above)
    {
        Assert.SkipUnless(File.Exists(Servers.Fonts.Cjk), "The package fonts-noto-cjk is not installed.");
        using var font = new FormFont(null);
        var chart = new FormCell("chart", "", null)
        {
            Chart = new FormChart(["甲"], [new("2026", [1])]),
            Room = FormChart.Room,
        };

        var pdf = Print(
            font,
            Form(null) with
            {
                Sections =
                [
                    new("a", null, [FormRow.Of(new FormCell("a", "甲", "乙").WithRoom(above))]),
                    new("b", "按產品", [FormRow.Of(chart)]),
                ],
            }
        );

        Regex.Count(Encoding.Latin1.GetString(pdf), "/Subtype /Image").ShouldBe(1);
    }

    [Fact]
    public void Given_a_signature_that_does_not_fit_When_printed_Then_it_takes_what_was_signed_along()
    {
        SkipWithoutFonts();
        using var font = new FormFont(null);
        var signed = new FormCell("b", "單位簽收", "已於 2026-11-30 簽收。").Signed(new FormCell("by", "簽收人", "趙"));

        var pdf = Print(
            font,
            Form(null) with
            {
                Sections =
                [
                    new("a", null, [FormRow.Of(new FormCell("a", "甲", "乙").WithRoom(615)), FormRow.Of(signed)]),
                ],
            }
        );

        Pages(pdf).ShouldBe(2);
        Read(pdf).ShouldNotContain("continued");
    }

    [Fact]
    public void Given_a_word_that_is_longer_than_its_column_When_placed_Then_cells_with_room_give_it_theirs()
    {
        var columns = SheetDrawing.Columns(
            [("Dept", "Production", 1, true), ("By", "Li", 1, true), ("Representative", "Wu", 1, true)],
            300,
            text => 6 * text.Length
        );

        columns.Sum(column => column.Width).ShouldBe(300, 0.01f);
        // Words of 10 and of 14 characters, each with 6 points on both sides.
        (columns[0].Width - columns[0].Label).ShouldBeGreaterThanOrEqualTo(72 - 0.01f);
        columns[2].Label.ShouldBeGreaterThanOrEqualTo(96 - 0.01f);
    }

    [Fact]
    public void Given_a_narrow_cell_beside_a_wide_signed_one_When_printed_Then_its_word_stands_whole()
    {
        SkipWithoutFonts();
        using var font = new FormFont(null);
        var signed = new FormCell("b", "Notice", "乙").Wide(3).Signed(new FormCell("by", "Received by", "羅永強"));

        var pdf = Print(
            font,
            Form(null) with
            {
                Sections = [new("a", null, [FormRow.Of(new FormCell("a", "Department", "Production"), signed)])],
            }
        );

        Read(pdf).ShouldContain("Production");
    }

    [Fact]
    public void Given_words_that_fit_When_placed_Then_the_cells_keep_their_shares() =>
        SheetDrawing
            .Columns([("No.", "1", 1, true), ("Date", "2026-11-29", 2, true)], 300, text => 6 * text.Length)
            .ShouldBe([(100f, 40f), (200f, 80f)]);

    private static void SkipWithoutFonts()
    {
        Assert.SkipUnless(File.Exists(Servers.Fonts.Cjk), "The package fonts-noto-cjk is not installed.");
        Assert.SkipUnless(File.Exists(Servers.Fonts.PdfReader), "The package poppler-utils is not installed.");
    }

    /// <summary>The text of a PDF without white space; the file stays where CS_PRINTED_FORMS says.</summary>
    private static string Read(byte[] pdf)
    {
        var folder = Environment.GetEnvironmentVariable("CS_PRINTED_FORMS") is { Length: > 0 } wanted
            ? wanted
            : Path.GetTempPath();
        var file = Path.Combine(folder, $"form-{Guid.NewGuid():N}.pdf");
        File.WriteAllBytes(file, pdf);
        using var reader = Process.Start(
            new ProcessStartInfo(Servers.Fonts.PdfReader, ["-layout", file, "-"]) { RedirectStandardOutput = true }
        )!;
        var text = reader.StandardOutput.ReadToEnd();
        reader.WaitForExit();
        if (folder == Path.GetTempPath())
        {
            File.Delete(file);
        }

        return string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
    }

    private static byte[] Print(FormFont font, FormDocument form) => Printed(font, form).Pdf;

    private static PrintedForm Printed(FormFont font, FormDocument form) =>
        form.Print(font, new FormWords("continued", "{0} / {1}"), DateTimeOffset.UnixEpoch);

    private static int Pages(byte[] pdf) => Regex.Count(Encoding.Latin1.GetString(pdf), @"/Type /Page\b");

    private static FormDocument Form(string? text)
    {
        static FormCell Cell(string label, string? value) => new(label, label, value);
        FormRow Block(string label) =>
            FormRow.Of(Cell(label, text).WithRoom(128).Signed(Cell("簽名", null), Cell("日期", null)));
        return new FormDocument
        {
            Form = "3.3.2",
            Title = "工程維修記錄表",
            Number = "WX-2026-000001",
            Language = CultureInfo.GetCultureInfo("zh-Hant"),
            Version = 1,
            Sections =
            [
                new("order", null, [FormRow.Of(Cell("維修單位", "宏達防水"), Cell("編號", "WX-2026-000001"))]),
                new("repair", null, [Block("維修內容"), Block("維修記錄"), Block("檢驗意見"), Block("業主評價")]),
            ],
        };
    }
}
