using System.Security.Cryptography;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Contracts.Files;
using CustomerService.Repairs.Rmas.Features;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests;

/// <summary>Enquiries and complaints that become an RMA: one each, with their files and links (C3.1.5, C5.3.1).</summary>
public sealed class GoodsOfCaseTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "C3.1.5")]
    public async Task Given_an_enquiry_told_three_times_under_two_ids_When_it_became_an_rma_Then_one_is_declared()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        await it.MachineAsync(1);
        var enquiry = Enquiry(it, it.Serial(1).ToLowerInvariant());

        var id = await Fixture.PublishAsync(enquiry);
        await Fixture.PublishAsync(enquiry, id);
        var again = await Fixture.PublishAsync(enquiry with { Version = 9 });
        await Fixture.ConsumedAsync(id);
        await Fixture.ConsumedAsync(again);

        var rma = await OnlyAsync(it);
        (rma.State, rma.Text("source"), rma.Text("sourceId")).ShouldBe(
            ("declared", "enquiry", enquiry.EnquiryId.ToString())
        );
        var line = rma["lines"]!.AsArray().Single()!;
        line["serials"]!.AsArray().Single()!.ToString().ShouldBe(it.Serial(1).ToLowerInvariant());
        line["words"]!.ToString().ShouldBe("開機無反應");
        var linked = await Fixture.EventAsync(
            "repairs.record.linked.v1",
            e => e.Body.ToJsonString().Contains(enquiry.EnquiryId.ToString(), StringComparison.Ordinal)
        );
        linked.Body.ToJsonString().ShouldContain(rma.Id.ToString());
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task Given_files_of_the_enquiry_When_it_became_an_rma_Then_they_are_there_by_reference()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var enquiry = Enquiry(it, null);
        await Fixture.DeliverAsync(enquiry);
        var rma = await OnlyAsync(it);
        var id = Guid.CreateVersion7();
        var file = new FileOfRecord(
            id,
            "enquiry",
            enquiry.EnquiryId,
            enquiry.EnquiryNumber,
            null,
            "photo",
            null,
            "damage.jpg",
            "image/jpeg",
            TestPictures.Photo.Length,
            Convert.ToHexStringLower(SHA256.HashData(TestPictures.Photo)),
            null,
            "chen",
            "陳小姐",
            null,
            new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero),
            "complaints",
            id
        );

        await Fixture.DeliverAsync(new ComplaintsFileAdded(file.FileId, 2, file));

        var seen = (await it.Service.GetAsync($"/v1/rmas/{rma.Id}/files")).Ok().Items.Single();
        seen["from"]!["id"]!.ToString().ShouldBe(enquiry.EnquiryId.ToString());
    }

    [Fact]
    [Trait("Rule", "C3.1.5")]
    public async Task Given_goods_that_nobody_knows_When_an_enquiry_became_an_rma_Then_somebody_says_which_they_are()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var enquiry = Enquiry(it, "未知-1") with { ProductModel = "無此型號" };

        await Fixture.DeliverAsync(enquiry);

        var rma = await OnlyAsync(it);
        rma["lines"]!.AsArray().ShouldBeEmpty();
        rma.Text("words").ShouldBe("開機無反應");
        (
            await it.Service.ChangeAsync(
                $"/v1/rmas/{rma.Id}",
                "revise",
                new DeclareRma.Request(it.CustomerId, [new(it.ModelId, Quantity: 2)])
            )
        ).Ok()["quantity"]!
            .GetValue<int>()
            .ShouldBe(2);
    }

    [Fact]
    [Trait("Rule", "C3.1.5")]
    public async Task Given_an_rma_that_is_open_already_When_an_enquiry_became_it_Then_the_two_are_linked()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var open = (await it.DeclareAsync(new DeclareRma.LineRequest(it.ModelId, Quantity: 1))).Ok();
        var enquiry = Enquiry(it, null) with { Number = open.Number };

        await Fixture.DeliverAsync(enquiry);

        (await OnlyAsync(it)).Id.ShouldBe(open.Id);
        await Fixture.EventAsync(
            "repairs.record.linked.v1",
            e => e.Body.ToJsonString().Contains(enquiry.EnquiryId.ToString(), StringComparison.Ordinal)
        );
    }

    [Fact]
    [Trait("Rule", "C5.3.1")]
    public async Task Given_a_complaint_whose_remedy_is_the_repair_When_ordered_twice_Then_one_rma()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        await it.MachineAsync(1);
        var ordered = new ComplaintGoodsRepairOrdered(
            Guid.CreateVersion7(),
            4,
            "TS-2026-000001",
            it.CustomerId,
            null,
            it.Serial(1),
            "主控板燒毀",
            it.Today
        );

        await Fixture.DeliverAsync(ordered);
        await Fixture.DeliverAsync(ordered with { Version = 7 });

        var rma = await OnlyAsync(it);
        (rma.Text("source"), rma["quantity"]!.GetValue<int>()).ShouldBe(("complaint", 1));
    }

    private static EnquiryConverted Enquiry(GoodsCase it, string? serial) =>
        new(
            Guid.CreateVersion7(),
            3,
            it.CustomerId,
            "rma",
            null,
            null,
            it.Today,
            "ZX-2026-000001",
            it.Prefix,
            serial,
            "開機無反應"
        );

    private static async Task<ApiAnswer> OnlyAsync(GoodsCase it)
    {
        var item = (await it.Service.GetAsync($"/v1/rmas?customerId={it.CustomerId}")).Ok().Items.Single();
        return (await it.Service.GetAsync($"/v1/rmas/{item["id"]}")).Ok();
    }
}
