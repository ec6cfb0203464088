using SkiaSharp;

namespace CustomerService.Forms;

/// <summary>A label to be cut out: a square code with a few lines beside it.</summary>
/// <param name="Link">What a scan reads.</param>
/// <param name="Title">First line.</param>
/// <param name="Code">What people type instead, in large letters.</param>
/// <param name="Lines">Further lines.</param>
public sealed record PrintedLabel(string Link, string Title, string Code, IReadOnlyList<string> Lines);

/// <summary>Labels on A4, two beside each other and six below each other, with lines to cut along.</summary>
public static class LabelSheet
{
    private const float Width = 595.28f;
    private const float Height = 841.89f;
    private const float Margin = 28;
    private const int Columns = 2;
    private const int Rows = 6;
    private const float Padding = 9;
    private const float Leading = 12;
    private const float Size = 9;
    private const float CodeSize = 13;
    private const float SmallSize = 7.5f;

    /// <summary>The PDF.</summary>
    /// <param name="labels">The labels, in order.</param>
    /// <param name="title">Title of the document.</param>
    /// <param name="font">The font of the forms.</param>
    /// <param name="language">Language of the labels.</param>
    /// <param name="now">Instant of printing.</param>
    /// <exception cref="FontMissingException">There is no font with Chinese characters.</exception>
    public static PrintedForm Print(
        IReadOnlyList<PrintedLabel> labels,
        string title,
        FormFont font,
        string language,
        DateTimeOffset now
    )
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(font);
        using var setter = new Typesetter(font.Faces(language));
        var pdf = PdfFile.Make(
            title,
            now,
            document =>
            {
                foreach (var page in labels.Chunk(Columns * Rows))
                {
                    DrawPage(document.BeginPage(Width, Height), page, setter);
                    document.EndPage();
                }
            }
        );
        return PdfFile.WithText(pdf, setter);
    }

    private static void DrawPage(SKCanvas canvas, PrintedLabel[] labels, Typesetter setter)
    {
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        using var cut = new SKPaint
        {
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 0.5f,
            Color = new SKColor(0x99, 0x99, 0x99),
            PathEffect = SKPathEffect.CreateDash([3, 3], 0),
        };
        const float width = (Width - (2 * Margin)) / Columns;
        const float height = (Height - (2 * Margin)) / Rows;
        for (var i = 0; i < labels.Length; i++)
        {
            var (x, y) = (Margin + (i % Columns * width), Margin + (i / Columns * height));
            canvas.DrawRect(x, y, width, height, cut);
            var side = height - (2 * Padding);
            QrMark.Draw(canvas, labels[i].Link, x + Padding, y + Padding, side, ink);
            var left = x + (2 * Padding) + side;
            DrawLines(canvas, labels[i], left, y + Padding + Leading, x + width - Padding - left, setter, ink);
        }
    }

    private static void DrawLines(
        SKCanvas canvas,
        PrintedLabel label,
        float x,
        float y,
        float width,
        Typesetter setter,
        SKPaint ink
    )
    {
        foreach (var line in Lines(label.Title, Size))
        {
            Write(line, Size, Leading);
        }

        y += 4;
        Write(label.Code, CodeSize, Leading + 5);
        foreach (var line in label.Lines.SelectMany(line => Lines(line, SmallSize)))
        {
            Write(line, SmallSize, Leading - 1.5f);
        }

        List<string> Lines(string text, float size) =>
            LineBreaks.Of(setter.Printable(text), width, piece => setter.Measure(piece, size));

        void Write(string text, float size, float leading)
        {
            setter.Draw(canvas, setter.Printable(text), x, y, SKTextAlign.Left, size, ink);
            y += leading;
        }
    }
}
