using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using CsvHelper;
using SpreadCheetah;
using SpreadCheetah.Worksheets;

namespace CustomerService.Reporting.DataSets;

/// <summary>A format in which rows are sent as the server reads them, whatever their number.</summary>
internal sealed record RowFile(
    string Extension,
    string Name,
    string ContentType,
    string About,
    Func<DbDataReader, string, Stream, CancellationToken, Task> WriteAsync
)
{
    // A sheet has 1,048,576 rows at most.
    private const int RowsOfSheet = 1_000_000;

    public static RowFile Csv { get; } =
        new("csv", "Csv", "text/csv; charset=utf-8", "A header, RFC 4180, UTF-8.", WriteCsvAsync);

    public static RowFile Workbook { get; } =
        new(
            "xlsx",
            "Xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "A workbook with a header; after 1,000,000 rows another sheet.",
            WriteWorkbookAsync
        );

    public static RowFile Parquet { get; } =
        new(
            "parquet",
            "Parquet",
            "application/vnd.apache.parquet",
            "Apache Parquet, row groups of 50,000.",
            ParquetFile.WriteAsync
        );

    public static IReadOnlyList<RowFile> Formats { get; } = [Csv, Workbook, Parquet];

    /// <summary>A file that goes when it is closed, for writers that go back in it.</summary>
    internal static FileStream Temporary() =>
        new(
            Path.GetTempFileName(),
            FileMode.Open,
            FileAccess.ReadWrite,
            FileShare.None,
            64 * 1024,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous
        );

    /// <summary>Name of a column, spelled as in the views.</summary>
    internal static string NameOf(DbDataReader rows, int i) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(rows.GetName(i));

    private static async Task WriteCsvAsync(DbDataReader rows, string name, Stream body, CancellationToken cancellation)
    {
        await using var text = new StreamWriter(body, leaveOpen: true);
        await using var csv = CsvWriter.Create(text, new CsvWriterOptions(), true);
        for (var i = 0; i < rows.FieldCount; i++)
        {
            csv.WriteField(NameOf(rows, i));
        }

        while (true)
        {
            // The other form would write to the body while others wait for it.
            await csv.EndRecordAsync(cancellation);
            if (!await rows.ReadAsync(cancellation))
            {
                return;
            }

            for (var i = 0; i < rows.FieldCount; i++)
            {
                csv.WriteField(Text(rows, i));
            }
        }
    }

    private static async Task WriteWorkbookAsync(
        DbDataReader rows,
        string name,
        Stream body,
        CancellationToken cancellation
    )
    {
        await using var file = Temporary();
        await using (var book = await Spreadsheet.CreateNewAsync(file, cancellationToken: cancellation))
        {
            var cells = new DataCell[rows.FieldCount];
            var sheet = name[..Math.Min(name.Length, 28)];
            for (var (count, sheets) = (0L, 0); ; count++)
            {
                var more = await rows.ReadAsync(cancellation);
                if (sheets == 0 || (more && count % RowsOfSheet == 0 && count > 0))
                {
                    sheets++;
                    await book.StartWorksheetAsync(
                        sheets == 1 ? sheet : $"{sheet} {sheets}",
                        new WorksheetOptions { FrozenRows = 1 },
                        cancellation
                    );
                    for (var i = 0; i < cells.Length; i++)
                    {
                        cells[i] = new(NameOf(rows, i));
                    }

                    await book.AddRowAsync(cells.AsMemory(), cancellation);
                }

                if (!more)
                {
                    break;
                }

                for (var i = 0; i < cells.Length; i++)
                {
                    cells[i] = Cell(rows, i);
                }

                await book.AddRowAsync(cells.AsMemory(), cancellation);
            }

            await book.FinishAsync(cancellation);
        }

        file.Position = 0;
        await file.CopyToAsync(body, cancellation);
    }

    private static DataCell Cell(DbDataReader row, int i) =>
        row.GetValue(i) switch
        {
            DBNull => new(),
            int number => new(number),
            long number => new(number),
            decimal number => new(number),
            bool yes => new(yes),
            _ => new(Text(row, i)),
        };

    private static string Text(DbDataReader row, int i) =>
        row.GetValue(i) switch
        {
            DBNull => "",
            bool yes => yes ? "true" : "false",
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            // The provider gives a day as an instant where nobody asks for another type.
            DateTime at when row.GetDataTypeName(i) == "date" => at.ToString(
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture
            ),
            DateTime at => at.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
            var value => value.ToString() ?? "",
        };
}
