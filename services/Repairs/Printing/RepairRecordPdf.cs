using CustomerService.Repairs.Features.RepairOrders;
using SkiaSharp;

namespace CustomerService.Repairs.Printing;

/// <summary>
/// Form 3.3.2 on A4, as the paper form has it: pairs of label and value on top, then one block each for what is to be repaired, what was
/// done, the quality department and the owner, signed at the foot of the block. A block that does not fit goes on on the next page.
/// </summary>
internal sealed class RepairRecordPdf(SKTypeface typeface)
{
    private const float PageWidth = 595;
    private const float PageHeight = 842;
    private const float Left = 48;
    private const float Right = PageWidth - 48;
    private const float Top = 96;
    private const float Bottom = PageHeight - 56;
    private const float LabelWidth = 74;
    private const float Middle = (Left + Right) / 2;
    private const float Size = 10.5f;
    private const float Line = 17;
    private const float Pad = 7;
    private const float BlockHeight = 128;

    // What may not begin a line hangs over its end instead.
    private const string NeverFirst = "\uFF0C\u3002\u3001\uFF1B\uFF1A\uFF1F\uFF01\uFF09\u300D\u300F\u300B\u3009\u201D\u2019,.;:?!)%";

    /// <summary>Draws the form.</summary>
    /// <param name="form">Its rows; the first four are pairs, the others a block with signer and date.</param>
    public byte[] Print(RepairRecordForm form)
    {
        using var font = new SKFont(typeface, Size) { Subpixel = true };
        var pages = LayOut(form, font);
        using var buffer = new MemoryStream();
        using (var document = SKDocument.CreatePdf(buffer, new SKDocumentPdfMetadata { Title = $"{form.Title} {form.Number}", Subject = form.Form }))
        {
            for (var i = 0; i < pages.Count; i++)
            {
                var canvas = document.BeginPage(PageWidth, PageHeight);
                Head(canvas, form, i + 1, pages.Count);
                foreach (var draw in pages[i])
                {
                    draw(canvas);
                }

                document.EndPage();
            }

            document.Close();
        }

        return buffer.ToArray();
    }

