using SkiaSharp;

namespace CustomerService.Forms;

/// <summary>A label to be cut out: a square code with a few lines beside it.</summary>
/// <param name="Modules">The code, row by row; true is black.</param>
/// <param name="Title">First line.</param>
/// <param name="Code">What people type instead, in large letters.</param>
/// <param name="Lines">Further lines.</param>
public sealed record PrintedLabel(
    IReadOnlyList<IReadOnlyList<bool>> Modules,
    string Title,
    string Code,
    IReadOnlyList<string> Lines
);

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
            foreach (var page in labels.Chunk(Columns * Rows))
            {
                DrawPage(document.BeginPage(Width, Height), page, setter);
                document.EndPage();
            }

            document.Close();
        }

        using var data = stream.DetachAsData();
        return new(TextLayer.Correct(data.ToArray(), setter.Meant), [.. setter.Missing.Select(Typesetter.NameOf)]);
    }

    private static void DrawPage(SKCanvas canvas, PrintedLabel[] labels, Typesetter setter)
    {
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        // Scanners read sharp edges best.
        using var module = new SKPaint { Color = SKColors.Black, IsAntialias = false };
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
            DrawCode(canvas, labels[i].Modules, x + Padding, y + Padding, side, module);
            var left = x + (2 * Padding) + side;
            DrawLines(canvas, labels[i], left, y + Padding + Leading, x + width - Padding - left, setter, ink);
        }
    }

    private static void DrawCode(
        SKCanvas canvas,
        IReadOnlyList<IReadOnlyList<bool>> modules,
        float x,
        float y,
        float side,
        SKPaint ink
    )
    {
        var step = side / modules.Count;
        for (var row = 0; row < modules.Count; row++)
        {
            for (var column = 0; column < modules[row].Count; column++)
            {
                if (modules[row][column])
                {
                    canvas.DrawRect(x + (column * step), y + (row * step), step, step, ink);
                }
            }
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
        foreach (var line in Broken(setter, label.Title, Size, width))
        {
            Write(line, Size, Leading);
        }

        y += 4;
        Write(label.Code, CodeSize, Leading + 5);
        foreach (var line in label.Lines.SelectMany(line => Broken(setter, line, SmallSize, width)))
        {
            Write(line, SmallSize, Leading - 1.5f);
        }

        void Write(string text, float size, float leading)
        {
            setter.Draw(canvas, setter.Printable(text), x, y, SKTextAlign.Left, size, ink);
            y += leading;
        }
    }

    // Labels are short: they break where the line is full, at a blank where there is one.
    private static IEnumerable<string> Broken(Typesetter setter, string text, float size, float width)
    {
        var rest = setter.Printable(text);
        while (rest.Length > 0)
        {
            var fits = rest.Length;
            while (fits > 1 && setter.Measure(rest[..fits], size) > width)
            {
                fits--;
            }

            if (fits < rest.Length && rest.LastIndexOf(' ', fits - 1) is var blank and > 0)
            {
                fits = blank;
            }

            yield return rest[..fits].Trim();
            rest = rest[fits..].TrimStart();
        }
    }
}
