using System.Globalization;
using CustomerService.ServiceDefaults;
using SkiaSharp;

namespace CustomerService.Forms;

/// <summary>What stands on every form.</summary>
/// <param name="Continued">Below the label of a cell that goes on from the page before.</param>
/// <param name="PageOf">With {0} for the page and {1} for how many there are.</param>
public sealed record FormWords(string Continued, string PageOf)
{
    /// <summary>In a language.</summary>
    public static FormWords In(Texts texts, CultureInfo language)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return new(texts.Find("form.continued", null, language)!, texts.Find("form.page", null, language)!);
    }
}

/// <summary>What stands at the foot of a cell: who signed and when, with the image of the signature where there
/// is one.</summary>
public sealed record FormFoot(string Text, byte[]? Image = null);

/// <summary>A row of a form: pairs of label and value side by side, or one label with room for text.</summary>
/// <param name="Cells">Labels with their values.</param>
/// <param name="LeastHeight">Points that the row has even when it is empty, as on the paper.</param>
/// <param name="Foot">Foot of the last cell.</param>
internal sealed record FormRow(
    IReadOnlyList<(string Label, string Value)> Cells,
    float LeastHeight = 26,
    FormFoot? Foot = null
);

/// <summary>
/// Draws a form of the company on A4: title, grid of labels and values. A row that does not fit is carried on
/// to the next page, under its
/// label again; the paper form would get a second sheet, too.
/// </summary>
/// <param name="typeface">See <see cref="FormFont"/>.</param>
/// <param name="words">What stands on every form, in the language of this one.</param>
/// <param name="title">Title of the form.</param>
/// <param name="number">Number of the record, above the grid on the right.</param>
/// <param name="form">Number of the form itself, above the grid on the left; none where the paper form has
/// none.</param>
public sealed class FormSheet(SKTypeface typeface, FormWords words, string title, string number, string? form = null)
{
    private const float Width = 595.28f;
    private const float Height = 841.89f;
    private const float Left = 48;
    private const float Right = Width - 48;
    private const float Bottom = Height - 60;
    private const float LabelWidth = 92;
    private const float Padding = 6;
    private const float Size = 10.5f;
    private const float Leading = 15.5f;
    private const float FootHeight = 40;

    private readonly List<FormRow> _rows = [];

    /// <summary>Pairs of label and value side by side.</summary>
    public FormSheet Row(params (string Label, string Value)[] cells)
    {
        _rows.Add(new FormRow(cells));
        return this;
    }

    /// <summary>A label with room for text.</summary>
    /// <param name="label">The label.</param>
    /// <param name="value">The text; lines end with a line feed.</param>
    /// <param name="leastHeight">Points that the block has even when it is empty.</param>
    /// <param name="foot">Who signed and when.</param>
    public FormSheet Block(string label, string value, float leastHeight, FormFoot? foot = null)
    {
        _rows.Add(new FormRow([(label, value)], leastHeight, foot));
        return this;
    }

    /// <summary>The PDF. It is drawn twice, because the pages are numbered "1 of 2".</summary>
    public byte[] ToPdf(DateTimeOffset now)
    {
        var pages = Draw(new SKDynamicMemoryWStream(), now, 0, out _);
        using var stream = new SKDynamicMemoryWStream();
        Draw(stream, now, pages, out var pdf);
        return pdf;
    }

