using System.Globalization;
using SkiaSharp;

namespace CustomerService.Forms;

/// <summary>What stands above and below the grid of every page.</summary>
/// <param name="Pages">How many pages there are; 0 while that is being found out.</param>
internal sealed record SheetHead(string Title, string Number, string? Form, int Pages);

/// <summary>Draws the rows of a form, page by page.</summary>
internal sealed class SheetDrawing : IDisposable
{
    private const float Width = 595.28f;
    private const float Height = 841.89f;
    private const float Left = 48;
    private const float Right = Width - 48;
    private const float Top = 104;
    private const float Bottom = Height - 60;
    private const float MostLabelWidth = 92;
    private const float Padding = 6;
    private const float Size = 10.5f;
    private const float Leading = 15.5f;
    private const float FootHeight = 40;
    private const float LeastRoom = (3 * Leading) + (2 * Padding);
    private const float SignatureWidth = 110;

    private readonly SKDocument _document;
    private readonly FormWords _words;
    private readonly SheetHead _head;
    private readonly SKPaint _line = new()
    {
        Style = SKPaintStyle.Stroke,
        StrokeWidth = 0.8f,
        Color = SKColors.Black,
        IsAntialias = true,
    };
    private readonly SKPaint _ink = new() { Color = SKColors.Black, IsAntialias = true };
    private readonly SKPaint _shade = new() { Color = new SKColor(0xEE, 0xEE, 0xEE) };
    private readonly SKFont _font;
    private readonly SKFont _large;
    private readonly SKFont _small;
    private SKCanvas _canvas = null!;
    private int _page;
    private float _y;

    public SheetDrawing(SKDocument document, SKTypeface typeface, FormWords words, SheetHead head)
    {
        (_document, _words, _head) = (document, words, head);
        _font = new SKFont(typeface, Size) { Subpixel = true };
        _large = new SKFont(typeface, 18) { Subpixel = true };
        _small = new SKFont(typeface, 8.5f) { Subpixel = true };
    }

