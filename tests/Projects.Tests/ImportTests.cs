using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests;

public sealed class ImportTests(ProjectsFixture fixture) : OnServers<ProjectsFixture>(fixture)
{
    private const string Heading =
        "contractNumber,name,owner,city,siteAddress,latitude,longitude,buildingAreaSquareMetres,structureType,qualityGrade,manager,authorisedPerson,chiefEngineer,technicalHead,engineeringHead,qualityHead,managerSince,designLifeYears,warranty:roof";

    [Fact, Trait("Rule", "P3.3"), Trait("Rule", "P3.1.2")]
    public async Task Given_a_table_with_faults_When_tried_Then_every_faulty_row_is_told_and_nothing_is_changed_and_once_mended_all_is_entered()
    {
        var (owner, staff, mark) = await PrepareAsync();
        string Row(
            string number,
            string name = "\"濱江花園, \"\"東區\"\"\"",
            string city = "shanghai",
            string latitude = "31.2",
            string manager = "",
            string since = "2020-01-01",
            string life = "50",
            string roof = ""
        ) =>
            $"{mark}-{number},{name},{owner},{city},濱江路 88 號,{latitude},121.4,23500.5,frame,合格,{(manager.Length > 0 ? manager : staff)},{staff},{staff},{staff},{staff},{staff},{since},{life},{roof}";
        var good = string.Join("\r\n", Heading, Row("1"), Row("2", roof: "8y"), "");
        var bad = string.Join(
            "\r\n",
            Heading,
            Row("1"),
            Row("2", roof: "3y"),
            Row("1"),
            Row("4", city: "上海", latitude: "131.2"),
            Row("5", manager: "無此人", since: "1/2/2020", life: "0", roof: "five"),
            ""
        );

        foreach (var dry in new[] { true, false })
        {
            var faulty = await ImportAsync(Encoding.UTF8.GetBytes(bad), dry);
            faulty["imported"]!.GetValue<int>().ShouldBe(0);
            faulty["rows"]!.GetValue<int>().ShouldBe(5);
            faulty["faults"]!
                .AsArray()
                .Select(f => $"{f!["row"]} {f["column"]} {f["code"]}")
                .Order()
                .ShouldBe(
                    new[]
                    {
                        "3 warranty:roof warranty-below-prescribed",
                        "4 contractNumber already-exists",
                        "5 city import-code",
                        "5 latitude import-number",
                        "6 designLifeYears import-number",
                        "6 manager import-person-unknown",
                        "6 managerSince import-date",
                        "6 warranty:roof import-term",
                    }.Order()
                );
            faulty["faults"]!.AsArray().First(f => f!["row"]!.GetValue<int>() == 3)!["rule"]!
                .ToString()
                .ShouldBe("P3.1.2");
        }

        (await ImportAsync(Encoding.UTF8.GetBytes(good), true))["faults"]!.AsArray().ShouldBeEmpty();
        (await Fixture.Engineering.GetAsync($"/v1/projects?search={mark}"))
            .Ok()["items"]
            .AsArray()
            .ShouldBeEmpty("a dry run changes nothing, nor does a faulty one");
        (
            await ImportAsync(
                [
                    0xEF,
                    0xBB,
                    0xBF,
                    .. Encoding.UTF8.GetBytes(
                        good.Replace(',', ';').Replace("花園;", "花園,", StringComparison.Ordinal)
                    ),
                ],
                false
            )
        )["imported"]!
            .GetValue<int>()
            .ShouldBe(2);
        var entered = (await Fixture.Engineering.GetAsync($"/v1/projects?search={mark}")).Ok()["items"].AsArray();
        entered.Count.ShouldBe(2);
        entered[0]!["name"]!.ToString().ShouldBe("濱江花園, \"東區\"");
        (await ImportAsync(Encoding.UTF8.GetBytes(good), true))["faults"]!
            .AsArray()
            .Select(f => f!["code"]!.ToString())
            .ShouldBe(["already-exists", "already-exists"]);
        await Fixture.ToldAsync("projects.project.registered.v1", e => e["contractNumber"]!.ToString() == $"{mark}-2");
    }

