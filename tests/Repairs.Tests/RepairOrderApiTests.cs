using System.Net;
using System.Text.Json.Nodes;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.RepairOrders.Features;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests;

/// <summary>Each endpoint is wired to its rule; the rules themselves are proved in <c>Domain/</c>.</summary>
public sealed class RepairOrderApiTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    /// <summary>Action, state in which it is taken, state afterwards, event.</summary>
    public static TheoryData<string, string, string, string?> Actions =>
        new()
        {
            { "ask-warranty", "opened", "opened", null },
            { "confirm", "opened", "confirmed", "confirmed" },
            { "analyse", "confirmed", "analysed", null },
            { "review", "analysed", "reviewed", null },
            { "send-back", "analysed", "confirmed", null },
            { "approve", "reviewed", "approved", "approved" },
            { "plan", "confirmed", "confirmed", null },
            { "dispatch", "approved", "dispatched", "dispatched" },
            { "receive", "dispatched", "dispatched", "received" },
            { "object", "dispatched", "dispatched", "objected" },
            { "arrive", "dispatched", "dispatched", "received" },
            { "attempt", "dispatched", "dispatched", null },
            { "pause", "briefed", "briefed", null },
            { "add-cost", "in-repair", "in-repair", "cost-changed" },
            { "draw-lessons", "approved", "approved", null },
            { "brief", "dispatched", "briefed", null },
            { "start", "briefed", "in-repair", "started" },
            { "finish", "in-repair", "done", "finished" },
            { "pass-inspection", "done", "inspected", "inspected" },
            { "fail-inspection", "done", "in-repair", "inspected" },
            { "accept", "inspected", "accepted", "owner-responded" },
            { "refuse", "inspected", "in-repair", "owner-responded" },
            { "return", "accepted", "closed", "returned" },
            { "withdraw", "approved", "withdrawn", "withdrawn" },
        };

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Given_an_order_When_an_action_is_sent_Then_done_and_announced(
        string action,
        string from,
        string to,
        string? announced
    )
    {
        var it = await Case.Of(Fixture).ToAsync(from);
        var (by, _) = it.CallOf(action);
        (await by.GetAsync(it.Record)).Ok().Actions.ShouldContain(action);

        var answer = (await it.DoAsync(action)).Ok();

        answer.State.ShouldBe(to);
        answer.ETag.ShouldBe($"\"{answer["version"]}\"");
        if (announced is not null)
        {
            (await Fixture.OrderEventAsync(it.Id, announced)).Body["version"]!
                .ToString()
                .ShouldBe(answer.Text("version"));
        }
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Given_an_order_When_a_person_without_the_role_sends_the_action_Then_403_and_nothing_happens(
        string action,
        string from,
        string to,
        string? announced
    )
    {
        _ = (to, announced);
        var it = await Case.Of(Fixture).ToAsync(from);
        var before = (await it.ReadAsync()).ETag;

        var refused = await it.Finance.ChangeAsync(it.Record, action, it.CallOf(action).Body);

        (refused.Status, refused.Code).ShouldBe((HttpStatusCode.Forbidden, "role-missing"));
        (await it.ReadAsync()).ETag.ShouldBe(before);
    }

    [Fact]
    public async Task Given_a_person_without_the_role_When_they_open_an_order_Then_403_before_anything_is_looked_up()
    {
        var it = Case.Of(Fixture);
        var unknown = it.Notice() with { ProjectId = Guid.CreateVersion7() };

        (await it.Finance.PostAsync("/v1/repair-orders", unknown)).Code.ShouldBe("role-missing");
        (await it.Unit.PostAsync("/v1/repair-orders", unknown)).Code.ShouldBe("role-missing");
    }

    [Fact]
    [Trait("Rule", "S3")]
    public async Task Given_a_customer_When_they_open_an_order_Then_on_a_project_of_theirs_only()
    {
        var it = Case.Of(Fixture);

        (await it.Owner.PostAsync("/v1/repair-orders", it.Notice())).Ok().State.ShouldBe("opened");
        var refused = await it.Stranger.PostAsync("/v1/repair-orders", it.Notice());
        (refused.Status, refused.Code).ShouldBe((HttpStatusCode.BadRequest, "project-unknown"));
        // What else is wrong with it is not said of a project that is not theirs.
        var comesBack = it.Notice() with
        {
            RecurrenceOfId = Guid.CreateVersion7(),
        };
        (await it.Stranger.PostAsync("/v1/repair-orders", comesBack)).Code.ShouldBe("project-unknown");
        (await it.Owner.PostAsync("/v1/repair-orders", comesBack)).Code.ShouldBe("recurrence-unknown");
    }

    [Fact]
    public async Task Given_a_reviewed_emergency_that_was_issued_before_approval_When_ratified_Then_done_and_announced()
    {
        var it = await Case.Of(Fixture).OpenedAsync(DefectSeverity.Emergency);
        foreach (var action in new[] { "confirm", "dispatch", "analyse", "review" })
        {
            (await it.DoAsync(action)).Ok();
        }

        (await it.DoAsync("ratify")).Ok().State.ShouldBe("dispatched");

        (await Fixture.OrderEventAsync(it.Id, "approved")).Body["ratified"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Given_a_refused_command_When_answered_Then_with_rule_what_is_missing_and_who_supplies_it()
    {
        var it = await Case.Of(Fixture).ToAsync("done");

        var refused = await it.DoAsync("accept");

        (refused.Status, refused.Code, refused.Rule).ShouldBe((HttpStatusCode.Conflict, "not-inspected", "P3.2.3"));
        refused.Missing.ShouldBe(["passed-inspection"]);
        refused.SuppliedBy.ShouldBe([Roles.Qc, Roles.QcHead]);
        refused.Text("detail").ShouldContain("a passed inspection");
    }

    [Fact]
    public async Task Given_three_languages_When_refused_Then_each_in_its_own()
    {
        var it = await Case.Of(Fixture).ToAsync("done");
        var etag = (await it.ReadAsync()).ETag;
        async Task<string> Title(string language) =>
            (await it.Owner.PostAsync(it.Record + "/accept", Case.Responding(), etag, language: language)).Text(
                "title"
            );

        (await Title("en")).ShouldBe("The owner can accept only after the quality department has passed the repair.");
        (await Title("zh-Hant")).ShouldBe("品質部門檢驗合格前，業主不得驗收。");
        (await Title("zh-Hans")).ShouldBe("质量部门检验合格前，业主不得验收。");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public async Task Given_owners_and_units_When_they_look_Then_each_sees_their_own_orders_only()
    {
        var it = await Case.Of(Fixture).ToAsync("approved");
        (await it.Owner.GetAsync(it.Record)).Ok();
        (await it.Unit.GetAsync(it.Record)).Status.ShouldBe(HttpStatusCode.NotFound, "not issued to the unit yet");
        (await it.DoAsync("dispatch")).Ok();
        (await it.Unit.GetAsync(it.Record)).Ok();

        var otherUnit = Fixture.As("別的班組", [Roles.RepairUnit], organisation: Guid.CreateVersion7());
        var orphan = Fixture.As("無單位", [Roles.RepairUnit, Roles.Customer]);
        foreach (var outsider in new[] { it.Stranger, otherUnit, orphan, Fixture.As(Roles.BiReader) })
        {
            (await outsider.GetAsync(it.Record)).Status.ShouldBe(HttpStatusCode.NotFound);
            (await outsider.GetAsync(it.Record + "/forms/repair-record")).Status.ShouldBe(HttpStatusCode.NotFound);
            (await outsider.GetAsync(it.Record + "/forms/repair-record.pdf")).Status.ShouldBe(HttpStatusCode.NotFound);
            (await outsider.GetAsync(it.Record + "/leader-proposal")).Status.ShouldBe(HttpStatusCode.NotFound);
            var started = await outsider.PostAsync(it.Record + "/start", null, "\"6\"");
            var nothing = await outsider.PostAsync($"/v1/repair-orders/{Guid.CreateVersion7()}/start", null, "\"6\"");
            started.Status.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.Forbidden);
            (started.Status, started.Code).ShouldBe((nothing.Status, nothing.Code), "as where there is none");
            (await outsider.GetAsync($"/v1/repair-orders?projectId={it.ProjectId}")).Ok().Items.ShouldBeEmpty();
        }

        (await it.Unit.GetAsync(it.Record + "/leader-proposal")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Fixture.Anonymous().GetAsync(it.Record)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public async Task Given_what_is_between_contractor_and_subcontractor_When_the_owner_reads_Then_it_is_not_shown()
    {
        var it = await Case.Of(Fixture).ToAsync("reviewed");
        (await it.Owner.GetAsync(it.Record)).Ok().Body!["analysis"].ShouldBeNull("a draft");
        await it.ToAsync("dispatched");

        var staff = (await it.ReadAsync()).Ok();
        var owner = (await it.Owner.GetAsync(it.Record)).Ok();

        staff["dispatch"]["chargeBack"]!.GetValue<bool>().ShouldBeTrue();
        staff["dispatch"]["proposed"]!["personName"]!.ToString().ShouldBe("張經理");
        staff["warranty"]["responsibleUnitName"]!.ToString().ShouldBe("宏達防水分包");
        staff["revisions"].AsArray().ShouldHaveSingleItem();
        owner["analysis"]["mainCause"]!.ToString().ShouldBe("附加層漏做", "approved");
        owner["revisions"].AsArray().ShouldBeEmpty();
        owner["dispatch"]["chargeBack"].ShouldBeNull();
        owner["dispatch"]["proposed"].ShouldBeNull();
        owner["warranty"]["responsibleUnitId"].ShouldBeNull();
        owner["warranty"]["units"]!.AsArray().ShouldBeEmpty();
        foreach (var part in new[] { "review", "approval", "briefing", "withdrawalReason" })
        {
            owner.Body![part].ShouldBeNull(part);
        }

        owner["dispatch"]["leaderBasis"].ShouldBeNull();
        owner["dispatch"]["beforeApproval"].ShouldBeNull();
        owner["plan"]["by"]!["name"]!.ToString().ShouldBe("生產計劃員");
        Steps(owner).ShouldBe(["open", "confirm", "plan", "dispatch"]);
        Steps(staff).ShouldBe(["open", "confirm", "analyse", "review", "plan", "approve", "dispatch"]);
        owner["history"].AsArray().ShouldAllBe(step => step!["why"] == null);
        staff["history"].AsArray().ShouldContain(step => step!["why"] != null);
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public async Task Given_a_briefing_and_a_withdrawal_When_read_Then_by_those_whom_they_concern()
    {
        var it = await Case.Of(Fixture).ToAsync("briefed");
        (await it.Unit.GetAsync(it.Record)).Ok()["briefing"]["content"]!.ToString().ShouldBe("工藝要求與成品保護");
        (await it.Owner.GetAsync(it.Record)).Ok().Body!["briefing"].ShouldBeNull();

        (await it.DoAsync("withdraw")).Ok().Text("withdrawalReason").ShouldBe("重複報修");
        foreach (var outsider in new[] { it.Owner, it.Unit })
        {
            (await outsider.GetAsync(it.Record)).Ok().Body!["withdrawalReason"].ShouldBeNull();
        }
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Given_the_owners_word_by_phone_When_customer_service_takes_it_down_Then_kept_without_a_signature()
    {
        var it = await Case.Of(Fixture).ToAsync("inspected");
        var word = new RespondToRepair.Request("滿意", Recorded: new("王先生", WordBy.Phone, Fixture.Today));

        (await it.Service.ChangeAsync(it.Record, "accept", Case.Responding())).Code.ShouldBe("word-not-recorded");
        (await it.Owner.ChangeAsync(it.Record, "accept", word)).Code.ShouldBe("not-signed");
        var response = (await it.Service.ChangeAsync(it.Record, "accept", word)).Ok()["ownerResponses"][0]!;

        response["signature"].ShouldBeNull();
        response["ownerName"]!.ToString().ShouldBe("濱江業主委員會");
        response["recorded"]!["how"]!.ToString().ShouldBe("phone");
        response["by"]!["name"]!.ToString().ShouldBe("客服小陳");
    }

    private static IEnumerable<string> Steps(ApiAnswer order) =>
        order["history"].AsArray().Select(step => step!["action"]!.ToString());

    [Fact]
    public async Task Given_versions_When_missing_or_stale_Then_428_and_412()
    {
        var it = await Case.Of(Fixture).OpenedAsync();

        (await it.Service.PostAsync(it.Record + "/confirm", it.Confirming())).Status.ShouldBe((HttpStatusCode)428);
        (await it.Service.PostAsync(it.Record + "/confirm", it.Confirming(), "\"7\"")).Status.ShouldBe(
            HttpStatusCode.PreconditionFailed
        );
        (await it.Service.PostAsync(it.Record + "/confirm", it.Confirming(), "not-ours")).Status.ShouldBe(
            HttpStatusCode.PreconditionFailed
        );
    }

    [Fact]
    public async Task Given_a_key_When_repeated_Then_the_first_outcome_and_with_another_body_409()
    {
        var it = Case.Of(Fixture);
        var key = "k-" + it.ProjectId;
        var first = (await it.Service.PostAsync("/v1/repair-orders", it.Notice(), key: key)).Ok();

        var again = (await it.Service.PostAsync("/v1/repair-orders", it.Notice(), key: key)).Ok();
        var other = await it.Service.PostAsync("/v1/repair-orders", it.Notice(DefectSeverity.Minor), key: key);

        (again.Id, again.ETag, again.Location).ShouldBe((first.Id, first.ETag, first.Location));
        again.Location.ShouldBe($"/api/repairs/v1/repair-orders/{first.Id}");
        (other.Status, other.Code).ShouldBe((HttpStatusCode.Conflict, "idempotency-key-reused"));
        (await it.Service.GetAsync($"/v1/repair-orders?projectId={it.ProjectId}")).Items.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Given_a_complaint_When_two_orders_are_opened_for_it_Then_the_second_exists_already()
    {
        var it = Case.Of(Fixture);
        var notice = it.Notice() with { ComplaintId = Guid.CreateVersion7() };
        (await it.OpenAsync(notice)).Ok().Text("source").ShouldBe("complaint");

        var second = await it.OpenAsync(notice);

        (second.Status, second.Code).ShouldBe((HttpStatusCode.Conflict, "already-exists"));
    }

    [Fact]
    public async Task Given_forty_openings_at_once_with_failures_among_them_When_numbered_Then_each_by_its_own()
    {
        var complaint = Guid.CreateVersion7();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(i =>
                {
                    var it = Case.Of(Fixture);
                    // Ten for one complaint: nine of them fail after they took a number.
                    return it.OpenAsync(i % 4 == 0 ? it.Notice() with { ComplaintId = complaint } : it.Notice());
                })
        );

        answers.Count(a => a.Status == HttpStatusCode.Conflict).ShouldBe(9);
        var numbers = answers.Where(a => a.Status == HttpStatusCode.Created).Select(a => a.Number).ToList();
        numbers.Distinct().Count().ShouldBe(31);
        numbers.ShouldAllBe(number => number.StartsWith($"WX-{Fixture.Today.Year}-", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_two_reviewers_at_once_When_both_saw_the_same_version_Then_one_wins_and_the_trail_stays_whole()
    {
        for (var round = 0; round < 5; round++)
        {
            var it = await Case.Of(Fixture).ToAsync("analysed");
            var seen = (await it.ReadAsync()).ETag;
            var qcHead = Fixture.As("質檢部長", [Roles.QcHead]);
            var (_, review) = it.CallOf("review");
            var answers = await Task.WhenAll(
                it.Head.PostAsync(it.Record + "/review", review, seen),
                qcHead.PostAsync(it.Record + "/review", review, seen),
                it.Head.PostAsync(it.Record + "/send-back", it.CallOf("send-back").Body, seen)
            );

            answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(1);
            answers.Count(a => a.Status == HttpStatusCode.PreconditionFailed).ShouldBe(2);
        }

        var (code, output) = await Fixture.Service.RunCommandAsync("verify-audit");
        code.ShouldBe(0, output);
    }

    [Fact]
    public async Task Given_a_malformed_notice_When_sent_Then_400_and_the_field_is_named()
    {
        var it = Case.Of(Fixture);
        async Task Wrong(Action<JsonObject> spoil, string field)
        {
            var notice = it.NoticeJson();
            spoil(notice);
            var answer = await it.OpenAsync(notice);
            answer.Status.ShouldBe(HttpStatusCode.BadRequest, field);
            answer.Readable().ShouldContain(field, Shouldly.Case.Insensitive);
        }

        await Wrong(n => n["colour"] = "red", "colour");
        await Wrong(n => n["notifiedOn"] = "2026-02-30", "notifiedOn");
        await Wrong(n => n["notifiedOn"] = RepairsFixture.Iso(Fixture.Today.AddDays(1)), "notifiedOn");
        await Wrong(n => n["severity"] = "terrible", "severity");
        await Wrong(n => n["severity"] = 2, "severity");
        await Wrong(n => n.Remove("severity"), "severity");
        await Wrong(n => n["description"] = "", "description");
        await Wrong(n => n["description"] = new string('x', 4001), "description");
        await Wrong(n => n["severity"] = "emergency", "emergencyReason");
        await Wrong(n => n["emergencyReason"] = "structure", "emergencyReason");
        await Wrong(n => n["projectId"] = "7", "projectId");
        await Wrong(n => n["projectId"] = Guid.Empty.ToString(), "projectId");
        await Wrong(n => n["siteContact"] = new JsonObject { ["name"] = "\u200b" }, "siteContact.name");
        await Wrong(n => n["contact"] = "王先生", "contact");
        await Wrong(n => n["project"] = new JsonObject { ["ownerName"] = "x" }, "project");
        (await it.OpenAsync("{ not json")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await it.OpenAsync("[]")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await it.OpenAsync("null")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Given_null_in_a_list_or_NUL_in_a_text_When_sent_Then_named_and_refused()
    {
        var it = await Case.Of(Fixture).ToAsync("confirmed");
        var spoilt = Case.Spoilable(Case.Analysing());
        spoilt["facts"] = "a\0b";
        spoilt["measures"] = new JsonArray("x", null);

        var wrong = await it.Engineer.ChangeAsync(it.Record, "analyse", spoilt);

        (wrong.Status, wrong.Code).ShouldBe((HttpStatusCode.BadRequest, "validation"));
        wrong["errors"]
            .AsObject()
            .Select(e => (e.Key, e.Value![0]!["code"]!.ToString()))
            .ShouldBe([("facts", "characters"), ("measures[1]", "not-null")], ignoreOrder: true);
    }

    [Fact]
    public async Task Given_a_list_of_participants_with_holes_When_sent_Then_400()
    {
        var it = await Case.Of(Fixture).ToAsync("dispatched");
        foreach (
            var participants in new JsonNode?[]
            {
                null,
                new JsonArray(),
                new JsonArray((JsonNode?)null),
                new JsonArray(new JsonObject { ["role"] = "leader" }),
            }
        )
        {
            var briefing = Case.Spoilable(it.Briefing());
            briefing["participants"] = participants;
            (await it.Head.ChangeAsync(it.Record, "brief", briefing)).Status.ShouldBe(
                HttpStatusCode.BadRequest,
                participants?.ToJsonString() ?? "null"
            );
        }
    }

    [Fact]
    public async Task Given_an_unknown_order_When_read_Then_404()
    {
        (await Fixture.As(Roles.CustomerService).GetAsync("/v1/repair-orders/not-a-guid")).Status.ShouldBe(
            HttpStatusCode.NotFound
        );
        (
            await Fixture.As(Roles.CustomerService).GetAsync($"/v1/repair-orders/{Guid.CreateVersion7()}")
        ).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
