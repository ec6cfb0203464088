using SkiaSharp;

namespace CustomerService.Forms;

/// <summary>The frame of every PDF that is made here.</summary>
internal static class PdfFile
{
    /// <summary>Draws the pages.</summary>
    /// <param name="title">Title of the document.</param>
    /// <param name="now">Instant of printing.</param>
    /// <param name="draw">Begins and ends the pages.</param>
    public static byte[] Make(string title, DateTimeOffset now, Action<SKDocument> draw)
    {
        using var stream = new SKDynamicMemoryWStream();
        using (
            var document = SKDocument.CreatePdf(
                stream,
                new SKDocumentPdfMetadata
                {
                    Title = title,
                    Producer = "Customer Service",
                    Creation = now.UtcDateTime,
                    Modified = now.UtcDateTime,
                }
            )
        )
        {
            draw(document);
            document.Close();
        }

        using var data = stream.DetachAsData();
        return data.ToArray();
    }

    /// <summary>With what the characters mean under their glyphs, so that the text can be searched and copied.</summary>
    public static PrintedForm WithText(byte[] pdf, Typesetter setter) =>
        new(TextLayer.Correct(pdf, setter.Meant), [.. setter.Missing.Select(Typesetter.NameOf)]);
}
