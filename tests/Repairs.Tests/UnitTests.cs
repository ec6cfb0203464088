using CustomerService.Testing;

namespace CustomerService.Repairs.Tests;

/// <summary>A unit's card.</summary>
public sealed class UnitTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "P3.1.1")]
    public async Task Given_a_repair_of_a_unit_When_its_card_is_read_Then_with_its_figures_and_own_only()
    {
        var it = await Case.Of(Fixture).ToAsync("closed");

        var card = (await it.Unit.GetAsync("/v1/repair-orders/unit-card")).Ok();

        card.Text("unitId").ShouldBe(it.UnitId.ToString());
        (card.Text("orders"), card.Text("takenOver")).ShouldBe(("1", "0"));
        foreach (var share in new[] { "receivedInTimePercent", "startedInTimePercent", "firstTimePassPercent" })
        {
            card[share].GetValue<decimal>().ShouldBe(100m);
        }

        (await it.Head.GetAsync($"/v1/repair-orders/unit-card?unitId={it.UnitId}")).Ok().Text("orders").ShouldBe("1");
        (await it.Owner.GetAsync("/v1/repair-orders/unit-card")).Code.ShouldBe("role-missing");
    }
}
