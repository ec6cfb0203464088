using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CustomerService.Forms;
using CustomerService.Testing;
using SkiaSharp;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace CustomerService.Repairs.Tests;

/// <summary>An extract of a drawing (P3.3) holds what it shows and nothing else of the page.</summary>
public sealed class PlanCutTests
{
    // Of a page of 400 × 300 the part from (170, 40) to (330, 160), points from the lower left.
    private const double X = 0.625;
    private const double Y = 200.0 / 300;

    private static readonly string[] Outside = ["Kitchen", "Bath", "Lobby", "Secret", "Hidden", "Attic", "Cellar"];

    [Fact]
    [Trait("Rule", "P3.3")]
    public void Given_a_page_with_text_all_over_When_a_part_is_cut_out_Then_only_its_text_is_in_the_file()
    {
        var extract = PdfDrawings.Extract(Drawing(), 1, X, Y).ShouldNotBeNull();

        using var read = PdfDocument.Open(extract);
        var page = read.GetPage(1);
        string.Concat(page.Letters.Select(letter => letter.Value)).ShouldBe("HereWall WindowRoomNextDoor");
        page.Letters.ShouldAllBe(letter => letter.BoundingBox.Left < page.Width && letter.BoundingBox.Right > 0);
        foreach (var text in new[] { Unpacked(extract), Text(extract) })
        {
            foreach (var word in Outside)
            {
                text.ShouldNotContain(word);
                text.ShouldNotContain(Convert.ToHexString(Encoding.Latin1.GetBytes(word)));
            }
        }
    }

    [Fact]
    [Trait("Rule", "P3.3")]
    public void Given_lines_areas_and_pictures_over_the_edge_When_a_part_is_cut_out_Then_they_end_there()
    {
        var extract = PdfDrawings.Extract(Drawing(), 1, X, Y).ShouldNotBeNull();

        using var read = PdfDocument.Open(extract);
        var page = read.GetPage(1);
        page.Paths.Count.ShouldBeGreaterThan(6);
        page.Paths.Select(path => path.GetBoundingRectangle()!.Value)
            .ShouldAllBe(box => box.Left > -20 && box.Right < 180 && box.Bottom > -20 && box.Top < 140);
        var images = page.GetImages().ToList();
        images
            .Select(image => (image.WidthInSamples, image.HeightInSamples))
            .ShouldBe(
                [(8, 16), (16, 8), (8, 4)],
                "one wholly outside is not there, the others as far as they are seen"
            );
        extract.Length.ShouldBeLessThan(20_000);
    }

