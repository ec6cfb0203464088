using CustomerService.Contracts.Complaints.V1;
using CustomerService.Contracts.Repairs.Grpc.V1;
using CustomerService.Repairs.Rmas.Features;
using CustomerService.Rules;
using CustomerService.Testing;
using Grpc.Core;
using Grpc.Net.Client;

namespace CustomerService.Repairs.Tests;

/// <summary>What Complaints asks for form FM005 (C5.3.2).</summary>
public sealed class CaseQuestionTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "C5.3.2")]
    [Trait("Rule", "C10")]
    public async Task Given_an_rma_of_a_complaint_When_asked_by_gRPC_Then_finding_work_and_parts_are_told()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        await it.MachineAsync(1);
        var complaint = Guid.CreateVersion7();
        await Fixture.DeliverAsync(
            new ComplaintGoodsRepairOrdered(complaint, 4, "TS-1", it.CustomerId, null, it.Serial(1), "不開機", it.Today)
        );
        var rma = (await it.Service.GetAsync($"/v1/rmas?customerId={it.CustomerId}")).Ok().Items.Single();
        (
            await it.Service.ChangeAsync(
                $"/v1/rmas/{rma["id"]}",
                "receive",
                new ReceiveRma.Request([new(it.Serial(1))])
            )
        ).Ok();
        var unit = (await it.UnitsAsync(Guid.Parse(rma["id"]!.ToString()))).Single();
        await it.DiagnosedAsync(unit);
        await it.PassedAsync(unit);

        var answer = await AskAsync(complaint, it.CustomerId);

        var told = answer.Rmas.Single().Units.Single();
        (told.FaultCode, told.Finding, told.Covered).ShouldBe(("F-12", "主控板燒毀", "yes"));
        var work = told.Works.Single();
        (work.WorkDone, work.Parts.Single(), work.Engineer).ShouldBe(("更換主控板", "主控板", "維修高師傅"));
        (await AskAsync(complaint, Guid.CreateVersion7())).Rmas.ShouldBeEmpty("another customer's");
        (await AskAsync(Guid.CreateVersion7(), it.CustomerId)).Rmas.ShouldBeEmpty("another complaint's");
    }

    [Fact]
    [Trait("Rule", "C5.3.2")]
    public async Task Given_nobody_in_particular_When_asked_by_gRPC_Then_nothing_is_told()
    {
        using var channel = GrpcChannel.ForAddress(Fixture.Service.Grpc);
        var refused = await Should.ThrowAsync<RpcException>(async () =>
            await new RepairsOfCases.RepairsOfCasesClient(channel).AskAsync(new CaseQuestion())
        );
        refused.StatusCode.ShouldBe(StatusCode.Unauthenticated);
    }

    private async Task<CaseAnswer> AskAsync(Guid complaint, Guid customer)
    {
        using var channel = GrpcChannel.ForAddress(Fixture.Service.Grpc);
        return await new RepairsOfCases.RepairsOfCasesClient(channel).AskAsync(
            new CaseQuestion { ComplaintId = complaint.ToString(), CustomerId = customer.ToString() },
            new Metadata
            {
                { "Authorization", "Bearer " + Fixture.Issuer.Token("svc-test", "Complaints service", [Roles.System]) },
            }
        );
    }
}
