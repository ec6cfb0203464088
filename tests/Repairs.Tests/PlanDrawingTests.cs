using System.IO.Compression;
using System.Text;
using CustomerService.Forms;
using CustomerService.Testing;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Tokens;

namespace CustomerService.Repairs.Tests;

/// <summary>Extracts of drawings in PDF (P3.3): the right place, as vectors, whatever the drawing is like.</summary>
public sealed class PlanDrawingTests
{
    private const string Crop = "/CropBox[100 50 300 250]";

    // Where the text of the drawing is read: worked out by hand, and seen so in a viewer.
    [Theory]
    [Trait("Rule", "P3.3")]
    [InlineData(0, "", 0.625, 0.6667)]
    [InlineData(90, "", 0.3333, 0.625)]
    [InlineData(180, "", 0.375, 0.3333)]
    [InlineData(270, "", 0.6667, 0.375)]
    [InlineData(0, Crop, 0.75, 0.75)]
    [InlineData(90, Crop, 0.25, 0.75)]
    [InlineData(180, Crop, 0.25, 0.25)]
    [InlineData(-90, Crop, 0.75, 0.25)]
    public void Given_a_page_turned_and_cropped_When_its_place_is_cut_out_Then_it_stands_in_the_middle(
        int turned,
        string crop,
        double x,
        double y
    )
    {
        var extract = PdfDrawings.Extract(TestPictures.Plan("Here", turned, crop, pages: 3), 3, x, y).ShouldNotBeNull();

        using var read = PdfDocument.Open(extract);
        var page = read.GetPage(1);
        var lies = turned % 180 != 0;
        var (width, height) =
            crop.Length > 0 ? (200, 200)
            : lies ? (300, 400)
            : (400, 300);
        (page.Width, page.Height).ShouldBe((width * 0.4, height * 0.4));
        string.Concat(page.Letters.Select(letter => letter.Value)).ShouldBe("Here");
        page.Letters[0].StartBaseLine.X.ShouldBe(page.Width / 2, 0.1);
        page.Letters[0].StartBaseLine.Y.ShouldBe(page.Height / 2, 0.1);
        Ring(page).ShouldBe((page.Width / 2, page.Height / 2));
    }

    [Fact]
    [Trait("Rule", "P3.3")]
    public void Given_a_place_at_the_edge_When_cut_out_Then_the_extract_keeps_within_the_sheet()
    {
        using var read = PdfDocument.Open(PdfDrawings.Extract(TestPictures.Plan("Here"), 1, 0, 1).ShouldNotBeNull());

        Ring(read.GetPage(1)).ShouldBe((0, 0));
    }

    [Fact]
    [Trait("Rule", "P3.3")]
    public void Given_several_places_on_one_drawing_When_cut_out_at_once_Then_each_is_as_if_it_were_alone()
    {
        var plan = TestPictures.Plan("Here", pages: 3);
        DrawnPlace[] places = [new(3, 0.625, 0.6667), new(4, 0.5, 0.5), new(1, 0.1, 0.2)];

        var extracts = PdfDrawings.Extract(plan, places);
        var pictures = Pictures.Extract(TestPictures.Png, places, 300);

        extracts[1].ShouldBeNull("there is no such page");
        foreach (var at in new[] { 0, 2 })
        {
            extracts[at].ShouldBe(PdfDrawings.Extract(plan, places[at].Page, places[at].X, places[at].Y));
        }

        pictures.Count.ShouldBe(3);
        pictures[2].ShouldBe(Pictures.Extract(TestPictures.Png, 0.1, 0.2, 300));
        pictures[0].ShouldNotBe(pictures[2]);
    }

    [Fact]
    [Trait("Rule", "P3.3")]
    public void Given_an_extract_When_a_form_is_printed_Then_it_stands_in_its_frame_and_the_text_can_be_read()
    {
        using var font = new FormFont(null);
        var extract = PdfDrawings.Extract(TestPictures.Plan("Here"), 1, 0.625, 0.6667)!;
        var form = Form(
            FormRow.Of(new FormCell("a", "施工", string.Join('\n', Enumerable.Repeat("工", 60)))),
            FormRow.Of(new FormCell("p", "建施-05", "B 版").Showing(extract))
        );

        var pdf = form.Print(font, new("continued", "{0} / {1}"), DateTimeOffset.UnixEpoch).Pdf;

        using var read = PdfDocument.Open(pdf);
        read.NumberOfPages.ShouldBe(2);
        read.GetPage(1).Letters.ShouldNotContain(letter => letter.Value == "H");
        read.GetPage(1).Text.ShouldContain("維修任務書");
        var page = read.GetPage(2);
        page.Text.ShouldContain("建施-05");
        page.Text.ShouldContain("Here");
        var here = page.Letters.First(letter => letter.Value == "H").StartBaseLine;
        here.X.ShouldBe(page.Width / 2, 0.5);
        var caption = page.Letters.First(letter => letter.Value == "建").StartBaseLine.Y;
        here.Y.ShouldBeInRange(caption + 30, page.Height - 104);
    }

