using System.Net;
using System.Text.Json.Nodes;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Repairs.Data;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Repairs.Tests;

/// <summary>The whole way through the API, on real servers.</summary>
public sealed class RepairStoryTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "P3.2.1")]
    [Trait("Rule", "P3.2.2")]
    [Trait("Rule", "P3.2.3")]
    [Trait("Rule", "P3.3")]
    [Trait("Rule", "Form3.3.2")]
    public async Task Given_a_notice_When_everybody_does_his_part_Then_closed_on_file_signed_and_announced()
    {
        var it = await Case.Of(Fixture).ToAsync("closed");

        var order = (await it.ReadAsync()).Ok();
        order.Text("number").ShouldMatch(@"^WX-\d{4}-\d{4}$");
        order["warranty"]["covered"]!.ToString().ShouldBe("yes");
        order["warranty"]["responsibleUnitName"]!.ToString().ShouldBe("宏達防水分包");
        order["dispatch"]["repairUnitName"]!.ToString().ShouldBe("宏達防水分包");
        order["dispatch"]["leaderName"]!.ToString().ShouldBe("張經理");
        ((bool)order["dispatch"]["chargeBack"]!).ShouldBeTrue();
        ((bool)order["confirmation"]["inTime"]!).ShouldBeTrue();
        order["ownerResponses"][0]!["signature"]!["printedName"]!.ToString().ShouldBe("王先生");
        order["ownerResponses"][0]!["signature"]!["meaning"]!.ToString().ShouldBe("owner-acceptance");
        order["_actions"].AsArray().ShouldBeEmpty();
        order["history"]
            .AsArray()
            .Select(h => h!["action"]!.ToString())
            .ShouldBe([
                "open",
                "confirm",
                "analyse",
                "review",
                "approve",
                "dispatch",
                "brief",
                "start",
                "finish",
                "pass-inspection",
                "accept",
                "return",
            ]);

        var record = (await it.Engineer.GetAsync(it.Record + "/record", "zh-Hant")).Ok();
        record.Text("title").ShouldBe("工程維修記錄表");
        var cells = record["rows"]
            .AsArray()
            .SelectMany(r => r!["cells"]!.AsArray())
            .ToDictionary(c => c!["name"]!.ToString(), c => c!["value"]?.ToString());
        cells.Keys.ShouldBe([
            "repair-unit",
            "number",
            "project",
            "contract",
            "owner",
            "phone",
            "location",
            "contact",
            "repair-content",
            "issuer",
            "issued-on",
            "repair-record",
            "leader",
            "finished-on",
            "qc-opinion",
            "inspector",
            "inspected-on",
            "owner-evaluation",
            "owner-signature",
            "signed-on",
        ]);
        cells.Values.ShouldAllBe(v => !string.IsNullOrEmpty(v));
        cells["qc-opinion"].ShouldBe("合格。符合要求");
        cells["issuer"].ShouldBe("工程師老吳");

        var printed = await it.Owner.GetAsync(it.Record + "/record.pdf");
        if (File.Exists(Servers.Fonts.Cjk))
        {
            printed.Raw.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
            (await printed.Raw.Content.ReadAsByteArrayAsync()).AsSpan(0, 5).SequenceEqual("%PDF-"u8).ShouldBeTrue();
        }
        else
        {
            (printed.Status, printed.Code).ShouldBe((HttpStatusCode.ServiceUnavailable, "printing-unavailable"));
        }

        var returned = await Fixture.EventAsync(it.Id, "returned");
        returned.Text("phone").ShouldBe("021-5555");
        returned.Text("underWarranty").ShouldBe("yes");
        Fixture
            .EventsOf(it.Id)
            .Select(e => e.RoutingKey.Split('.')[2])
            .ShouldBe([
                "opened",
                "confirmed",
                "approved",
                "dispatched",
                "started",
                "inspected",
                "owner-responded",
                "returned",
            ]);
        var versions = Fixture.EventsOf(it.Id).Select(e => (long)e.Body["version"]!).ToList();
        versions.ShouldBe(versions.Order().ToList(), "events of one order arrive in the order of its versions");
        versions[^1].ShouldBe((long)order["version"]);
        returned.Headers["cloudEvents:type"].ShouldBe("repairs.repair-order.returned.v1");
        returned.Headers["cloudEvents:specversion"].ShouldBe("1.0");
        returned.Headers["cloudEvents:subject"].ShouldBe(it.Id.ToString());
        returned.Headers["cloudEvents:source"].ShouldContain("repairs");
        returned.MessageId.ShouldNotBeNullOrEmpty();

        var audit = (await it.Head.GetAsync($"/v1/audit/{it.Id}")).Ok();
        audit["entries"].AsArray().Count.ShouldBe(12);
        audit["intact"].GetValue<bool>().ShouldBeTrue();
        var (code, output) = await Fixture.Service.RunCommandAsync("verify-audit");
        code.ShouldBe(0, output);
        (await it.Owner.GetAsync($"/v1/audit/{it.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Given_a_failed_inspection_and_a_refusal_When_repaired_again_Then_both_are_counted_and_the_round_goes_up()
    {
        var it = await Case.Of(Fixture).ToAsync("done");
        (await it.InspectAsync(passed: false)).Ok().Text("state").ShouldBe("in-repair");
        (await it.FinishAsync()).Ok();
        (await it.InspectAsync()).Ok();
        var refused = (
            await it.Owner.ChangeAsync(it.Record, "refuse", new { opinion = "仍有水漬", printedName = "王先生" })
        ).Ok();
        refused.Text("state").ShouldBe("in-repair");
        (await it.FinishAsync()).Ok();
        (await it.AcceptAsync()).Code.ShouldBe("not-inspected", "the inspection of the round before does not count");
        (await it.InspectAsync()).Ok();
        (await it.AcceptAsync()).Ok();
        var closed = (await it.ReturnAsync()).Ok();

        ((int)closed["failedInspections"]).ShouldBe(1);
        ((int)closed["ownerRefusals"]).ShouldBe(1);
        ((int)closed["round"]).ShouldBe(3);
        var returned = await Fixture.EventAsync(it.Id, "returned");
        (returned.Text("failedInspections"), returned.Text("ownerRefusals")).ShouldBe(("1", "1"));
        Fixture
            .EventsOf(it.Id)
            .Where(e => e.RoutingKey.Contains("inspected"))
            .Select(e => (e.Text("round"), e.Text("passed")))
            .ShouldBe([("1", "false"), ("2", "true"), ("3", "true")]);
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Worked_case_7_Given_work_reported_done_When_the_owner_accepts_before_the_inspection_Then_refused()
    {
        var it = await Case.Of(Fixture).ToAsync("done");

        var refused = await it.AcceptAsync();

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        (refused.Code, refused.Rule).ShouldBe(("not-inspected", "P3.2.3"));
        refused["suppliedBy"].AsArray().Select(r => r!.ToString()).ShouldContain(Roles.Qc);
        (await it.ReadAsync()).Text("state").ShouldBe("done");
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Given_a_signature_on_paper_When_customer_service_enters_it_Then_with_its_day_and_the_scan()
    {
        var it = await Case.Of(Fixture).ToAsync("inspected");
        (await it.AcceptAsync(it.Service)).Code.ShouldBe("paper-not-dated");
        (
            await it.AcceptAsync(
                it.Service,
                new
                {
                    opinion = "滿意",
                    printedName = "王先生",
                    signedOn = RepairsFixture.Iso(RepairsFixture.Today.AddDays(1)),
                }
            )
        ).Code.ShouldBe("date-in-future");
        (
            await it.AcceptAsync(
                it.Service,
                new
                {
                    opinion = "滿意",
                    printedName = "王先生",
                    signedOn = RepairsFixture.Iso(RepairsFixture.Today.AddDays(-1)),
                }
            )
        ).Code.ShouldBe("signed-before-inspection");

        var accepted = (
            await it.AcceptAsync(
                it.Service,
                new
                {
                    opinion = "滿意",
                    printedName = "王先生",
                    signedOn = RepairsFixture.Iso(RepairsFixture.Today),
                    scanId = "scan-77",
                }
            )
        ).Ok();

        accepted["ownerResponses"][0]!["onPaper"]!.GetValue<bool>().ShouldBeTrue();
        accepted["ownerResponses"][0]!["signature"]!["imageId"]!.ToString().ShouldBe("scan-77");
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_an_emergency_When_issued_before_approval_Then_ratified_before_it_is_returned()
    {
        var it = await Case.Of(Fixture).OpenedAsync("emergency");
        (await it.ConfirmAsync()).Ok()["_actions"].AsArray().Select(a => a!.ToString()).ShouldContain("withdraw");
        (await it.DispatchAsync()).Ok()["dispatch"]["beforeApproval"]!.GetValue<bool>().ShouldBeTrue();
        (await it.StartAsync()).Code.ShouldBe("not-briefed", "an emergency is briefed, too");
        await it.ToAsync("accepted");

        var refused = await it.ReturnAsync();
        (refused.Status, refused.Code, refused.Rule).ShouldBe((HttpStatusCode.Conflict, "not-ratified", "P3.2.1"));

        (await it.AnalyseAsync()).Ok();
        (await it.ReviewAsync()).Ok();
        (await it.Leader.ChangeAsync(it.Record, "ratify", new { opinion = "補批" })).Ok();
        (await it.ReturnAsync(it.Engineer)).Ok().Text("state").ShouldBe("closed");
        (await Fixture.EventAsync(it.Id, "approved")).Body["ratified"]!
            .GetValue<bool>()
            .ShouldBeTrue("whoever follows the order leaves it in the state in which it is");
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_an_order_before_work_When_withdrawn_with_a_reason_Then_it_is_over()
    {
        var it = await Case.Of(Fixture).ToAsync("approved");
        (await it.Service.ChangeAsync(it.Record, "withdraw", new { reason = "" })).Status.ShouldBe(
            HttpStatusCode.BadRequest
        );
        (await it.Service.ChangeAsync(it.Record, "withdraw", new { reason = "重複報修" }))
            .Ok()
            .Text("state")
            .ShouldBe("withdrawn");
        (await Fixture.EventAsync(it.Id, "withdrawn")).Text("reason").ShouldBe("重複報修");
        (await it.DispatchAsync()).Code.ShouldBe("not-in-this-state");
    }

    [Fact]
    [Trait("Rule", "P2.2.3")]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_a_finding_delivered_three_times_under_two_message_ids_When_consumed_Then_one_order()
    {
        var it = Case.Of(Fixture);
        var finding = Finding(it, "major", wanted: true);
        var id = await Fixture.PublishAsync(finding);
        await Fixture.PublishAsync(finding, id);
        var again = await Fixture.PublishAsync(finding);
        await Fixture.ConsumedAsync(id);
        await Fixture.ConsumedAsync(again);

        var order = (
            await it.Service.GetAsync($"/v1/repair-orders/{(await OfProject(it)).ShouldHaveSingleItem()["id"]}")
        ).Ok();
        order.Text("source").ShouldBe("revisit");
        order.Text("sourceId").ShouldBe(finding.FindingId.ToString());
        order.Text("revisitId").ShouldBe(finding.RevisitId.ToString());
        order.Text("projectName").ShouldBe("濱江花園");
        order.Text("openedBy").ShouldBe("repairs");
        order["warranty"]["covered"]!.ToString().ShouldBe("yes");
        order.Text("confirmDueOn").ShouldBe(RepairsFixture.Iso(finding.FoundOn.AddDays(2)));
        (await Fixture.EventAsync(order.Id, "opened")).Text("source").ShouldBe("revisit");
    }

    [Fact]
    [Trait("Rule", "P2.2.2")]
    public async Task Given_a_finding_that_needs_no_repair_When_consumed_Then_no_order()
    {
        var it = Case.Of(Fixture);
        await Fixture.ConsumedAsync(await Fixture.PublishAsync(Finding(it, "minor", wanted: false)));
        await Fixture.ConsumedAsync(await Fixture.PublishAsync(Finding(it, "emergency", wanted: true)));

        (await OfProject(it)).ShouldHaveSingleItem()["severity"]!.ToString().ShouldBe("emergency");

        // A finding does not say why it is an emergency, and without that nothing goes before approval.
        var found = Case.Around(Fixture.Service, Guid.Parse((await OfProject(it))[0]!["id"]!.ToString()));
        (await found.ConfirmAsync()).Ok();
        object Dispatching(string? kind) =>
            new
            {
                leader = new { basis = "special-dispatch", personName = "趙工" },
                leaderReason = "緊急",
                emergencyKind = kind,
            };
        (await found.DispatchAsync(Dispatching(null))).Code.ShouldBe("emergency-unexplained");
        (await found.DispatchAsync(Dispatching("structure"))).Ok().Text("emergencyKind").ShouldBe("structure");
    }

    [Fact]
    [Trait("Rule", "P3.3")]
    public async Task Given_an_announced_project_When_an_order_is_opened_by_its_id_alone_Then_named_by_the_announcement()
    {
        var it = Case.Of(Fixture);
        var notice = it.Notice();
        notice.Remove("project");
        (await it.Service.PostAsync("/v1/repair-orders", notice)).Code.ShouldBe("project-not-known-here");

        await Fixture.ConsumedAsync(
            await Fixture.PublishAsync(
                new ProjectRegistered(
                    it.ProjectId,
                    3,
                    "HT-9",
                    "城東學校",
                    it.OwnerId,
                    "教育局",
                    "beijing",
                    1000m,
                    "frame"
                )
            )
        );
        await Fixture.ConsumedAsync(
            await Fixture.PublishAsync(
                new ProjectRegistered(
                    it.ProjectId,
                    2,
                    "HT-8",
                    "舊名",
                    Guid.CreateVersion7(),
                    "舊業主",
                    "beijing",
                    1000m,
                    "frame"
                )
            )
        );

        var opened = (await it.Service.PostAsync("/v1/repair-orders", notice)).Ok();
        opened.Text("projectName").ShouldBe("城東學校");
        var buyer = Guid.CreateVersion7();
        await Fixture.ConsumedAsync(
            await Fixture.PublishAsync(
                new ProjectRevised(
                    it.ProjectId,
                    5,
                    "HT-9",
                    "城東實驗學校",
                    buyer,
                    "新教育局",
                    "beijing",
                    1000m,
                    "frame"
                )
            )
        );
        await Fixture.ConsumedAsync(
            await Fixture.PublishAsync(
                new ProjectRevised(it.ProjectId, 4, "HT-9", "城東中學", it.OwnerId, "教育局", "beijing", 1000m, "frame")
            )
        );
        var renamed = (await it.Service.PostAsync("/v1/repair-orders", notice)).Ok();
        (renamed.Text("projectName"), renamed.Text("ownerId")).ShouldBe(
            ("城東實驗學校", buyer.ToString()),
            "it is called and belongs as it was revised last"
        );
        await Fixture.ConsumedAsync(
            await Fixture.PublishAsync(
                new ProjectRevised(it.ProjectId, 6, "HT-9", "城東學校", it.OwnerId, "教育局", "beijing", 1000m, "frame")
            )
        );
        // Whoever claims another owner does not get his way: the announcement decides who sees the order.
        var claimed = it.Notice();
        claimed["project"]!["ownerId"] = Guid.CreateVersion7().ToString();
        (await it.Service.PostAsync("/v1/repair-orders", claimed)).Ok().Text("ownerId").ShouldBe(it.OwnerId.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Rule", "P3.3")]
    public async Task Given_a_withdrawn_project_When_an_order_is_opened_on_it_Then_refused_whatever_came_first(
        bool registeredFirst
    )
    {
        var it = Case.Of(Fixture);
        var registered = new ProjectRegistered(
            it.ProjectId,
            1,
            "HT-9",
            "城東學校",
            it.OwnerId,
            "教育局",
            "beijing",
            1000m,
            "frame"
        );
        var withdrawn = new ProjectWithdrawn(it.ProjectId, 2, it.OwnerId, "輸入錯誤");
        await Fixture.ConsumedAsync(await Fixture.PublishAsync(registeredFirst ? registered : withdrawn));
        await Fixture.ConsumedAsync(await Fixture.PublishAsync(registeredFirst ? withdrawn : registered));
        // Its owner may be called otherwise later: that does not bring it back.
        await Fixture.ConsumedAsync(
            await Fixture.PublishAsync(
                new ProjectRevised(
                    it.ProjectId,
                    3,
                    "HT-9",
                    "城東學校",
                    it.OwnerId,
                    "新教育局",
                    "beijing",
                    1000m,
                    "frame"
                )
            )
        );

        var described = it.Notice();
        var byId = it.Notice();
        byId.Remove("project");
        foreach (var notice in new[] { byId, described })
        {
            var refused = await it.Service.PostAsync("/v1/repair-orders", notice);
            (refused.Status, refused.Code, refused.Rule).ShouldBe(
                (HttpStatusCode.BadRequest, "project-unknown", "P3.3")
            );
        }
    }

    [Fact]
    [Trait("Rule", "P3.3")]
    public async Task Given_two_revisions_consumed_at_once_When_the_older_one_is_saved_last_Then_the_newer_one_stays()
    {
        var it = Case.Of(Fixture);
        await Fixture.ConsumedAsync(await Fixture.PublishAsync(Registered(it, 1, "城東學校")));
        await using var holder = Fixture.Service.Services.CreateAsyncScope();
        await using var watcher = Fixture.Service.Services.CreateAsyncScope();
        var holding = holder.ServiceProvider.GetRequiredService<RepairsDb>().Database;
        var watching = watcher.ServiceProvider.GetRequiredService<RepairsDb>().Database;

        // Both read version 1 and wait to write; whoever waits first writes first.
        await using var held = await holding.BeginTransactionAsync();
        await holding.ExecuteSqlAsync($"select from known_projects where id = {it.ProjectId} for update");
        var newer = await Fixture.PublishAsync(Revised(it, 3, "城東實驗學校"));
        await Eventually.IsTrue(() => WaitingAsync(watching, 1), "the newer revision waits");
        var older = await Fixture.PublishAsync(Revised(it, 2, "城東中學"));
        await Eventually.IsTrue(() => WaitingAsync(watching, 2), "the older revision waits");
        await held.CommitAsync();

        await Fixture.ConsumedAsync(newer);
        await Fixture.ConsumedAsync(older);
        var notice = it.Notice();
        notice.Remove("project");
        (await it.Service.PostAsync("/v1/repair-orders", notice)).Ok().Text("projectName").ShouldBe("城東實驗學校");
    }

    private static async Task<bool> WaitingAsync(DatabaseFacade database, int expected) =>
        await database
            .SqlQuery<int>(
                $"""select count(*)::int as "Value" from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ilike '%update known_projects%'"""
            )
            .SingleAsync() == expected;

    private static ProjectRegistered Registered(Case it, long version, string name) =>
        new(it.ProjectId, version, "HT-9", name, it.OwnerId, "教育局", "beijing", 1000m, "frame");

    private static ProjectRevised Revised(Case it, long version, string name) =>
        new(it.ProjectId, version, "HT-9", name, it.OwnerId, "教育局", "beijing", 1000m, "frame");

    private static FindingRecorded Finding(Case it, string severity, bool wanted) =>
        new(
            Guid.CreateVersion7(),
            4,
            Guid.CreateVersion7(),
            it.ProjectId,
            "濱江花園",
            "HT-2024-018",
            it.OwnerId,
            "濱江業主委員會",
            "王先生",
            "021-5555",
            "waterproofing",
            "3 號樓屋面",
            "屋面滲漏",
            severity,
            RepairsFixture.Today,
            wanted,
            true
        );

    private static async Task<List<JsonNode>> OfProject(Case it) =>
        [
            .. (await it.Service.GetAsync($"/v1/repair-orders?projectId={it.ProjectId}"))
                .Ok()["items"]
                .AsArray()
                .Select(n => n!),
        ];
}
