using System.Globalization;
using SkiaSharp;

namespace CustomerService.Forms;

/// <summary>What stands above and below the grid of every page.</summary>
/// <param name="Pages">How many pages there are; 0 while that is being found out.</param>
/// <param name="Link">Address that opens the record, as a QR code.</param>
/// <param name="IsLandscape">Whether the pages lie on their long side.</param>
internal sealed record SheetHead(
    string Title,
    string Number,
    string? Form,
    int Pages,
    string? Link = null,
    bool IsLandscape = false
);

/// <summary>Draws the rows of a form, page by page.</summary>
internal sealed class SheetDrawing : IDisposable
{
    private const float ShortSide = 595.28f;
    private const float LongSide = 841.89f;
    private const float Left = 48;
    private const float Top = 104;
    private const float MostLabelWidth = 92;
    private const float MostWordWidth = 180;
    private const float LeastValueWidth = 36;
    private const int ShortLabel = 4;
    private const float Padding = 6;
    private const float Size = 10.5f;
    private const float LargeSize = 18;
    private const float SmallSize = 8.5f;
    private const float Leading = 15.5f;
    private const float FootHeight = 40;
    private const float LeastRoom = (3 * Leading) + (2 * Padding);
    private const float SignatureWidth = 110;
    private const float PictureHeight = 168;
    private const int LeastCaptionLines = 2;
    private const float CaptionLeading = 11;

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
    private readonly Typesetter _setter;
    private SKCanvas _canvas = null!;
    private int _page;
    private float _y;

    public SheetDrawing(SKDocument document, Typesetter setter, FormWords words, SheetHead head) =>
        (_document, _setter, _words, _head) = (document, setter, words, head);

    /// <summary>Drawings in PDF and where they belong; pages from 0.</summary>
    public List<PlacedDrawing> Placed { get; } = [];

    private float Width => _head.IsLandscape ? LongSide : ShortSide;

    private float Height => _head.IsLandscape ? ShortSide : LongSide;

    private float Right => Width - Left;

    private float Bottom => Height - 60;

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
            else if (rows[i].IsPictures)
            {
                DrawPictures(rows[i]);
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
    }

    private void NewPage()
    {
        if (_page > 0)
        {
            _document.EndPage();
        }

        _page++;
        _canvas = _document.BeginPage(Width, Height);
        Write(_head.Title, Width / 2, 74, SKTextAlign.Center, LargeSize);
        Write(_head.Number, Right, 96, SKTextAlign.Right);
        if (_head.Form is { } form)
        {
            Write(form, Left, 96, SKTextAlign.Left, SmallSize);
        }

        if (_head.Link is { } link)
        {
            QrMark.Draw(_canvas, link, Left, 34, 46, _ink);
        }

        if (_head.Pages > 0)
        {
            var text = string.Format(CultureInfo.InvariantCulture, _words.PageOf, _page, _head.Pages);
            Write(text, Width / 2, Height - 34, SKTextAlign.Center, SmallSize);
        }

        _y = Top;
    }

    // A heading never stands alone at the end of a page: it goes where the row below it begins.
    private void DrawHeading(string heading, float height, SheetRow? below)
    {
        var room = Bottom - _y - height;
        var (wanted, isWhole) = below switch
        {
            { IsPictures: true } pictures => (HeightOf(CaptionsOf(pictures)), true),
            { Heading: null } row when Place(row) is var cells => Wanted(row, cells, first: true, room),
            _ => (LeastRoom, true),
        };
        if (_y > Top && BeginsOnNextPage(wanted, isWhole, room))
        {
            NewPage();
        }

        _canvas.DrawRect(Left, _y, Right - Left, height, _shade);
        _canvas.DrawRect(Left, _y, Right - Left, height, _line);
        Write(heading, Width / 2, _y + (height / 2) + (Size / 2) - 2, SKTextAlign.Center);
        _y += height;
    }

