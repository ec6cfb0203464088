using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>Notes, followers, tags, links and timeline of complaints.</summary>
public sealed class ComplaintRecordTests(ComplaintsFixture fixture)
    : RecordsContract<ComplaintsFixture>(fixture, "complaints")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var customer = Guid.CreateVersion7();
        var complaint = await Fixture.RegisteredAsync(customer);
        // A step that outsiders do not see.
        await Fixture.Desk.DoAsync(
            Steps.Complaint(complaint),
            "respond",
            new Complaints.Features.RespondToComplaint.Request("已收到，立即處理。")
        );
        return new("complaint", Steps.Complaint(complaint), complaint.Id, customer);
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task A_CAPA_of_a_complaint_is_linked_at_both_ends()
    {
        var complaint = await Fixture.OursAsync();

        var capa = await Fixture.CapaAsync(complaint);

        var cause = (await Fixture.Qc.GetAsync(Steps.Capa(capa) + "/links")).Ok().Items.Single();
        (cause["relation"]!.ToString(), cause["number"]!.ToString()).ShouldBe(("caused-by", complaint.Number));
        var effect = (await Fixture.Qc.GetAsync(Steps.Complaint(complaint) + "/links")).Ok().Items.Single();
        (effect["relation"]!.ToString(), effect["number"]!.ToString()).ShouldBe(("cause-of", capa.Number));
    }
}

/// <summary>The same of CAPAs, which no outsider sees.</summary>
public sealed class CapaRecordTests(ComplaintsFixture fixture)
    : RecordsContract<ComplaintsFixture>(fixture, "complaints")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var complaint = await Fixture.OursAsync();
        var capa = await Fixture.CapaAsync(complaint);
        return new("capa", Steps.Capa(capa), capa.Id, null, complaint.Id);
    }
}
