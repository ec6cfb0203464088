using System.IO.Compression;
using System.Text;
using CustomerService.Imports;

namespace CustomerService.ServiceDefaults.Tests;

/// <summary>Tables that people bring, with what spreadsheets write.</summary>
public sealed class TableTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", "1", "2")]
    [InlineData("\uFEFFa;b\r\n1;\"x;\"\"y\"\"\"\r\n", "1", "x;\"y\"")]
    [InlineData("a\tb\n1\t2", "1", "2")]
    [InlineData("a,b\n\"two\nlines\",2", "two\nlines", "2")]
    public void Given_csv_as_spreadsheets_write_it_When_read_Then_the_cells_are_what_was_entered(
        string csv,
        string a,
        string b
    )
    {
        var table = Table.Read(Encoding.UTF8.GetBytes(csv), 10).ShouldNotBeNull();

        (table.Rows[0]["a"], table.Rows[0]["b"]).ShouldBe((a, b));
    }

    [Fact]
    public void Given_blank_lines_When_read_Then_rows_keep_the_numbers_that_the_person_sees() =>
        Table
            .Read("a,b\n\n1,2\n,\n3,4\n"u8.ToArray(), 10)
            .ShouldNotBeNull()
            .Rows.Select(row => row.Number)
            .ShouldBe([3, 5]);

    [Theory]
    [InlineData("a,b\n\"open,2\n")]
    [InlineData("a,a\n1,2\n")]
    [InlineData("")]
    public void Given_no_table_When_read_Then_there_is_none(string csv) =>
        Table.Read(Encoding.UTF8.GetBytes(csv), 10).ShouldBeNull();

    [Fact]
    public void Given_csv_in_another_encoding_When_read_Then_it_is_refused_and_not_read_as_rubbish() =>
        Table.Read([.. "a,b\n1,"u8, 0xB9, 0xCF], 10).ShouldBeNull();

    [Theory]
    [InlineData("big5", "濱江花園一期,上海市浦東新區濱江大道一號,濱江置業有限公司,框架剪力牆結構，優良")]
    [InlineData("big5", "廣場,台北市信義區,捷運局,鋼筋混凝土")]
    [InlineData("gb18030", "滨江花园一期,上海市浦东新区滨江大道一号,滨江置业有限公司,框架剪力墙结构，优良")]
    [InlineData("gb18030", "广场,北京市朝阳区,地铁公司,钢筋混凝土")]
    [InlineData("utf-16", "廣場,北京市朝阳区,地铁公司,钢筋")]
    [InlineData("utf-16BE", "廣場,北京市朝阳区,地铁公司,钢筋")]
    [InlineData("utf-8", "廣場,朝阳,地铁,筋")]
    public void Given_csv_in_an_encoding_that_spreadsheets_use_When_read_Then_it_is_recognised(
        string encoding,
        string row
    )
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var used = Encoding.GetEncoding(encoding);

        var table = Table
            .Read([.. used.GetPreamble(), .. used.GetBytes("a,b,c,d\r\n" + row + "\r\n")], 10)
            .ShouldNotBeNull();

        string.Join(',', table.Columns.Select(column => table.Rows[0][column])).ShouldBe(row);
    }

    // A character or two of two bytes are possible in both encodings.
    [Theory]
    [InlineData("B9CF")]
    [InlineData("BCE1BDADBCE1BDAD")]
    [InlineData("FFFFFFFFFFFFFFFF")]
    [InlineData("80818283848586FE")]
    public void Given_bytes_that_no_encoding_explains_clearly_When_read_Then_the_encoding_is_unknown(string hex)
    {
        byte[] csv = [.. "a,b\n1,"u8, .. Convert.FromHexString(hex)];

        Table.Read(csv, 10).ShouldBeNull();
        Table.IsOfUnknownEncoding(csv).ShouldBeTrue();
    }

    [Fact]
    public void Given_csv_with_the_text_of_an_error_When_read_Then_it_is_an_error_cell() =>
        Table
            .Read("a,b\n#N/A,#1 building\n"u8.ToArray(), 10)
            .ShouldNotBeNull()
            .Rows.Select(row => (row["a"], row["b"]))
            .ShouldBe([(Table.ErrorValue, "#1 building")]);

    [Fact]
    public void Given_more_rows_than_are_taken_When_read_Then_one_more_is_read_so_that_it_is_seen() =>
        Table.Read(Encoding.UTF8.GetBytes("a\n1\n2\n3\n4\n"), 2).ShouldNotBeNull().Rows.Count.ShouldBe(3);

    [Fact]
    public void Given_more_columns_than_are_taken_When_read_Then_it_is_no_table() =>
        Table.Read(Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 101)) + "\n1"), 10).ShouldBeNull();

    [Theory]
    [InlineData(false, "2022-05-31")]
    [InlineData(true, "2026-06-01")]
    public void Given_a_date_cell_When_the_workbook_counts_from_1900_or_1904_Then_it_is_that_day(
        bool from1904,
        string day
    )
    {
        var table = Table
            .Read(Workbook("""<c r="A2" s="1"><v>44712</v></c><c r="B2"><v>1.5</v></c>""", from1904), 10)
            .ShouldNotBeNull();

        (table.Rows[0]["accepted"], table.Rows[0]["address"]).ShouldBe((day, "1.5"));
    }

    [Fact]
    public void Given_an_error_cell_When_read_Then_it_is_no_text_that_a_person_could_mean()
    {
        var table = Table
            .Read(Workbook("""<c r="A2"><v>1</v></c><c r="B2" t="e"><v>#N/A</v></c>""", false), 10)
            .ShouldNotBeNull();

        table.Rows[0]["address"].ShouldBe(Table.ErrorValue);
    }

    // A sheet with a link or a comment has relations of its own; sheets that were put in another order keep their parts.
    [Theory]
    [InlineData("sheet1", "xl/worksheets/_rels/sheet1.xml.rels")]
    [InlineData("sheet2", "xl/worksheets/sheet1.xml")]
    public void Given_other_parts_beside_the_first_sheet_When_read_Then_its_error_cells_are_still_seen(
        string sheet,
        string beside
    )
    {
        var workbook = Workbook("""<c r="A2"><v>1</v></c><c r="B2" t="e"><v>#N/A</v></c>""", false, "", sheet, beside);

        Table.Read(workbook, 10).ShouldNotBeNull().Rows[0]["address"].ShouldBe(Table.ErrorValue);
    }

    [Fact]
    public void Given_a_workbook_that_unpacks_to_more_than_is_taken_When_read_Then_it_is_no_table() =>
        Table.Read(Workbook("", false, new string(' ', 51 * 1024 * 1024)), 10).ShouldBeNull();

    [Fact]
    public void Given_a_packed_file_that_is_no_workbook_When_read_Then_it_is_no_table() =>
        Table.Read([.. "PK\u0003\u0004"u8, 1, 2, 3], 10).ShouldBeNull();

    private static byte[] Workbook(
        string secondRow,
        bool from1904,
        string padding = "",
        string sheet = "sheet1",
        string? beside = null
    )
    {
        const string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const string package = "http://schemas.openxmlformats.org/package/2006/relationships";
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Part(string name, string xml)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(xml);
            }

            Part(
                "_rels/.rels",
                $"""<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
            );
            Part(
                "xl/workbook.xml",
                $"""<workbook xmlns="{main}" xmlns:r="{office}"><workbookPr date1904="{(from1904 ? 1 : 0)}"/><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"""
            );
            Part(
                "xl/_rels/workbook.xml.rels",
                $"""<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/{sheet}.xml"/><Relationship Id="r2" Type="{office}/styles" Target="styles.xml"/></Relationships>"""
            );
            Part(
                "xl/styles.xml",
                $"""<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"""
            );
            if (beside is not null)
            {
                Part(beside, $"""<worksheet xmlns="{main}"><sheetData/></worksheet>""");
            }

            Part(
                $"xl/worksheets/{sheet}.xml",
                $"""<worksheet xmlns="{main}">{padding}<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>accepted</t></is></c><c r="B1" t="inlineStr"><is><t>address</t></is></c></row><row r="2">{secondRow}</row></sheetData></worksheet>"""
            );
        }

        return bytes.ToArray();
    }
}