    [Fact]
    [Trait("Rule", "P3.3")]
    public async Task Given_a_drawing_When_a_part_is_cut_out_Then_it_looks_as_in_the_drawing()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/pdftoppm"), "The package poppler-utils is not installed.");
        var drawing = Drawing();
        foreach (var (x, y) in new[] { (X, Y), (0.3, 0.4), (0.8, 0.6), (0.2, 0.9) })
        {
            using var part = await PictureAsync(PdfDrawings.Extract(drawing, 1, x, y).ShouldNotBeNull());
            using var whole = await PictureAsync(drawing);

            (part.Width, part.Height).ShouldBe((320, 240));
            var (left, top) = (
                (int)Math.Round(Math.Clamp((x * 800) - 160, 0, 480)),
                (int)Math.Round(Math.Clamp((y * 600) - 120, 0, 360))
            );
            var (ringX, ringY) = ((x * 800) - left, (y * 600) - top);
            var different = 0;
            for (var at = 0; at < part.Width * part.Height; at++)
            {
                var (toX, toY) = (at % part.Width, at / part.Width);
                var (a, b) = (part.GetPixel(toX, toY), whole.GetPixel(left + toX, top + toY));
                var isRing = Math.Pow(toX - ringX, 2) + Math.Pow(toY - ringY, 2) < 400;
                different +=
                    !isRing && Math.Abs(a.Red - b.Red) + Math.Abs(a.Green - b.Green) + Math.Abs(a.Blue - b.Blue) > 90
                        ? 1
                        : 0;
            }

            different.ShouldBeLessThan(300, $"points of 76800 at {x}, {y}");
        }
    }

    [Fact]
    [Trait("Rule", "P3.3")]
    public void Given_forms_that_draw_each_other_without_end_When_cut_out_Then_it_ends()
    {
        const string content = "/A Do";
        var drawing = TestPictures.PdfOf(
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 40 30]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>>>",
            $"<</Length {content.Length}>>\nstream\n{content}\nendstream",
            "<</Type/XObject/Subtype/Form/BBox[0 0 40 30]/Resources<</XObject<</B 6 0 R>>>>/Length 5>>\nstream\n/B Do\nendstream",
            "<</Type/XObject/Subtype/Form/BBox[0 0 40 30]/Resources<</XObject<</A 5 0 R>>>>/Length 9>>\nstream\nQ Q /A Do\nendstream"
        );

        PdfDrawings.Extract(drawing, 1, 0.5, 0.5).ShouldNotBeNull().Length.ShouldBeLessThan(20_000);
    }

    private static byte[] Drawing()
    {
        var content = string.Join(
            '\n',
            // Areas, lines, a clip.
            "q 0.9 0.95 1 rg 100 20 260 100 re f Q",
            "q 1 0.8 0.8 rg 200 150 m 300 150 l 350 260 l 150 260 l h f* Q",
            "q 0 0 1 RG 3 w 0 130 m 400 130 l 390 10 l S Q",
            "q 0 0.5 0 RG 2 w 60 60 m 60 200 300 250 390 60 c S Q",
            "q [6 3] 0 d 20 45 m 380 45 l S Q",
            "q 4 w 180 50 30 20 re S 10 200 60 60 re S Q",
            "q 150 55 100 30 re W n 0.7 0.9 0.7 rg 0 0 400 60 re f Q",
            "q 0.5 g 320 20 m 380 20 l 380 90 l b 0 0 5 5 re B Q",
            // Text.
            "BT /F1 6 Tf 250 100 Td (Here) Tj ET",
            "BT /F1 8 Tf 20 250 Td (Kitchen) Tj 0 -12 TD (Bath) ' ET",
            "BT /F1 8 Tf 100 110 Td [(Lobby and a wall ) -2000 (Wall ) -3000 (Window) -12000 (Lobby)] TJ ET",
            "q 0 1 -1 0 300 60 cm BT /F1 7 Tf 0 0 Td (Room) Tj 10 140 Td (Attic) Tj ET Q",
            "BT /F1 7 Tf 1 0 0 1 20 150 Tm 12 TL (Cellar) Tj 180 0 Td (Next) Tj ET",
            "/Span <</ActualText (Secret)>> BDC BT /F1 7 Tf 20 20 Td (Secret) Tj ET EMC",
            "q 1 0 0 1 10 10 cm /Block Do Q",
            "q 1 0 0 1 -160 -100 cm /Block Do Q",
            // Pictures: over the right edge, over the upper edge, outside.
            "q 60 0 0 40 300 60 cm /Points Do Q",
            "q 40 0 0 60 190 130 cm /Photo Do Q",
            "q 40 0 0 40 10 80 cm /Points Do Q",
            "q 24 0 0 24 320 48 cm BI /W 16 /H 4 /BPC 8 /CS /G ID "
                + new string('a', 32)
                + new string('z', 32)
                + "\nEI Q"
        );
        const string block = "BT /F1 7 Tf 200 60 Td (Door) Tj -190 20 Td (Hidden) Tj ET 1 0 0 RG 0 0 300 80 re S";
        var points = string.Concat(
            Enumerable.Range(0, 256).Select(at => $"{at % 16 * 16:X2}{at / 16 * 16:X2}{(at % 2 == 0 ? "40" : "C0")}")
        );
        return TestPictures.PdfOf(
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R/Resources"
                + "<</Font<</F1 5 0 R>>/XObject<</Block 6 0 R/Points 7 0 R/Photo 8 0 R>>>>>>",
            Stream("", content),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            Stream("/Type/XObject/Subtype/Form/BBox[0 0 320 90]/Resources<</Font<</F1 5 0 R>>>>", block),
            Stream(
                "/Type/XObject/Subtype/Image/Width 16/Height 16/BitsPerComponent 8/ColorSpace/DeviceRGB"
                    + "/Filter/ASCIIHexDecode",
                points + ">"
            ),
            Stream(
                "/Type/XObject/Subtype/Image/Width 16/Height 16/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode",
                Encoding.Latin1.GetString(Photo())
            )
        );
    }

    private static string Stream(string entries, string content) =>
        $"<<{entries}/Length {content.Length}>>\nstream\n{content}\nendstream";

    private static byte[] Photo()
    {
        using var bitmap = new SKBitmap(16, 16);
        for (var at = 0; at < 256; at++)
        {
            bitmap.SetPixel(at % 16, at / 16, new SKColor(200, (byte)(at / 16 * 16), 60));
        }

        using var encoded = bitmap.Encode(SKEncodedImageFormat.Jpeg, 95);
        return encoded.ToArray();
    }

    // All that is in the file, as it is drawn.
    private static string Unpacked(byte[] pdf)
    {
        using var read = PdfDocument.Open(pdf);
        var all = new StringBuilder(Encoding.Latin1.GetString(pdf));
        var size = int.Parse(
            Regex.Match(all.ToString(), "/Size ([0-9]+)").Groups[1].Value,
            CultureInfo.InvariantCulture
        );
        for (var number = 1; number < size; number++)
        {
            if (
                read.Structure.GetObject(new(number, 0))?.Data is UglyToad.PdfPig.Tokens.StreamToken stream
                && !stream.StreamDictionary.ContainsKey(UglyToad.PdfPig.Tokens.NameToken.Width)
                && stream.StreamDictionary.ContainsKey(UglyToad.PdfPig.Tokens.NameToken.Filter)
            )
            {
                using var unpacked = new System.IO.Compression.ZLibStream(
                    new MemoryStream(stream.Data.ToArray()),
                    System.IO.Compression.CompressionMode.Decompress
                );
                using var text = new StreamReader(unpacked, Encoding.Latin1);
                all.Append(text.ReadToEnd());
            }
        }

        return all.ToString();
    }

    private static string Text(byte[] pdf)
    {
        Assert.SkipUnless(File.Exists(Servers.Fonts.PdfReader), "The package poppler-utils is not installed.");
        var file = Path.Combine(Path.GetTempPath(), $"extract-{Guid.NewGuid():N}.pdf");
        File.WriteAllBytes(file, pdf);
        using var reader = Process.Start(
            new ProcessStartInfo(Servers.Fonts.PdfReader, ["-raw", file, "-"]) { RedirectStandardOutput = true }
        )!;
        var text = reader.StandardOutput.ReadToEnd();
        reader.WaitForExit();
        File.Delete(file);
        text.ShouldContain("Here");
        return text;
    }

    private static async Task<SKBitmap> PictureAsync(byte[] pdf)
    {
        var file = Path.Combine(Path.GetTempPath(), $"extract-{Guid.NewGuid():N}.pdf");
        await File.WriteAllBytesAsync(file, pdf);
        using var drawer = Process.Start(
            new ProcessStartInfo("/usr/bin/pdftoppm", ["-r", "144", "-png", "-singlefile", file, file])
        )!;
        await drawer.WaitForExitAsync();
        var picture = SKBitmap.Decode(file + ".png");
        if (Environment.GetEnvironmentVariable("CS_PRINTED_FORMS") is { Length: > 0 } wanted)
        {
            File.Copy(file + ".png", Path.Combine(wanted, Path.GetFileName(file) + ".png"));
        }

        File.Delete(file);
        File.Delete(file + ".png");
        return picture;
    }
}
