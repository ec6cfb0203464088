using CustomerService.Contracts.Projects.V1;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests;

/// <summary>Notes, followers, tags, links and timeline of repair orders.</summary>
public sealed class RepairOrderRecordTests(RepairsFixture fixture) : RecordsContract<RepairsFixture>(fixture, "repairs")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var opened = await Case.Of(Fixture).OpenedAsync();
        return new("repair-order", opened.Record, opened.Id, opened.OwnerId);
    }

    protected override bool Shows(string purpose) => purpose == "photo";

    [Fact]
    [Trait("Rule", "S2")]
    public async Task An_order_of_a_finding_is_linked_to_its_revisit()
    {
        var site = Case.Of(Fixture);
        var finding = new RepairRequested(
            Guid.CreateVersion7(),
            1,
            Guid.CreateVersion7(),
            site.ProjectId,
            "濱江花園",
            "HT-2024-018",
            site.OwnerId,
            "濱江業主委員會",
            "王先生",
            "021-5555",
            "roof",
            "屋面東南角",
            "屋面滲漏",
            "major",
            Fixture.Today
        );
        await Fixture.DeliverAsync(finding);

        var told = await Fixture.EventAsync(
            "repairs.record.linked.v1",
            e => e.Text("toId") == finding.RevisitId.ToString()
        );

        (told.Text("kind"), told.Text("toKind"), told.Text("fromKind")).ShouldBe(
            ("caused-by", "revisit", "repair-order")
        );
        var links = await site.Service.GetAsync($"/v1/repair-orders/{told.Text("fromId")}/links");
        links.Ok().Items.Single()["relation"]!.ToString().ShouldBe("caused-by");
    }
}