    private void Head(SKCanvas canvas, RepairRecordForm form, int page, int pages)
    {
        using var ink = Ink();
        using var title = new SKFont(typeface, 20) { Subpixel = true };
        using var small = new SKFont(typeface, 8.5f) { Subpixel = true };
        canvas.DrawText(form.Title, PageWidth / 2, 64, SKTextAlign.Center, title, ink);
        canvas.DrawText(form.Form, Left, 84, SKTextAlign.Left, small, ink);
        canvas.DrawText(form.Number, Right, 84, SKTextAlign.Right, small, ink);
        canvas.DrawText(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{page} / {pages}"), PageWidth / 2, PageHeight - 30, SKTextAlign.Center, small, ink);
    }

    private static List<List<Action<SKCanvas>>> LayOut(RepairRecordForm form, SKFont font)
    {
        var pages = new List<List<Action<SKCanvas>>> { new() };
        var y = Top;
        foreach (var row in form.Rows)
        {
            if (row.Cells.Count == 2)
            {
                Pair(row, font, pages, ref y);
            }
            else
            {
                Block(row, font, pages, ref y);
            }
        }

        return pages;
    }

    private static void Pair(FormRow row, SKFont font, List<List<Action<SKCanvas>>> pages, ref float y)
    {
        var width = Middle - Left - LabelWidth - (2 * Pad);
        var (first, second) = (row.Cells[0], row.Cells[1]);
        var (one, two) = (Wrap(first.Value, width, font), Wrap(second.Value, width, font));
        var height = (Math.Max(Math.Max(one.Count, two.Count), 1) * Line) + (2 * Pad);
        if (y + height > Bottom)
        {
            pages.Add([]);
            y = Top;
        }

        var top = y;
        pages[^1].Add(canvas =>
        {
            Cell(canvas, font, Left, top, LabelWidth, height, [first.Label], centred: true);
            Cell(canvas, font, Left + LabelWidth, top, Middle - Left - LabelWidth, height, one);
            Cell(canvas, font, Middle, top, LabelWidth, height, [second.Label], centred: true);
            Cell(canvas, font, Middle + LabelWidth, top, Right - Middle - LabelWidth, height, two);
        });
        y += height;
    }

    private static void Block(FormRow row, SKFont font, List<List<Action<SKCanvas>>> pages, ref float y)
    {
        var text = Wrap(row.Cells[0].Value, Right - Left - LabelWidth - (2 * Pad), font);
        var label = Wrap(row.Cells[0].Label, LabelWidth - (2 * Pad), font);
        var from = 0;
        while (true)
        {
            // The foot with signer and date takes a line and a half.
            var whole = Math.Max(BlockHeight, ((text.Count - from) * Line) + (2 * Pad) + (1.5f * Line));
            var room = Bottom - y;
            if (whole <= room)
            {
                var (top, rest, height) = (y, text.Skip(from).ToList(), whole);
                pages[^1].Add(canvas =>
                {
                    Cell(canvas, font, Left, top, LabelWidth, height, label, centred: true);
                    Cell(canvas, font, Left + LabelWidth, top, Right - Left - LabelWidth, height, rest);
                    Foot(canvas, font, row, top + height - Pad - 3);
                });
                y += height;
                return;
            }

            var fitting = (int)((room - (2 * Pad)) / Line);
            if (fitting >= 4 && text.Count - from > fitting)
            {
                var (top, part) = (y, text.Skip(from).Take(fitting).ToList());
                pages[^1].Add(canvas =>
                {
                    Cell(canvas, font, Left, top, LabelWidth, room, label, centred: true);
                    Cell(canvas, font, Left + LabelWidth, top, Right - Left - LabelWidth, room, part);
                });
                from += fitting;
            }

            pages.Add([]);
            y = Top;
        }
    }

    private static void Foot(SKCanvas canvas, SKFont font, FormRow row, float baseline)
    {
        using var ink = Ink();
        var (signer, date) = (row.Cells[1], row.Cells[2]);
        canvas.DrawText($"{signer.Label}  {signer.Value}", Middle, baseline, SKTextAlign.Left, font, ink);
        canvas.DrawText($"{date.Label}  {date.Value ?? new string(' ', 24)}", Right - Pad, baseline, SKTextAlign.Right, font, ink);
    }

    private static void Cell(SKCanvas canvas, SKFont font, float x, float y, float width, float height, IReadOnlyList<string> lines, bool centred = false)
    {
        using var ink = Ink();
        using var rule = new SKPaint { Color = SKColors.Black, Style = SKPaintStyle.Stroke, StrokeWidth = 0.7f, IsAntialias = true };
        canvas.DrawRect(x, y, width, height, rule);
        var baseline = centred ? y + ((height - (lines.Count * Line)) / 2) + Line - 5 : y + Pad + Line - 5;
        foreach (var line in lines)
        {
            canvas.DrawText(line, centred ? x + (width / 2) : x + Pad, baseline, centred ? SKTextAlign.Center : SKTextAlign.Left, font, ink);
            baseline += Line;
        }
    }

    // Chinese breaks between any two signs, other scripts between words.
    private static List<string> Wrap(string? text, float width, SKFont font)
    {
        var lines = new List<string>();
        foreach (var paragraph in (text ?? "").ReplaceLineEndings("\n").Split('\n'))
        {
            var line = "";
            foreach (var word in Words(paragraph))
            {
                var grown = line + word;
                if (line.Length == 0 || font.MeasureText(grown.TrimEnd()) <= width || (word.Length == 1 && NeverFirst.Contains(word[0], StringComparison.Ordinal) && !Hangs(line)))
                {
                    line = grown;
                }
                else
                {
                    lines.Add(line.TrimEnd());
                    line = word.TrimStart();
                }

                // A word longer than the line, an address for example, breaks anywhere.
                while (line.Length > 1 && font.MeasureText(line.TrimEnd()) > width + Size)
                {
                    var fitting = line.Length - 1;
                    while (fitting > 1 && font.MeasureText(line[..fitting]) > width)
                    {
                        fitting--;
                    }

                    lines.Add(line[..fitting]);
                    line = line[fitting..];
                }
            }

            lines.Add(line.TrimEnd());
        }

        return lines;
    }

    private static bool Hangs(string line) => line.Length > 1 && NeverFirst.Contains(line[^1], StringComparison.Ordinal) && NeverFirst.Contains(line[^2], StringComparison.Ordinal);

    private static IEnumerable<string> Words(string text)
    {
        var start = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            if (i == text.Length || IsWide(text[i]) || IsWide(text[i - 1]) || (text[i - 1] == ' ' && text[i] != ' '))
            {
                // Both halves of a sign beyond the basic plane stay together.
                if (i < text.Length && char.IsLowSurrogate(text[i]))
                {
                    continue;
                }

                yield return text[start..i];
                start = i;
            }
        }
    }

    private static bool IsWide(char sign) => sign >= '\u2E80';

    private static SKPaint Ink() => new() { Color = SKColors.Black, IsAntialias = true };
}
