using System.Globalization;
using System.Net;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests;

/// <summary>Dates that are corrected, impossible or on the edge of a day, and who may act at all.</summary>
public sealed class DateTests(ProjectsFixture fixture) : OnServers<ProjectsFixture>(fixture)
{
    [Fact, Trait("Rule", "P1"), Trait("Rule", "P3")]
    public async Task Given_a_wrong_acceptance_When_corrected_before_handover_Then_the_clearance_follows_and_impossible_days_are_refused()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.RegisterAsync();
        var path = $"/v1/projects/{project}";
        var early = await Fixture.Engineering.ChangeAsync(path, "accept", new { on = "0001-01-01" });
        (early.Code, early.Rule).ShouldBe(("date-too-early", "P1"));
        (await Fixture.Engineering.ChangeAsync(path, "accept", new { on = "2024-01-31" })).Ok();
        (
            await Fixture.Engineering.ChangeAsync(
                path,
                "clear-site",
                new
                {
                    on = "2024-02-05",
                    landReturned = true,
                    restoration = Site.Restored,
                }
            )
        ).Ok();
        async Task<string?> Correct(string accepted, string? handedOver = null) =>
            (
                await Fixture.EngineeringHead.ChangeAsync(
                    path,
                    "correct-dates",
                    new
                    {
                        acceptedOn = accepted,
                        handedOverOn = handedOver,
                        reason = "錄入錯誤",
                    }
                )
            ).Code;

