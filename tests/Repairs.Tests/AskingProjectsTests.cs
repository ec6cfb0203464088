using System.Net;
using CustomerService.Contracts.Projects.Grpc.V1;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Repairs.RepairOrders.Features;
using CustomerService.Servers;
using CustomerService.Testing;
using Grpc.Core;

namespace CustomerService.Repairs.Tests;

/// <summary>What happens when Projects answers, is slow, is down, or does not know.</summary>
public sealed class AskingProjectsTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "P3.1.2")]
    public async Task Given_an_answer_When_opened_Then_kept_with_its_rule_and_asked_for_the_day_of_notice()
    {
        var it = Case.Of(Fixture);
        WarrantyQuestion? asked = null;
        Fixture.Projects.Projects[it.ProjectId].Warranty = (question, _) =>
        {
            asked = question;
            return Task.FromResult(it.Covered());
        };
        await it.OpenedAsync(notifiedOn: new DateOnly(2025, 6, 30));

        var warranty = (await it.ReadAsync())["warranty"];
        (asked!.PartCode, asked.On).ShouldBe(("roof", "2025-06-30"));
        warranty["covered"]!.ToString().ShouldBe("yes");
        warranty["until"]!.ToString().ShouldBe("2030-12-31");
        warranty["rule"]!.ToString().ShouldBe("P3.1.2");
        warranty["policyVersion"]!.GetValue<int>().ShouldBe(1);
        warranty["responsibleUnitId"]!.ToString().ShouldBe(it.UnitId.ToString());
        warranty["answeredAt"].ShouldNotBeNull();
        Fixture.Projects.Authorization.ShouldNotBeNull().ShouldStartWith("Bearer ey");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public async Task Given_a_slow_answer_When_opened_Then_unknown_and_asked_again_on_request()
    {
        var it = Case.Of(Fixture);
        var answers = Fixture.Projects.Projects[it.ProjectId];
        answers.Warranty = Never;
        await it.OpenedAsync();
        var opened = await it.ReadAsync();
        opened["warranty"]["covered"]!.ToString().ShouldBe("unknown");
        opened["warranty"]["problem"]!.ToString().ShouldBe("no-answer");

        answers.Warranty = (_, _) =>
            Task.FromResult(
                new WarrantyAnswer
                {
                    Covered = false,
                    Rule = "P3.1.2",
                    PolicyVersion = 1,
                    Basis = "none",
                    Until = "2020-01-01",
                }
            );
        var asked = (await it.DoAsync("ask-warranty")).Ok();
        asked["warranty"]["covered"]!.ToString().ShouldBe("no");
        asked["warranty"]["problem"].ShouldBeNull();

        answers.Warranty = (_, _) => throw new RpcException(new Status(StatusCode.Internal, "broken"));
        var failed = (await it.DoAsync("ask-warranty")).Ok();
        failed["warranty"]["covered"]!.ToString().ShouldBe("no", "a failed try does not wipe out the answer");
        failed["warranty"]["problem"]!.ToString().ShouldBe("no-answer");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public async Task Given_a_person_without_the_role_When_they_have_Projects_asked_Then_it_is_not_asked()
    {
        var it = await Case.Of(Fixture).ToAsync("approved");
        var asked = 0;
        Fixture.Projects.Projects[it.ProjectId].Warranty = (_, _) =>
        {
            asked++;
            return Task.FromResult(it.Covered());
        };
        Fixture.Projects.Projects[it.ProjectId].Leader = (_, _) =>
        {
            asked++;
            return Task.FromResult(it.Proposal());
        };

        (await it.Finance.ChangeAsync(it.Record, "ask-warranty")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await it.Owner.ChangeAsync(it.Record, "dispatch", it.Dispatching())).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await it.Unit.PostAsync("/v1/repair-orders", it.Notice())).Status.ShouldBe(HttpStatusCode.Forbidden);

        asked.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public async Task Given_an_unknown_warranty_When_dispatched_Then_asked_again_and_the_subcontractor_is_assigned()
    {
        var it = Case.Of(Fixture);
        Fixture.Projects.Projects[it.ProjectId].Warranty = Never;
        await it.ToAsync("approved");
        Fixture.Projects.Projects[it.ProjectId].Warranty = (_, _) => Task.FromResult(it.Covered());

        var issued = (await it.DoAsync("dispatch")).Ok();

        issued["warranty"]["covered"]!.ToString().ShouldBe("yes");
        issued["dispatch"]["repairUnitId"]!.ToString().ShouldBe(it.UnitId.ToString());
        (await Fixture.OrderEventAsync(it.Id, "dispatched")).Text("underWarranty").ShouldBe("yes");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public async Task Given_a_part_of_no_subcontractor_When_dispatched_Then_the_contractors_own_unit_is_assigned()
    {
        var it = Case.Of(Fixture);
        Fixture.Projects.Projects[it.ProjectId].Warranty = (_, _) =>
            Task.FromResult(
                new WarrantyAnswer
                {
                    Covered = true,
                    Rule = "P3.1.2",
                    PolicyVersion = 1,
                    Basis = "prescribed",
                }
            );
        await it.ToAsync("approved");

        var issued = (await it.Engineer.ChangeAsync(it.Record, "dispatch", it.Dispatching(chargeBack: false))).Ok();

        issued["dispatch"]["repairUnitId"]!.ToString().ShouldBe(RepairsFixture.OwnUnit.ToString());
        issued["dispatch"]["repairUnitName"]!.ToString().ShouldBe("本公司維修隊");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public async Task Given_a_part_of_two_subcontractors_When_dispatched_Then_the_refusal_names_both_and_the_chosen_one_repairs()
    {
        var it = Case.Of(Fixture);
        var basement = Guid.CreateVersion7();
        var answer = it.Covered();
        answer.Units.Add(Unit(it.UnitId, "宏達防水分包", "屋面"));
        answer.Units.Add(Unit(basement, "安固防水分包", "地下室"));
        Fixture.Projects.Projects[it.ProjectId].Warranty = (_, _) => Task.FromResult(answer);
        await it.ToAsync("approved");

        var refused = await it.DoAsync("dispatch");
        (refused.Code, refused.Rule).ShouldBe(("repair-unit-choice-needed", "P3.1.1"));
        refused.Text("title").ShouldContain("宏達防水分包 (屋面), 安固防水分包 (地下室)");
        refused["units"]
            .AsArray()
            .Select(u => u!["id"]!.ToString())
            .ShouldBe([it.UnitId.ToString(), basement.ToString()]);

        var chosen = it.Dispatching() with { RepairUnitId = basement };
        (await it.Engineer.ChangeAsync(it.Record, "dispatch", chosen)).Code.ShouldBe("organisation-unknown");
        await Fixture.DeliverAsync(
            new OrganisationRegistered(basement, 1, "安固防水", "subcontractor", null, null, null, null)
        );
        var issued = (await it.Engineer.ChangeAsync(it.Record, "dispatch", chosen)).Ok();
        issued["dispatch"]["repairUnitId"]!.ToString().ShouldBe(basement.ToString());
        issued["dispatch"]["repairUnitName"]!.ToString().ShouldBe("安固防水", "as the registry names it");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public async Task Given_a_unit_of_the_contractor_When_sent_by_its_id_Then_the_contractors_repairers_finish_the_order()
    {
        var it = await Case.Of(Fixture).ToAsync("approved");
        var centre = Guid.CreateVersion7();
        await Fixture.DeliverAsync(
            new OrganisationRegistered(centre, 1, "城東維修中心", "contractor-own", null, null, null, null)
        );
        var sent = it.Dispatching(chargeBack: false) with { RepairUnitId = centre, UnitReason = "分包停業" };
        var issued = (await it.Engineer.ChangeAsync(it.Record, "dispatch", sent)).Ok();
        issued["dispatch"]["repairUnitIsOwn"]!.GetValue<bool>().ShouldBeTrue();
        issued["dispatch"]["repairUnitName"]!.ToString().ShouldBe("城東維修中心");
        (await it.DoAsync("brief")).Ok();

        (await it.OwnRepairer.ChangeAsync(it.Record, "start")).Ok();
        await it.PhotographAsync(it.OwnRepairer);
        (await it.OwnRepairer.ChangeAsync(it.Record, "finish", it.Finishing())).Ok().State.ShouldBe("done");
    }

    [Fact]
    [Trait("Rule", "S3")]
    public async Task Given_a_unit_or_leader_that_nobody_registered_When_issued_Then_400_and_an_owner_repairs_nothing()
    {
        var it = await Case.Of(Fixture).ToAsync("approved");
        async Task<ApiAnswer> Send(DispatchRepairOrder.Request request) =>
            await it.Engineer.ChangeAsync(it.Record, "dispatch", request with { UnitReason = "x", LeaderReason = "x" });

        var unit = await Send(it.Dispatching() with { RepairUnitId = Guid.CreateVersion7() });
        var leader = await Send(it.Dispatching(Guid.CreateVersion7()));
        var owner = await Send(it.Dispatching() with { RepairUnitId = it.OwnerId });

        (unit.Status, unit.Code, unit.Rule).ShouldBe((HttpStatusCode.BadRequest, "organisation-unknown", "S3"));
        (leader.Status, leader.Code, leader.Rule).ShouldBe((HttpStatusCode.BadRequest, "person-unknown", "S3"));
        (owner.Status, owner.Code).ShouldBe((HttpStatusCode.Conflict, "no-repair-unit"));
    }

    [Fact]
    [Trait("Rule", "P3.1.2")]
    public async Task Given_a_project_or_part_that_Projects_does_not_know_When_a_person_opens_Then_400()
    {
        var it = Case.Of(Fixture);
        Fixture.Projects.Projects[it.ProjectId].Warranty = (_, _) =>
            throw new RpcException(new Status(StatusCode.InvalidArgument, "part"));
        var part = await it.OpenAsync();
        Fixture.Projects.Projects.TryRemove(it.ProjectId, out _);
        var project = await it.OpenAsync();

        (part.Status, part.Code).ShouldBe((HttpStatusCode.BadRequest, "part-unknown"));
        (project.Status, project.Code, project.Rule).ShouldBe((HttpStatusCode.BadRequest, "project-unknown", "P3.1.2"));
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public async Task Given_a_proposal_When_another_leads_Then_only_with_a_reason_that_is_kept_beside_it()
    {
        var it = await Case.Of(Fixture).ToAsync("approved");
        var proposal = (await it.Engineer.GetAsync(it.Record + "/leader-proposal", "zh-Hant")).Ok();
        proposal["proposed"]["basis"]!.ToString().ShouldBe("original-manager");
        proposal["proposed"]["reason"]!.ToString().ShouldBe("張經理為該工程原項目經理。");
        proposal["alternatives"]
            .AsArray()
            .Select(a => a!["basis"]!.ToString())
            .ShouldBe(["nearest-project", "special-dispatch"]);
        proposal["alternatives"][0]!["reason"]!.ToString().ShouldContain("12.3");

        var refused = await it.Engineer.ChangeAsync(it.Record, "dispatch", it.Dispatching(it.NeighbourId));
        (refused.Code, refused.Rule).ShouldBe(("leader-departure-without-reason", "P3.2.2"));

        var with = it.Dispatching(it.NeighbourId, "張經理休假");
        var issued = (await it.Engineer.ChangeAsync(it.Record, "dispatch", with)).Ok();
        issued["dispatch"]["leaderName"]!.ToString().ShouldBe("李經理");
        issued["dispatch"]["leaderBasis"]!.ToString().ShouldBe("nearest-project");
        issued["dispatch"]["leaderReason"]!.ToString().ShouldBe("張經理休假");
        issued["dispatch"]["proposed"]!["personName"]!.ToString().ShouldBe("張經理");
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public async Task Given_Projects_is_down_When_an_order_runs_its_way_Then_nothing_is_blocked()
    {
        var closed = Machine.FreePort();
        var service = await Fixture.AnotherAsync(
            new Dictionary<string, string>
            {
                ["Services:Projects:Grpc"] = $"http://127.0.0.1:{closed}",
                ["Repairs:AskMilliseconds"] = "1000",
            }
        );
        var it = await Case.Of(Fixture, service).ToAsync("approved");
        (await it.ReadAsync())["warranty"]["covered"]!.ToString().ShouldBe("unknown");

        var proposal = (await it.Engineer.GetAsync(it.Record + "/leader-proposal")).Ok();
        proposal["problem"].ToString().ShouldBe("no-answer");
        proposal["problemText"].ToString().ShouldContain("did not answer");
        (await it.DoAsync("ask-warranty")).Ok()["warranty"]["problem"]!.ToString().ShouldBe("no-answer");

        var issued = (await it.Engineer.ChangeAsync(it.Record, "dispatch", it.Dispatching(chargeBack: false))).Ok();
        issued["dispatch"]["repairUnitIsOwn"]!.GetValue<bool>().ShouldBeTrue();
        issued["warranty"]["covered"]!.ToString().ShouldBe("unknown");
        issued["dispatch"]["proposed"].ShouldBeNull();
        using var client = new HttpClient();
        (await client.GetAsync(new Uri(service.Management, "/health/ready"))).IsSuccessStatusCode.ShouldBeTrue(
            "another service's absence is no illness of this one"
        );
    }

    private static ResponsibleUnit Unit(Guid id, string name, string scope) =>
        new()
        {
            Id = id.ToString(),
            Name = name,
            Scope = scope,
        };

    private static async Task<WarrantyAnswer> Never(WarrantyQuestion question, CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        throw new InvalidOperationException("Not reached.");
    }
}
