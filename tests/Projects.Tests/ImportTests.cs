using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests;

public sealed class ImportTests(ProjectsFixture fixture)
{
    private const string Heading =
        "contractNumber,name,owner,city,siteAddress,latitude,longitude,buildingAreaSquareMetres,structureType,qualityGrade,manager,authorisedPerson,chiefEngineer,technicalHead,engineeringHead,qualityHead,managerSince,designLifeYears,warranty:waterproofing";

    [Fact, Trait("Rule", "P3.3"), Trait("Rule", "P3.1.2")]
    public async Task Given_a_table_with_faults_When_tried_Then_every_faulty_row_is_told_and_nothing_is_changed_and_once_mended_all_is_entered()
    {
        var (owner, staff, mark) = await PrepareAsync();
        string Row(string number, string name = "\"濱江花園, \"\"東區\"\"\"", string city = "shanghai", string latitude = "31.2", string manager = "", string since = "2020-01-01", string life = "50", string roof = "") =>
            $"{mark}-{number},{name},{owner},{city},濱江路 88 號,{latitude},121.4,23500.5,frame,合格,{(manager.Length > 0 ? manager : staff)},{staff},{staff},{staff},{staff},{staff},{since},{life},{roof}";
        var good = string.Join("\r\n", Heading, Row("1"), Row("2", roof: "8y"), "");
        var bad = string.Join("\r\n", Heading, Row("1"), Row("2", roof: "3y"), Row("1"), Row("4", city: "上海", latitude: "131.2"), Row("5", manager: "無此人", since: "1/2/2020", life: "0", roof: "five"), "");

        foreach (var dry in new[] { true, false })
        {
            var faulty = await ImportAsync(Encoding.UTF8.GetBytes(bad), dry);
            faulty["imported"]!.GetValue<int>().ShouldBe(0);
            faulty["rows"]!.GetValue<int>().ShouldBe(5);
            faulty["faults"]!.AsArray().Select(f => $"{f!["row"]} {f["column"]} {f["code"]}").Order().ShouldBe(new[]
            {
                "3 warranty:waterproofing warranty-below-prescribed", "4 contractNumber already-exists", "5 city import-code", "5 latitude import-number",
                "6 designLifeYears import-number", "6 manager import-person-unknown", "6 managerSince import-date", "6 warranty:waterproofing import-term",
            }.Order());
            faulty["faults"]!.AsArray().First(f => f!["row"]!.GetValue<int>() == 3)!["rule"]!.ToString().ShouldBe("P3.1.2");
        }

        (await ImportAsync(Encoding.UTF8.GetBytes(good), true))["faults"]!.AsArray().ShouldBeEmpty();
        (await fixture.Engineering.GetAsync($"/v1/projects?search={mark}")).Ok()["items"].AsArray().ShouldBeEmpty("a dry run changes nothing, nor does a faulty one");
        (await ImportAsync([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(good.Replace(',', ';').Replace("花園;", "花園,", StringComparison.Ordinal))], false))["imported"]!.GetValue<int>().ShouldBe(2);
        var entered = (await fixture.Engineering.GetAsync($"/v1/projects?search={mark}")).Ok()["items"].AsArray();
        entered.Count.ShouldBe(2);
        entered[0]!["name"]!.ToString().ShouldBe("濱江花園, \"東區\"");
        (await ImportAsync(Encoding.UTF8.GetBytes(good), true))["faults"]!.AsArray().Select(f => f!["code"]!.ToString()).ShouldBe(["already-exists", "already-exists"]);
        await fixture.EventAsync("projects.project.registered.v1", e => e["contractNumber"]!.ToString() == $"{mark}-2");
    }

