using System.Globalization;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace CustomerService.Forms;

/// <summary>
/// A workbook to take away, row by row. Numbers are numbers and all else is text, so that no value becomes a formula; days
/// are written <c>2026-06-01</c>.
/// </summary>
public sealed class Workbook : IAsyncDisposable
{
    /// <summary>Media type of the file.</summary>
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private readonly Spreadsheet _book;
    private readonly StyleId _bold;

    private Workbook(Spreadsheet book) => (_book, _bold) = (book, book.AddStyle(new Style { Font = { Bold = true } }));

    /// <summary>The file of a workbook that is filled here.</summary>
    /// <param name="fill">Adds its sheets and rows.</param>
    /// <param name="cancellation">Ends the writing.</param>
    public static async Task<byte[]> MakeAsync(Func<Workbook, Task> fill, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(fill);
        using var stream = new MemoryStream();
        await using (var book = new Workbook(await Spreadsheet.CreateNewAsync(stream, cancellationToken: cancellation)))
        {
            await fill(book);
            await book._book.FinishAsync(cancellation);
        }

        return stream.ToArray();
    }

    /// <summary>Begins a sheet.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellation">Ends the writing.</param>
    public async Task SheetAsync(string name, CancellationToken cancellation) =>
        await _book.StartWorksheetAsync(name, token: cancellation);

    /// <summary>Begins a sheet that is one table, whose headings stay when the reader scrolls.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="headings">Headings of its columns.</param>
    /// <param name="cancellation">Ends the writing.</param>
    public async Task TableAsync(string name, IEnumerable<string> headings, CancellationToken cancellation)
    {
        await _book.StartWorksheetAsync(name, new WorksheetOptions { FrozenRows = 1 }, cancellation);
        await HeadAsync(headings, cancellation);
    }

    /// <summary>Adds a row of headings.</summary>
    public async Task HeadAsync(IEnumerable<string> headings, CancellationToken cancellation) =>
        await _book.AddRowAsync([.. headings.Select(heading => new StyledCell(heading, _bold))], cancellation);

    /// <summary>Adds a row: whole and decimal numbers, texts, days, or null for an empty cell.</summary>
    public async Task AddAsync(IEnumerable<object?> values, CancellationToken cancellation) =>
        await _book.AddRowAsync([.. values.Select(CellOf)], cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _book.DisposeAsync();

    private static DataCell CellOf(object? value) =>
        value switch
        {
            null => default,
            string text => new(text),
            int number => new(number),
            long number => new(number),
            decimal number => new(number),
            double number => new(number),
            DateOnly day => new(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            IFormattable other => new(other.ToString(null, CultureInfo.InvariantCulture)),
            _ => new(value.ToString()),
        };
}
