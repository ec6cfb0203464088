using System.Net;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.RepairOrders.Features;
using CustomerService.Rules;
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
            "repairs.fault-group.capa-requested.v1",
            e => e.Text("groupId") == asked.Text("requestId")
        );
        told.Body["faults"]!.AsArray().Count.ShouldBe(2);
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
    [InlineData("floor")]
    public async Task Given_findings_without_an_order_When_grouped_Then_they_count_until_one_is_opened_or_their_capa_comes(
        string by
    )
    {
        var it = Case.Of(Fixture);
        it.Around(Guid.Empty);
        var unit = Guid.CreateVersion7();
        var found = Enumerable.Range(0, 4).Select(_ => Recorded(it)).ToList();
        foreach (var finding in found)
        {
            // Quality's decision may be heard of before the finding itself.
            await Fixture.DeliverAsync(Decided(finding, unit));
            await Fixture.DeliverAsync(finding);
        }

        // One of them is repaired, for one the revisit's file has asked for a CAPA.
        await Fixture.DeliverAsync(
            new RepairRequested(
                found[0].RevisitId,
                4,
                found[0].FindingId,
                it.ProjectId,
                "濱江花園",
                "HT-2024-018",
                Guid.CreateVersion7(),
                "業主",
                "王經理",
                "021-1",
                "wires",
                "外牆",
                "滲漏",
                "minor",
                Fixture.Today
            )
        );
        await Fixture.DeliverAsync(
            new CapaRequested(
                found[1].RevisitId,
                4,
                found[1].FindingId,
                it.ProjectId,
                "濱江花園",
                "HT-2024-018",
                Guid.CreateVersion7(),
                "業主",
                "roof",
                found[1].Location,
                "滲漏",
                "minor",
                Fixture.Today
            )
        );
        var list = $"/v1/repair-orders/fault-groups?by={by}&projectId={it.ProjectId}";

        var group = (await it.Qc.GetAsync(list)).Ok().Body!.AsArray().ShouldHaveSingleItem()!;

        (
            group["orders"]!.GetValue<int>(),
            group["findings"]!.GetValue<int>(),
            group["withCapa"]!.GetValue<int>()
        ).ShouldBe((0, 3, 1));
        var asked = (
            await it.Qc.PostAsync(
                list.Split('?')[0] + "/request-capa",
                new FaultGroups.CapaRequest
                {
                    By = Spelling.FromKebab<FaultGroupBy>(by),
                    Key = group["key"]!.ToString(),
                    ProjectId = it.ProjectId,
                    Text = "同一做法",
                }
            )
        ).Ok();
        asked["findings"]
            .AsArray()
            .Select(finding => Guid.Parse(finding!["id"]!.ToString()))
            .ShouldBe([found[2].FindingId, found[3].FindingId], ignoreOrder: true);
        var told = await Fixture.EventAsync(
            "repairs.fault-group.capa-requested.v1",
            e => e.Text("groupId") == asked.Text("requestId")
        );
        told.Body["faults"]!
            .AsArray()
            .Select(fault => Guid.Parse(fault!["revisitId"]!.ToString()))
            .ShouldBe([found[2].RevisitId, found[3].RevisitId], ignoreOrder: true);
        (await it.Qc.GetAsync(list)).Ok().Body!.AsArray()[0]!["withCapa"]!.GetValue<int>().ShouldBe(3);
    }

    private FindingRecorded Recorded(Case it) =>
        new(
            Guid.CreateVersion7(),
            3,
            Guid.CreateVersion7(),
            it.ProjectId,
            "濱江花園",
            Guid.CreateVersion7(),
            "roof",
            "3 號樓 5 層 501 室",
            "滲漏",
            "minor",
            Fixture.Today,
            "HT-2024-018"
        );

    private FindingAssessed Decided(FindingRecorded finding, Guid unit) =>
        new(
            finding.RevisitId,
            4,
            finding.FindingId,
            finding.ProjectId,
            finding.OwnerId,
            "roof",
            "subcontractor",
            "jointing",
            "申城防水",
            unit,
            false,
            Fixture.Today
        );

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