    [Fact, Trait("Rule", "P3.3")]
    public async Task Given_a_workbook_When_imported_Then_shared_and_inline_texts_numbers_and_gaps_are_read()
    {
        var (owner, staff, mark) = await PrepareAsync();
        var cells = new List<string> { $"{mark}-9", "表格工程", owner, "beijing", "長安街 1 號", "39.9", "116.4", "1000", "steel", "優良", staff, staff, staff, staff, staff, staff, "43831", "", "6y" };

        var view = await ImportAsync(Workbook(Heading.Split(','), cells), false);

        view["faults"]!.ToJsonString().ShouldBe("[]");
        view["imported"]!.GetValue<int>().ShouldBe(1);
        var project = (await fixture.Engineering.GetAsync($"/v1/projects?search={mark}")).Ok()["items"][0]!;
        project["name"]!.ToString().ShouldBe("表格工程");
        var person = (await fixture.Engineering.GetAsync($"/v1/people?search={staff}")).Ok()["items"][0]!;
        person["assignments"]!.AsArray().Single()!["from"]!.ToString().ShouldBe("2020-01-01", "a workbook keeps a date as the number of a day");
    }

    [Fact, Trait("Rule", "P3.3")]
    public async Task Given_what_is_no_table_When_imported_Then_it_is_refused()
    {
        foreach (var content in new[] { [0xFF, 0xFE, 0x00], "\"not closed"u8.ToArray(), "a,a\n1,2"u8.ToArray(), [], "PK\u0003\u0004 broken"u8.ToArray() })
        {
            var (answer, body) = await PostAsync(content, true, Roles.Engineering);
            ((int)answer.StatusCode, JsonNode.Parse(body)!["code"]!.ToString()).ShouldBe((400, "import-unreadable"));
        }

        (await PostAsync(Encoding.UTF8.GetBytes(Heading), true, Roles.Finance)).Answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await ImportAsync("contractNumber,colour\nA,red"u8.ToArray(), true))["faults"]!.AsArray().ShouldContain(f => f!["code"]!.ToString() == "import-column-unknown");
    }

    private async Task<(string Owner, string Staff, string Mark)> PrepareAsync()
    {
        var mark = "IM" + Guid.CreateVersion7().ToString("N")[^8..];
        await Task.WhenAll(
            fixture.Engineering.PostAsync("/v1/organisations", new { name = "業主" + mark, kind = "owner", code = "O" + mark, contacts = new[] { new { name = "王", phone = "1" } } }),
            fixture.Engineering.PostAsync("/v1/people", new { name = "員" + mark, roleTitle = "經理", staffNumber = "S" + mark }));
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
        return await fixture.SendAsync(role, HttpMethod.Post, $"/v1/projects/import?dryRun={(dryRun ? "true" : "false")}", form);
    }

    // As small as a workbook can be: the heading in shared texts, the row inline and with cells left out.
    private static byte[] Workbook(string[] heading, List<string> row)
    {
        static string Column(int index) => index < 26 ? ((char)('A' + index)).ToString() : "A" + (char)('A' + index - 26);
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Part(string name, string xml)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(xml);
            }

            Part("xl/workbook.xml", """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>""");
            Part("xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>""");
            Part("xl/sharedStrings.xml", $"""<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{string.Concat(heading.Select(h => $"<si><r><t>{h[..1]}</t></r><r><t>{h[1..]}</t></r><rPh><t>x</t></rPh></si>"))}</sst>""");
            var titles = string.Concat(heading.Select((_, i) => $"""<c r="{Column(i)}1" t="s"><v>{i}</v></c>"""));
            var values = string.Concat(row.Select((v, i) => v.Length == 0 ? ""
                : double.TryParse(v, System.Globalization.CultureInfo.InvariantCulture, out _) ? $"""<c r="{Column(i)}2"><v>{v}</v></c>""" : $"""<c r="{Column(i)}2" t="inlineStr"><is><t>{v}</t></is></c>"""));
            Part("xl/worksheets/sheet1.xml", $"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">{titles}</row><row r="2">{values}</row></sheetData></worksheet>""");
        }

        return memory.ToArray();
    }
}