    private int Draw(SKDynamicMemoryWStream stream, DateTimeOffset now, int pages, out byte[] pdf)
    {
        using var line = new SKPaint
        {
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 0.8f,
            Color = SKColors.Black,
            IsAntialias = true,
        };
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        using var font = new SKFont(typeface, Size) { Subpixel = true };
        using var head = new SKFont(typeface, 18) { Subpixel = true };
        using var small = new SKFont(typeface, 8.5f) { Subpixel = true };
        using var document = SKDocument.CreatePdf(
            stream,
            new SKDocumentPdfMetadata
            {
                Title = $"{title} {number}",
                Producer = "Customer Service",
                Creation = now.UtcDateTime,
                Modified = now.UtcDateTime,
            }
        );
        var page = 0;
        SKCanvas canvas = null!;
        float y = 0;

        void NewPage()
        {
            if (page > 0)
            {
                document.EndPage();
            }

            page++;
            canvas = document.BeginPage(Width, Height);
            canvas.DrawText(title, Width / 2, 74, SKTextAlign.Center, head, ink);
            canvas.DrawText(number, Right, 96, SKTextAlign.Right, font, ink);
            if (form is not null)
            {
                canvas.DrawText(form, Left, 96, SKTextAlign.Left, small, ink);
            }

            if (pages > 0)
            {
                canvas.DrawText(
                    string.Format(CultureInfo.InvariantCulture, words.PageOf, page, pages),
                    Width / 2,
                    Height - 34,
                    SKTextAlign.Center,
                    small,
                    ink
                );
            }

            y = 104;
        }

        NewPage();
        foreach (var row in _rows)
        {
            var cell = (Right - Left) / row.Cells.Count;
            var texts = row.Cells.Select(c => Wrap(c.Value, cell - LabelWidth - (2 * Padding), font)).ToList();
            var labels = row.Cells.Select(c => Wrap(c.Label, LabelWidth - (2 * Padding), font)).ToList();
            var first = true;
            while (true)
            {
                var foot = row.Foot is null ? 0 : FootHeight;
                var lines = Math.Max(texts.Max(t => t.Count), labels.Max(l => l.Count));
                var wanted = Math.Max(first ? row.LeastHeight : 0, (lines * Leading) + (2 * Padding) + foot);
                var room = Bottom - y;
                var fits = wanted <= room;
                if (!fits && (room < (3 * Leading) + (2 * Padding) || (wanted <= Bottom - 104 && room < wanted / 3)))
                {
                    NewPage();
                    continue;
                }

                var height = fits ? wanted : room;
                var take = fits ? int.MaxValue : (int)((room - (2 * Padding)) / Leading);
                for (var i = 0; i < row.Cells.Count; i++)
                {
                    var x = Left + (i * cell);
                    canvas.DrawRect(x, y, LabelWidth, height, line);
                    canvas.DrawRect(x + LabelWidth, y, cell - LabelWidth, height, line);
                    var label = first ? labels[i] : [.. labels[i], words.Continued];
                    var labelTop = y + ((height - (label.Count * Leading)) / 2) + Size + 1;
                    for (var l = 0; l < label.Count; l++)
                    {
                        canvas.DrawText(
                            label[l],
                            x + (LabelWidth / 2),
                            labelTop + (l * Leading),
                            SKTextAlign.Center,
                            font,
                            ink
                        );
                    }

                    // A single line stands in the middle of its cell, as one writes it by hand.
                    var single = texts[i].Count == 1 && row.Foot is null && fits;
                    var top = single ? y + (height / 2) + (Size / 2) - 2 : y + Padding + Size;
                    foreach (var (text, l) in texts[i].Take(take).Select((t, l) => (t, l)))
                    {
                        canvas.DrawText(
                            text,
                            x + LabelWidth + Padding,
                            top + (l * Leading),
                            SKTextAlign.Left,
                            font,
                            ink
                        );
                    }
                }

                if (fits && row.Foot is { } signed)
                {
                    DrawFoot(canvas, signed, y + height, font, ink);
                }

                y += height;
                if (fits)
                {
                    break;
                }

                texts = texts.Select(t => t.Skip(take).ToList()).ToList();
                first = false;
                NewPage();
            }
        }

        document.EndPage();
        document.Close();
        using var data = stream.DetachAsData();
        pdf = data.ToArray();
        return page;
    }

    private static void DrawFoot(SKCanvas canvas, FormFoot foot, float bottom, SKFont font, SKPaint ink)
    {
        canvas.DrawText(foot.Text, Right - Padding, bottom - Padding - 4, SKTextAlign.Right, font, ink);
        // What was taken in is checked already; a picture from elsewhere must not take all memory either.
        if (
            foot.Image is not { } bytes
            || Pictures.Check(bytes, Pictures.MostPixels, whole: false) is not null
            || SKImage.FromEncodedData(bytes) is not { } image
        )
        {
            return;
        }

        using (image)
        {
            // Left of the printed name, as high as the foot and no wider than a signature is.
            var scale = Math.Min((FootHeight - 6) / image.Height, 110f / image.Width);
            var (width, height) = (image.Width * scale, image.Height * scale);
            var x = Right - Padding - font.MeasureText(foot.Text) - width - 8;
            canvas.DrawImage(
                image,
                new SKRect(x, bottom - 3 - height, x + width, bottom - 3),
                new SKSamplingOptions(SKCubicResampler.Mitchell)
            );
        }
    }

    /// <summary>Breaks between any two Chinese characters and between words; a word that is longer than the
    /// line is broken inside.</summary>
    private static List<string> Wrap(string text, float width, SKFont font)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = "";
            foreach (var piece in Pieces(paragraph))
            {
                if (line.Length > 0 && font.MeasureText(line + piece.TrimEnd()) > width)
                {
                    lines.Add(line.TrimEnd());
                    line = piece.TrimStart();
                }
                else
                {
                    line += piece;
                }

                while (line.Length > 1 && Fitting(line, width, font) is var fits && fits < line.Length)
                {
                    lines.Add(line[..fits]);
                    line = line[fits..];
                }
            }

            lines.Add(line.TrimEnd());
        }

        return lines;
    }

    // How much of the line fits, at least one character, and never half of one outside the basic plane.
    private static int Fitting(string line, float width, SKFont font)
    {
        var fits = Math.Max(1, font.BreakText(line, width));
        return fits == line.Length || !char.IsHighSurrogate(line[fits - 1]) ? fits
            : fits > 1 ? fits - 1
            : 2;
    }

    private static IEnumerable<string> Pieces(string text)
    {
        var word = "";
        foreach (var rune in text.EnumerateRunes())
        {
            // Closing punctuation stays with what it closes.
            if (rune.Value >= 0x2E80 && !"，。；：、！？）」』》".Contains(rune.ToString(), StringComparison.Ordinal))
            {
                if (word.Length > 0)
                {
                    yield return word;
                }

                word = rune.ToString();
                continue;
            }

            word += rune.ToString();
            if (rune.Value == ' ')
            {
                yield return word;
                word = "";
            }
        }

        if (word.Length > 0)
        {
            yield return word;
        }
    }
}
