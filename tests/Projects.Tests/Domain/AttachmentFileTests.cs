using System.Text;
using CustomerService.Attachments;
using SkiaSharp;

namespace CustomerService.Projects.Tests.Domain;

/// <summary>Files that are handed in: whole, and under a name that says what they are.</summary>
public sealed class AttachmentFileTests
{
    [Theory, Trait("Rule", "P3.3")]
    [InlineData("發票.hta", "application/pdf", "發票.pdf")]
    [InlineData("photo.JPG", "image/jpeg", "photo.JPG")]
    [InlineData("scan.jpeg.exe", "image/jpeg", "scan.jpeg.jpg")]
    [InlineData("報告 2026.06.01", "application/pdf", "報告 2026.06.01.pdf")]
    [InlineData("C:\\temp\\漏水.png", "image/png", "漏水.png")]
    [InlineData("../../etc/passwd", "image/webp", "passwd.webp")]
    [InlineData("a\u202Egnp.exe", "image/png", "agnp.png")]
    [InlineData("a\u0000\u0007b\u200B.pdf", "application/pdf", "ab.pdf")]
    [InlineData("a<b>|\"c\".pdf", "application/pdf", "a_b___c_.pdf")]
    [InlineData("virus.hta. .", "application/pdf", "virus.pdf")]
    [InlineData("\u200B", "application/pdf", "file.pdf")]
    [InlineData(".htaccess", "application/pdf", "file.pdf")]
    public void Given_a_name_When_the_file_is_kept_Then_it_has_the_extension_of_the_content_and_no_hidden_sign(
        string given,
        string type,
        string kept
    ) => FileNames.Of(given, type).ShouldBe(kept);

    [Fact, Trait("Rule", "P3.3")]
    public void Given_a_long_name_When_kept_Then_its_extension_stays()
    {
        var name = FileNames.Of(new string('漏', 500) + ".png", "image/png");

        name.Length.ShouldBe(FileNames.Longest);
        name.ShouldEndWith("漏.png");
    }

    [Theory, Trait("Rule", "P3.3")]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void Given_a_picture_When_its_end_is_cut_off_Then_it_is_incomplete(SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(64, 48);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.White);
            using var paint = new SKPaint { Color = SKColors.Red };
            canvas.DrawCircle(20, 20, 13, paint);
        }

        var whole = bitmap.Encode(format, 80).ToArray();

        FileKinds.IsComplete(whole).ShouldBeTrue();
        FileKinds.IsComplete([.. whole, 1, 2, 3]).ShouldBeTrue("cameras append what is theirs");
        for (var length = 0; length < whole.Length - 1; length++)
        {
            FileKinds.IsComplete(whole.AsSpan(0, length)).ShouldBeFalse($"{length} of {whole.Length}");
        }
    }

    [Theory, Trait("Rule", "P3.3")]
    [InlineData("%PDF-", false)]
    [InlineData("%PDF-1.7 <script>", false)]
    [InlineData("%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9", false)]
    [InlineData("%PDF-1.7\nstartxref\n9\n%%EOF", false)]
    [InlineData("%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n", true)]
    public void Given_a_PDF_When_it_lacks_its_end_or_its_objects_Then_it_is_incomplete(string content, bool complete) =>
        FileKinds.IsComplete(Encoding.ASCII.GetBytes(content)).ShouldBe(complete);
}
