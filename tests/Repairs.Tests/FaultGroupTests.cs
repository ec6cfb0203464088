using System.Net;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.RepairOrders.Features;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests;

/// <summary>Faults with something in common and one CAPA for them (P2.2.3, P3.3.2), through the API.</summary>
public sealed class FaultGroupTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "P2.2.3")]
    public async Task Given_faults_of_one_floor_When_quality_clicks_twice_Then_one_capa_for_all_is_asked_for()
    {
        var it = Case.Of(Fixture);
        var orders = new List<Guid>();
        foreach (var place in new[] { "3 號樓 5 層 501 室", "3号楼5层 502", "3 號樓 6 層" })
        {
            orders.Add((await it.OpenAsync(it.Notice() with { Location = place })).Ok().Id);
        }

        var list = $"/v1/repair-orders/fault-groups?by=floor&projectId={it.ProjectId}";
        var group = (await it.Qc.GetAsync(list)).Ok().Body!.AsArray().ShouldHaveSingleItem()!;
        (group["orders"]!.GetValue<int>(), group["withCapa"]!.GetValue<int>()).ShouldBe((2, 0));
        var click = new FaultGroups.CapaRequest
        {
            By = FaultGroupBy.Floor,
            Key = group["key"]!.ToString(),
            Text = "同層兩戶滲漏",
        };
        (await it.Engineer.PostAsync(list.Split('?')[0] + "/request-capa", click)).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );

        var asked = (await it.Qc.PostAsync(list.Split('?')[0] + "/request-capa", click)).Ok();

        asked["orders"]
            .AsArray()
            .Select(order => Guid.Parse(order!["id"]!.ToString()))
            .ShouldBe(orders.Take(2), ignoreOrder: true);
        var told = await Fixture.EventAsync(
            "repairs.repair-order.capa-requested.v1",
            e => e.Text("requestId") == asked.Text("requestId")
        );
        told.Text("ground").ShouldBe("group");
        (await it.Qc.PostAsync(list.Split('?')[0] + "/request-capa", click)).Refused(
            "capa-requested-already",
            "P2.2.3"
        );
        (await it.Qc.GetAsync(list)).Ok().Body!.AsArray()[0]!["withCapa"]!.GetValue<int>().ShouldBe(2);
    }

    [Theory]
    [Trait("Rule", "P3.3.2")]
    [InlineData("part")]
    [InlineData("cause")]
    [InlineData("subcontractor")]
    public async Task Given_orders_with_something_in_common_When_grouped_Then_counted(string by)
    {
        var it = Case.Of(Fixture);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            it.Around(Guid.Empty);
            await it.ToAsync("dispatched");
            (await it.DoAsync("draw-lessons")).Ok();
        }

        var group = (await it.Qc.GetAsync($"/v1/repair-orders/fault-groups?by={by}&projectId={it.ProjectId}"))
            .Ok()
            .Body!.AsArray()
            .ShouldHaveSingleItem()!;

        group["orders"]!.GetValue<int>().ShouldBe(2);
        group["key"]!
            .ToString()
            .ShouldBe(
                by switch
                {
                    "part" => "roof",
                    "cause" => "jointing",
                    _ => it.UnitId.ToString(),
                }
            );
    }

    [Fact]
    [Trait("Rule", "P3.1.2")]
    public async Task Given_projects_was_away_When_it_is_back_Then_warranty_and_leader_are_asked_again_by_themselves()
    {
        var service = await Fixture.AnotherAsync(new Dictionary<string, string> { ["Repairs:AskAgainSeconds"] = "1" });
        var it = Case.Of(Fixture, service);
        var answers = Fixture.Projects.Projects[it.ProjectId];
        var (warranty, leader) = (answers.Warranty, answers.Leader);
        answers.Warranty = (_, _) =>
            throw new global::Grpc.Core.RpcException(new(global::Grpc.Core.StatusCode.Unavailable, "away"));
        answers.Leader = (_, _) =>
            throw new global::Grpc.Core.RpcException(new(global::Grpc.Core.StatusCode.Unavailable, "away"));
        await it.ToAsync("approved");
        (await it.Engineer.ChangeAsync(it.Record, "dispatch", it.Dispatching(chargeBack: false))).Ok();
        var away = (await it.Engineer.GetAsync(it.Record)).Ok();
        (away["warranty"]["pending"]!.GetValue<bool>(), away["dispatch"]["proposalPending"]!.GetValue<bool>()).ShouldBe(
            (true, true)
        );

        (answers.Warranty, answers.Leader) = (warranty, leader);

        await Eventually.IsTrue(
            async () =>
            {
                var order = (await it.Engineer.GetAsync(it.Record)).Ok();
                return !order["warranty"]["pending"]!.GetValue<bool>()
                    && !order["dispatch"]["proposalPending"]!.GetValue<bool>();
            },
            "both are answered"
        );
        var back = (await it.Engineer.GetAsync(it.Record)).Ok();
        back["warranty"]["covered"]!.ToString().ShouldBe("yes");
        back["dispatch"]["proposed"]!["personName"]!.ToString().ShouldBe("張經理");
    }
}