    /// <summary>Draws the rows; returns how many pages they take.</summary>
    public int Draw(IReadOnlyList<SheetRow> rows)
    {
        NewPage();
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Heading is { } heading)
            {
                DrawHeading(heading, rows[i].LeastHeight, i + 1 < rows.Count ? rows[i + 1] : null);
            }
            else
            {
                DrawRow(rows[i]);
            }
        }

        _document.EndPage();
        return _page;
    }

    public void Dispose()
    {
        _line.Dispose();
        _ink.Dispose();
        _shade.Dispose();
        _font.Dispose();
        _large.Dispose();
        _small.Dispose();
    }

    private void NewPage()
    {
        if (_page > 0)
        {
            _document.EndPage();
        }

        _page++;
        _canvas = _document.BeginPage(Width, Height);
        _canvas.DrawText(_head.Title, Width / 2, 74, SKTextAlign.Center, _large, _ink);
        _canvas.DrawText(_head.Number, Right, 96, SKTextAlign.Right, _font, _ink);
        if (_head.Form is { } form)
        {
            _canvas.DrawText(form, Left, 96, SKTextAlign.Left, _small, _ink);
        }

        if (_head.Pages > 0)
        {
            var text = string.Format(CultureInfo.InvariantCulture, _words.PageOf, _page, _head.Pages);
            _canvas.DrawText(text, Width / 2, Height - 34, SKTextAlign.Center, _small, _ink);
        }

        _y = Top;
    }

    // A heading never stands alone at the end of a page: it goes where the row below it begins.
    private void DrawHeading(string heading, float height, SheetRow? below)
    {
        var wanted = below is { Heading: null } row ? WantedHeight(row, Place(row), first: true) : LeastRoom;
        if (_y > Top && BeginsOnNextPage(wanted, Bottom - _y - height))
        {
            NewPage();
        }

        _canvas.DrawRect(Left, _y, Right - Left, height, _shade);
        _canvas.DrawRect(Left, _y, Right - Left, height, _line);
        _canvas.DrawText(heading, Width / 2, _y + (height / 2) + (Size / 2) - 2, SKTextAlign.Center, _font, _ink);
        _y += height;
    }

    private void DrawRow(SheetRow row)
    {
        var cells = Place(row);
        var foot = FootOf(cells);
        var first = true;
        while (true)
        {
            var wanted = WantedHeight(row, cells, first);
            var room = Bottom - _y;
            var fits = wanted <= room;
            if (BeginsOnNextPage(wanted, room))
            {
                NewPage();
                continue;
            }

            var height = fits ? wanted : room;
            var take = fits ? int.MaxValue : (int)((room - (2 * Padding)) / Leading);
            foreach (var cell in cells)
            {
                DrawCell(cell, height, take, first, isSingle: cell.Text.Count == 1 && foot == 0 && fits);
                if (fits && cell.Foot is { } signed)
                {
                    DrawFoot(signed, cell.X + cell.Width, _y + height);
                }
            }

            _y += height;
            if (fits)
            {
                return;
            }

            cells = [.. cells.Select(cell => cell with { Text = [.. cell.Text.Skip(take)] })];
            first = false;
            NewPage();
        }
    }

    private static float FootOf(List<PlacedCell> cells) => cells.Any(cell => cell.Foot is not null) ? FootHeight : 0;

    private static float WantedHeight(SheetRow row, List<PlacedCell> cells, bool first)
    {
        var lines = cells.Max(cell => Math.Max(cell.Text.Count, cell.Label.Count));
        return Math.Max(first ? row.LeastHeight : 0, (lines * Leading) + (2 * Padding) + FootOf(cells));
    }

    // A row is carried on only where a fair part of it stands on this page.
    private static bool BeginsOnNextPage(float wanted, float room) =>
        wanted > room && (room < LeastRoom || (wanted <= Bottom - Top && room < wanted / 3));

    private List<PlacedCell> Place(SheetRow row)
    {
        var share = (Right - Left) / row.Cells.Sum(cell => cell.Span);
        var placed = new List<PlacedCell>();
        var x = Left;
        foreach (var cell in row.Cells)
        {
            var width = share * cell.Span;
            var label = LabelWidth(cell.Label, width, piece => _font.MeasureText(piece));
            placed.Add(
                new PlacedCell(
                    x,
                    width,
                    label,
                    Lines(cell.Label, label - (2 * Padding)),
                    Lines(cell.Value, width - label - (2 * Padding)),
                    cell.Foot
                )
            );
            x += width;
        }

        return placed;
    }

    /// <summary>Width of a label's column: two fifths of the cell, and more only where a word would be broken
    /// inside.</summary>
    /// <param name="label">The label.</param>
    /// <param name="width">Width of the cell.</param>
    /// <param name="measure">Width of a text.</param>
    internal static float LabelWidth(string label, float width, Func<string, float> measure)
    {
        var longest = LineBreaks.Pieces(label).Select(piece => measure(piece.TrimEnd())).DefaultIfEmpty().Max();
        return Math.Max(Math.Min(MostLabelWidth, width * 0.4f), Math.Min(longest + (2 * Padding), width * 0.6f));
    }

    private List<string> Lines(string text, float width) =>
        LineBreaks.Of(text, width, piece => _font.MeasureText(piece));

    private void DrawCell(PlacedCell cell, float height, int take, bool first, bool isSingle)
    {
        _canvas.DrawRect(cell.X, _y, cell.LabelWidth, height, _line);
        _canvas.DrawRect(cell.X + cell.LabelWidth, _y, cell.Width - cell.LabelWidth, height, _line);
        List<string> label = first ? cell.Label : [.. cell.Label, _words.Continued];
        var middle = cell.X + (cell.LabelWidth / 2);
        var labelTop = _y + ((height - (label.Count * Leading)) / 2) + Size + 1;
        DrawLines(label, middle, labelTop, SKTextAlign.Center);

        // A single line stands in the middle of its cell, as one writes it by hand.
        var top = isSingle ? _y + (height / 2) + (Size / 2) - 2 : _y + Padding + Size;
        DrawLines(cell.Text.Take(take), cell.X + cell.LabelWidth + Padding, top, SKTextAlign.Left);
    }

    private void DrawLines(IEnumerable<string> lines, float x, float top, SKTextAlign align)
    {
        foreach (var line in lines)
        {
            _canvas.DrawText(line, x, top, align, _font, _ink);
            top += Leading;
        }
    }

    private void DrawFoot(FormFoot foot, float right, float bottom)
    {
        _canvas.DrawText(foot.Text, right - Padding, bottom - Padding - 4, SKTextAlign.Right, _font, _ink);
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
            var scale = Math.Min((FootHeight - 6) / image.Height, SignatureWidth / image.Width);
            var (width, height) = (image.Width * scale, image.Height * scale);
            var x = right - Padding - _font.MeasureText(foot.Text) - width - 8;
            _canvas.DrawImage(
                image,
                new SKRect(x, bottom - 3 - height, x + width, bottom - 3),
                new SKSamplingOptions(SKCubicResampler.Mitchell)
            );
        }
    }

    private sealed record PlacedCell(
        float X,
        float Width,
        float LabelWidth,
        List<string> Label,
        List<string> Text,
        FormFoot? Foot
    );
}
