using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace CustomerService.Projects.Projects.Imports;

/// <summary>
/// The first sheet of an XLSX workbook, read as a stream: whatever the file claims about itself, no more is
/// unpacked, and no more rows, cells and texts are kept, than a
/// table may have. A file that is none is an <see cref="InvalidDataException"/> or an <see cref="XmlException"/>.
/// </summary>
internal sealed class Workbook(ZipArchive zip)
{
    // A workbook is a packed file: what it unpacks to is limited, however small it came and whatever it says of
    // its own size.
    private const long MostUnpacked = 50L * 1024 * 1024;
    private const int MostTexts = 500_000;

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packages = "http://schemas.openxmlformats.org/package/2006/relationships";

    private long _left = MostUnpacked;

    /// <summary>The rows that hold something, at most so many.</summary>
    public static List<(int Number, List<string> Cells)> Read(byte[] content, int mostRows, int mostColumns)
    {
        using var zip = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
        var workbook = new Workbook(zip);
        return workbook.Rows(workbook.FirstSheet(), workbook.SharedTexts(), mostRows, mostColumns);
    }

    private string FirstSheet()
    {
        string? id = null;
        using (var reader = Part("xl/workbook.xml"))
        {
            while (id is null && reader.Read())
            {
                if (Is(reader, "sheet"))
                {
                    id =
                        reader.GetAttribute("id", Relations)
                        ?? throw new InvalidDataException("The first sheet is nowhere.");
                }
            }
        }

        using var relations = Part("xl/_rels/workbook.xml.rels");
        while (relations.Read())
        {
            if (
                relations is { NodeType: XmlNodeType.Element, LocalName: "Relationship", NamespaceURI: Packages }
                && relations.GetAttribute("Id") == id
                && id is not null
            )
            {
                var target =
                    relations.GetAttribute("Target") ?? throw new InvalidDataException("The first sheet is nowhere.");
                return target.StartsWith('/') ? target[1..] : "xl/" + target;
            }
        }

        throw new InvalidDataException("The workbook has no sheet.");
    }

    private List<string> SharedTexts()
    {
        var texts = new List<string>();
        if (zip.GetEntry("xl/sharedStrings.xml") is null)
        {
            return texts;
        }

        using var reader = Part("xl/sharedStrings.xml");
        while (reader.Read())
        {
            if (Is(reader, "si"))
            {
                texts.Add(
                    texts.Count < MostTexts
                        ? TextsOf(reader).Text
                        : throw new InvalidDataException("The workbook has more texts than are taken.")
                );
            }
        }

        return texts;
    }

    private List<(int, List<string>)> Rows(string sheet, List<string> shared, int mostRows, int mostColumns)
    {
        var rows = new List<(int, List<string>)>();
        var (number, cells) = (0, new List<string>());
        void EndRow()
        {
            if (!cells.TrueForAll(string.IsNullOrWhiteSpace))
            {
                rows.Add((number, cells));
                cells = [];
            }

            cells.Clear();
        }

        using var reader = Part(sheet);
        while (rows.Count < mostRows && reader.Read())
        {
            if (Is(reader, "row"))
            {
                EndRow();
                number =
                    reader.GetAttribute("r") is not { } given ? number + 1
                    : int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told
                    : throw new InvalidDataException("A row has no number.");
            }
            else if (Is(reader, "c"))
            {
                var column = reader.GetAttribute("r") is { } reference ? Column(reference) : cells.Count;
                var type = reader.GetAttribute("t");
                var (value, text) = TextsOf(reader);
                var content = type switch
                {
                    "s" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    && index < shared.Count
                        ? shared[index]
                        : throw new InvalidDataException("A shared text is missing."),
                    "inlineStr" => text,
                    _ => value,
                };
                if (content.Length == 0)
                {
                    continue;
                }

                if (column >= mostColumns)
                {
                    throw new InvalidDataException("The table has more columns than are taken.");
                }

                while (cells.Count <= column)
                {
                    cells.Add("");
                }

                cells[column] = content;
            }
        }

        if (rows.Count < mostRows)
        {
            EndRow();
        }

        return rows;
    }

    /// <summary>The value and the text of a cell or a shared text; afterwards the reader stands at its end.</summary>
    private static (string Value, string Text) TextsOf(XmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            return ("", "");
        }

        var (value, text) = (new StringBuilder(), new StringBuilder());
        StringBuilder? open = null;
        var (depth, reading) = (reader.Depth, false);
        while (reader.Read() && reader.Depth > depth)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when !reader.IsEmptyElement:
                    // Readings (rPh) of a text are not part of it.
                    reading |= reader.LocalName == "rPh";
                    open = reader.LocalName switch
                    {
                        "v" => value,
                        "t" when !reading => text,
                        _ => open,
                    };
                    break;
                case XmlNodeType.EndElement:
                    reading &= reader.LocalName != "rPh";
                    open = reader.LocalName is "v" or "t" ? null : open;
                    break;
                case XmlNodeType.Text
                or XmlNodeType.CDATA
                or XmlNodeType.SignificantWhitespace
                or XmlNodeType.Whitespace:
                    open?.Append(reader.Value);
                    break;
            }
        }

        return (value.ToString(), text.ToString());
    }

    // "AB12" is column 27, counted from 0. A workbook has at most 16384 columns.
    private static int Column(string reference)
    {
        var column = 0;
        foreach (var letter in reference.TakeWhile(char.IsAsciiLetterUpper))
        {
            column = (column * 26) + (letter - 'A' + 1);
            if (column > 16384)
            {
                throw new InvalidDataException("There is no such column.");
            }
        }

        return column > 0 ? column - 1 : throw new InvalidDataException("A cell has no column.");
    }

    private static bool Is(XmlReader reader, string name) =>
        reader.NodeType == XmlNodeType.Element && reader.LocalName == name && reader.NamespaceURI == Main;

    private XmlReader Part(string name)
    {
        var stream = (zip.GetEntry(name) ?? throw new InvalidDataException($"The workbook has no {name}.")).Open();
        return XmlReader.Create(
            new Counted(stream, this),
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                CloseInput = true,
            }
        );
    }

    /// <summary>Counts what is unpacked, of all parts together.</summary>
    private sealed class Counted(Stream inner, Workbook workbook) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            workbook._left -= read;
            return workbook._left >= 0
                ? read
                : throw new InvalidDataException("The workbook unpacks to more than is taken.");
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
