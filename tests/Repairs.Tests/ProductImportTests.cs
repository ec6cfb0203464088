using System.Text;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests;

/// <summary>Machines from a table.</summary>
public sealed class ProductImportTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "C2")]
    public async Task A_table_is_checked_first_and_entered_whole_or_not_at_all()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var sound =
            $"serial,model,exFactoryOn,purchasedOn\n{it.Serial(1)},{it.Prefix},2026-01-05,2026-02-01\n{it.Serial(2)},{it.Prefix.ToLowerInvariant()},2026-01-05,\n";
        var faulty =
            sound
            + $"{it.Serial(2).Replace('S', 'ｓ')},{it.Prefix},2026-01-05,\n{it.Serial(3)},none,05.01.2026,\n{it.Serial(4)},{it.Prefix},2026-02-05,2026-01-05\n{it.Serial(5)},#N/A,,\n";

        var checkedFirst = (await ImportAsync(it, faulty, dryRun: true)).Ok();
        checkedFirst["faults"]
            .AsArray()
            .Select(fault => (fault!["row"]!.GetValue<int>(), fault["code"]!.ToString()))
            .ShouldBe(
                [
                    (3, "import-serial-twice"),
                    (4, "import-serial-twice"),
                    (5, "model-unknown"),
                    (5, "import-date"),
                    (6, "purchased-before-ex-factory"),
                    (7, "import-error-value"),
                    (7, "model-unknown"),
                ],
                ignoreOrder: true
            );
        (await ImportAsync(it, faulty, dryRun: false)).Ok()["imported"].GetValue<int>().ShouldBe(0);
        (await ImportAsync(it, sound, dryRun: true)).Ok()["imported"].GetValue<int>().ShouldBe(0);
        (await ImportAsync(it, sound, dryRun: false)).Ok()["imported"].GetValue<int>().ShouldBe(2);

        var again = (await ImportAsync(it, sound, dryRun: true)).Ok()["faults"].AsArray();
        again.Select(fault => fault!["code"]!.ToString()).ShouldBe(["serial-exists", "serial-exists"]);
        var existing = again[1]!["existing"]!;
        (existing["number"]!.ToString(), existing["modelCode"]!.ToString()).ShouldBe((it.Serial(2), it.Prefix));
        (await it.Service.GetAsync($"/v1/product-serials/{existing["id"]}")).Ok().Number.ShouldBe(it.Serial(2));
        again[1]!["message"]!.ToString().ShouldContain(it.Serial(2));
        again[1]!["message"]!.ToString().ShouldContain(it.Prefix);
        var found = (await it.Service.GetAsync($"/v1/product-serials?number={it.Serial(1).ToLowerInvariant()}")).Ok();
        found.Items.Single()["warrantyEndsOn"]!.ToString().ShouldBe("2028-02-01");
    }

    private static async Task<ApiAnswer> ImportAsync(GoodsCase it, string table, bool dryRun)
    {
        using var content = new MultipartFormDataContent();
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes(table));
        content.Add(file, "file", "machines.csv");
        return await it.Service.PostAsync($"/v1/product-serials/import?dryRun={(dryRun ? "true" : "false")}", content);
    }
}