    [Fact, Trait("Rule", "P3.3")]
    public async Task Given_a_workbook_When_imported_Then_shared_and_inline_texts_numbers_and_gaps_are_read()
    {
        var (owner, staff, mark) = await PrepareAsync();
        var cells = new List<string>
        {
            $"{mark}-9",
            "表格工程",
            owner,
            "beijing",
            "長安街 1 號",
            "39.9",
            "116.4",
            "1000",
            "steel",
            "優良",
            staff,
            staff,
            staff,
            staff,
            staff,
            staff,
            "43831",
            "",
            "6y",
        };

        var view = await ImportAsync(Workbook(Heading.Split(','), cells), false);

        view["faults"]!.ToJsonString().ShouldBe("[]");
        view["imported"]!.GetValue<int>().ShouldBe(1);
        var project = (await Fixture.Engineering.GetAsync($"/v1/projects?search={mark}")).Ok()["items"][0]!;
        project["name"]!.ToString().ShouldBe("表格工程");
        var listed = (await Fixture.Engineering.GetAsync($"/v1/people?search={staff}")).Ok().Items.Single();
        var person = (await Fixture.Engineering.GetAsync($"/v1/people/{listed["id"]}")).Ok();
        person["assignments"]!.AsArray().Single()!["from"]!
            .ToString()
            .ShouldBe("2020-01-01", "a workbook keeps a date as the number of a day");
    }

