using CustomerService.ServiceDefaults;
using SkiaSharp;

namespace CustomerService.Forms;

/// <summary>A label: a QR code and up to four lines beside it.</summary>
/// <param name="Link">What a scan reads.</param>
/// <param name="Lines">The first one is the number, set larger.</param>
public sealed record SmallLabel(string Link, IReadOnlyList<string> Lines);

/// <summary>Sheets of labels of 50 × 30 mm, four times nine on A4.</summary>
public static class SmallLabels
{
    private const float Millimetre = 72f / 25.4f;
    private const float PageWidth = 210 * Millimetre;
    private const float PageHeight = 297 * Millimetre;
    private const float Width = 50 * Millimetre;
    private const float Height = 30 * Millimetre;
    private const int Columns = 4;
    private const int Rows = 9;
    private const float Left = (PageWidth - (Columns * Width)) / 2;
    private const float Top = (PageHeight - (Rows * Height)) / 2;
    private const float Code = 24 * Millimetre;
    private const float Margin = 2 * Millimetre;
    private const float Large = 7.5f;
    private const float Small = 6.5f;
    private const float Leading = 9.5f;

    /// <summary>The PDF.</summary>
    /// <param name="language">In whose shapes characters are drawn; Traditional Chinese by default.</param>
    /// <exception cref="FontMissingException">There is no font with Chinese characters.</exception>
    public static PrintedForm Print(
        IReadOnlyList<SmallLabel> labels,
        FormFont font,
        string title,
        DateTimeOffset now,
        FormLanguage? language = null
    )
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(font);
        using var setter = new Typesetter(font.Faces(language?.Tag ?? Texts.Languages[0]));
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        var pdf = PdfFile.Make(
            title,
            now,
            document =>
            {
                foreach (var page in labels.Chunk(Columns * Rows))
                {
                    var canvas = document.BeginPage(PageWidth, PageHeight);
                    for (var i = 0; i < page.Length; i++)
                    {
                        Draw(canvas, setter, page[i], Left + (i % Columns * Width), Top + (i / Columns * Height), ink);
                    }

                    document.EndPage();
                }
            }
        );
        return PdfFile.WithText(pdf, setter);
    }

    private static void Draw(SKCanvas canvas, Typesetter setter, SmallLabel label, float x, float y, SKPaint ink)
    {
        QrMark.Draw(canvas, label.Link, x, y + ((Height - Code) / 2), Code, ink);
        var (left, room) = (x + Code, Width - Code - Margin);
        var top = y + (2 * Margin) + Large;
        for (var i = 0; i < label.Lines.Count && i < 4; i++)
        {
            var size = i == 0 ? Large : Small;
            // What does not fit goes on in the next line: a number that is cut off names another unit.
            foreach (
                var line in LineBreaks.Of(setter.Printable(label.Lines[i]), room, piece => setter.Measure(piece, size))
            )
            {
                // The number and the serial always stand whole; of what follows, as much as the label holds.
                if (i > 1 && top > y + Height - Margin)
                {
                    return;
                }

                setter.Draw(canvas, line, left, top, SKTextAlign.Left, size, ink);
                top += Leading;
            }
        }
    }
}
