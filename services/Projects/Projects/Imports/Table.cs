using System.Text;
using System.Xml;

namespace CustomerService.Projects.Projects.Imports;

/// <summary>A row of a table by the names of its columns.</summary>
/// <param name="number">Row as the person sees it in the file, the heading is 1.</param>
internal sealed class TableRow(int number, IReadOnlyDictionary<string, string> values)
{
    public int Number => number;

    /// <summary>The trimmed text of a column; empty where there is none.</summary>
    public string this[string column] => values.TryGetValue(column, out var value) ? value : "";
}

/// <summary>A table with a heading, from CSV (RFC 4180, comma or semicolon) or from the first sheet of an XLSX
/// workbook.</summary>
internal sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<TableRow> Rows)
{
    private const int MostColumns = 100;

    /// <summary>Null where it is neither, or has no heading, or more than 100 columns. Of the rows one more is
    /// read than is taken, so that the caller sees when there are too many.</summary>
    public static Table? Read(byte[] content, int mostRows)
    {
        List<(int Number, List<string> Cells)>? rows;
        try
        {
            // The heading is a row, too.
            rows = content.AsSpan().StartsWith("PK\u0003\u0004"u8)
                ? Workbook.Read(content, mostRows + 2, MostColumns)
                : Csv(
                    new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF'),
                    mostRows + 2
                );
        }
        catch (Exception wrong)
            when (wrong
                    is InvalidDataException
                        or XmlException
                        or DecoderFallbackException
                        or FormatException
                        or NotSupportedException
                        or OverflowException
                        or IOException
                        or ArgumentException
            )
        {
            // What the readers of packed files and XML throw at files that somebody has made to hurt.
            return null;
        }

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
            : new Table(
                columns,
                rows.Skip(1)
                    .Select(r => new TableRow(
                        r.Number,
                        columns
                            .Select((c, i) => (c, Value: i < r.Cells.Count ? r.Cells[i].Trim() : ""))
                            .ToDictionary(c => c.c, c => c.Value)
                    ))
                    .ToList()
            );
    }

    /// <summary>Null where a quotation is not closed.</summary>
    private static List<(int, List<string>)>? Csv(string text, int mostRows)
    {
        var heading = text.Split('\n', 2)[0];
        var separator = heading.Count(c => c == ';') > heading.Count(c => c == ',') ? ';' : ',';
        var rows = new List<(int, List<string>)>();
        var (cells, cell, quoted, number) = (new List<string>(), new StringBuilder(), false, 1);
        void EndRow()
        {
            EndCell();
            if (!cells.TrueForAll(string.IsNullOrWhiteSpace))
            {
                rows.Add((number, cells));
                cells = [];
            }

            number++;
            cells.Clear();
        }

        void EndCell()
        {
            // Commas without end are no columns.
            if (cells.Count < MostColumns)
            {
                cells.Add(cell.ToString());
            }
            else if (cell.Length > 0)
            {
                throw new InvalidDataException("The table has more columns than are taken.");
            }

            cell.Clear();
        }

        for (var i = 0; i < text.Length && rows.Count < mostRows; i++)
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
                EndCell();
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

        if (rows.Count == mostRows)
        {
            return rows;
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
}
