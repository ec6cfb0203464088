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

/// <summary>The same of RMAs.</summary>
public sealed class RmaRecordTests(RepairsFixture fixture) : RecordsContract<RepairsFixture>(fixture, "repairs")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var rma = (await it.DeclareAsync(new Rmas.Features.DeclareRma.LineRequest(it.ModelId, Quantity: 1))).Ok();
        return new("rma", $"/v1/rmas/{rma.Id}", rma.Id, it.CustomerId);
    }

    protected override bool Shows(string purpose) => purpose == "photo";
}

/// <summary>The same of units.</summary>
public sealed class RmaUnitRecordTests(RepairsFixture fixture) : RecordsContract<RepairsFixture>(fixture, "repairs")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var rma = await it.ReceivedAsync(it.Serial(1));
        var unit = (await it.UnitsAsync(rma.Id)).Single();
        return new("rma-unit", $"/v1/rma-units/{unit}", unit, it.CustomerId);
    }

    protected override bool Shows(string purpose) => purpose == "photo";
}

/// <summary>The same of shipments.</summary>
public sealed class ShipmentRecordTests(RepairsFixture fixture) : RecordsContract<RepairsFixture>(fixture, "repairs")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        await it.MachineAsync(1);
        var rma = await it.ReceivedAsync(it.Serial(1));
        var unit = (await it.UnitsAsync(rma.Id)).Single();
        await it.DiagnosedAsync(unit);
        await it.PassedAsync(unit);
        var shipment = (await it.ShipAsync(1, unit)).Ok();
        return new("shipment", $"/v1/shipments/{shipment.Id}", shipment.Id, it.CustomerId);
    }

    protected override bool Shows(string purpose) => purpose == "photo";
}

/// <summary>The same of returns and exchanges.</summary>
public sealed class ReturnCaseRecordTests(RepairsFixture fixture) : RecordsContract<RepairsFixture>(fixture, "repairs")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var asked = (
            await it.Service.PostAsync(
                "/v1/return-cases",
                new Returns.Features.RequestReturn.Request(
                    it.CustomerId,
                    Returns.Domain.ReturnKind.Return,
                    it.Serial(1),
                    Reason: "不轉"
                )
            )
        ).Ok();
        return new("return-case", $"/v1/return-cases/{asked.Id}", asked.Id, it.CustomerId);
    }

    protected override bool Shows(string purpose) => purpose == "photo";
}

/// <summary>The same of editions of the after-sales terms.</summary>
public sealed class TermsEditionRecordTests(RepairsFixture fixture)
    : RecordsContract<RepairsFixture>(fixture, "repairs")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var edition = (
            await it.Sales.PostAsync(
                "/v1/terms-editions",
                new Returns.Features.DraftTerms.Request("條款", it.Today, [new("1", "x")], it.Prefix)
            )
        ).Ok();
        return new("terms-edition", $"/v1/terms-editions/{edition.Id}", edition.Id, null);
    }
}

/// <summary>The same of monthly reports.</summary>
public sealed class MonthlyReportRecordTests(RepairsFixture fixture)
    : RecordsContract<RepairsFixture>(fixture, "repairs")
{
    private static int _months;

    protected override async Task<TestedRecord> NewAsync()
    {
        // A month is counted once at a time: each record has its own, and none that other tests count.
        var month = Interlocked.Increment(ref _months);
        var it = await GoodsCase.NewAsync(Fixture);
        var report = (
            await it.Service.PostAsync(
                "/v1/monthly-reports",
                new MonthlyReports.Features.PrepareMonthlyReport.Request(2000 + (month / 8), 5 + (month % 8))
            )
        ).Ok();
        return new("monthly-report", $"/v1/monthly-reports/{report.Id}", report.Id, null);
    }
}

/// <summary>The same of what goes to makers.</summary>
public sealed class MakerClaimRecordTests(RepairsFixture fixture) : RecordsContract<RepairsFixture>(fixture, "repairs")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var rma = await it.ReceivedAsync(it.Serial(1));
        var unit = (await it.UnitsAsync(rma.Id)).Single();
        var claim = (
            await it.Service.PostAsync(
                "/v1/maker-claims",
                new Components.Features.PrepareMakerClaim.Request(unit, "華芯", "MB", "主控板", null, 1, "擊穿")
            )
        ).Ok();
        return new("maker-claim", $"/v1/maker-claims/{claim.Id}", claim.Id, null, rma.Id);
    }
}

/// <summary>Keeping and erasing of orders.</summary>
public sealed class RepairOrderKeepingTests(RepairsFixture fixture)
    : KeepingContract<RepairsFixture>(fixture, "repairs")
{
    protected override async Task<TestedRecord> ClosedAsync()
    {
        var opened = await Case.Of(Fixture).OpenedAsync();
        var seen = (await opened.Service.GetAsync(opened.Record)).Ok();
        (
            await opened.Service.PostAsync(
                opened.Record + "/withdraw",
                new RepairOrders.Features.WithdrawRepairOrder.Request("重複報修"),
                seen.ETag
            )
        ).Ok();
        return new("repair-order", opened.Record, opened.Id, opened.OwnerId);
    }
}
