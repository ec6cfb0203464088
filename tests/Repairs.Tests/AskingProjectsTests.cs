using System.Net;
using CustomerService.Contracts.Projects.Grpc.V1;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Servers;
using CustomerService.Testing;
using Grpc.Core;

namespace CustomerService.Repairs.Tests;

/// <summary>What happens when Projects answers, is slow, is down, or does not know.</summary>
public sealed class AskingProjectsTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "P3.1.2")]
    [Trait("Rule", "P3.1.1")]
    public async Task Given_an_answer_When_opened_Then_it_is_kept_with_its_rule_and_time_and_asked_for_the_day_of_notice()
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
        (asked!.PartCode, asked.On).ShouldBe(("waterproofing", "2025-06-30"));
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
    public async Task Given_a_slow_answer_When_opened_Then_unknown_and_asked_again_on_request_and_kept_when_the_next_try_fails()
    {
        var it = Case.Of(Fixture);
        var answers = Fixture.Projects.Projects[it.ProjectId];
        answers.Warranty = Never;
        await it.OpenedAsync();
        var opened = await it.ReadAsync();
        opened["warranty"]["covered"]!.ToString().ShouldBe("unknown");
        opened["warranty"]["problem"]!.ToString().ShouldBe("no-answer");
        opened["warranty"]["answeredAt"].ShouldBeNull();

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
        var asked = (await it.Service.ChangeAsync(it.Record, "ask-warranty")).Ok();
        asked["warranty"]["covered"]!.ToString().ShouldBe("no");
        asked["warranty"]["problem"].ShouldBeNull();

        answers.Warranty = (_, _) => throw new RpcException(new Status(StatusCode.Internal, "broken"));
        var failed = (await it.Service.ChangeAsync(it.Record, "ask-warranty")).Ok();
        failed["warranty"]["covered"]!
            .ToString()
            .ShouldBe("no", "a try that brings nothing does not wipe out the answer");
        failed["warranty"]["problem"]!.ToString().ShouldBe("no-answer");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public async Task Given_an_unknown_warranty_When_dispatched_Then_asked_again_and_the_subcontractor_is_assigned()
    {
        var it = Case.Of(Fixture);
        Fixture.Projects.Projects[it.ProjectId].Warranty = Never;
        await it.ToAsync("approved");
        Fixture.Projects.Projects[it.ProjectId].Warranty = (_, _) => Task.FromResult(it.Covered());

        var issued = (await it.DispatchAsync()).Ok();
        issued["warranty"]["covered"]!.ToString().ShouldBe("yes");
        issued["dispatch"]["repairUnitId"]!.ToString().ShouldBe(it.UnitId.ToString());
        (await Fixture.EventAsync(it.Id, "dispatched")).Text("underWarranty").ShouldBe("yes");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public async Task Given_a_part_of_nobody_else_When_dispatched_Then_the_contractors_own_unit_is_assigned()
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
        (await it.DispatchAsync()).Code.ShouldBe("nobody-to-charge");
        var issued = (await it.DispatchAsync(it.Dispatching(chargeBack: false))).Ok();
        issued["dispatch"]["repairUnitId"]!.ToString().ShouldBe(RepairsFixture.OwnUnit.ToString());
        issued["dispatch"]["repairUnitName"]!.ToString().ShouldBe("本公司維修隊");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public async Task Given_a_part_of_two_subcontractors_When_dispatched_Then_the_refusal_names_both_with_their_scope_and_the_chosen_one_repairs()
    {
        var it = Case.Of(Fixture);
        var basement = Guid.CreateVersion7();
        var answer = it.Covered();
        answer.Units.Add(
            new ResponsibleUnit
            {
                Id = it.UnitId.ToString(),
                Name = "宏達防水分包",
                Scope = "屋面",
            }
        );
        answer.Units.Add(
            new ResponsibleUnit
            {
                Id = basement.ToString(),
                Name = "安固防水分包",
                Scope = "地下室",
            }
        );
        Fixture.Projects.Projects[it.ProjectId].Warranty = (_, _) => Task.FromResult(answer);
        await it.ToAsync("approved");
        (await it.ReadAsync())["warranty"]["units"]!
            .AsArray()
            .Select(u => u!["scope"]!.ToString())
            .ShouldBe(["屋面", "地下室"]);
        (await it.Owner.GetAsync(it.Record)).Ok()["warranty"]["units"]!
            .AsArray()
            .ShouldBeEmpty("who did what is between contractor and subcontractors");

        var refused = await it.DispatchAsync();
        (refused.Status, refused.Code, refused.Rule).ShouldBe(
            (HttpStatusCode.Conflict, "repair-unit-choice-needed", "P3.1.1")
        );
        refused.Text("title").ShouldContain("宏達防水分包 (屋面), 安固防水分包 (地下室)");
        refused["units"]
            .AsArray()
            .Select(u => u!["id"]!.ToString())
            .ShouldBe([it.UnitId.ToString(), basement.ToString()]);
        (await it.Owner.ChangeAsync(it.Record, "dispatch", it.Dispatching()))
            .Body!["units"]
            .ShouldBeNull("only who may choose is told");

        var issued = (
            await it.DispatchAsync(
                new
                {
                    leader = new
                    {
                        basis = "original-manager",
                        personId = it.ManagerId,
                        personName = "張經理",
                    },
                    repairUnit = new { id = basement, name = "another spelling" },
                    chargeBack = true,
                }
            )
        ).Ok();
        issued["dispatch"]["repairUnitId"]!.ToString().ShouldBe(basement.ToString());
        issued["dispatch"]["repairUnitName"]!.ToString().ShouldBe("安固防水分包");
        issued["dispatch"]["unitReason"].ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public async Task Given_one_subcontractor_with_two_scopes_of_the_part_When_dispatched_Then_nothing_is_to_be_chosen()
    {
        var it = Case.Of(Fixture);
        var answer = it.Covered();
        answer.Units.Add(
            new ResponsibleUnit
            {
                Id = it.UnitId.ToString(),
                Name = "宏達防水分包",
                Scope = "屋面",
            }
        );
        answer.Units.Add(
            new ResponsibleUnit
            {
                Id = it.UnitId.ToString(),
                Name = "宏達防水分包",
                Scope = "地下室",
            }
        );
        Fixture.Projects.Projects[it.ProjectId].Warranty = (_, _) => Task.FromResult(answer);
        await it.ToAsync("approved");
        (await it.DispatchAsync()).Ok()["dispatch"]["repairUnitId"]!.ToString().ShouldBe(it.UnitId.ToString());
    }

    [Fact]
    [Trait("Rule", "P3.1.2")]
    public async Task Given_a_project_or_part_that_nobody_knows_When_a_person_opens_Then_400_and_no_number_is_lost()
    {
        var it = Case.Of(Fixture);
        Fixture.Projects.Projects[it.ProjectId].Warranty = (_, _) =>
            throw new RpcException(new Status(StatusCode.InvalidArgument, "part"));
        var part = await it.Service.PostAsync("/v1/repair-orders", it.Notice());
        (part.Status, part.Code).ShouldBe((HttpStatusCode.BadRequest, "part-unknown"));
        Fixture.Projects.Projects.TryRemove(it.ProjectId, out _);
        var project = await it.Service.PostAsync("/v1/repair-orders", it.Notice());
        (project.Status, project.Code, project.Rule).ShouldBe((HttpStatusCode.BadRequest, "project-unknown", "P3.1.2"));
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_a_finding_of_a_project_that_Projects_no_longer_knows_When_consumed_Then_on_file_all_the_same()
    {
        var it = Case.Of(Fixture);
        Fixture.Projects.Projects.TryRemove(it.ProjectId, out _);
        await Fixture.PublishAsync(
            new FindingRecorded(
                Guid.CreateVersion7(),
                4,
                Guid.CreateVersion7(),
                it.ProjectId,
                "濱江花園",
                "HT-1",
                it.OwnerId,
                "業主",
                "王",
                "1",
                "waterproofing",
                "屋面",
                "滲漏",
                "major",
                RepairsFixture.Today,
                true,
                false
            )
        );
        await Eventually.Holds(async () =>
        {
            var orders = (await it.Service.GetAsync($"/v1/repair-orders?projectId={it.ProjectId}"))
                .Ok()["items"]
                .AsArray();
            orders.ShouldHaveSingleItem()!["underWarranty"]!.ToString().ShouldBe("unknown");
        });
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
        (await it.Service.ChangeAsync(it.Record, "ask-warranty")).Ok()["warranty"]["problem"]!
            .ToString()
            .ShouldBe("no-answer");

        var issued = (await it.DispatchAsync(it.Dispatching(chargeBack: false))).Ok();
        issued["dispatch"]["repairUnitIsOwn"]!.GetValue<bool>().ShouldBeTrue();
        issued["warranty"]["covered"]!.ToString().ShouldBe("unknown");
        issued["dispatch"]["proposed"].ShouldBeNull();
        (
            await new HttpClient().GetAsync(new Uri(service.Management, "/health/ready"))
        ).IsSuccessStatusCode.ShouldBeTrue("another service's absence is no illness of this one");
    }

    private static async Task<WarrantyAnswer> Never(WarrantyQuestion question, CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        throw new InvalidOperationException("Not reached.");
    }
}