    [Fact, Trait("Rule", "P3.3")]
    public async Task Given_what_is_no_table_When_imported_Then_it_is_refused()
    {
        foreach (
            var content in new[]
            {
                "\"not closed"u8.ToArray(),
                "a,a\n1,2"u8.ToArray(),
                [],
                "PK\u0003\u0004 broken"u8.ToArray(),
            }
        )
        {
            var (answer, body) = await PostAsync(content, true, Roles.Engineering);
            ((int)answer.StatusCode, JsonNode.Parse(body)!["code"]!.ToString()).ShouldBe((400, "import-unreadable"));
        }

        var unknown = (await PostAsync([.. "a,b\n1,"u8, 0xB9, 0xCF], true, Roles.Engineering)).Item2;
        JsonNode.Parse(unknown)!["code"]!.ToString().ShouldBe("import-encoding");
        (await PostAsync(Encoding.UTF8.GetBytes(Heading), true, Roles.Finance)).Answer.StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await ImportAsync("contractNumber,colour\nA,red"u8.ToArray(), true))["faults"]!
            .AsArray()
            .ShouldContain(f => f!["code"]!.ToString() == "import-column-unknown");
    }

    [Fact, Trait("Rule", "P3.1.2")]
    public async Task Given_a_table_by_rows_of_Table_3_1_When_imported_Then_the_fault_names_the_parts()
    {
        var table = Heading + ",warranty:waterproofing,subcontractor:electrical-plumbing-decoration\n";

        var faults = (await ImportAsync(Encoding.UTF8.GetBytes(table), true))["faults"]!.AsArray();

        faults
            .Select(f => $"{f!["column"]} {f["code"]}")
            .ShouldBe([
                "warranty:waterproofing warranty-part-unknown",
                "subcontractor:electrical-plumbing-decoration warranty-part-unknown",
            ]);
        faults[0]!["message"]!.ToString().ShouldContain("roof, bathrooms, rooms, outer-walls");
    }

    [Fact, Trait("Rule", "P3.1.1"), Trait("Rule", "P2.1.1"), Trait("Rule", "P1")]
    public async Task Given_works_that_subcontractors_did_and_that_are_handed_over_When_imported_Then_they_come_with_packages_terms_and_plan()
    {
        var (owner, staff, mark) = await PrepareAsync();
        var sub = (
            await Fixture.Engineering.PostAsync(
                "/v1/organisations",
                new
                {
                    name = "防水" + mark,
                    kind = "subcontractor",
                    isNew = true,
                    newReason = "另一單位",
                    code = "B" + mark,
                }
            )
        ).Ok();
        const string Columns = Heading + ",subcontractor:roof,subcontractor:electrical,acceptedOn,handedOverOn";
        string Row(string number, string roof = "", string lines = "", string accepted = "", string handedOver = "") =>
            string.Join(
                ',',
                [
                    $"{mark}-{number}",
                    "甲",
                    owner,
                    "shanghai",
                    "路 1 號",
                    "31.2",
                    "121.4",
                    "1",
                    "frame",
                    "合格",
                    .. Enumerable.Repeat(staff, 6),
                    "2020-01-01",
                    "50",
                    "",
                    roof,
                    lines,
                    accepted,
                    handedOver,
                ]
            );

        var bad = await ImportAsync(
            Encoding.UTF8.GetBytes(
                string.Join(
                    '\n',
                    Columns,
                    Row("1", roof: "nobody"),
                    Row("2", roof: owner),
                    Row("3", accepted: "2999-01-01"),
                    Row("4", handedOver: "2024-01-31"),
                    Row("5", accepted: "2024-02-01", handedOver: "2024-01-31"),
                    Row("6", accepted: "x")
                )
            ),
            true
        );
        bad["faults"]!
            .AsArray()
            .Select(f => $"{f!["row"]} {f["column"]} {f["code"]}")
            .Order()
            .ShouldBe(
                new[]
                {
                    "2 subcontractor:roof import-subcontractor-unknown",
                    "3 subcontractor:roof import-subcontractor-unknown",
                    "4 acceptedOn date-in-future",
                    "5 acceptedOn import-acceptance-missing",
                    "6 handedOverOn handover-before-acceptance",
                    "7 acceptedOn import-date",
                }.Order()
            );

        var good = Encoding.UTF8.GetBytes(
            string.Join(
                '\n',
                Columns,
                Row("1", "B" + mark, "防水" + mark, "2024-01-20", "2024-01-31"),
                Row("2", accepted: "2024-01-20"),
                Row("3")
            )
        );
        var (forbidden, body) = await PostAsync(good, false, Roles.Production);
        JsonNode.Parse(body)!["faults"]!
            .AsArray()
            .Select(f => f!["code"]!.ToString())
            .Distinct()
            .ShouldBe(["role-missing"], $"{forbidden.StatusCode}: production registers, engineering accepts");
        (await ImportAsync(good, false))["imported"]!.GetValue<int>().ShouldBe(3);
        var entered = (await Fixture.Engineering.GetAsync($"/v1/projects?search={mark}"))
            .Ok()["items"]
            .AsArray()
            .OrderBy(p => p!["number"]!.ToString(), StringComparer.Ordinal)
            .ToList();
        entered.Select(p => p!["state"]!.ToString()).ShouldBe(["handed-over", "accepted", "registered"]);
        var project = (await Fixture.Engineering.GetAsync($"/v1/projects/{entered[0]!["id"]}")).Ok();
        var package = project["packages"].AsArray().ShouldHaveSingleItem()!;
        package["subcontractorId"]!.ToString().ShouldBe(sub.Id.ToString());
        package["parts"]!.AsArray().Select(p => p!.ToString()).ShouldBe(["roof", "electrical"], ignoreOrder: true);
        project.Text("handedOverOn").ShouldBe("2024-01-31");
        (await Fixture.Production.GetAsync($"/v1/revisits?projectId={project.Id}&limit=200"))
            .Ok()["items"]
            .AsArray()
            .Select(r => r!["dueOn"]!.ToString())
            .Reverse()
            .Take(2)
            .ShouldBe(["2024-04-30", "2024-07-31"]);
        await Fixture.ToldAsync(
            "projects.project.handed-over.v1",
            e => e["projectId"]!.ToString() == project.Id.ToString()
        );
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("1e30")]
    [InlineData("-1")]
    [InlineData("0")]
    public async Task Given_an_area_that_is_none_When_imported_Then_it_is_a_fault_of_its_row(string area)
    {
        var (owner, staff, mark) = await PrepareAsync();
        var row = string.Join(
            ',',
            [
                $"{mark}-1",
                "甲",
                owner,
                "shanghai",
                "路 1 號",
                "31.2",
                "121.4",
                area,
                "frame",
                "合格",
                .. Enumerable.Repeat(staff, 6),
                "",
                "",
                "",
            ]
        );
        (await ImportAsync(Encoding.UTF8.GetBytes($"{Heading}\n{row}\n"), true))["faults"]!
            .AsArray()
            .Select(f => $"{f!["column"]} {f["code"]}")
            .ShouldBe(["buildingAreaSquareMetres import-number"]);
    }

    [Fact]
    public async Task Given_a_NUL_in_a_cell_When_imported_Then_the_cell_is_named_and_the_other_rows_are_looked_at()
    {
        var (owner, staff, mark) = await PrepareAsync();
        string Row(string number, string name, string by) =>
            string.Join(
                ',',
                [
                    $"{mark}-{number}",
                    name,
                    owner,
                    "shanghai",
                    "路 1 號",
                    "31.2",
                    "121.4",
                    "1",
                    "frame",
                    "合格",
                    by,
                    .. Enumerable.Repeat(staff, 5),
                    "",
                    "",
                    "",
                ]
            );
        var view = await ImportAsync(
            Encoding.UTF8.GetBytes(string.Join('\n', Heading, Row("1", "a\0b", "\0"), Row("2", "乙", "nobody"))),
            true
        );
        view["rows"]!.GetValue<int>().ShouldBe(2);
        view["faults"]!
            .AsArray()
            .Select(f => $"{f!["row"]} {f["column"]} {f["code"]}")
            .ShouldBe(["2 name import-characters", "2 manager import-characters", "3 manager import-person-unknown"]);
    }

    [Fact]
    public async Task Given_more_rows_or_columns_than_are_taken_When_imported_Then_it_is_refused()
    {
        var rows = string.Concat(Enumerable.Range(0, 5001).Select(i => $"{i},x\n"));
        foreach (
            var content in new[]
            {
                Encoding.UTF8.GetBytes("contractNumber,name\n\n" + rows),
                Book(
                    $"""<row r="1"><c r="A1" t="str"><v>a</v></c></row>{string.Concat(Enumerable.Range(2, 5001).Select(i => $"<row r=\"{i}\"><c r=\"A{i}\"><v>{i}</v></c></row>"))}"""
                ),
            }
        )
        {
            var (answer, body) = await PostAsync(content, true, Roles.Engineering);
            ((int)answer.StatusCode, JsonNode.Parse(body)!["code"]!.ToString()).ShouldBe((400, "import-too-long"));
        }

        var missing = (await ImportAsync("contractNumber,name\nA,x"u8.ToArray(), true))["faults"]!.AsArray();
        missing.Select(f => f!["code"]!.ToString()).Distinct().ShouldBe(["import-column-missing"]);
        missing.Select(f => f!["column"]!.ToString()).ShouldContain("siteAddress");
        (await ImportAsync(Encoding.UTF8.GetBytes("contractNumber,name" + new string(',', 3_000_000) + "\nA,x"), true))[
            "faults"
        ]!
            .AsArray()
            .ShouldNotBeEmpty("commas without end are no columns");
        var (wide, wideBody) = await PostAsync(
            Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 101))),
            true,
            Roles.Engineering
        );
        ((int)wide.StatusCode, JsonNode.Parse(wideBody)!["code"]!.ToString()).ShouldBe((400, "import-unreadable"));
    }

    public static TheoryData<string, byte[]> Malformed =>
        new()
        {
            {
                "no such relationship",
                Book("", relations: """<Relationship Id="rId9" Target="worksheets/sheet1.xml"/>""")
            },
            { "no target", Book("", relations: """<Relationship Id="rId1"/>""") },
            { "a sheet elsewhere", Book("", relations: """<Relationship Id="rId1" Target="../../../etc/passwd"/>""") },
            { "no sheet", Book("", workbook: "<sheets/>") },
            { "a sheet without relationship", Book("", workbook: """<sheets><sheet name="S"/></sheets>""") },
            { "a cell without capital letters", Book("""<row r="1"><c r="a1"><v>1</v></c></row>""") },
            { "a cell of digits", Book("""<row r="1"><c r="11"><v>1</v></c></row>""") },
            { "a column that there is not", Book("""<row r="1"><c r="ZZZZ1"><v>1</v></c></row>""") },
            { "a row beyond all numbers", Book("""<row r="99999999999"><c r="A1"><v>1</v></c></row>""") },
            { "a shared text that there is not", Book("""<row r="1"><c r="A1" t="s"><v>7</v></c></row>""") },
            { "half a document", Book("<row r=\"1\"><c") },
            { "the last column, with something", Book("""<row r="1"><c r="XFD1"><v>1</v></c></row>""") },
            { "entities", Book("""<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>""") },
            { "sizes whose sum overflows", Oversized() },
            { "sixty megabytes of white space", Book(new string(' ', 60 * 1024 * 1024)) },
            { "texts beyond number", Book("", shared: string.Concat(Enumerable.Repeat("<si/>", 500_001))) },
        };

    [Theory, MemberData(nameof(Malformed), DisableDiscoveryEnumeration = true)]
    public async Task Given_a_workbook_made_to_hurt_When_imported_Then_it_is_refused_or_every_fault_told(
        string what,
        byte[] content
    )
    {
        var (answer, body) = await PostAsync(content, true, Roles.Engineering);
        var said = JsonNode.Parse(body)!;
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            // The reader makes what it can of it; the columns that are missing are told.
            said["faults"]!.AsArray().ShouldNotBeEmpty(what);
            said["imported"]!.GetValue<int>().ShouldBe(0, what);
            return;
        }

        ((int)answer.StatusCode, said["code"]!.ToString()).ShouldBe((400, "import-unreadable"), what);
    }

    [Fact]
    public void Given_a_small_workbook_of_a_million_far_cells_When_read_Then_it_takes_no_memory_to_speak_of()
    {
        var rows = new StringBuilder();
        for (var i = 1; i <= 1_000_000; i++)
        {
            rows.Append(System.Globalization.CultureInfo.InvariantCulture, $"<row r=\"{i}\"><c r=\"XFD{i}\"/></row>");
        }

        var content = Book(rows.ToString());
        var before = GC.GetAllocatedBytesForCurrentThread();
        Imports.Table.Read(content, 5000).ShouldBeNull("there is nothing in it");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(
            500_000_000,
            "padded to their columns they would take more than a hundred gigabytes"
        );
    }

    // A workbook whose parts are what the test says.
    private static byte[] Book(string rows, string? workbook = null, string? relations = null, string? shared = null)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Part(string name, string xml)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(xml);
            }

            const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
            Part(
                "xl/workbook.xml",
                $"""<workbook xmlns="{Main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{workbook ?? "<sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"}</workbook>"""
            );
            Part(
                "xl/_rels/workbook.xml.rels",
                $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations ?? "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>"}</Relationships>"""
            );
            if (shared is not null)
            {
                Part("xl/sharedStrings.xml", $"""<sst xmlns="{Main}">{shared}</sst>""");
            }

            Part(
                "xl/worksheets/sheet1.xml",
                $"""<worksheet xmlns="{Main}"><sheetData>{rows}</sheetData></worksheet>"""
            );
        }

        return memory.ToArray();
    }

    // Two parts that each claim, in the zip64 field of the directory, to unpack to nearly all that a long can say.
    private static byte[] Oversized()
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        var offsets = new List<int>();
        string[] names = ["xl/workbook.xml", "xl/sharedStrings.xml"];
        foreach (var name in names)
        {
            offsets.Add((int)memory.Position);
            writer.Write(0x04034B50u);
            writer.Write(new byte[22]);
            writer.Write((ushort)name.Length);
            writer.Write((ushort)0);
            writer.Write(Encoding.ASCII.GetBytes(name));
        }

        var start = (uint)memory.Position;
        for (var i = 0; i < names.Length; i++)
        {
            writer.Write(0x02014B50u);
            writer.Write((ushort)45);
            writer.Write((ushort)45);
            writer.Write(new byte[12]);
            writer.Write(0u);
            writer.Write(uint.MaxValue);
            writer.Write((ushort)names[i].Length);
            writer.Write((ushort)12);
            writer.Write(new byte[10]);
            writer.Write((uint)offsets[i]);
            writer.Write(Encoding.ASCII.GetBytes(names[i]));
            writer.Write((ushort)1);
            writer.Write((ushort)8);
            writer.Write(long.MaxValue - 1);
        }

        var size = (uint)memory.Position - start;
        writer.Write(0x06054B50u);
        writer.Write(0u);
        writer.Write((ushort)names.Length);
        writer.Write((ushort)names.Length);
        writer.Write(size);
        writer.Write(start);
        writer.Write((ushort)0);
        return memory.ToArray();
    }

    private async Task<(string Owner, string Staff, string Mark)> PrepareAsync()
    {
        var mark = "IM" + Guid.CreateVersion7().ToString("N")[^8..];
        await Task.WhenAll(
            Fixture.Engineering.PostAsync(
                "/v1/organisations",
                new
                {
                    name = "業主" + mark,
                    kind = "owner",
                    isNew = true,
                    newReason = "另一單位",
                    code = "O" + mark,
                    contacts = new[] { new { name = "王", phone = "1" } },
                }
            ),
            Fixture.Engineering.PostAsync(
                "/v1/people",
                new
                {
                    name = "員" + mark,
                    roleTitle = "經理",
                    staffNumber = "S" + mark,
                }
            )
        );
        return ("O" + mark, "S" + mark, mark);
    }

    private async Task<JsonNode> ImportAsync(byte[] content, bool dryRun)
    {
        var (answer, body) = await PostAsync(content, dryRun, Roles.Engineering);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, Encoding.UTF8.GetString(body));
        return JsonNode.Parse(body)!;
    }

    private async Task<(HttpResponseMessage Answer, byte[] Body)> PostAsync(byte[] content, bool dryRun, string role)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", "projects.csv" } };
        return await Fixture.SendAsync(
            role,
            HttpMethod.Post,
            $"/v1/projects/import?dryRun={(dryRun ? "true" : "false")}",
            form
        );
    }

    // As small as a workbook can be: the heading in shared texts, the row inline and with cells left out.
    private static byte[] Workbook(string[] heading, List<string> row)
    {
        static string Column(int index) =>
            index < 26 ? ((char)('A' + index)).ToString() : "A" + (char)('A' + index - 26);
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Part(string name, string xml)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(xml);
            }

            Part(
                "xl/workbook.xml",
                """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"""
            );
            Part(
                "xl/_rels/workbook.xml.rels",
                """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"""
            );
            // The second format is a date.
            Part(
                "xl/styles.xml",
                """<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"""
            );
            Part(
                "xl/sharedStrings.xml",
                $"""<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{string.Concat(heading.Select(h => $"<si><r><t>{h[..1]}</t></r><r><t>{h[1..]}</t></r><rPh><t>x</t></rPh></si>"))}</sst>"""
            );
            var titles = string.Concat(heading.Select((_, i) => $"""<c r="{Column(i)}1" t="s"><v>{i}</v></c>"""));
            var values = string.Concat(
                row.Select(
                    (v, i) =>
                        v.Length == 0 ? ""
                        : double.TryParse(v, System.Globalization.CultureInfo.InvariantCulture, out _)
                            ? $"""<c r="{Column(i)}2"{(heading[i].EndsWith("Since", StringComparison.Ordinal) ? " s=\"1\"" : "")}><v>{v}</v></c>"""
                        : $"""<c r="{Column(i)}2" t="inlineStr"><is><t>{v}</t></is></c>"""
                )
            );
            Part(
                "xl/worksheets/sheet1.xml",
                $"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">{titles}</row><row r="2">{values}</row></sheetData></worksheet>"""
            );
        }

        return memory.ToArray();
    }
}
