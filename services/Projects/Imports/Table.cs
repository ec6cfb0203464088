using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace CustomerService.Projects.Imports;

/// <summary>A row of a table by the names of its columns.</summary>
/// <param name="number">Row as the person sees it in the file, the heading is 1.</param>
internal sealed class TableRow(int number, IReadOnlyDictionary<string, string> values)
{
    public int Number => number;

    /// <summary>The trimmed text of a column; empty where there is none.</summary>
    public string this[string column] => values.TryGetValue(column, out var value) ? value : "";
}

/// <summary>A table with a heading, from CSV (RFC 4180, comma or semicolon) or from the first sheet of an XLSX workbook.</summary>
internal sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<TableRow> Rows)
{
    // A workbook is a packed file: what it unpacks to is limited, however small it came.
    private const long MostUnpacked = 200L * 1024 * 1024;

    /// <summary>Null where it is neither, or has no heading.</summary>
    public static Table? Read(byte[] content)
    {
        List<(int Number, List<string> Cells)>? rows;
        try
        {
            rows = content.AsSpan().StartsWith("PK\u0003\u0004"u8) ? Workbook(content) : Csv(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF'));
        }
        catch (Exception wrong) when (wrong is InvalidDataException or XmlException or DecoderFallbackException or FormatException)
        {
            return null;
        }

        rows?.RemoveAll(r => r.Cells.TrueForAll(string.IsNullOrWhiteSpace));
        if (rows is null or [])
        {
            return null;
        }

        var columns = rows[0].Cells.Select(c => c.Trim()).ToList();
        while (columns.Count > 0 && columns[^1].Length == 0)
        {
            columns.RemoveAt(columns.Count - 1);
        }

        return columns.Distinct().Count() != columns.Count
            ? null
            : new Table(columns, rows.Skip(1).Select(r => new TableRow(
                r.Number, columns.Select((c, i) => (c, Value: i < r.Cells.Count ? r.Cells[i].Trim() : "")).ToDictionary(c => c.c, c => c.Value))).ToList());
    }

    /// <summary>Null where a quotation is not closed.</summary>
    private static List<(int, List<string>)>? Csv(string text)
    {
        var heading = text.Split('\n', 2)[0];
        var separator = heading.Count(c => c == ';') > heading.Count(c => c == ',') ? ';' : ',';
        var rows = new List<(int, List<string>)>();
        var (cells, cell, quoted, number) = (new List<string>(), new StringBuilder(), false, 1);
        void EndRow()
        {
            cells.Add(cell.ToString());
            rows.Add((number++, cells));
            cells = [];
            cell.Clear();
        }

        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else if (c == '"')
                {
                    quoted = false;
                }
                else
                {
                    cell.Append(c);
                }
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (c == separator)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else if (c == '\n')
            {
                EndRow();
            }
            else if (c != '\r')
            {
                cell.Append(c);
            }
        }

        if (quoted)
        {
            return null;
        }

        if (cell.Length > 0 || cells.Count > 0)
        {
            EndRow();
        }

        return rows;
    }

    private static List<(int, List<string>)> Workbook(byte[] content)
    {
        using var zip = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
        if (zip.Entries.Sum(e => e.Length) > MostUnpacked)
        {
            throw new InvalidDataException("The workbook unpacks to more than is taken.");
        }

        XDocument Part(string name)
        {
            using var stream = (zip.GetEntry(name) ?? throw new InvalidDataException($"The workbook has no {name}.")).Open();
            using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XDocument.Load(reader);
        }

        XNamespace main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        XNamespace relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        XNamespace package = "http://schemas.openxmlformats.org/package/2006/relationships";
        var first = Part("xl/workbook.xml").Descendants(main + "sheet").FirstOrDefault() ?? throw new InvalidDataException("The workbook has no sheet.");
        var target = Part("xl/_rels/workbook.xml.rels").Descendants(package + "Relationship").First(r => (string?)r.Attribute("Id") == (string?)first.Attribute(relations + "id")).Attribute("Target")!.Value;
        var shared = zip.GetEntry("xl/sharedStrings.xml") is null
            ? []
            // Readings (rPh) of a text are not part of it.
            : Part("xl/sharedStrings.xml").Descendants(main + "si").Select(si => string.Concat(si.Descendants(main + "t").Where(t => t.Parent!.Name != main + "rPh").Select(t => t.Value))).ToList();
        var rows = new List<(int, List<string>)>();
        foreach (var row in Part(target.StartsWith('/') ? target[1..] : "xl/" + target).Descendants(main + "row"))
        {
            var cells = new List<string>();
            foreach (var cell in row.Elements(main + "c"))
            {
                var column = Column((string?)cell.Attribute("r")) ?? cells.Count;
                while (cells.Count <= column)
                {
                    cells.Add("");
                }

                var value = cell.Element(main + "v")?.Value ?? "";
                cells[column] = (string?)cell.Attribute("t") switch
                {
                    "s" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < shared.Count ? shared[index] : throw new InvalidDataException("A shared text is missing."),
                    "inlineStr" => string.Concat(cell.Descendants(main + "t").Select(t => t.Value)),
                    _ => value,
                };
            }

            rows.Add(((int?)row.Attribute("r") ?? rows.Count + 1, cells));
        }

        return rows;
    }

    // "AB12" is column 27, counted from 0. A workbook has at most 16384 columns.
    private static int? Column(string? reference)
    {
        if (reference is null)
        {
            return null;
        }

        var column = 0;
        foreach (var letter in reference.TakeWhile(char.IsAsciiLetterUpper))
        {
            column = (column * 26) + (letter - 'A' + 1);
            if (column > 16384)
            {
                throw new InvalidDataException("There is no such column.");
            }
        }

        return column - 1;
    }
}