    private void DrawRow(SheetRow row)
    {
        var cells = Place(row);
        var foot = FootOf(cells);
        var first = true;
        while (true)
        {
            var room = Bottom - _y;
            var (wanted, isWhole) = Wanted(row, cells, first, room);
            var fits = wanted <= room;
            if (BeginsOnNextPage(wanted, isWhole, room))
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
                    DrawFoot(signed, cell.X + cell.LabelWidth, cell.X + cell.Width, _y + height);
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

    // Pictures are never cut: a row of them goes to the next page as a whole.
    private void DrawPictures(SheetRow row)
    {
        var captions = CaptionsOf(row);
        var height = HeightOf(captions);
        if (_y + height > Bottom)
        {
            NewPage();
        }

        var x = Left;
        foreach (var (cell, caption) in row.Cells.Zip(captions))
        {
            var width = ShareOf(row) * cell.Span;
            _canvas.DrawRect(x, _y, width, height, _line);
            if (cell.Picture is { } picture)
            {
                DrawPicture(picture, caption, x, width);
            }

            x += width;
        }

        _y += height;
    }

    private float ShareOf(SheetRow row) => (Right - Left) / row.Cells.Sum(cell => cell.Span);

    // What a picture shows is read to its end; only a page that it would fill alone cuts it.
    private List<List<string>> CaptionsOf(SheetRow row) =>
        [
            .. row.Cells.Select(cell =>
                LineBreaks
                    .Of(
                        _setter.Printable(cell.Label.Length == 0 ? cell.Value : $"{cell.Label}  {cell.Value}"),
                        (ShareOf(row) * cell.Span) - (2 * Padding),
                        piece => _setter.Measure(piece, SmallSize)
                    )
                    .Take(LeastCaptionLines + (int)((Bottom - Top - PictureHeight) / CaptionLeading))
                    .ToList()
            ),
        ];

    private static float HeightOf(List<List<string>> captions) =>
        PictureHeight + (Math.Max(0, captions.Max(lines => lines.Count) - LeastCaptionLines) * CaptionLeading);

    private void DrawPicture(FormPicture picture, List<string> caption, float x, float width)
    {
        var captionTop = _y + PictureHeight - Padding - (LeastCaptionLines * CaptionLeading);
        var top = captionTop + SmallSize;
        foreach (var line in caption)
        {
            _setter.Draw(_canvas, line, x + Padding, top, SKTextAlign.Left, SmallSize, _ink);
            top += CaptionLeading;
        }

        var (room, high) = (width - (2 * Padding), captionTop - _y - (2 * Padding));
        var frame = SKRect.Create(x + Padding, _y + Padding, room, high);
        if (picture.Image is { } pdf && PdfDrawings.IsPdf(pdf))
        {
            if (PdfDrawings.SizeOf(pdf) is { } size)
            {
                Placed.Add(new(_page - 1, frame.AspectFit(size), pdf));
            }

            return;
        }

        if (
            picture.Image is not { } bytes
            || Pictures.Check(bytes, Pictures.MostPixels, whole: false) is not null
            || SKImage.FromEncodedData(bytes) is not { } image
        )
        {
            return;
        }

        using (image)
        {
            DrawInside(image, frame);
        }
    }

    private static float FootOf(List<PlacedCell> cells) => cells.Any(cell => cell.Foot is not null) ? FootHeight : 0;

    // Its height, and whether it must not be cut: a signature does not stand alone on the next page, without what was
    // signed, and a chart is seen as a whole.
    private static (float Height, bool IsWhole) Wanted(SheetRow row, List<PlacedCell> cells, bool first, float room)
    {
        var lines = cells.Max(cell => Math.Max(cell.Text.Count, cell.Label.Count));
        var (text, foot) = ((lines * Leading) + (2 * Padding), FootOf(cells));
        return (
            Math.Max(first ? row.LeastHeight : 0, text + foot),
            cells.Any(cell => cell.Chart is not null) || (foot > 0 && text <= room)
        );
    }

    // A row is carried on only where a fair part of it stands on this page.
    private bool BeginsOnNextPage(float wanted, bool isWhole, float room) =>
        wanted > room && (room < LeastRoom || (wanted <= Bottom - Top && (isWhole || room < wanted / 3)));

    private List<PlacedCell> Place(SheetRow row)
    {
        float Measure(string piece) => _setter.Measure(piece, Size);
        var texts = row.Cells.Select(cell => (_setter.Printable(cell.Label), _setter.Printable(cell.Value))).ToList();
        var share = (Right - Left) / row.Cells.Sum(cell => cell.Span);
        // The columns of a table stand below each other, whatever is in them.
        var columns = row.Cells.Any(cell => cell.IsInTable)
            ? [.. row.Cells.Select(cell => (share * cell.Span, 0f))]
            : Columns(
                [
                    .. row.Cells.Select(
                        (cell, i) =>
                            (
                                texts[i].Item1,
                                texts[i].Item2,
                                cell.Span,
                                // A signature needs its place; most of a row is more than that.
                                cell.Chart
                                    is null
                                    && (cell.Foot is null || share * cell.Span > (Right - Left) / 2)
                            )
                    ),
                ],
                Right - Left,
                Measure
            );
        var placed = new List<PlacedCell>();
        var x = Left;
        foreach (var (cell, (name, value), (width, label)) in row.Cells.Zip(texts, columns))
        {
            placed.Add(
                new PlacedCell(
                    x,
                    width,
                    label,
                    cell.IsInTable ? [] : LineBreaks.Of(name, label - (2 * Padding), Measure),
                    LineBreaks.Of(value, width - label - (2 * Padding), Measure),
                    cell.Foot,
                    cell.Chart
                )
            );
            x += width;
        }

        return placed;
    }

    /// <summary>
    /// Widths of a row's cells and of their labels' columns: by the cells' shares, and otherwise only where a word or
    /// a number would be broken inside while another cell has room to give.
    /// </summary>
    /// <param name="cells">Label, value, share, and whether the cell may give room away.</param>
    /// <param name="width">Width of the row.</param>
    /// <param name="measure">Width of a text.</param>
    internal static IReadOnlyList<(float Width, float Label)> Columns(
        IReadOnlyList<(string Label, string Value, int Span, bool Gives)> cells,
        float width,
        Func<string, float> measure
    )
    {
        float Longest(string text) =>
            LineBreaks
                .Pieces(text.ReplaceLineEndings(" "))
                .Select(piece => measure(piece.TrimEnd()))
                .DefaultIfEmpty()
                .Max() + (2 * Padding);
        var share = width / cells.Sum(cell => cell.Span);
        var wanted = cells
            .Select(cell =>
            {
                var own = share * cell.Span;
                // A label of a few Chinese characters is a word, too.
                var name = cell.Label.Length <= ShortLabel ? measure(cell.Label) + (2 * Padding) : 0;
                var label = Math.Min(Math.Max(name, Longest(cell.Label)), MostWordWidth);
                // What is longer than any column, such as a hash, is broken as before.
                var value = Longest(cell.Value) is var longest && longest <= MostWordWidth ? longest : 0;
                return (Own: own, Label: label, Value: value, Least: label + Math.Max(value, LeastValueWidth));
            })
            .ToList();
        var lack = wanted.Sum(cell => Math.Max(0, cell.Least - cell.Own));
        var room = wanted.Zip(cells, (cell, given) => given.Gives ? Math.Max(0, cell.Own - cell.Least) : 0).Sum();
        var moved = Math.Min(lack, room);
        return
        [
            .. wanted.Select(
                (cell, i) =>
                {
                    var all =
                        cell.Least > cell.Own ? cell.Own + ((cell.Least - cell.Own) * moved / lack)
                        : cells[i].Gives && moved > 0 ? cell.Own - ((cell.Own - cell.Least) * moved / room)
                        : cell.Own;
                    var label = LabelWidth(cells[i].Label, all, measure);
                    var most = all - Math.Max(cell.Value, LeastValueWidth);
                    return (all, most < cell.Label ? label : Math.Clamp(label, cell.Label, most));
                }
            ),
        ];
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

    private void Write(string text, float x, float y, SKTextAlign align, float size = Size) =>
        _setter.Draw(_canvas, _setter.Printable(text), x, y, align, size, _ink);

    private void DrawCell(PlacedCell cell, float height, int take, bool first, bool isSingle)
    {
        if (cell.Chart is { } chart)
        {
            DrawChart(cell, chart, height);
            return;
        }

        _canvas.DrawRect(cell.X, _y, cell.LabelWidth, height, _line);
        _canvas.DrawRect(cell.X + cell.LabelWidth, _y, cell.Width - cell.LabelWidth, height, _line);
        List<string> label = first || cell.LabelWidth == 0 ? cell.Label : [.. cell.Label, _words.Continued];
        var middle = cell.X + (cell.LabelWidth / 2);
        var labelTop = _y + ((height - (label.Count * Leading)) / 2) + Size + 1;
        DrawLines(label, middle, labelTop, SKTextAlign.Center);

        // A single line stands in the middle of its cell, as one writes it by hand.
        var top = isSingle ? _y + (height / 2) + (Size / 2) - 2 : _y + Padding + Size;
        DrawLines(cell.Text.Take(take), cell.X + cell.LabelWidth + Padding, top, SKTextAlign.Left);
    }

    private void DrawChart(PlacedCell cell, byte[] chart, float height)
    {
        _canvas.DrawRect(cell.X, _y, cell.Width, height, _line);
        using var image = SKImage.FromEncodedData(chart);
        DrawInside(
            image,
            SKRect.Create(cell.X + Padding, _y + Padding, cell.Width - (2 * Padding), height - (2 * Padding))
        );
    }

    // As large as the frame allows, in its middle.
    private void DrawInside(SKImage image, SKRect frame) =>
        _canvas.DrawImage(
            image,
            frame.AspectFit(new SKSize(image.Width, image.Height)),
            new SKSamplingOptions(SKCubicResampler.Mitchell)
        );

    private void DrawLines(IEnumerable<string> lines, float x, float top, SKTextAlign align)
    {
        foreach (var line in lines)
        {
            _setter.Draw(_canvas, line, x, top, align, Size, _ink);
            top += Leading;
        }
    }

    private void DrawFoot(FormFoot foot, float left, float right, float bottom)
    {
        var text = _setter.Printable(foot.Text);
        // Name and date stay inside their cell: a long name is written smaller.
        var size = Size * Math.Min(1, (right - left - (2 * Padding)) / Math.Max(1, _setter.Measure(text, Size)));
        _setter.Draw(_canvas, text, right - Padding, bottom - Padding - 4, SKTextAlign.Right, size, _ink);
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
            var x = right - Padding - _setter.Measure(text, size) - width - 8;
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
        FormFoot? Foot,
        byte[]? Chart
    );
}