    [Fact]
    [Trait("Rule", "P3.3")]
    public void Given_a_drawing_with_a_layer_that_is_off_When_printed_Then_it_stays_off()
    {
        const string content = "/OC/L1 BDC 0 0 9 9 re f EMC /OC/L2 BDC 9 9 9 9 re f EMC";
        var drawing = TestPictures.PdfOf(
            "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[5 0 R 6 0 R]/D<</OFF[6 0 R]>>>>>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 40 30]/Contents 4 0 R"
                + "/Resources<</Properties<</L1 5 0 R/L2 6 0 R>>>>>>",
            $"<</Length {content.Length}>>\nstream\n{content}\nendstream",
            "<</Type/OCG/Name(walls)>>",
            "<</Type/OCG/Name(wires)>>"
        );
        using var font = new FormFont(null);

        var extract = PdfDrawings.Extract(drawing, 1, 0.5, 0.5).ShouldNotBeNull();
        var printed = Form(new FormRow([new FormCell("p", "建施-05", "B 版").Showing(extract)]))
            .Print(font, new("continued", "{0} / {1}"), DateTimeOffset.UnixEpoch);

        LayersOff(extract).ShouldBe(["wires"]);
        LayersOff(printed.Pdf).ShouldBe(["wires"]);
    }

    [Fact]
    public void Given_a_file_that_is_no_drawing_or_a_trap_When_cut_out_Then_there_is_no_extract_and_nothing_falls()
    {
        var plan = TestPictures.Plan("Here");
        PdfDrawings.Pages(plan).ShouldBe(1);
        PdfDrawings.Extract(plan, 2, 0.5, 0.5).ShouldBeNull("there is no such page");
        PdfDrawings.Extract(plan, 0, 0.5, 0.5).ShouldBeNull("there is no such page");
        foreach (
            var (name, file) in new (string, byte[])[]
            {
                ("empty", []),
                ("picture", TestPictures.Png),
                ("no pages", TestPictures.Pdf),
                ("cut off", plan[..(plan.Length / 3)]),
                ("noise", [.. "%PDF-1.7\n"u8, .. Enumerable.Range(0, 50_000).Select(i => (byte)(i * 7919 % 251))]),
                ("pages in a circle", Tree("<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>")),
                ("content that is not there", Contents("[99 0 R 98 0 R]", "")),
                (
                    "packed in an unknown way",
                    Contents("[4 0 R 4 0 R]", "<</Length 1/Filter/Unknown>>stream\nx\nendstream")
                ),
                (
                    "nested deep",
                    Contents("[4 0 R]/Resources " + new string('[', 20_000) + new string(']', 20_000), "1")
                ),
                ("a bomb", Bomb()),
            }
        )
        {
            Should.NotThrow(() => PdfDrawings.Extract(file, 1, 0.5, 0.5), name);
            if (name is not ("content that is not there" or "nested deep"))
            {
                PdfDrawings.Extract(file, 1, 0.5, 0.5).ShouldBeNull(name);
            }
        }
    }

    private static FormDocument Form(params FormRow[] rows) =>
        new()
        {
            Form = "RW",
            Title = "維修任務書",
            Number = "WX-1",
            Language = new("zh-Hant"),
            Version = 1,
            Sections = [new("plan", null, rows)],
        };

    private static IEnumerable<string> LayersOff(byte[] pdf)
    {
        using var read = PdfDocument.Open(pdf);
        var layers = (DictionaryToken)read.Structure.Catalog.CatalogDictionary.Data["OCProperties"];
        ((ArrayToken)layers.Data["OCGs"]).Length.ShouldBe(2);
        return
        [
            .. ((ArrayToken)((DictionaryToken)layers.Data["D"]).Data["OFF"])
                .Data.Cast<IndirectReferenceToken>()
                .Select(layer => (DictionaryToken)read.Structure.GetObject(layer.Data).Data)
                .Select(group =>
                    group.Data["Name"] is HexToken name ? name.Data : ((StringToken)group.Data["Name"]).Data
                ),
        ];
    }

    private static byte[] Tree(string pages) => TestPictures.PdfOf("<</Type/Catalog/Pages 2 0 R>>", pages);

    private static byte[] Contents(string contents, string stream) =>
        TestPictures.PdfOf(
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents {contents}>>",
            stream
        );

    // 150 MB of zeros in 150 kB.
    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[1_000_000];
            for (var i = 0; i < 150; i++)
            {
                zip.Write(zeros);
            }
        }

        return Contents(
            "[4 0 R 4 0 R]",
            $"<</Filter/FlateDecode/Length {packed.Length}>>\nstream\n{Encoding.Latin1.GetString(packed.ToArray())}\nendstream"
        );
    }

    // The dot in the middle of the ring is the last thing that is drawn.
    private static (double X, double Y) Ring(Page page)
    {
        var dot = page.Paths[^1].GetBoundingRectangle()!.Value;
        return (Math.Round((dot.Left + dot.Right) / 2, 3), Math.Round((dot.Bottom + dot.Top) / 2, 3));
    }
}
