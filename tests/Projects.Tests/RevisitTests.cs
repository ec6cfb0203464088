using System.Net;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Projects.Data;
using CustomerService.Projects.Repairs;
using CustomerService.Records.Features;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Projects.Tests;

public sealed class RevisitTests(ProjectsFixture fixture) : OnServers<ProjectsFixture>(fixture)
{
    [
        Fact,
        Trait("Rule", "P2.1.2"),
        Trait("Rule", "P2.2.1"),
        Trait("Rule", "P2.2.2"),
        Trait("Rule", "P2.2.3"),
        Trait("Rule", "Form3.3.1")
    ]
    public async Task A_revisit_goes_from_its_plan_to_the_complete_form_and_every_step_out_of_turn_is_refused()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2024-01-31");
        var (revisit, _) = (await site.PlanAsync(project))[0];
        var path = $"/v1/revisits/{revisit}";
        object Held(object[]? attendees = null, object[]? findings = null, string on = "2024-05-06") =>
            new
            {
                on,
                form = "visit",
                attendees = attendees ?? site.Attendees(),
                findings = findings ?? [Site.Leak()],
                ownerRepresentative = new { name = "王經理", phone = "021-5555 0101" },
            };

        var tooEarly = await Fixture.Engineering.ChangeAsync(path, "hold", Held());
        tooEarly.Code.ShouldBe("not-in-this-state", "production opens the file first");
        (await Fixture.Engineering.ChangeAsync(path, "open", new { on = "2024-05-06" })).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (
            await Fixture.Production.ChangeAsync(path, "open", new { on = "2024-05-06", purpose = "屋面及外牆" })
        ).Code.ShouldBe("move-reason-missing", "the planned date is another one");
        var opened = (
            await Fixture.Production.ChangeAsync(
                path,
                "open",
                new
                {
                    on = "2024-05-06",
                    purpose = "屋面及外牆",
                    reason = "業主約定",
                }
            )
        ).Ok();
        opened.Text("fileNumber").ShouldEndWith("/HF-01");
        opened.Text("dueOn").ShouldBe("2024-05-06");

