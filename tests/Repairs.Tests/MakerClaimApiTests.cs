using System.Net;
using CustomerService.Repairs.Components.Domain;
using CustomerService.Repairs.Components.Features;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests;

/// <summary>Components to their makers over HTTP (C3.1.1).</summary>
public sealed class MakerClaimApiTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "C3.1.1")]
    public async Task A_component_is_sent_chased_answered_and_its_cost_recovered()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var rma = await it.ReceivedAsync(it.Serial(1));
        var unit = (await it.UnitsAsync(rma.Id)).Single();
        var request = new PrepareMakerClaim.Request(unit, "華芯電子", "MAINBOARD", "主控板", "MB-7", 1, "擊穿", 320m);
        (await it.Service.PostAsync("/v1/maker-claims", request with { UnitId = Guid.CreateVersion7() })).Code.ShouldBe(
            "unit-unknown"
        );
        var claim = (await it.Service.PostAsync("/v1/maker-claims", request)).Ok();
        var path = $"/v1/maker-claims/{claim.Id}";

        (
            await it.Repairer.ChangeAsync(
                path,
                "send",
                new PrepareMakerClaim.SendRequest(it.Today, "順豐", "SF3", "R-1")
            )
        ).Ok();
        (await it.Repairer.ChangeAsync(path, "chase", new AnswerMakerClaim.ChaseRequest("已催"))).Ok();
        (
            await it.Repairer.ChangeAsync(
                path,
                "expect",
                new AnswerMakerClaim.ExpectRequest(it.Today.AddDays(5), "缺料")
            )
        ).Ok();
        (
            await it.Repairer.ChangeAsync(
                path,
                "answer",
                new AnswerMakerClaim.Request(MakerAnswer.Credited, "賠付", 0, it.Today)
            )
        ).Ok();
        (await it.Finance.ChangeAsync(path, "settle", new AnswerMakerClaim.SettleRequest(300m, "CN-9")))
            .Ok()
            .State.ShouldBe("settled");

        var listed = (await it.Service.GetAsync($"/v1/maker-claims?rmaId={rma.Id}&maker=華芯電子")).Ok().Items.Single();
        listed["recovered"]!.GetValue<decimal>().ShouldBe(300m);
        (await it.Service.GetAsync($"/v1/rma-units/{unit}")).Ok().Raw.IsSuccessStatusCode.ShouldBeTrue();
        (await it.Customer.GetAsync(path)).Status.ShouldBe(HttpStatusCode.Forbidden);
        var dropped = (await it.Service.PostAsync("/v1/maker-claims", request)).Ok();
        (
            await it.Service.ChangeAsync(
                $"/v1/maker-claims/{dropped.Id}",
                "cancel",
                new PrepareMakerClaim.ReasonRequest("不寄了")
            )
        )
            .Ok()
            .State.ShouldBe("cancelled");
    }
}
