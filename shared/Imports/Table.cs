using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using CsvHelper;
using CustomerService.Rules;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace CustomerService.Imports;

/// <summary>A row of a table by the names of its columns.</summary>
/// <param name="number">Row as the person sees it in the file, the heading is 1.</param>
/// <param name="values">Trimmed texts by column.</param>
public sealed class TableRow(int number, IReadOnlyDictionary<string, string> values)
{
    public int Number => number;

    /// <summary>The trimmed text of a column; empty where there is none. Dates are <c>2026-06-01</c>, numbers in
    /// invariant culture; an error value of a spreadsheet stands as <see cref="Table.ErrorValue"/>.</summary>
    public string this[string column] => values.TryGetValue(column, out var value) ? value : "";
}

/// <summary>
/// A table with a heading, from CSV (UTF-8, UTF-16, Big5 or GB18030; comma, semicolon or tab) or from the first sheet of an XLSX workbook. The
/// libraries read, the limits are here: rows, columns, and what a packed file may unpack to.
/// </summary>
public sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<TableRow> Rows)
{
    /// <summary>Stands where a spreadsheet has an error such as <c>#N/A</c>: no text that a person could mean.</summary>
    public const string ErrorValue = "\uFFFD#ERROR";

    /// <summary>Most columns of a table.</summary>
    public const int MostColumns = 100;

    // A workbook is a packed file: what it unpacks to is limited, however small it came.
    private const long MostUnpacked = 50L * 1024 * 1024;

    // Farther cells, even empty ones, would make the library keep that many for each row.
    private const int FarthestColumn = 1_000;
    private const int FarthestRow = 200_000;

    private static readonly XmlReaderSettings Safe = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
    };

    // What spreadsheets write for an error, where it came as text: saved as CSV, or pasted as values.
    private static readonly HashSet<string> Errors =
    [
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
    ];

    // Old workbooks name a code page for their texts.
    static Table() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Whether the file is a CSV in an encoding that is not recognised; its sender should save it as UTF-8.</summary>
    public static bool IsOfUnknownEncoding(byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return !IsPacked(content) && TextEncodings.Read(content) is null;
    }

    /// <summary>Reads a table.</summary>
    /// <param name="content">The file.</param>
    /// <param name="mostRows">Rows that are taken; one more is read, so that the caller sees when there are too
    /// many.</param>
    /// <returns>Null where it is neither CSV nor XLSX, has no heading, a column twice or more than 100.</returns>
    public static Table? Read(byte[] content, int mostRows)
    {
        ArgumentNullException.ThrowIfNull(content);
        try
        {
            // The heading is a row, too.
            var rows = IsPacked(content) ? Sheet(content, mostRows + 2) : Csv(content, mostRows + 2);
            return rows.Count == 0 ? null : Of(rows);
        }
        catch (Exception wrong)
            when (wrong
                    is InvalidDataException
                        or ExcelReaderException
                        or CsvFormatException
                        or XmlException
                        or DecoderFallbackException
                        or FormatException
                        or NotSupportedException
                        or OverflowException
                        or IOException
                        or ArgumentException
                        or IndexOutOfRangeException
                        or NullReferenceException
                        or InvalidOperationException
            )
        {
            // What readers throw at files that were made to hurt.
            return null;
        }
    }

    private static bool IsPacked(byte[] content) => content.AsSpan().StartsWith("PK\u0003\u0004"u8);

    private static Table? Of(List<(int Number, List<string> Cells)> rows)
    {
        var columns = rows[0].Cells.Select(TextFolding.Trim).ToList();
        while (columns.Count > 0 && columns[^1].Length == 0)
        {
            columns.RemoveAt(columns.Count - 1);
        }

        if (columns.Count == 0 || columns.Distinct().Count() != columns.Count)
        {
            return null;
        }

        return new(
            columns,
            [
                .. rows.Skip(1)
                    .Select(row => new TableRow(
                        row.Number,
                        columns
                            .Select((column, i) => (column, Value: i < row.Cells.Count ? Value(row.Cells[i]) : ""))
                            .ToDictionary(cell => cell.column, cell => cell.Value)
                    )),
            ]
        );
    }

    private static string Value(string cell)
    {
        // What cannot be kept is refused as it came.
        var text = Characters.IsStorable(cell) ? TextFolding.Trim(cell) : cell;
        return Errors.Contains(text) ? ErrorValue : text;
    }

    private static List<(int, List<string>)> Csv(byte[] content, int mostRows)
    {
        var text =
            TextEncodings.Read(content)
            ?? throw new InvalidDataException("No encoding explains the bytes of the file.");
        using var reader = CsvReader.FromText(
            text,
            CsvReaderOptions.Default with
            {
                HasHeader = false,
                SkipEmptyLines = false,
                MalformedData = CsvMalformedDataHandling.Throw,
                IncludeValuesInExceptions = false,
            }
        );
        var rows = new List<(int, List<string>)>();
        for (var number = 1; rows.Count < mostRows && reader.Read(); number++)
        {
            var cells = Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).ToList();
            Keep(rows, number, cells);
        }

        return rows;
    }

    private static List<(int, List<string>)> Sheet(byte[] content, int mostRows)
    {
        var errors = Inspect(content);
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(content));
        var rows = new List<(int, List<string>)>();
        while (rows.Count < mostRows && reader.Depth < FarthestRow && reader.Read())
        {
            var number = reader.Depth + 1;
            var cells = Enumerable
                .Range(0, reader.FieldCount)
                .Select(column => errors.Contains((number, column)) ? ErrorValue : Text(reader.GetValue(column)))
                .ToList();
            Keep(rows, number, cells);
        }

        return rows;
    }

    private static void Keep(List<(int, List<string>)> rows, int number, List<string> cells)
    {
        // Separators without end are no columns.
        while (cells.Count > 0 && TextFolding.IsBlank(cells[^1]))
        {
            cells.RemoveAt(cells.Count - 1);
        }

        if (cells.Count > MostColumns)
        {
            throw new InvalidDataException("The table has more columns than are taken.");
        }

        if (cells.Count > 0)
        {
            rows.Add((number, cells));
        }
    }

    private static string Text(object? value) =>
        value switch
        {
            null => "",
            DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime moment => moment.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            bool tick => tick ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };

    /// <summary>
    /// Unpacks the file once, counting, before a library does, and notes the cells of type error: the library gives
    /// them as empty.
    /// </summary>
    private static HashSet<(int Row, int Column)> Inspect(byte[] content)
    {
        var errors = new HashSet<(int, int)>();
        using var zip = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
        Count(zip);
        using var sheet = FirstSheet(zip).Open();
        NoteErrors(sheet, errors);
        return errors;
    }

    private static void Count(ZipArchive zip)
    {
        var left = MostUnpacked;
        var buffer = new byte[81_920];
        foreach (var entry in zip.Entries)
        {
            using var packed = entry.Open();
            int read;
            while ((read = packed.Read(buffer)) > 0)
            {
                left -= read;
                if (left < 0)
                {
                    throw new InvalidDataException("The workbook unpacks to more than is taken.");
                }
            }
        }
    }

    // The workbook names its sheets in their order; a sheet's part may have any name.
    private static ZipArchiveEntry FirstSheet(ZipArchive zip)
    {
        var id =
            Elements(Part(zip, "xl/workbook.xml"), "sheet", "id").FirstOrDefault()?["id"]
            ?? throw new InvalidDataException("The workbook has no sheet.");
        var targets = Elements(Part(zip, "xl/_rels/workbook.xml.rels"), "Relationship", "Id", "Target")
            .Where(relation => relation["Id"] == id)
            .Select(relation => relation["Target"])
            .ToList();
        return targets is [{ } target]
            ? Part(zip, target.StartsWith('/') ? target[1..] : "xl/" + target)
            : throw new InvalidDataException("The first sheet is nowhere, or in more than one place.");
    }

    private static ZipArchiveEntry Part(ZipArchive zip, string name) =>
        zip.Entries.FirstOrDefault(entry =>
            string.Equals(entry.FullName.Replace('\\', '/'), name, StringComparison.OrdinalIgnoreCase)
        ) ?? throw new InvalidDataException("A part of the workbook is not there.");

    // By their local names: the strict form of the format has other namespaces.
    private static List<Dictionary<string, string?>> Elements(
        ZipArchiveEntry part,
        string element,
        params string[] attributes
    )
    {
        var found = new List<Dictionary<string, string?>>();
        using var stream = part.Open();
        using var reader = XmlReader.Create(stream, Safe);
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element || reader.LocalName != element)
            {
                continue;
            }

            var values = attributes.ToDictionary(name => name, _ => (string?)null);
            while (reader.MoveToNextAttribute())
            {
                if (values.ContainsKey(reader.LocalName))
                {
                    values[reader.LocalName] = reader.Value;
                }
            }

            found.Add(values);
        }

        return found;
    }

    private static void NoteErrors(Stream sheet, HashSet<(int, int)> errors)
    {
        using var reader = XmlReader.Create(sheet, Safe);
        while (reader.Read())
        {
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                continue;
            }

            if (reader.GetAttribute("r") is not { } reference)
            {
                continue;
            }

            var letters = reference.TakeWhile(char.IsAsciiLetterUpper).Take(4).ToList();
            var column = letters.Aggregate(0, (sum, letter) => (sum * 26) + (letter - 'A' + 1)) - 1;
            if (column > FarthestColumn)
            {
                throw new InvalidDataException("The table has more columns than are taken.");
            }

            if (reader.GetAttribute("t") == "e")
            {
                errors.Add((int.Parse(reference.AsSpan(letters.Count), CultureInfo.InvariantCulture), column));
            }
        }
    }
}
