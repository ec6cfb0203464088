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
internal sealed record FormFoot(string Text, byte[]? Image = null);

/// <summary>A row on the sheet.</summary>
/// <param name="Cells">Labels with their values; none for a heading.</param>
/// <param name="LeastHeight">Points that the row has even when it is empty, as on the paper.</param>
/// <param name="Heading">Heading of a section.</param>
internal sealed record SheetRow(IReadOnlyList<SheetCell> Cells, float LeastHeight, string? Heading = null)
{
    /// <summary>Whether it is a row of pictures.</summary>
    public bool IsPictures => Cells.Any(cell => cell.Picture is not null);
}

/// <summary>A cell on the sheet.</summary>
internal sealed record SheetCell(
    string Label,
    string Value,
    int Span = 1,
    FormFoot? Foot = null,
    FormPicture? Picture = null,
    byte[]? Chart = null,
    bool IsInTable = false
);

/// <summary>
/// A form of the company on A4: title, grid of labels and values, drawn by <see cref="SheetDrawing"/>. A row that does
/// not fit is carried on to the next page, under its label again; the paper form would get a second sheet, too.
/// </summary>
/// <param name="faces">See <see cref="FormFont"/>.</param>
/// <param name="words">What stands on every form, in the language of this one.</param>
/// <param name="title">Title of the form.</param>
/// <param name="number">Number of the record, above the grid on the right.</param>
/// <param name="form">Number of the form itself, above the grid on the left; none where the paper form has
/// none.</param>
/// <param name="link">Address that opens the record, as a QR code.</param>
/// <param name="isLandscape">Whether its pages lie on their long side.</param>
internal sealed class FormSheet(
    FormFaces faces,
    FormWords words,
    string title,
    string number,
    string? form = null,
    string? link = null,
    bool isLandscape = false
)
{
    /// <summary>Points of a row of one line.</summary>
    public const float LineHeight = 26;

    // Room for a signature by hand and a date on a form that is printed empty.
    private const int Blank = 24;

    private readonly List<SheetRow> _rows = [];

    /// <summary>One PDF of forms of one language, each with pages of its own. It is drawn twice, because the pages are
    /// numbered "1 of 2".</summary>
    public static PrintedForm Print(IReadOnlyList<FormSheet> sheets, FormFaces faces, string title, DateTimeOffset now)
    {
        using var setter = new Typesetter(faces);
        var pages = new int[sheets.Count];
        PdfFile.Make(title, now, document => Draw(document, setter, sheets, pages));
        List<PlacedDrawing> placed = [];
        var pdf = PdfFile.Make(title, now, document => placed = Draw(document, setter, sheets, pages));
        var printed = PdfFile.WithText(pdf, setter);
        return printed with { Pdf = PdfDrawings.Place(printed.Pdf, placed) };
    }

    public void Add(FormSection section)
    {
        if (section.Label is not null)
        {
            _rows.Add(new SheetRow([], LineHeight, section.Label));
        }

        foreach (var row in section.Rows)
        {
            _rows.Add(
                new SheetRow(
                    [
                        .. row.Cells.Select(cell =>
                            cell.Chart is { } chart
                                ? new SheetCell("", "", cell.Span, Chart: ChartPictures.Draw(chart, faces))
                                : new SheetCell(cell.Label, cell.Value ?? "", cell.Span, FootOf(cell), cell.Picture)
                                {
                                    IsInTable = cell.IsInTable,
                                }
                        ),
                    ],
                    row.Cells.Max(cell => cell.Room)
                )
            );
        }
    }

    private static FormFoot? FootOf(FormCell cell) =>
        cell.SignedBy.Count == 0
            ? null
            : new FormFoot(string.Join("    ", cell.SignedBy.Select(Signed)), cell.SignatureImage);

    private static string Signed(FormCell cell)
    {
        var value = cell.Value ?? new string(' ', Blank);
        return cell.Label.Length > 0 ? $"{cell.Label}  {value}" : value;
    }

    // Drawings in PDF have their places only: the drawing library cannot draw them.
    private static List<PlacedDrawing> Draw(
        SKDocument document,
        Typesetter setter,
        IReadOnlyList<FormSheet> sheets,
        int[] pages
    )
    {
        var placed = new List<PlacedDrawing>();
        for (var i = 0; i < sheets.Count; i++)
        {
            pages[i] = sheets[i].Draw(document, setter, pages[i], pages[..i].Sum(), placed);
        }

        return placed;
    }

    private int Draw(SKDocument document, Typesetter setter, int pages, int before, List<PlacedDrawing> placed)
    {
        using var drawing = new SheetDrawing(
            document,
            setter,
            words,
            new(title, number, form, pages, link, isLandscape)
        );
        var drawn = drawing.Draw(_rows);
        placed.AddRange(drawing.Placed.Select(one => one with { Page = before + one.Page }));
        return drawn;
    }
}