        (
            await Fixture.Engineering.ChangeAsync(
                path,
                "correct-dates",
                new { acceptedOn = "2024-01-30", reason = "錄入錯誤" }
            )
        ).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Correct("2024-02-06")).ShouldBe("clearance-before-acceptance");
        (await Correct("2999-01-01")).ShouldBe("date-in-future");
        (await Correct("1979-12-31")).ShouldBe("date-too-early");
        (await Correct("2024-02-01", "2024-02-02")).ShouldBe("not-handed-over");
        var corrected = (
            await Fixture.EngineeringHead.ChangeAsync(
                path,
                "correct-dates",
                new { acceptedOn = "2024-02-01", reason = "錄入錯誤" }
            )
        ).Ok();
        (corrected.Text("state"), corrected.Text("acceptedOn"), corrected.Text("clearanceDueOn")).ShouldBe(
            ("accepted", "2024-02-01", "2024-02-11")
        );
        await Fixture.ToldAsync(
            "projects.project.accepted.v1",
            e => e["projectId"]!.ToString() == project.ToString() && e["acceptedOn"]!.ToString() == "2024-02-01"
        );

        (await Fixture.Engineering.ChangeAsync(path, "hand-over", new { on = "2024-02-29" })).Ok();
        (await Correct("2024-02-01")).ShouldBe("handover-missing");
        (await Correct("2024-02-06", "2024-02-29")).ShouldBe("clearance-before-acceptance");
        (await Correct("0001-01-01", "2024-02-29")).ShouldBe("date-too-early");
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public async Task Given_a_held_revisit_When_the_dates_are_corrected_so_that_it_lies_outside_the_warranty_Then_it_is_refused()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2018-01-31");
        await site.HeldAsync(project, "2018-04-30");
        async Task<ApiAnswer> Correct(string on) =>
            await Fixture.EngineeringHead.ChangeAsync(
                $"/v1/projects/{project}",
                "correct-dates",
                new
                {
                    acceptedOn = on,
                    handedOverOn = on,
                    reason = "錄入錯誤",
                }
            );
        var after = await Correct("2018-05-01");
        (after.Code, after.Rule).ShouldBe(
            ("held-outside-warranty", "P2.1.1"),
            "it was held on 2018-04-30, before the handover"
        );
        (await Correct("2013-04-29")).Code.ShouldBe(
            "held-outside-warranty",
            "the plan would have ended the day before"
        );
        (await Correct("2013-04-30")).Ok().Text("revisitHorizonEndsOn").ShouldBe("2018-04-30");
        (await Correct("2018-04-30")).Ok();
    }

    [Fact, Trait("Rule", "P2.1.1"), Trait("Rule", "P3.1.2")]
    public async Task Given_a_held_revisit_When_the_commitments_are_changed_so_that_it_lies_outside_the_warranty_Then_it_is_refused()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync(
            "2015-01-31",
            request: site.Request(commitments: new[] { new { part = "roof", years = 10 } })
        );
        await site.HeldAsync(project, "2022-01-31");
        async Task<ApiAnswer> Change(params object[] commitments) =>
            await Fixture.EngineeringHead.ChangeAsync(
                $"/v1/projects/{project}",
                "change-commitments",
                new { commitments, reason = "合同附件" }
            );
        var refused = await Change();
        (refused.Code, refused.Rule).ShouldBe(("held-outside-warranty", "P2.1.1"), "five years end on 2020-01-31");
        (await Change(new { part = "roof", years = 7 })).Ok().Text("revisitHorizonEndsOn").ShouldBe("2022-01-31");
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public async Task Given_dates_that_end_the_plan_before_the_handover_When_corrected_Then_the_one_revisit_is_planned_on_its_last_day()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2024-01-31");
        var corrected = (
            await Fixture.EngineeringHead.ChangeAsync(
                $"/v1/projects/{project}",
                "correct-dates",
                new
                {
                    acceptedOn = "2018-01-31",
                    handedOverOn = "2024-01-31",
                    reason = "驗收日錄入錯誤",
                }
            )
        ).Ok();
        corrected.Text("revisitHorizonEndsOn").ShouldBe("2023-01-31");
        (await Fixture.Production.GetAsync($"/v1/revisits?projectId={project}&state=planned"))
            .Ok()["items"]
            .AsArray()
            .Select(r => r!["dueOn"]!.ToString())
            .ShouldBe(["2023-01-31"]);
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public async Task Given_a_last_revisit_on_a_day_that_a_person_fixed_When_the_plan_becomes_shorter_but_not_so_short_Then_it_stays()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2024-01-31");
        var plan = await site.PlanAsync(project);
        var (last, due) = plan[^1];
        due.ShouldBe(new DateOnly(2029, 1, 31));
        (
            await Fixture.Production.ChangeAsync(
                $"/v1/revisits/{last}",
                "open",
                new { on = "2028-11-15", reason = "業主約定" }
            )
        ).Ok();

        (
            await Fixture.EngineeringHead.ChangeAsync(
                $"/v1/projects/{project}",
                "correct-dates",
                new
                {
                    acceptedOn = "2024-01-15",
                    handedOverOn = "2024-01-31",
                    reason = "錄入錯誤",
                }
            )
        ).Ok().Text("revisitHorizonEndsOn").ShouldBe("2029-01-15");

        var after = await site.PlanAsync(project);
        after.Count.ShouldBe(plan.Count, "the plan has no place for it any more, but it is inside");
        after.ShouldContain((last, new DateOnly(2028, 11, 15)));
    }

    [Fact, Trait("Rule", "P2.1.1"), Trait("Rule", "P2.2.1")]
    public async Task Given_a_horizon_that_has_passed_When_a_revisit_is_recorded_after_it_Then_it_is_refused_and_each_empty_seat_by_its_name()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2019-01-31");
        var (revisit, _) = (await site.PlanAsync(project))[^1];
        var path = $"/v1/revisits/{revisit}";
        (await Fixture.Production.ChangeAsync(path, "open")).Ok();
        async Task<ApiAnswer> Hold(string on, object[] attendees) =>
            await Fixture.Engineering.ChangeAsync(
                path,
                "hold",
                new
                {
                    on,
                    form = "visit",
                    attendees,
                }
            );
        var late = await Hold("2024-02-01", site.Attendees());
        (late.Code, late.Rule).ShouldBe(("revisit-after-horizon", "P2.1.1"));
        (await Hold("2024-01-31", [.. site.Attendees()[..2], .. site.Attendees()[3..]])).Code.ShouldBe(
            "technical-head-missing"
        );
        (await Hold("2024-01-31", [.. site.Attendees()[..3], .. site.Attendees()[4..]])).Code.ShouldBe(
            "engineering-head-missing"
        );
        (await Hold("2024-01-31", site.Attendees())).Ok();
    }

    [Fact, Trait("Rule", "P2.1.2"), Trait("Rule", "P2.1.1")]
    public async Task Given_people_of_other_departments_When_they_add_a_revisit_Then_only_production_may()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2024-01-31");
        foreach (var role in new[] { Roles.Engineering, Roles.EngineeringHead, Roles.SalesManager })
        {
            var refused = await Fixture
                .Service.As(role)
                .PostAsync(
                    "/v1/revisits",
                    new
                    {
                        projectId = project,
                        on = "2024-09-15",
                        kind = "seasonal",
                        reason = "雨季後加訪",
                    }
                );
            (refused.Status, refused.Code, refused.Rule).ShouldBe(
                (HttpStatusCode.Forbidden, "role-missing", "P2.1.2"),
                role
            );
        }

        (
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
    }

    [Fact, Trait("Rule", "P2.1.1"), Trait("Rule", "P3.3")]
    public async Task Given_a_revisit_whose_date_a_person_fixed_When_the_plan_gives_it_another_place_Then_it_stays_and_the_change_is_recorded()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2024-01-31");
        var (revisit, _) = (await site.PlanAsync(project))[1];
        var path = $"/v1/revisits/{revisit}";
        var moved = (
            await Fixture.Production.ChangeAsync(path, "move", new { on = "2024-08-08", reason = "業主要求" })
        ).Ok();
        moved.Text("planDate").ShouldBe("2024-07-31");

        (
            await Fixture.EngineeringHead.ChangeAsync(
                $"/v1/projects/{project}",
                "correct-dates",
                new
                {
                    acceptedOn = "2024-02-15",
                    handedOverOn = "2024-02-15",
                    reason = "錄入錯誤",
                }
            )
        ).Ok();

        var after = (await Fixture.Production.GetAsync(path)).Ok();
        (after.Text("planDate"), after.Text("dueOn")).ShouldBe(("2024-08-15", "2024-08-08"));
        after.ETag.ShouldNotBe(moved.ETag, "it is another representation");
        var last = (await Fixture.Engineering.GetAsync($"/v1/audit/{revisit}")).Ok()["entries"].AsArray()[^1]!;
        (last["action"]!.ToString(), last["why"]!.ToString()).ShouldBe(("follow-plan", "錄入錯誤"));
    }

    [Fact, Trait("Rule", "P3.3")]
    public async Task Given_a_customer_When_it_tries_what_staff_do_Then_its_role_is_told_and_nothing_about_what_exists()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2024-01-31");
        var (revisit, _) = (await site.PlanAsync(project))[0];
        (await Fixture.Production.ChangeAsync($"/v1/revisits/{revisit}", "open")).Ok();
        var customer = Fixture.Service.As("王經理", [Roles.Customer], organisation: site.Owner);
        var request = site.Request();
        request["managerId"] = Guid.CreateVersion7();
        (
            await customer.PostAsync(
                $"/v1/projects/{project}/revise",
                request,
                (await customer.GetAsync($"/v1/projects/{project}")).ETag
            )
        ).Code.ShouldBe("role-missing");
        (
            await customer.ChangeAsync(
                $"/v1/projects/{project}",
                "grant-goodwill",
                new
                {
                    part = "lawn",
                    through = "2030-01-01",
                    reason = "x",
                }
            )
        ).Code.ShouldBe("role-missing");
        var held = await customer.ChangeAsync(
            $"/v1/revisits/{revisit}",
            "hold",
            new
            {
                on = "2024-04-30",
                form = "visit",
                attendees = new[] { new { seat = "lead", personId = Guid.CreateVersion7() } },
            }
        );
        held.Code.ShouldBe("role-missing");
        var transfer = new
        {
            toProjectId = Guid.CreateVersion7(),
            on = "2026-01-01",
            reason = "x",
        };
        (await customer.PostAsync($"/v1/people/{site.People[0]}/transfer", transfer, "\"1\"")).Code.ShouldBe(
            "role-missing"
        );
        (await Fixture.Sales.ChangeAsync($"/v1/people/{site.People[0]}", "transfer", transfer)).Code.ShouldBe(
            "role-missing"
        );
        (
            await Fixture.Engineering.ChangeAsync(
                $"/v1/people/{site.People[0]}",
                "transfer",
                new
                {
                    place = "總部",
                    on = "2026-01-01",
                    reason = "x",
                    leaves = new[] { project, Guid.CreateVersion7() },
                }
            )
        ).Code.ShouldBe("not-assigned-there");
    }

    [Fact, Trait("Rule", "P3.1.2")]
    public async Task Given_a_commitment_in_other_units_that_depends_on_the_day_When_it_does_not_reach_Then_handover_is_refused_and_nothing_is_written()
    {
        var site = await Site.NewAsync(Fixture.Service);
        (
            await Fixture.Engineering.PostAsync(
                "/v1/projects",
                site.Request(commitments: new[] { new { part = "heating", months = 12 } })
            )
        ).Code.ShouldBe("warranty-below-prescribed", "too short on every day of the year");
        (
            await Fixture.Engineering.PostAsync(
                "/v1/projects",
                site.Request(commitments: new[] { new { part = "roof", seasons = 1 } })
            )
        ).Code.ShouldBe("warranty-below-prescribed");
        // Shanghai: accepted 2024-01-31 the second full heating season ends on 2026-02-28, which is 25 months later.
        var project = await site.RegisterAsync(
            site.Request(commitments: new[] { new { part = "heating", months = 24 } })
        );
        (await Fixture.Engineering.ChangeAsync($"/v1/projects/{project}", "accept", new { on = "2024-01-31" })).Ok();
        var refused = await Fixture.Engineering.ChangeAsync(
            $"/v1/projects/{project}",
            "hand-over",
            new { on = "2024-01-31" }
        );
        (refused.Code, refused.Rule).ShouldBe(("warranty-below-prescribed", "P3.1.2"));
        (await Fixture.Engineering.GetAsync($"/v1/projects/{project}")).Ok().Text("state").ShouldBe("accepted");
        (await site.PlanAsync(project)).ShouldBeEmpty();
    }

    [Fact, Trait("Rule", "P1"), Trait("Rule", "P3")]
    public async Task Given_the_afternoon_in_UTC_When_it_is_past_midnight_where_the_company_is_Then_its_new_day_is_today()
    {
        // 00:30 on 2 May 2025 in China.
        var clock = new SetClock(new(2025, 5, 1, 16, 30, 0, TimeSpan.Zero));
        await using var service = await Fixture.StartAsync(await Fixture.NewBrokerAsync(), clock: clock);
        var site = await Site.NewAsync(service);
        var project = await site.RegisterAsync();
        var engineering = service.As("陳工", [Roles.Engineering]);
        (await engineering.ChangeAsync($"/v1/projects/{project}", "accept", new { on = "2025-05-03" })).Code.ShouldBe(
            "date-in-future"
        );
        (await engineering.ChangeAsync($"/v1/projects/{project}", "accept", new { on = "2025-05-02" }))
            .Ok()
            .Text("clearanceDueOn")
            .ShouldBe("2025-05-12");
        clock.Now = new(2025, 5, 12, 15, 59, 0, TimeSpan.Zero);
        (await engineering.GetAsync($"/v1/projects/{project}"))
            .Ok()["clearanceOverdue"]
            .GetValue<bool>()
            .ShouldBeFalse("one minute is left of the last day");
        clock.Now = new(2025, 5, 12, 16, 0, 0, TimeSpan.Zero);
        (await engineering.GetAsync($"/v1/projects/{project}"))
            .Ok()["clearanceOverdue"]
            .GetValue<bool>()
            .ShouldBeTrue();
    }

    [Fact, Trait("Rule", "P3.1.2"), Trait("Rule", "P2.1.1"), Trait("Rule", "C9")]
    public async Task Given_two_versions_of_the_policies_When_projects_are_registered_before_and_after_Then_each_keeps_its_own()
    {
        var file = await TwoVersionsAsync(new(2025, 6, 1));
        // Tokens are issued and judged by the machine's clock; the company's is only what the cases are opened by.
        var clock = new SetClock(new(2025, 5, 30, 2, 0, 0, TimeSpan.Zero));
        await using var service = await Fixture.StartAsync(
            await Fixture.NewBrokerAsync(),
            new Dictionary<string, string> { ["Company:PoliciesFile"] = file },
            clock
        );
        var site = await Site.NewAsync(service);
        var engineering = service.As("陳工", [Roles.Engineering]);
        var old = await site.RegisterAsync();
        clock.Now = new(2025, 6, 1, 2, 0, 0, TimeSpan.Zero);
        var young = await site.RegisterAsync();
        foreach (var id in new[] { old, young })
        {
            (await engineering.ChangeAsync($"/v1/projects/{id}", "accept", new { on = "2025-05-31" })).Ok();
            (await engineering.ChangeAsync($"/v1/projects/{id}", "hand-over", new { on = "2025-05-31" })).Ok();
        }

        var (first, second) = (
            (await engineering.GetAsync($"/v1/projects/{old}")).Ok(),
            (await engineering.GetAsync($"/v1/projects/{young}")).Ok()
        );
        (first["policyVersion"].GetValue<int>(), first.Text("revisitHorizonEndsOn")).ShouldBe((1, "2030-05-31"));
        (second["policyVersion"].GetValue<int>(), second.Text("revisitHorizonEndsOn")).ShouldBe(
            (2, "2033-05-31"),
            "the roof eight years from version 2 on"
        );
        (await site.PlanAsync(old)).Count.ShouldBe(11);
        (await site.PlanAsync(young))
            .Select(r => r.DueOn.Month)
            .Distinct()
            .ShouldBe([8, 11, 5], "3 and 6 months, then every year");
        (await engineering.GetAsync($"/v1/projects/{old}/warranty?part=roof&on=2031-01-01"))
            .Ok()["covered"]
            .GetValue<bool>()
            .ShouldBeFalse();
        (await engineering.GetAsync($"/v1/projects/{young}/warranty?part=roof&on=2031-01-01"))
            .Ok()["covered"]
            .GetValue<bool>()
            .ShouldBeTrue();
        // A correction after the change is judged by the version that the case carries.
        (
            await service
                .As(Roles.EngineeringHead)
                .ChangeAsync(
                    $"/v1/projects/{old}",
                    "correct-dates",
                    new
                    {
                        acceptedOn = "2025-05-30",
                        handedOverOn = "2025-05-30",
                        reason = "錄入錯誤",
                    }
                )
        )
            .Ok()
            .Text("revisitHorizonEndsOn")
            .ShouldBe("2030-05-30");
        (await engineering.GetAsync($"/v1/audit/{old}"))
            .Ok()["entries"]
            .AsArray()
            .ShouldAllBe(a => a!["policyVersion"]!.GetValue<int>() == 1);
        File.Delete(file);
    }

    private static async Task<string> TwoVersionsAsync(DateOnly from)
    {
        using var reader = new StreamReader(typeof(Policy).Assembly.GetManifestResourceStream("policies.json")!);
        var text = await reader.ReadToEndAsync();
        var policies = System.Text.Json.Nodes.JsonNode.Parse(
            text,
            documentOptions: new()
            {
                CommentHandling = System.Text.Json.JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
            }
        )!;
        var second = policies["versions"]![0]!.DeepClone();
        second["version"] = 2;
        second["effectiveFrom"] = from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        second["revisits"]!["thenEveryMonths"] = 12;
        second["warranty"]!["parts"]!.AsArray().Single(p => p!["code"]!.ToString() == "roof")!["years"] = 8;
        policies["versions"]!.AsArray().Add(second);
        var file = Path.Combine(Path.GetTempPath(), $"policies-{Guid.CreateVersion7():N}.json");
        await File.WriteAllTextAsync(file, policies.ToJsonString());
        return file;
    }

    private sealed class SetClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
