using System.Globalization;
using CustomerService.Forms;

namespace CustomerService.Surveys.Sheets;

/// <summary>A column of a printed table.</summary>
/// <param name="Key">Stable code.</param>
/// <param name="Label">Its heading.</param>
/// <param name="Span">Width, as a share of the row's.</param>
internal sealed record SheetColumn(string Key, string Label, int Span = 1);

/// <summary>A table of a sheet. A cell is a text, a whole number, a decimal number, a day, or null.</summary>
/// <param name="Key">Stable code.</param>
/// <param name="Heading">Its heading.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows.</param>
internal sealed record SheetTable(
    string Key,
    string? Heading,
    IReadOnlyList<SheetColumn> Columns,
    IReadOnlyList<IReadOnlyList<object?>> Rows
)
{
    /// <summary>Drawn above the table on paper.</summary>
    public FormChart? Chart { get; init; }

    /// <summary>Rows of pictures below the table, on paper alone.</summary>
    public IReadOnlyList<FormRow> Pictures { get; init; } = [];

    /// <summary>Texts below the table: label, what is filled in, and who signed it.</summary>
    public IReadOnlyList<FormCell> Below { get; init; } = [];
}

/// <summary>A report of tables, as the same data on paper and in a workbook.</summary>
/// <param name="Key">Stable code; the files are named after it.</param>
/// <param name="Title">Its title.</param>
/// <param name="Number">Its number, or its period.</param>
/// <param name="Version">Version of the record that it shows; 0 for figures.</param>
/// <param name="Tables">Its tables.</param>
internal sealed record TableSheet(
    string Key,
    string Title,
    string Number,
    long Version,
    IReadOnlyList<SheetTable> Tables
)
{
    private const float Paragraph = 30;

    // More do not stand beside each other on a page that is upright.
    private const int MostColumnsUpright = 7;

    public FormDocument ToDocument(CultureInfo language) =>
        new()
        {
            Form = Key,
            PrintsForm = false,
            Title = Title,
            Number = Number,
            Language = language,
            Version = Version,
            IsLandscape = Tables.Any(table => table.Columns.Count > MostColumnsUpright),
            Sections = [.. Tables.Select(table => new FormSection(table.Key, table.Heading, [.. RowsOf(table)]))],
        };

    public Task<byte[]> ToWorkbookAsync(CancellationToken cancellation) =>
        Workbook.MakeAsync(
            async book =>
            {
                await book.SheetAsync(Key, cancellation);
                await book.HeadAsync([$"{Title}  {Number}"], cancellation);
                foreach (var table in Tables)
                {
                    await book.AddAsync([], cancellation);
                    await book.HeadAsync([table.Heading ?? ""], cancellation);
                    await book.HeadAsync(table.Columns.Select(column => column.Label), cancellation);
                    foreach (var row in table.Rows)
                    {
                        await book.AddAsync(row, cancellation);
                    }

                    foreach (var cell in table.Below)
                    {
                        await book.AddAsync([cell.Label, cell.Value], cancellation);
                    }
                }
            },
            cancellation
        );

    private static IEnumerable<FormRow> RowsOf(SheetTable table)
    {
        if (table.Chart is { } chart)
        {
            yield return FormRow.Of((new FormCell("chart", "", null) with { Chart = chart }).WithRoom(FormChart.Room));
        }

        if (table.Columns.Count > 0)
        {
            yield return RowOf(table, table.Columns.Select(column => (string?)column.Label));
            foreach (var row in table.Rows)
            {
                yield return RowOf(table, row.Select(Printed));
            }
        }

        foreach (var row in table.Pictures)
        {
            yield return row;
        }

        foreach (var cell in table.Below)
        {
            yield return FormRow.Of(cell.WithRoom(Paragraph));
        }
    }

    private static FormRow RowOf(SheetTable table, IEnumerable<string?> values) =>
        new([
            .. table.Columns.Zip(
                values,
                (column, value) => new FormCell(column.Key, "", value) { IsInTable = true }.Wide(column.Span)
            ),
        ]);

    private static string? Printed(object? value) =>
        value switch
        {
            null or "" => null,
            string text => text,
            DateOnly day => FormTexts.Day(day),
            decimal number => number.ToString("0.0", CultureInfo.InvariantCulture),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
}