        (await Fixture.Engineering.ChangeAsync(path, "hold", Held(site.Attendees()[1..]))).Code.ShouldBe(
            "lead-missing"
        );
        (await Fixture.Engineering.ChangeAsync(path, "hold", Held(site.Attendees()[..1]))).Code.ShouldBe(
            "chief-engineer-missing"
        );
        (await Fixture.Engineering.ChangeAsync(path, "hold", Held(site.Attendees()[..4]))).Code.ShouldBe(
            "quality-head-missing"
        );
        object[] unexplained = [new { seat = "lead", name = "鄭代表" }, .. site.Attendees()[1..]];
        (await Fixture.Engineering.ChangeAsync(path, "hold", Held(unexplained))).Code.ShouldBe(
            "substitute-reason-missing"
        );
        (await Fixture.Engineering.ChangeAsync(path, "hold", Held(on: "2024-01-30"))).Code.ShouldBe(
            "revisit-before-handover"
        );
        var late = await Fixture.Engineering.ChangeAsync(path, "hold", Held(on: "2999-01-30"));
        late.Code.ShouldBe("date-in-future");
        (
            await Fixture.Engineering.ChangeAsync(
                path,
                "hold",
                Held(
                    findings:
                    [
                        new
                        {
                            part = "lawn",
                            location = "a",
                            description = "b",
                            severity = "minor",
                            repairWanted = true,
                            capaWanted = false,
                        },
                    ]
                )
            )
        ).Code.ShouldBe("warranty-part-unknown");
        var unanswered = await Fixture.Engineering.ChangeAsync(
            path,
            "hold",
            Held(
                findings:
                [
                    new
                    {
                        part = "roof",
                        location = "屋面",
                        description = "滲漏",
                        severity = "major",
                        repairWanted = true,
                        capaWanted = true,
                    },
                ]
            )
        );
        unanswered.Code.ShouldBe("solution-missing");
        unanswered.Rule.ShouldBe("P2.2.2");
        (await Fixture.Service.As(Roles.Finance).ChangeAsync(path, "hold", Held())).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );

        object[] substituted =
        [
            new
            {
                seat = "lead",
                name = "鄭代表",
                substituteReason = "法人授權人出差",
            },
            .. site.Attendees()[1..],
            new { seat = "other", name = "業主代表 王經理" },
        ];
        var held = (await Fixture.Engineering.ChangeAsync(path, "hold", Held(substituted))).Ok();
        held.Text("state").ShouldBe("held");
        held["attendees"].AsArray().Count.ShouldBe(6);
        var finding = Guid.Parse(held["findings"][0]!["id"]!.ToString());
        var announced = await Fixture.ToldAsync(
            "projects.revisit.finding-recorded.v1",
            e => e["findingId"]!.ToString() == finding.ToString()
        );
        announced.Body["foundOn"]!.ToString().ShouldBe("2024-05-06");
        var requested = await Fixture.ToldAsync(
            "projects.finding.repair-requested.v1",
            e => e["findingId"]!.ToString() == finding.ToString()
        );
        requested.Body["contact"]!.ToString().ShouldBe("王經理");
        await Fixture.ToldAsync(
            "projects.finding.capa-requested.v1",
            e => e["findingId"]!.ToString() == finding.ToString()
        );
        (
            await Fixture.ToldAsync("projects.revisit.held.v1", e => e["revisitId"]!.ToString() == revisit.ToString())
        ).Body["findingCount"]!
            .GetValue<int>()
            .ShouldBe(1);

        var more = (
            await Fixture.Engineering.ChangeAsync(
                path,
                "record-finding",
                new
                {
                    part = "electrical",
                    location = "3 號樓 502",
                    description = "開關鬆動",
                    severity = "minor",
                    repairWanted = true,
                    capaWanted = false,
                }
            )
        ).Ok();
        more["findings"].AsArray().Count.ShouldBe(2);
        var second = Guid.Parse(more["findings"][1]!["id"]!.ToString());
        await Fixture.ToldAsync(
            "projects.revisit.finding-recorded.v1",
            e => e["findingId"]!.ToString() == second.ToString()
        );

        (await Fixture.Engineering.ChangeAsync(path, "close")).Code.ShouldBe("liability-missing");
        (
            await Fixture.EngineeringHead.ChangeAsync(path, "set-disposition", new { text = "安排防水分包返修" })
        ).Code.ShouldBe("not-in-this-state", "quality decides first");
        object Decisions(params Guid[] of) =>
            new
            {
                findings = of.Select(f => new
                {
                    findingId = f,
                    liability = f == finding ? "subcontractor" : "owner",
                    cause = "泛水施工不符合圖集",
                    causeCode = "workmanship",
                    responsibleUnit = f == finding ? "安固防水工程有限公司" : "業主",
                }),
            };
        (await Fixture.Engineering.ChangeAsync(path, "assess-liability", Decisions(finding, second))).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await Fixture.QcHead.ChangeAsync(path, "assess-liability", Decisions(finding))).Code.ShouldBe(
            "finding-not-assessed"
        );
        var judged = (await Fixture.QcHead.ChangeAsync(path, "assess-liability", Decisions(finding, second))).Ok();
        judged["findings"][0]!["responsibleUnit"]!.ToString().ShouldBe("安固防水工程有限公司");
        (await Fixture.Engineering.ChangeAsync(path, "set-disposition", new { text = "返修" })).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await Fixture.EngineeringHead.ChangeAsync(path, "set-disposition", new { text = "安排防水分包返修" })).Ok();
        var without = await Fixture.Engineering.ChangeAsync(path, "close");
        (without.Code, without.Rule).ShouldBe(("prevention-missing", "P2.2.3"));
        without["findings"][0]!["findingId"]!.ToString().ShouldBe(finding.ToString());
        (await Fixture.QcHead.ChangeAsync(path, "follow-up", Site.Texts(finding))).Ok();
        (await Fixture.Engineering.ChangeAsync(path, "close")).Code.ShouldBe("owner-opinion-missing");
        var stranger = Fixture.Service.As("別家", [Roles.Customer], organisation: Guid.CreateVersion7());
        (await stranger.PostAsync($"{path}/sign", new { printedName = "別家" }, "\"1\"")).Status.ShouldBe(
            HttpStatusCode.NotFound
        );
        var owner = Fixture.Service.As("王經理", [Roles.Customer], organisation: site.Owner);
        (await owner.ChangeAsync(path, "sign", new { printedName = "王經理" })).Code.ShouldBe("owner-opinion-missing");
        var signed = (
            await owner.ChangeAsync(path, "sign", new { printedName = "王經理", opinion = "同意處理方案，請儘快修復" })
        ).Ok();
        signed["ownerSignature"]["meaning"]!.ToString().ShouldBe("owner-revisit-opinion");
        foreach (var member in new[] { "assessment", "disposition" })
        {
            signed.Body![member].ShouldBeNull("the owner sees it with the closed form");
        }

        signed["findings"][0]!["liability"].ShouldBeNull();
        signed["findings"][0]!["capaWanted"].ShouldBeNull();
        var closed = (await Fixture.Engineering.ChangeAsync(path, "close")).Ok();
        closed.Text("state").ShouldBe("closed");
        closed["_actions"].AsArray().ShouldBeEmpty();
        // C8: it belongs to the warranty of its project, which may end later than three years after it was closed.
        var works = (await Fixture.Engineering.GetAsync($"/v1/projects/{closed["projectId"]}")).Ok();
        var holder = Fixture.As(Someone.ManagementRepresentative());
        (await holder.PostAsync($"/v1/retention-entries/revisit/{revisit}/hold", new HoldRequest("訴訟")))
            .Ok()
            .Text("warrantyThrough")
            .ShouldBe(works.Text("warrantyEndsOn"));
        await Fixture.ToldAsync("projects.revisit.closed.v1", e => e["revisitId"]!.ToString() == revisit.ToString());
        var released = (await owner.GetAsync(path)).Ok();
        released["findings"][0]!["liability"]!.ToString().ShouldBe("subcontractor");
        released["disposition"]["text"]!.ToString().ShouldBe("安排防水分包返修");
        foreach (var member in new[] { "lesson", "countermeasure", "causeCode", "systemic" })
        {
            released["findings"][0]![member].ShouldBeNull(member);
        }

        var trail = (await Fixture.Engineering.GetAsync($"/v1/audit/{revisit}"))
            .Ok()["entries"]
            .AsArray()
            .Select(a => a!["action"]!.ToString())
            .ToList();
        trail.ShouldBe([
            "plan",
            "open",
            "hold",
            "record-finding",
            "assess-liability",
            "set-disposition",
            "follow-up",
            "sign",
            "close",
        ]);
    }

    [Fact, Trait("Rule", "P2.2.2")]
    public async Task Given_a_revisit_without_findings_When_the_owner_has_signed_Then_it_closes_without_an_assessment()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var revisit = await site.HeldAsync(await site.HandedOverAsync("2024-01-31"), "2024-04-30");
        (
            await Fixture.QcHead.ChangeAsync(
                $"/v1/revisits/{revisit}",
                "assess-liability",
                new { findings = Array.Empty<object>() }
            )
        ).Code.ShouldBe("finding-missing");
        (await Fixture.Engineering.ChangeAsync($"/v1/revisits/{revisit}", "close")).Code.ShouldBe(
            "owner-signature-missing"
        );
        (
            await Fixture
                .Service.As("王經理", [Roles.Customer], organisation: site.Owner)
                .ChangeAsync($"/v1/revisits/{revisit}", "sign", new { printedName = "王經理" })
        ).Ok();
        (await Fixture.Engineering.ChangeAsync($"/v1/revisits/{revisit}", "close")).Ok();
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public async Task Given_a_plan_When_revisits_are_moved_and_cancelled_Then_the_plan_is_kept_inside_the_warranty_and_one_always_stays()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2024-01-31");
        var plan = await site.PlanAsync(project);
        var path = $"/v1/revisits/{plan[0].Id}";
        (await Fixture.Production.ChangeAsync(path, "move", new { on = "2024-05-08", reason = "" })).Code.ShouldBe(
            "validation"
        );
        (
            await Fixture.Production.ChangeAsync(path, "move", new { on = "2029-02-01", reason = "業主要求" })
        ).Code.ShouldBe("revisit-after-horizon", "the horizon is 2029-01-31");
        (
            await Fixture.Production.ChangeAsync(path, "move", new { on = "2024-01-30", reason = "業主要求" })
        ).Code.ShouldBe("revisit-before-handover");
        (
            await Fixture.Engineering.ChangeAsync(path, "move", new { on = "2024-05-08", reason = "業主要求" })
        ).Status.ShouldBe(HttpStatusCode.Forbidden);
        var moved = (
            await Fixture.Production.ChangeAsync(path, "move", new { on = "2024-05-08", reason = "業主要求" })
        ).Ok();
        moved.Text("dueOn").ShouldBe("2024-05-08");
        moved.Text("planDate").ShouldBe("2024-04-30");
        (
            await Fixture.ToldAsync(
                "projects.revisit.moved.v1",
                e => e["revisitId"]!.ToString() == plan[0].Id.ToString()
            )
        ).Body["reason"]!
            .ToString()
            .ShouldBe("業主要求");

        (
            await Fixture.Production.PostAsync(
                "/v1/revisits",
                new
                {
                    projectId = project,
                    on = "2029-02-01",
                    kind = "seasonal",
                    reason = "雨季後加訪",
                }
            )
        ).Code.ShouldBe("revisit-after-horizon");
        var added = (
            await Fixture.Production.PostAsync(
                "/v1/revisits",
                new
                {
                    projectId = project,
                    on = "2024-09-15",
                    kind = "seasonal",
                    reason = "雨季後加訪",
                }
            )
        ).Ok();
        added["ordinal"].GetValue<int>().ShouldBe(plan.Count + 1);

        foreach (var (id, _) in plan)
        {
            (await Fixture.Production.ChangeAsync($"/v1/revisits/{id}", "cancel", new { reason = "業主要求" })).Ok();
        }

        var last = await Fixture.Production.ChangeAsync(
            $"/v1/revisits/{added.Id}",
            "cancel",
            new { reason = "業主要求" }
        );
        last.Status.ShouldBe(HttpStatusCode.Conflict);
        last.Code.ShouldBe("last-revisit");
        last.Rule.ShouldBe("P2.1.1");
        (
            await Fixture.Production.PostAsync(
                "/v1/revisits",
                new
                {
                    projectId = await site.RegisterAsync(),
                    on = "2024-09-15",
                    kind = "seasonal",
                    reason = "x",
                }
            )
        ).Code.ShouldBe("not-handed-over");
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public async Task Given_two_revisits_left_When_both_are_cancelled_at_once_Then_one_stays()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2024-01-31");
        var plan = await site.PlanAsync(project);
        foreach (var (id, _) in plan.Skip(2))
        {
            (await Fixture.Production.ChangeAsync($"/v1/revisits/{id}", "cancel", new { reason = "業主要求" })).Ok();
        }

        var answers = await Task.WhenAll(
            plan.Take(2)
                .Select(r =>
                    Fixture.Production.PostAsync($"/v1/revisits/{r.Id}/cancel", new { reason = "業主要求" }, "\"1\"")
                )
        );

        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(1);
        answers
            .Single(a => a.Status != HttpStatusCode.OK)
            .Status.ShouldBeOneOf(HttpStatusCode.Conflict, HttpStatusCode.PreconditionFailed);
        (await Fixture.Production.GetAsync($"/v1/projects/{project}"))
            .Ok()["activeRevisits"]
            .GetValue<int>()
            .ShouldBe(1);
    }

    [Fact, Trait("Rule", "P2.2.3"), Trait("Rule", "P3.3")]
    public async Task Given_many_events_of_orders_When_heard_together_Then_each_order_is_as_its_latest_one_says()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var (returned, opened, ratified) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await Fixture.DeliverAsync(new RepairOrderConfirmed(returned, 2, site.Owner, new(2024, 5, 2), true));
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ProjectsDb>();

        await db.HearOfOrdersAsync(
            [
                new RepairOrderWithdrawn(returned, 9, site.Owner, "已由業主處理", new(2024, 5, 9)),
                Opened(opened, site, "WX-2024-0102"),
                Opened(returned, site, "WX-2024-0101"),
                Opened(opened, site, "WX-2024-0102"),
                new RepairOrderApproved(ratified, 8, site.Owner, new(2024, 5, 6), Ratified: true),
            ],
            CancellationToken.None
        );
        await db.SaveChangesAsync();

        var ids = new[] { returned, opened, ratified };
        (await db.LinkedCases.AsNoTracking().Where(c => ids.Contains(c.Id)).OrderBy(c => c.Number).ToListAsync())
            .Select(c => (c.Id, c.Number, c.State, c.SeenVersion, c.IsDone))
            .ShouldBe([(returned, "WX-2024-0101", "withdrawn", 9, true), (opened, "WX-2024-0102", "opened", 1, false)]);
    }

    private static RepairOrderOpened Opened(Guid order, Site site, string number) =>
        new(
            order,
            1,
            number,
            Guid.CreateVersion7(),
            "濱江花園一期",
            site.Owner,
            "roof",
            "major",
            "notice",
            null,
            null,
            new(2024, 5, 1),
            new(2024, 5, 3)
        );

    [Fact, Trait("Rule", "P2.2.3"), Trait("Rule", "P3.3")]
    public async Task Given_a_finding_When_its_order_and_corrective_action_change_even_twice_and_out_of_order_Then_it_shows_their_latest_state()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2024-01-31");
        var revisit = await site.HeldAsync(project, "2024-04-30", Site.Leak());
        var path = $"/v1/revisits/{revisit}";
        var finding = Guid.Parse((await Fixture.Engineering.GetAsync(path)).Ok()["findings"][0]!["id"]!.ToString());
        var (order, action) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await Fixture.PublishAsync(new RepairOrderApproved(order, 8, site.Owner, new(2024, 5, 6), Ratified: true));
        await Fixture.PublishAsync(
            new RepairOrderDispatched(
                order,
                7,
                site.Owner,
                site.Subcontractor,
                "安固防水",
                "李項目",
                "yes",
                new(2024, 5, 4)
            )
        );
        var opened = new RepairOrderOpened(
            order,
            1,
            "WX-2024-0001",
            project,
            "濱江花園一期",
            site.Owner,
            "roof",
            "major",
            "revisit",
            finding,
            revisit,
            new(2024, 4, 30),
            new(2024, 5, 2)
        );
        var id = await Fixture.PublishAsync(opened);
        await Fixture.PublishAsync(opened, id);
        await Fixture.PublishAsync(
            new CapaOpened(
                action,
                1,
                "CAPA-2024-0001",
                "revisit",
                finding,
                "engineering",
                new(2024, 5, 1),
                new(2024, 6, 1)
            )
        );
        await Fixture.PublishAsync(new CapaVerified(action, 9, finding, true, new(2024, 6, 20)));
        await Fixture.PublishAsync(new CapaExecuted(action, 8, finding, new(2024, 6, 10), true));

        await Eventually.Holds(async () =>
        {
            var seen = (await Fixture.Engineering.GetAsync(path)).Ok()["findings"][0]!;
            seen["repairOrder"]!["number"]!.ToString().ShouldBe("WX-2024-0001");
            seen["repairOrder"]!["state"]!
                .ToString()
                .ShouldBe("dispatched", "the opening came last but is older, and what was ratified was issued already");
            seen["capa"]!["number"]!.ToString().ShouldBe("CAPA-2024-0001");
            seen["capa"]!["state"]!.ToString().ShouldBe("effective");
            seen["capa"]!["done"]!.GetValue<bool>().ShouldBeTrue();
        });
        await Fixture.PublishAsync(
            new RepairOrderReturned(
                order,
                12,
                "WX-2024-0001",
                project,
                "濱江花園一期",
                site.Owner,
                "濱江置業",
                "王經理",
                "021",
                "roof",
                site.Subcontractor,
                "安固防水",
                "yes",
                new(2024, 4, 30),
                new(2024, 5, 20),
                0,
                0
            )
        );
        await Eventually.Holds(async () =>
            (await Fixture.Engineering.GetAsync(path)).Ok()["findings"][0]!["repairOrder"]!["state"]!
                .ToString()
                .ShouldBe("returned")
        );
    }

    [Fact, Trait("Rule", "P2.2.3"), Trait("Rule", "C5.6.2")]
    public async Task Given_a_corrective_action_that_was_effective_When_the_fault_comes_back_Then_the_finding_shows_it_open_again_whatever_the_order_of_the_news()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var revisit = await site.HeldAsync(
            await site.HandedOverAsync("2024-01-31"),
            "2024-04-30",
            Site.Leak(),
            Site.Leak(),
            Site.Leak()
        );
        var findings = (await Fixture.Engineering.GetAsync($"/v1/revisits/{revisit}"))
            .Ok()["findings"]
            .AsArray()
            .Select(f => Guid.Parse(f!["id"]!.ToString()))
            .ToList();
        var (recurring, assigned) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var verified = new CapaVerified(recurring, 6, findings[0], true, new(2024, 6, 20));
        var reopened = new CapaReopened(recurring, 7, findings[0], "again", new(2024, 9, 1));

        await Fixture.PublishAsync(
            new CapaAssigned(assigned, 2, findings[1], "engineering", new(2024, 6, 1), new(2024, 5, 2))
        );
        await Fixture.PublishAsync(
            new CapaOpened(assigned, 1, "CAPA-2024-0008", "revisit", findings[1], null, new(2024, 5, 1), null)
        );
        await Fixture.PublishAsync(verified);
        await Shows(0, "effective", true);
        var id = await Fixture.PublishAsync(reopened);
        await Shows(0, "reopened", false);
        await Fixture.PublishAsync(verified);
        await Fixture.PublishAsync(reopened, id);
        await Fixture.PublishAsync(
            new CapaOpened(
                recurring,
                1,
                "CAPA-2024-0007",
                "revisit",
                findings[0],
                "engineering",
                new(2024, 5, 1),
                new(2024, 6, 1)
            )
        );
        await Eventually.Holds(async () => ((await FollowUp(0))!["number"]?.ToString()).ShouldBe("CAPA-2024-0007"));
        await Shows(0, "reopened", false);
        await Shows(1, "assigned", false);
        // The CAPA of a group of faults is the third one's, too (P3.3.2).
        var (group, common) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Fixture.PublishAsync(
            new FaultGroupCapaRequested(
                group,
                1,
                Guid.CreateVersion7(),
                "濱江花園一期",
                "同一部位：屋面",
                "三處",
                [
                    new("repair-order", Guid.CreateVersion7(), "WX-2024-000009"),
                    new("finding", findings[2], "HT-1", revisit, findings[2]),
                    new("finding", Guid.CreateVersion7(), "HT-2", Guid.CreateVersion7(), Guid.CreateVersion7()),
                ],
                new(2024, 5, 6)
            )
        );
        await Fixture.PublishAsync(
            new CapaOpened(common, 1, "CAPA-2024-0009", "repair", group, null, new(2024, 5, 7), null)
        );
        await Shows(2, "opened", false);
        (await FollowUp(2))!["number"]!.ToString().ShouldBe("CAPA-2024-0009");
        (await FollowUp(1))!["on"]!.ToString().ShouldBe("2024-05-02");

        async Task<System.Text.Json.Nodes.JsonNode?> FollowUp(int index) =>
            (await Fixture.Engineering.GetAsync($"/v1/revisits/{revisit}")).Ok()["findings"][index]!["capa"];
        Task Shows(int index, string state, bool done) =>
            Eventually.Holds(async () =>
            {
                var seen = await FollowUp(index);
                seen.ShouldNotBeNull();
                (seen["state"]!.ToString(), seen["done"]!.GetValue<bool>()).ShouldBe((state, done));
            });
    }

    [Theory, Trait("Rule", "P2.2.3"), Trait("Rule", "C5.4")]
    [InlineData("joins as finding")]
    [InlineData("joins as order")]
    [InlineData("opened for orders")]
    public async Task Given_a_CAPA_of_another_case_When_the_finding_or_its_order_comes_to_be_served_Then_the_finding_shows_it(
        string way
    )
    {
        var site = await Site.NewAsync(Fixture.Service);
        var revisit = await site.HeldAsync(
            await site.HandedOverAsync("2024-01-31"),
            "2024-04-30",
            Site.Leak(),
            Site.Leak()
        );
        var finding = Guid.Parse(
            (await Fixture.Engineering.GetAsync($"/v1/revisits/{revisit}")).Ok()["findings"][0]!["id"]!.ToString()
        );
        var (order, capa, source) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var day = new DateOnly(2024, 5, 2);
        await Fixture.PublishAsync(
            new RepairOrderOpened(
                order,
                1,
                "WX-2024-0101",
                Guid.CreateVersion7(),
                "濱江花園一期",
                site.Owner,
                "roof",
                "major",
                "revisit",
                finding,
                revisit,
                day,
                day
            )
        );

        if (way == "opened for orders")
        {
            await Fixture.PublishAsync(
                new CapaOpened(
                    capa,
                    1,
                    "CAPA-2024-0101",
                    "repair",
                    source,
                    null,
                    day,
                    null,
                    [new("repair-order", Guid.CreateVersion7()), new("repair-order", order)]
                )
            );
            await Fixture.PublishAsync(new CapaExecuted(capa, 8, source, day, true));
        }
        else
        {
            // The news that it joined comes first, and twice.
            var joined =
                way == "joins as order"
                    ? new CapaCaseJoined(capa, 4, "CAPA-2024-0101", "repair-order", order, day)
                    : new CapaCaseJoined(capa, 4, "CAPA-2024-0101", "finding", finding, day);
            var id = await Fixture.PublishAsync(joined);
            await Fixture.PublishAsync(joined, id);
            await Fixture.PublishAsync(new CapaExecuted(capa, 8, source, day, true));
            await Fixture.PublishAsync(
                new CapaOpened(
                    capa,
                    1,
                    "CAPA-2024-0101",
                    "complaint",
                    source,
                    null,
                    day,
                    null,
                    [new("complaint", source)]
                )
            );
        }

        await Eventually.Holds(async () =>
        {
            var findings = (await Fixture.Engineering.GetAsync($"/v1/revisits/{revisit}")).Ok()["findings"];
            var seen = findings[0]!["capa"];
            seen.ShouldNotBeNull();
            (seen["number"]?.ToString(), seen["state"]!.ToString()).ShouldBe(("CAPA-2024-0101", "executed"));
            findings[0]!["repairOrder"]!["number"]!.ToString().ShouldBe("WX-2024-0101");
            findings[1]!["capa"].ShouldBeNull();
        });
    }
}
