using System.Net;
using System.Text.Json.Nodes;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests;

/// <summary>Who may not, what may not, and what is malformed.</summary>
public sealed class RepairRefusalTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_author_and_reviewer_When_they_judge_their_own_work_Then_409_with_the_rule()
    {
        var it = await Case.Of(Fixture).ToAsync("confirmed");
        (await it.AnalyseAsync(it.Head)).Ok();
        var own = await it.ReviewAsync(it.Head);
        (own.Status, own.Code, own.Rule).ShouldBe((HttpStatusCode.Conflict, "reviewer-is-author", "P3.2.1"));
        own["missing"].AsArray().Select(m => m!.ToString()).ShouldBe(["other-reviewer"]);
        own.Text("detail").ShouldContain("another reviewer");

        var qcHead = Fixture.Service.As("質檢部長", [Roles.QcHead, Roles.UnitLeader]);
        (await it.ReviewAsync(qcHead)).Ok();
        (await it.ApproveAsync(qcHead)).Code.ShouldBe("approver-is-reviewer");
        (await it.Leader.ChangeAsync(it.Record, "send-back", new { reason = "原因不清" }))
            .Ok()
            .Text("state")
            .ShouldBe("confirmed");
        (await it.AnalyseAsync()).Ok();
        (await it.ReviewAsync()).Ok();
        (await it.ApproveAsync()).Ok();
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public async Task Given_no_briefing_When_work_is_to_begin_Then_refused_and_says_who_briefs()
    {
        var it = await Case.Of(Fixture).ToAsync("dispatched");

        var refused = await it.StartAsync();
        (refused.Status, refused.Code, refused.Rule).ShouldBe((HttpStatusCode.Conflict, "not-briefed", "P3.2.2"));
        refused["suppliedBy"].AsArray().Select(r => r!.ToString()).ShouldBe([Roles.EngineeringHead]);

        foreach (
            var (principle, missing) in new[]
            {
                ("servicePrinciples", "service-principles"),
                ("cooperateWithOwner", "cooperate-with-owner"),
                ("satisfyReasonableWishes", "satisfy-reasonable-wishes"),
                ("neverQuarrel", "never-quarrel"),
            }
        )
        {
            var without = Case.Briefing();
            without[principle] = false;
            var answer = await it.BriefAsync(without);
            answer.Code.ShouldBe("principles-not-confirmed");
            answer["missing"].AsArray().Select(m => m!.ToString()).ShouldBe([missing]);
        }

        var leaderless = Case.Briefing();
        leaderless["participants"]!.AsArray().RemoveAt(0);
        (await it.BriefAsync(leaderless)).Code.ShouldBe("leader-not-briefed");
        var early = Case.Briefing();
        early["on"] = RepairsFixture.Iso(RepairsFixture.Today.AddDays(-1));
        (await it.BriefAsync(early)).Code.ShouldBe("before-dispatch");
        (await it.Engineer.ChangeAsync(it.Record, "brief", Case.Briefing())).Status.ShouldBe(
            HttpStatusCode.Forbidden,
            "only the head of engineering briefs"
        );
        (await it.BriefAsync()).Ok();
        (await it.StartAsync()).Ok().Text("state").ShouldBe("in-repair");
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Given_repairers_When_they_inspect_Then_refused()
    {
        var it = await Case.Of(Fixture).ToAsync("done");
        var repairer = Fixture.Service.As("維修班長", [Roles.Qc]);
        (await it.InspectAsync(inspector: repairer)).Code.ShouldBe("inspector-is-repairer");
        (await it.InspectAsync(inspector: Fixture.Service.As("zhang", [Roles.QcHead]))).Code.ShouldBe(
            "inspector-is-repairer"
        );
        (await it.InspectAsync(inspector: Fixture.Service.As("小李", [Roles.Qc]))).Code.ShouldBe(
            "inspector-is-repairer",
            "the work sheet names him"
        );
        (await it.InspectAsync(inspector: Fixture.Service.As("張經理", [Roles.Qc]))).Code.ShouldBe(
            "inspector-is-repairer",
            "he leads the repair"
        );
        (await it.InspectAsync(inspector: it.Engineer)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await it.InspectAsync()).Ok();
    }

    [Fact]
    public async Task Given_null_in_a_list_or_NUL_in_a_text_When_sent_Then_it_is_named_and_refused()
    {
        var it = await Case.Of(Fixture).ToAsync("confirmed");
        var wrong = await it.Engineer.ChangeAsync(
            it.Record,
            "analyse",
            new
            {
                facts = "a\0b",
                causes = "x",
                mainCause = "x",
                measures = new string?[] { "x", null },
            }
        );
        (wrong.Status, wrong.Code).ShouldBe((HttpStatusCode.BadRequest, "validation"));
        wrong["errors"]
            .AsObject()
            .Select(e => (e.Key, e.Value![0]!["code"]!.ToString()))
            .ShouldBe([("facts", "characters"), ("measures[1]", "not-null")], ignoreOrder: true);
        (await it.Engineer.GetAsync("/v1/repair-orders?search=%00")).Code.ShouldBe("malformed");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public async Task Given_owners_and_units_When_they_look_Then_each_sees_his_own_orders_only()
    {
        var it = await Case.Of(Fixture).ToAsync("approved");
        (await it.Owner.GetAsync(it.Record)).Ok();
        (await it.Unit.GetAsync(it.Record)).Status.ShouldBe(HttpStatusCode.NotFound, "not issued to the unit yet");
        (await it.DispatchAsync()).Ok();
        (await it.Unit.GetAsync(it.Record)).Ok();

        var stranger = Fixture.Service.As("別的業主", [Roles.Customer], organisation: Guid.CreateVersion7());
        var otherUnit = Fixture.Service.As("別的班組", [Roles.RepairUnit], organisation: Guid.CreateVersion7());
        var orphan = Fixture.Service.As("無單位", [Roles.RepairUnit, Roles.Customer]);
        foreach (var outsider in new[] { stranger, otherUnit, orphan, Fixture.Service.As(Roles.BiReader) })
        {
            (await outsider.GetAsync(it.Record)).Status.ShouldBe(HttpStatusCode.NotFound);
            (await outsider.GetAsync(it.Record + "/record")).Status.ShouldBe(HttpStatusCode.NotFound);
            (await outsider.GetAsync(it.Record + "/leader-proposal")).Status.ShouldBe(HttpStatusCode.NotFound);
            (await outsider.PostAsync(it.Record + "/start", new { }, "\"6\"")).Status.ShouldBe(HttpStatusCode.NotFound);
            (await outsider.GetAsync($"/v1/repair-orders?projectId={it.ProjectId}"))
                .Ok()["items"]
                .AsArray()
                .ShouldBeEmpty();
        }

        var seen = (await it.Owner.GetAsync(it.Record)).Ok();
        seen["dispatch"]
            ["chargeBack"]
            .ShouldBeNull("what is between contractor and subcontractor is not the owner's business");
        seen["history"].AsArray().ShouldAllBe(h => h!["why"] == null);
        (await it.Owner.ChangeAsync(it.Record, "brief", Case.Briefing())).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await it.Unit.GetAsync(it.Record + "/leader-proposal")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Fixture.Service.Anonymous().GetAsync(it.Record)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Given_the_contractors_own_repairers_When_a_subcontractor_repairs_Then_the_order_is_not_theirs()
    {
        var it = await Case.Of(Fixture).ToAsync("briefed");
        var own = Fixture.Service.As("自修班", [Roles.Repair]);
        (await own.ChangeAsync(it.Record, "start")).Code.ShouldBe("not-own-order");
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public async Task Given_a_proposal_When_another_leads_Then_a_reason_is_kept_beside_the_proposal()
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

        var refused = await it.DispatchAsync(it.Dispatching(it.NeighbourId));
        (refused.Status, refused.Code, refused.Rule).ShouldBe(
            (HttpStatusCode.Conflict, "leader-departure-without-reason", "P3.2.2")
        );

        var issued = (await it.DispatchAsync(it.Dispatching(it.NeighbourId, "張經理休假"))).Ok();
        issued["dispatch"]["leaderName"]!.ToString().ShouldBe("李經理");
        issued["dispatch"]["leaderBasis"]!.ToString().ShouldBe("nearest-project");
        issued["dispatch"]["leaderReason"]!.ToString().ShouldBe("張經理休假");
        issued["dispatch"]["proposed"]!["personName"]!.ToString().ShouldBe("張經理");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public async Task Given_a_subcontractors_part_When_the_contractor_repairs_it_himself_Then_only_with_a_reason()
    {
        var it = await Case.Of(Fixture).ToAsync("approved");
        object Own(string? reason) =>
            new
            {
                leader = new
                {
                    basis = "original-manager",
                    personId = it.ManagerId,
                    personName = "張經理",
                },
                repairUnit = new { id = RepairsFixture.OwnUnit, name = "自修隊" },
                unitReason = reason,
                chargeBack = true,
            };
        (await it.DispatchAsync(Own(null))).Code.ShouldBe("unit-departure-without-reason");
        var issued = (await it.DispatchAsync(Own("分包單位已解散"))).Ok();
        issued["dispatch"]["repairUnitIsOwn"]!.GetValue<bool>().ShouldBeTrue();
        await it.BriefAsync();
        (await Fixture.Service.As("自修班", [Roles.Repair]).ChangeAsync(it.Record, "start")).Ok();
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_wrong_dates_When_confirmed_Then_refused()
    {
        var it = await Case.Of(Fixture).OpenedAsync();
        (await it.ConfirmAsync(RepairsFixture.Today.AddDays(1))).Code.ShouldBe("date-in-future");
        (await it.ConfirmAsync(RepairsFixture.Today.AddDays(-1))).Code.ShouldBe("before-notice");
    }

    [Fact]
    public async Task Given_every_command_When_sent_by_somebody_without_the_role_Then_403_and_nothing_happens()
    {
        var it = await Case.Of(Fixture).OpenedAsync();
        (await Fixture.Service.As(Roles.Finance).PostAsync("/v1/repair-orders", it.Notice())).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await it.Owner.PostAsync("/v1/repair-orders", it.Notice())).Code.ShouldBe("role-missing");
        var finance = Fixture.Service.As(Roles.Finance);
        (
            await finance.ChangeAsync(
                it.Record,
                "confirm",
                new
                {
                    way = "phone",
                    on = RepairsFixture.Iso(RepairsFixture.Today),
                    ownerRepresentative = "x",
                    reworkAgreed = "y",
                }
            )
        ).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await finance.ChangeAsync(it.Record, "ask-warranty")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await finance.ChangeAsync(it.Record, "withdraw", new { reason = "x" })).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
        ((long)(await it.ReadAsync())["version"]).ShouldBe(1);
    }

    [Fact]
    public async Task Given_versions_When_missing_or_stale_Then_428_and_412()
    {
        var it = await Case.Of(Fixture).OpenedAsync();
        var body = new
        {
            way = "phone",
            on = RepairsFixture.Iso(RepairsFixture.Today),
            ownerRepresentative = "x",
            reworkAgreed = "y",
        };
        (await it.Service.PostAsync(it.Record + "/confirm", body)).Status.ShouldBe((HttpStatusCode)428);
        (await it.Service.PostAsync(it.Record + "/confirm", body, "\"7\"")).Status.ShouldBe(
            HttpStatusCode.PreconditionFailed
        );
        (await it.Service.PostAsync(it.Record + "/confirm", body, "not-ours")).Status.ShouldBe(
            HttpStatusCode.PreconditionFailed
        );
        var seen = await it.ReadAsync();
        (await it.Service.GetAsync(it.Record, ifNoneMatch: seen.ETag)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_key_When_repeated_Then_the_first_outcome_and_with_another_body_409()
    {
        var it = Case.Of(Fixture);
        var first = (await it.Service.PostAsync("/v1/repair-orders", it.Notice(), key: "k-" + it.ProjectId)).Ok();
        var again = (await it.Service.PostAsync("/v1/repair-orders", it.Notice(), key: "k-" + it.ProjectId)).Ok();
        again.Id.ShouldBe(first.Id);
        (again.ETag, again.Location).ShouldBe((first.ETag, first.Location));
        again.Location.ShouldBe($"/api/repairs/v1/repair-orders/{first.Id}");
        var other = await it.Service.PostAsync("/v1/repair-orders", it.Notice("minor"), key: "k-" + it.ProjectId);
        (other.Status, other.Code).ShouldBe((HttpStatusCode.Conflict, "idempotency-key-reused"));
        (await it.Service.GetAsync($"/v1/repair-orders?projectId={it.ProjectId}"))
            .Ok()["items"]
            .AsArray()
            .ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Given_malformed_input_When_sent_Then_400_and_the_field_is_named()
    {
        var it = Case.Of(Fixture);
        async Task Wrong(Action<JsonObject> change, string field)
        {
            var notice = it.Notice();
            change(notice);
            var answer = await it.Service.PostAsync("/v1/repair-orders", notice);
            answer.Status.ShouldBe(HttpStatusCode.BadRequest, field);
            answer.Body!.ToJsonString().ShouldContain(field, Shouldly.Case.Insensitive);
        }

        await Wrong(n => n["colour"] = "red", "colour");
        await Wrong(n => n["notifiedOn"] = "2026-02-30", "notifiedOn");
        await Wrong(n => n["notifiedOn"] = RepairsFixture.Iso(RepairsFixture.Today.AddDays(1)), "notifiedOn");
        await Wrong(n => n["severity"] = "terrible", "severity");
        await Wrong(n => n["severity"] = 2, "severity");
        await Wrong(n => n.Remove("severity"), "severity");
        await Wrong(n => n["description"] = "", "description");
        await Wrong(n => n["description"] = new string('x', 4001), "description");
        await Wrong(n => n["severity"] = "emergency", "emergencyKind");
        await Wrong(n => n["projectId"] = "7", "projectId");
        await Wrong(n => n["project"]!["ownerId"] = null, "ownerId");
        (await it.Service.PostAsync("/v1/repair-orders", "{ not json")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await it.Service.PostAsync("/v1/repair-orders", "[]")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await it.Service.PostAsync("/v1/repair-orders", "null")).Status.ShouldBe(HttpStatusCode.BadRequest);

        foreach (
            var query in new[]
            {
                "state=gone",
                "state=0",
                "severity=9",
                "overdue=perhaps",
                "openedFrom=2026-13-01",
                "limit=0",
                "limit=201",
                "after=zzz",
                "projectId=1",
            }
        )
        {
            (await it.Service.GetAsync("/v1/repair-orders?" + query)).Status.ShouldBe(HttpStatusCode.BadRequest, query);
        }

        (await it.Service.GetAsync("/v1/repair-orders/not-a-guid")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await it.Service.GetAsync($"/v1/repair-orders/{Guid.CreateVersion7()}")).Status.ShouldBe(
            HttpStatusCode.NotFound
        );
        (await it.Service.GetAsync($"/v1/repair-orders/{Guid.CreateVersion7()}/record")).Status.ShouldBe(
            HttpStatusCode.NotFound
        );
    }

    [Fact]
    public async Task Given_a_nested_list_with_holes_When_sent_Then_400()
    {
        var it = await Case.Of(Fixture).ToAsync("dispatched");
        foreach (
            var participants in new JsonNode?[]
            {
                null,
                new JsonArray(),
                new JsonArray((JsonNode?)null),
                new JsonArray(new JsonObject { ["name"] = "x" }),
            }
        )
        {
            var briefing = Case.Briefing();
            briefing["participants"] = participants;
            (await it.BriefAsync(briefing)).Status.ShouldBe(
                HttpStatusCode.BadRequest,
                participants?.ToJsonString() ?? "null"
            );
        }
    }

    [Fact]
    public async Task Given_three_languages_When_refused_Then_each_in_its_own()
    {
        var it = await Case.Of(Fixture).ToAsync("done");
        var etag = (await it.ReadAsync()).ETag;
        async Task<string> Title(string language) =>
            (
                await it.Owner.PostAsync(
                    it.Record + "/accept",
                    new { opinion = "好", printedName = "王" },
                    etag,
                    language: language
                )
            ).Text("title");
        (await Title("en")).ShouldBe("The owner can accept only after the quality department has passed the repair.");
        (await Title("zh-Hant")).ShouldBe("品質部門檢驗合格前，業主不得驗收。");
        (await Title("zh-Hans")).ShouldBe("质量部门检验合格前，业主不得验收。");
    }

    [Fact]
    public async Task Given_a_complaint_When_two_orders_are_opened_for_it_Then_the_second_exists_already()
    {
        var it = Case.Of(Fixture);
        var notice = it.Notice();
        notice["complaintId"] = Guid.CreateVersion7().ToString();
        (await it.Service.PostAsync("/v1/repair-orders", notice)).Ok().Text("source").ShouldBe("complaint");
        var second = await it.Service.PostAsync("/v1/repair-orders", notice);
        (second.Status, second.Code).ShouldBe((HttpStatusCode.Conflict, "already-exists"));
    }
}
