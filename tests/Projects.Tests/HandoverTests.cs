using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Projects.Tests;

public sealed class HandoverTests(ProjectsFixture fixture) : OnServers<ProjectsFixture>(fixture)
{
    [Fact, Trait("Rule", "P1")]
    public async Task Given_acceptance_When_the_site_is_cleared_Then_due_date_stays_and_reasons_are_kept()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var id = await site.RegisterAsync();
        var path = $"/v1/projects/{id}";
        var tomorrow = Fixture.Today.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        (await Fixture.Engineering.ChangeAsync(path, "accept", new { on = tomorrow })).Code.ShouldBe("date-in-future");
        (await Fixture.Production.ChangeAsync(path, "accept", new { on = "2024-01-31" })).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (
            await Fixture.Engineering.ChangeAsync(
                path,
                "clear-site",
                new
                {
                    on = "2024-02-01",
                    landReturned = true,
                    restoration = Site.Restored,
                }
            )
        ).Code.ShouldBe("not-in-this-state");

        var accepted = (await Fixture.Engineering.ChangeAsync(path, "accept", new { on = "2024-01-31" })).Ok();
        accepted.Text("clearanceDueOn").ShouldBe("2024-02-10", "10 calendar days, the first not counted");
        accepted["_actions"].AsArray().Select(a => a!.ToString()).ShouldContain("hand-over");
        (
            await Fixture.ToldAsync("projects.project.accepted.v1", e => e["projectId"]!.ToString() == id.ToString())
        ).Body["clearanceDueOn"]!
            .ToString()
            .ShouldBe("2024-02-10");

        (
            await Fixture.Engineering.ChangeAsync(path, "clear-site", new { on = "2024-02-05", landReturned = false })
        ).Code.ShouldBe("land-not-returned");
        (
            await Fixture.Engineering.ChangeAsync(
                path,
                "clear-site",
                new
                {
                    on = "2024-01-30",
                    landReturned = true,
                    restoration = Site.Restored,
                }
            )
        ).Code.ShouldBe("clearance-before-acceptance");
        (
            await Fixture.Engineering.ChangeAsync(
                path,
                "clear-site",
                new
                {
                    on = "2024-02-05",
                    landReturned = true,
                    restoration = Site.Restored,
                    retained = new[]
                    {
                        new
                        {
                            kind = "staff",
                            what = "李維修",
                            why = "",
                        },
                    },
                }
            )
        ).Code.ShouldBe("validation", "whoever stays needs a reason");
        var cleared = (
            await Fixture.Engineering.ChangeAsync(
                path,
                "clear-site",
                new
                {
                    on = "2024-02-05",
                    landReturned = true,
                    restoration = Site.Restored,
                    retained = new object[]
                    {
                        new
                        {
                            kind = "staff",
                            what = "李維修",
                            why = "保修值守",
                        },
                        new
                        {
                            kind = "material",
                            what = "防水卷材 20 卷",
                            why = "保修備料",
                        },
                    },
                }
            )
        ).Ok();
        cleared["clearance"]["retained"]!.AsArray().Count.ShouldBe(2);
        (
            await Fixture.ToldAsync(
                "projects.project.site-cleared.v1",
                e => e["projectId"]!.ToString() == id.ToString()
            )
        ).Body["dueOn"]!
            .ToString()
            .ShouldBe("2024-02-10");
        (
            await Fixture.Engineering.ChangeAsync(
                path,
                "clear-site",
                new
                {
                    on = "2024-02-06",
                    landReturned = true,
                    restoration = Site.Restored,
                }
            )
        ).Code.ShouldBe("already-cleared");
    }

    [Fact, Trait("Rule", "P3"), Trait("Rule", "P2.1.1")]
    public async Task Given_acceptance_When_handed_over_Then_the_warranty_begins_and_the_plan_is_there()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var id = await site.RegisterAsync();
        var path = $"/v1/projects/{id}";
        (await Fixture.Engineering.ChangeAsync(path, "hand-over", new { on = "2020-02-29" })).Code.ShouldBe(
            "not-in-this-state"
        );
        (await Fixture.Engineering.ChangeAsync(path, "accept", new { on = "2020-02-10" })).Ok();
        var before = await Fixture.Engineering.ChangeAsync(path, "hand-over", new { on = "2020-02-09" });
        before.Code.ShouldBe("handover-before-acceptance");
        before.Rule.ShouldBe("P3");
        (await Fixture.Engineering.ChangeAsync(path, "hand-over", new { on = "2999-01-01" })).Code.ShouldBe(
            "handover-in-future"
        );

        var handedOver = (await Fixture.Engineering.ChangeAsync(path, "hand-over", new { on = "2020-02-29" })).Ok();

        handedOver.Text("state").ShouldBe("handed-over");
        handedOver.Text("revisitHorizonEndsOn").ShouldBe("2025-02-10", "roof, five years from acceptance");
        handedOver.Text("warrantyEndsOn").ShouldBe("2070-02-10");
        var plan = await site.PlanAsync(id);
        plan.Select(r => r.DueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            .ShouldBe([
                "2020-05-29",
                "2020-08-29",
                "2021-02-28",
                "2021-08-29",
                "2022-02-28",
                "2022-08-29",
                "2023-02-28",
                "2023-08-29",
                "2024-02-29",
                "2024-08-29",
            ]);
        await Eventually.IsTrue(
            () =>
                Task.FromResult(
                    Fixture.Told("projects.revisit.planned.v1", e => e["projectId"]!.ToString() == id.ToString()).Count
                        == 10
                ),
            "ten planned revisits are announced"
        );
        (
            await Fixture.ToldAsync("projects.project.handed-over.v1", e => e["projectId"]!.ToString() == id.ToString())
        ).Body["warrantyEndsOn"]!
            .ToString()
            .ShouldBe("2025-02-10");
    }

    [Fact, Trait("Rule", "P3.1.2")]
    public async Task Given_no_design_life_When_handed_over_Then_it_is_refused_and_no_revisit_is_written()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var request = site.Request();
        request["designLifeYears"] = null;
        var id = await site.RegisterAsync(request);
        (await Fixture.Engineering.ChangeAsync($"/v1/projects/{id}", "accept", new { on = "2024-01-31" })).Ok();

        var refused = await Fixture.Engineering.ChangeAsync(
            $"/v1/projects/{id}",
            "hand-over",
            new { on = "2024-01-31" }
        );

        refused.Code.ShouldBe("design-life-missing");
        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        (await site.PlanAsync(id)).ShouldBeEmpty();
    }

    [Fact, Trait("Rule", "P1")]
    public async Task Given_a_site_that_is_not_cleared_When_the_sweeps_run_again_and_at_once_Then_it_is_announced_once_from_the_day_after()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var id = await site.RegisterAsync();
        (await Fixture.Engineering.ChangeAsync($"/v1/projects/{id}", "accept", new { on = "2024-01-31" })).Ok();

        await ProjectsFixture.SweepAsync(Fixture.Service, new(2024, 2, 10));
        (await Actions(id)).ShouldNotContain("mark-clearance-overdue", "the last day is in time");
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ => Task.Run(() => ProjectsFixture.SweepAsync(Fixture.Service, new(2024, 2, 11))))
        );
        await ProjectsFixture.SweepAsync(Fixture.Service, new(2024, 2, 12));

        (await Actions(id)).Count(a => a == "mark-clearance-overdue").ShouldBe(1);
        (await Fixture.Engineering.GetAsync($"/v1/projects/{id}"))
            .Ok()["clearanceOverdue"]
            .GetValue<bool>()
            .ShouldBeTrue();
        var seen = await Fixture.ToldAsync(
            "projects.project.clearance-overdue.v1",
            e => e["projectId"]!.ToString() == id.ToString()
        );
        seen.Body["dueOn"]!.ToString().ShouldBe("2024-02-10");
    }

    [Fact, Trait("Rule", "P1")]
    public async Task Given_an_overdue_clearance_When_its_day_is_corrected_to_another_past_day_after_handover_Then_that_one_is_announced_too()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var id = await site.HandedOverAsync("2024-01-31");
        await ProjectsFixture.SweepAsync(Fixture.Service, new(2024, 2, 11));
        async Task Correct(string accepted, string handedOver) =>
            (
                await Fixture.EngineeringHead.ChangeAsync(
                    $"/v1/projects/{id}",
                    "correct-dates",
                    new
                    {
                        acceptedOn = accepted,
                        handedOverOn = handedOver,
                        reason = "錄入錯誤",
                    }
                )
            ).Ok();

        await Correct("2024-01-31", "2024-02-02");
        await ProjectsFixture.SweepAsync(Fixture.Service, new(2024, 2, 11));
        (await Actions(id)).Count(a => a == "mark-clearance-overdue").ShouldBe(1, "the day is the same");
        await Correct("2024-01-25", "2024-02-02");
        await ProjectsFixture.SweepAsync(Fixture.Service, new(2024, 2, 11));
        await ProjectsFixture.SweepAsync(Fixture.Service, new(2024, 2, 12));

        (await Actions(id)).Count(a => a == "mark-clearance-overdue").ShouldBe(2);
        var changed = await Fixture.ToldAsync(
            "projects.project.warranty-changed.v1",
            e => e["projectId"]!.ToString() == id.ToString() && e["acceptedOn"]!.ToString() == "2024-01-25"
        );
        changed.Body["clearanceDueOn"]!.ToString().ShouldBe("2024-02-04");
        await Fixture.ToldAsync(
            "projects.project.clearance-overdue.v1",
            e => e["projectId"]!.ToString() == id.ToString() && e["dueOn"]!.ToString() == "2024-02-04"
        );
    }

    [Fact, Trait("Rule", "P3.1.2")]
    public async Task Given_a_project_whose_last_term_is_over_When_the_sweep_runs_Then_the_end_of_the_warranty_is_announced()
    {
        var address = await Fixture.NewBrokerAsync();
        await using var service = await Fixture.StartAsync(address);
        var seen = await Fixture.ListenAsync(address);
        var site = await Site.NewAsync(service);
        var id = await site.HandedOverAsync("2024-01-31");
        var last = (await service.As(Roles.Engineering).GetAsync($"/v1/projects/{id}")).Ok().Text("warrantyEndsOn");
        var ends = DateOnly.ParseExact(last, "yyyy-MM-dd", CultureInfo.InvariantCulture);

        await ProjectsFixture.SweepAsync(service, ends);
        (await service.As(Roles.Engineering).GetAsync($"/v1/projects/{id}"))
            .Ok()
            .Text("state")
            .ShouldBe("handed-over", "the last day is protected");
        await ProjectsFixture.SweepAsync(service, ends.AddDays(1));
        await ProjectsFixture.SweepAsync(service, ends.AddDays(2));

        await Eventually.IsTrue(() => Task.FromResult(Ended().Count > 0), "the end is announced");
        Ended()
            .Select(e =>
                (e.Body["projectId"]!.ToString(), e.Body["ownerId"]!.ToString(), e.Body["endedOn"]!.ToString())
            )
            .ShouldBe([(id.ToString(), site.Owner.ToString(), last)]);

        // Found wrong only now, it is put right all the same.
        var head = service.As("周部長", [Roles.EngineeringHead]);
        (
            await head.ChangeAsync(
                $"/v1/projects/{id}",
                "correct-dates",
                new { acceptedOn = "2024-01-31", reason = "錄入錯誤" }
            )
        ).Code.ShouldBe("handover-missing");
        var corrected = (
            await head.ChangeAsync(
                $"/v1/projects/{id}",
                "correct-dates",
                new
                {
                    acceptedOn = "2024-01-31",
                    handedOverOn = "2024-02-01",
                    reason = "錄入錯誤",
                }
            )
        ).Ok();
        corrected.Text("state").ShouldBe("handed-over");
        corrected.Text("handedOverOn").ShouldBe("2024-02-01");
        await ProjectsFixture.SweepAsync(
            service,
            DateOnly.ParseExact(corrected.Text("warrantyEndsOn"), "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(1)
        );
        await Eventually.IsTrue(() => Task.FromResult(Ended().Count == 2), "and ends again");
        (
            await head.ChangeAsync(
                $"/v1/projects/{id}",
                "change-commitments",
                new { commitments = new[] { new { part = "roof", years = 6 } }, reason = "補充協議" }
            )
        )
            .Ok()
            .Text("state")
            .ShouldBe("handed-over");

        List<SeenEvent> Ended() => [.. seen.Where(e => e.RoutingKey == "projects.project.warranty-ended.v1")];
    }

    [Fact, Trait("Rule", "P1")]
    public async Task Given_a_site_to_be_cleared_When_3_days_and_1_day_are_left_Then_people_are_reminded_once_each_again_when_the_date_was_corrected_and_not_after_it_was_cleared()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.RegisterAsync();
        (await Fixture.Engineering.ChangeAsync($"/v1/projects/{project}", "accept", new { on = "2024-01-31" }))
            .Ok()
            .Text("clearanceDueOn")
            .ShouldBe("2024-02-10");
        async Task Sweep(params string[] days)
        {
            foreach (var day in days)
            {
                await Task.WhenAll(
                    Enumerable
                        .Range(0, 3)
                        .Select(_ =>
                            Task.Run(() =>
                                ProjectsFixture.SweepAsync(
                                    Fixture.Service,
                                    DateOnly.ParseExact("2024-" + day, "yyyy-MM-dd", CultureInfo.InvariantCulture)
                                )
                            )
                        )
                );
            }
        }

        await Sweep("02-06", "02-07", "02-07", "02-08", "02-09", "02-10");

        await Eventually.IsTrue(() => Task.FromResult(Reminders().Count >= 2), "two reminders");
        Reminders().Select(e => e.Body["daysLeft"]!.GetValue<int>()).ShouldBe([3, 1]);
        Reminders()[0].Body["dueOn"]!.ToString().ShouldBe("2024-02-10");
        (await Fixture.Engineering.ChangeAsync($"/v1/projects/{project}", "hand-over", new { on = "2024-02-05" })).Ok();
        (
            await Fixture.EngineeringHead.ChangeAsync(
                $"/v1/projects/{project}",
                "correct-dates",
                new
                {
                    acceptedOn = "2024-02-02",
                    handedOverOn = "2024-02-05",
                    reason = "錄入錯誤",
                }
            )
        ).Ok();
        await Sweep("02-10");
        await Eventually.IsTrue(() => Task.FromResult(Reminders().Count >= 3), "a third one, of the corrected date");
        (Reminders()[2].Body["daysLeft"]!.GetValue<int>(), Reminders()[2].Body["dueOn"]!.ToString()).ShouldBe(
            (2, "2024-02-12")
        );
        (
            await Fixture.Engineering.ChangeAsync(
                $"/v1/projects/{project}",
                "clear-site",
                new
                {
                    on = "2024-02-10",
                    landReturned = true,
                    restoration = Site.Restored,
                }
            )
        ).Ok();
        await Sweep("02-11", "02-12");
        (await Actions(project)).Count(a => a == "remind-of-clearance").ShouldBe(3, "the site is cleared");

        IReadOnlyList<SeenEvent> Reminders() =>
            Fixture.Told(
                "projects.project.clearance-reminder-due.v1",
                e => e["projectId"]!.ToString() == project.ToString()
            );
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public async Task Given_revisits_that_are_not_held_When_their_dates_pass_Then_each_is_announced_overdue_once_and_again_after_it_was_moved()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var id = await site.HandedOverAsync("2024-01-31");
        var (revisit, due) = (await site.PlanAsync(id))[0];
        due.ShouldBe(new(2024, 4, 30));

        await ProjectsFixture.SweepAsync(Fixture.Service, new(2024, 4, 30));
        (await Actions(revisit)).ShouldNotContain("mark-overdue");
        await ProjectsFixture.SweepAsync(Fixture.Service, new(2024, 5, 1));
        await ProjectsFixture.SweepAsync(Fixture.Service, new(2024, 5, 2));
        (await Actions(revisit)).Count(a => a == "mark-overdue").ShouldBe(1);
        (
            await Fixture.Production.ChangeAsync(
                $"/v1/revisits/{revisit}",
                "move",
                new { on = "2024-05-10", reason = "業主要求" }
            )
        ).Ok();
        await ProjectsFixture.SweepAsync(Fixture.Service, new(2024, 5, 11));
        (await Actions(revisit)).Count(a => a == "mark-overdue").ShouldBe(2);
        await Eventually.IsTrue(
            () =>
                Task.FromResult(
                    Fixture
                        .Told("projects.revisit.overdue.v1", e => e["revisitId"]!.ToString() == revisit.ToString())
                        .Count == 2
                ),
            "two overdue events"
        );
    }

    private async Task<List<string>> Actions(Guid id) =>
        (await Fixture.Engineering.GetAsync($"/v1/audit/{id}"))
            .Ok()["entries"]
            .AsArray()
            .Select(a => a!["action"]!.ToString())
            .ToList();

    [Fact, Trait("Rule", "P1")]
    public async Task Given_a_record_that_cannot_be_read_When_deadlines_are_looked_at_Then_the_others_are_told_of()
    {
        // A service of its own: others read lists of projects meanwhile.
        var service = await Fixture.StartAsync(await Fixture.NewBrokerAsync());
        var site = await Site.NewAsync(service);
        var engineering = service.As("陳工", [Roles.Engineering], "engineering");
        var ids = new List<Guid>();
        for (var i = 0; i < 2; i++)
        {
            ids.Add(await site.RegisterAsync());
            (await engineering.ChangeAsync($"/v1/projects/{ids[i]}", "accept", new { on = "2023-03-01" })).Ok();
        }

        await using var scope = service.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<Data.ProjectsDb>();
        var team = await store
            .Database.SqlQuery<string>($"select team::text as \"Value\" from projects where id = {ids[0]}")
            .SingleAsync();
        (await store.Database.ExecuteSqlAsync($"update projects set team = '[]' where id = {ids[0]}")).ShouldBe(1);

        await ProjectsFixture.SweepAsync(service, new(2023, 3, 12));
        (await Told(ids[1])).ShouldContain("mark-clearance-overdue");
        (await Told(ids[0])).ShouldNotContain("mark-clearance-overdue");

        await store.Database.ExecuteSqlAsync($"update projects set team = {team}::jsonb where id = {ids[0]}");
        await ProjectsFixture.SweepAsync(service, new(2023, 3, 13));
        (await Told(ids[0])).ShouldContain("mark-clearance-overdue");

        async Task<List<string>> Told(Guid id) =>
            [
                .. (await engineering.GetAsync($"/v1/audit/{id}"))
                    .Ok()["entries"]
                    .AsArray()
                    .Select(entry => entry!["action"]!.ToString()),
            ];
    }
}
