using System.Globalization;
using System.Text;
using CustomerService.Contracts.Identity.V1;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static CustomerService.Projects.Tests.ProjectsFixture;

namespace CustomerService.Projects.Tests;

public sealed class PlanTests(ProjectsFixture fixture) : OnServers<ProjectsFixture>(fixture)
{
    [Fact, Trait("Rule", "P2.1.1"), Trait("Case", "1")]
    public async Task Worked_case_1_handed_over_2024_01_31_with_a_horizon_of_two_years_none_held_is_a_breach()
    {
        var file = Path.Combine(Path.GetTempPath(), $"policies-{Guid.CreateVersion7():N}.json");
        using (var reader = new StreamReader(typeof(Policy).Assembly.GetManifestResourceStream("policies.json")!))
        {
            var policies = await reader.ReadToEndAsync();
            var changed = policies.Replace(
                "\"horizon\": \"longest-finite\"",
                "\"horizon\": \"fixed-months\", \"horizonMonths\": 24",
                StringComparison.Ordinal
            );
            changed.ShouldNotBe(policies);
            await File.WriteAllTextAsync(file, changed);
        }

        var address = await Fixture.NewBrokerAsync();
        await using var service = await Fixture.StartAsync(
            address,
            new Dictionary<string, string> { ["Company:PoliciesFile"] = file }
        );
        var seen = await Fixture.ListenAsync(address);
        var site = await Site.NewAsync(service);
        var project = await site.HandedOverAsync("2024-01-31");

        (await site.PlanAsync(project))
            .Select(r => r.DueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            .ShouldBe(["2024-04-30", "2024-07-31", "2025-01-31", "2025-07-31", "2026-01-31"]);
        await SweepAsync(service, new(2026, 1, 31));
        (await service.As(Roles.Engineering).GetAsync($"/v1/audit/{project}"))
            .Ok()["entries"]
            .AsArray()
            .Select(a => a!["action"]!.ToString())
            .ShouldNotContain("mark-breach", "the last warranty day is in time");
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => SweepAsync(service, new(2026, 2, 1)))));
        await SweepAsync(service, new(2026, 2, 2));

        await Eventually.IsTrue(
            () => Task.FromResult(seen.Any(e => e.RoutingKey == "projects.project.revisit-breached.v1")),
            "the breach is announced"
        );
        seen.Count(e => e.RoutingKey == "projects.project.revisit-breached.v1").ShouldBe(1);
        seen.First(e => e.RoutingKey == "projects.project.revisit-breached.v1").Body["horizonEndedOn"]!
            .ToString()
            .ShouldBe("2026-01-31");
        (await service.As(Roles.Engineering).GetAsync($"/v1/projects/{project}"))
            .Ok()["inBreach"]
            .GetValue<bool>()
            .ShouldBeTrue();
        (await service.As(Roles.Engineering).GetAsync("/v1/projects?inBreach=true")).Ok()["items"].AsArray().Single()![
            "id"
        ]!
            .ToString()
            .ShouldBe(project.ToString());
        File.Delete(file);
    }

    [Fact, Trait("Rule", "P2.1.1"), Trait("Rule", "P3")]
    public async Task Given_a_held_a_moved_and_a_cancelled_revisit_When_the_handover_is_corrected_Then_only_what_is_open_follows()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2024-01-31");
        var path = $"/v1/projects/{project}";
        var plan = await site.PlanAsync(project);
        plan.Count.ShouldBe(11);
        var held = await site.HeldAsync(project, "2024-04-30");
        (
            await Fixture.Production.ChangeAsync(
                $"/v1/revisits/{plan[1].Id}",
                "move",
                new { on = "2024-08-08", reason = "業主要求" }
            )
        ).Ok();
        (
            await Fixture.Production.ChangeAsync($"/v1/revisits/{plan[2].Id}", "cancel", new { reason = "業主要求" })
        ).Ok();
        (
            await Fixture.Engineering.ChangeAsync(
                path,
                "correct-dates",
                new
                {
                    acceptedOn = "2024-02-15",
                    handedOverOn = "2024-02-29",
                    reason = "錄入錯誤",
                }
            )
        ).Status.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (
            await Fixture.EngineeringHead.ChangeAsync(
                path,
                "correct-dates",
                new
                {
                    acceptedOn = "2024-03-15",
                    handedOverOn = "2024-02-29",
                    reason = "錄入錯誤",
                }
            )
        ).Code.ShouldBe("handover-before-acceptance");

        var corrected = (
            await Fixture.EngineeringHead.ChangeAsync(
                path,
                "correct-dates",
                new
                {
                    acceptedOn = "2024-02-15",
                    handedOverOn = "2024-02-29",
                    reason = "錄入錯誤",
                }
            )
        ).Ok();

        corrected.Text("revisitHorizonEndsOn").ShouldBe("2029-02-15");
        corrected.Text("clearanceDueOn").ShouldBe("2024-02-25");
        var after = (await Fixture.Production.GetAsync($"/v1/revisits?projectId={project}&limit=200"))
            .Ok()["items"]
            .AsArray()
            .ToDictionary(
                r => Guid.Parse(r!["id"]!.ToString()),
                r => (State: r!["state"]!.ToString(), Due: r["dueOn"]!.ToString())
            );
        after[held].ShouldBe(("held", "2024-04-30"), "what was held is not touched");
        after[plan[1].Id].ShouldBe(("planned", "2024-08-08"), "a date that a person fixed stays");
        after[plan[2].Id].State.ShouldBe("cancelled", "and so does a cancellation");
        after[plan[3].Id].ShouldBe(("planned", "2025-08-29"));
        after[plan[10].Id].State.ShouldBe("cancelled", "2029-02-28 is after the last warranty day");
        var changed = await Fixture.ToldAsync(
            "projects.project.warranty-changed.v1",
            e => e["projectId"]!.ToString() == project.ToString()
        );
        (changed.Body["reason"]!.ToString(), changed.Body["clearanceDueOn"]!.ToString()).ShouldBe(
            ("錄入錯誤", "2024-02-25")
        );

        (
            await Fixture.EngineeringHead.ChangeAsync(
                path,
                "change-commitments",
                new { commitments = new[] { new { part = "roof", years = 4 } }, reason = "補充協議" }
            )
        ).Code.ShouldBe("warranty-below-prescribed");
        (
            await Fixture.EngineeringHead.ChangeAsync(
                path,
                "change-commitments",
                new { commitments = new[] { new { part = "lawn" } }, reason = "補充協議" }
            )
        ).Code.ShouldBe("warranty-part-unknown");
        var longer = (
            await Fixture.EngineeringHead.ChangeAsync(
                path,
                "change-commitments",
                new { commitments = new[] { new { part = "roof", years = 6 } }, reason = "補充協議" }
            )
        ).Ok();
        longer.Text("revisitHorizonEndsOn").ShouldBe("2030-02-28");
        var open = (await site.PlanAsync(project)).Select(r => r.DueOn).ToList();
        open.ShouldContain(new DateOnly(2029, 2, 28));
        open.ShouldContain(new DateOnly(2030, 2, 28));
        longer["activeRevisits"]
            .GetValue<int>()
            .ShouldBe(12, "1 held and 11 planned: 13 places less the one that a person cancelled");
        var request = site.Request();
        request["contractNumber"] = longer.Text("contractNumber");
        (await Fixture.Engineering.PostAsync(path + "/revise", request, longer.ETag)).Code.ShouldBe(
            "warranty-basis-fixed"
        );
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public async Task Given_a_planned_revisit_When_14_and_3_days_are_left_Then_people_are_reminded_once_each_and_again_when_it_was_moved()
    {
        // Of a year of its own: other classes sweep the same store on days of theirs.
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2022-01-31");
        var (revisit, due) = (await site.PlanAsync(project))[0];
        due.ShouldBe(new(2022, 4, 30));
        foreach (var day in new[] { "04-15", "04-16", "04-16", "04-17", "04-26", "04-27", "04-30" })
        {
            await SweepAsync(
                Fixture.Service,
                DateOnly.ParseExact("2022-" + day, "yyyy-MM-dd", CultureInfo.InvariantCulture)
            );
        }

        await Eventually.IsTrue(() => Task.FromResult(Reminders().Count == 2), "two reminders");
        Reminders().Select(e => e.Body["daysLeft"]!.GetValue<int>()).ShouldBe([14, 3]);
        (
            await Fixture.Production.ChangeAsync(
                $"/v1/revisits/{revisit}",
                "move",
                new { on = "2022-05-10", reason = "業主要求" }
            )
        ).Ok();
        await SweepAsync(Fixture.Service, new(2022, 4, 30));
        await Eventually.IsTrue(() => Task.FromResult(Reminders().Count == 3), "a third reminder");
        Reminders()[2].Body["daysLeft"]!.GetValue<int>().ShouldBe(10);

        IReadOnlyList<SeenEvent> Reminders() =>
            Fixture.Told("projects.revisit.reminder-due.v1", e => e["revisitId"]!.ToString() == revisit.ToString());
    }

    [Fact, Trait("Rule", "P3.1.2")]
    public async Task Given_goodwill_When_the_term_is_over_Then_the_part_is_still_protected_and_the_plan_is_as_it_was()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2024-01-31");
        var path = $"/v1/projects/{project}";
        (
            await Fixture.Engineering.ChangeAsync(
                path,
                "grant-goodwill",
                new
                {
                    part = "electrical",
                    through = "2026-12-31",
                    reason = "長期客戶",
                }
            )
        ).Status.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (
            await Fixture.EngineeringHead.ChangeAsync(
                path,
                "grant-goodwill",
                new
                {
                    part = "electrical",
                    through = "2026-01-31",
                    reason = "長期客戶",
                }
            )
        ).Code.ShouldBe("goodwill-not-longer");
        (
            await Fixture.EngineeringHead.ChangeAsync(
                path,
                "grant-goodwill",
                new
                {
                    part = "lawn",
                    through = "2026-12-31",
                    reason = "長期客戶",
                }
            )
        ).Code.ShouldBe("warranty-part-unknown");
        (
            await Fixture.EngineeringHead.ChangeAsync(
                path,
                "grant-goodwill",
                new
                {
                    part = "electrical",
                    through = "2224-02-01",
                    reason = "長期客戶",
                }
            )
        ).Code.ShouldBe("goodwill-too-long");
        var granted = (
            await Fixture.EngineeringHead.ChangeAsync(
                path,
                "grant-goodwill",
                new
                {
                    part = "electrical",
                    through = "2026-12-31",
                    reason = "長期客戶",
                }
            )
        ).Ok();

        granted["goodwill"][0]!["grantedBy"]!.ToString().ShouldBe("周部長");
        granted.Text("revisitHorizonEndsOn").ShouldBe("2029-01-31");
        async Task<ApiAnswer> Ask(string on) =>
            (await Fixture.Engineering.GetAsync($"{path}/warranty?part=electrical&on={on}")).Ok();
        (await Ask("2026-01-31")).Text("basis").ShouldBe("prescribed");
        var after = await Ask("2026-02-01");
        (after.Text("basis"), after["covered"].GetValue<bool>(), after.Text("until")).ShouldBe(
            ("goodwill", true, "2026-12-31")
        );
        (await Ask("2027-01-01"))["covered"].GetValue<bool>().ShouldBeFalse();
        await Fixture.ToldAsync(
            "projects.project.goodwill-granted.v1",
            e => e["projectId"]!.ToString() == project.ToString()
        );

        var expiring = (
            await Fixture.Engineering.GetAsync($"/v1/warranty/expiring?on=2026-11-01&ownerId={site.Owner}")
        ).Ok();
        expiring["items"].AsArray().Single()!["daysLeft"]!.GetValue<int>().ShouldBe(60);
        (
            expiring["within30"].GetValue<int>(),
            expiring["within60"].GetValue<int>(),
            expiring["within90"].GetValue<int>()
        ).ShouldBe((0, 1, 1));
        (await Fixture.Engineering.GetAsync($"/v1/warranty/expiring?on=2026-11-01&ownerId={site.Owner}&within=30"))
            .Ok()["items"]
            .AsArray()
            .ShouldBeEmpty();
        (
            await Fixture
                .Service.As("別家", [Roles.Customer], organisation: Guid.CreateVersion7())
                .GetAsync("/v1/warranty/expiring?on=2026-11-01")
        )
            .Ok()["within90"]
            .GetValue<int>()
            .ShouldBe(0);
        (await Fixture.Engineering.GetAsync("/v1/warranty/expiring?within=0")).Code.ShouldBe("bad-filter");
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public async Task Given_a_person_and_a_department_When_their_calendar_is_read_Then_it_holds_their_revisits_until_it_is_revoked()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var department = "q" + Guid.CreateVersion7().ToString("N")[^8..];
        var head = (
            await Fixture.Engineering.PostAsync(
                "/v1/people",
                new
                {
                    name = "施質量",
                    roleTitle = "質量部負責人",
                    department,
                }
            )
        ).Ok().Id;
        var request = site.Request();
        request["name"] = "濱江花園；一期, 二標段：這是一個名稱很長很長很長的工程項目用來看摺行";
        request["qualityHeadId"] = head;
        var recent = Fixture.Today.AddMonths(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var project = await site.HandedOverAsync(recent, request: request);
        var plan = await site.PlanAsync(project);
        await site.HandedOverAsync(recent);

        (
            await Fixture
                .Service.As("王", [Roles.Customer], organisation: site.Owner)
                .PostAsync("/v1/calendar-feeds", new { department })
        ).Status.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (await Fixture.Engineering.PostAsync("/v1/calendar-feeds", new { personId = head, department })).Code.ShouldBe(
            "validation"
        );
        foreach (var body in new object[] { new { personId = head }, new { department } })
        {
            var feed = (await Fixture.Engineering.PostAsync("/v1/calendar-feeds", body)).Ok();
            var address = feed.Text("path").Replace("/api/projects", "", StringComparison.Ordinal);
            using var client = new HttpClient { BaseAddress = Fixture.Service.Http };
            var answer = await client.GetAsync(address);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/calendar");
            var text = await answer.Content.ReadAsStringAsync();
            text.Split("\r\n")
                .ShouldAllBe(line => Encoding.UTF8.GetByteCount(line) <= 75, "RFC 5545 folds at 75 octets");
            var unfolded = text.Replace("\r\n ", "", StringComparison.Ordinal);
            unfolded
                .Split("BEGIN:VEVENT")
                .Length.ShouldBe(
                    plan.Count(r => r.DueOn <= Fixture.Today.AddDays(180)) + 1,
                    "the other project is not theirs"
                );
            unfolded.ShouldContain(
                $"DTSTART;VALUE=DATE:{plan[0].DueOn:yyyyMMdd}\r\nDTEND;VALUE=DATE:{plan[0].DueOn.AddDays(1):yyyyMMdd}\r\n"
            );
            unfolded.ShouldContain("一期\\, 二標段");
            unfolded.ShouldContain("STATUS:TENTATIVE");
            (await Fixture.Engineering.PostAsync($"/v1/calendar-feeds/{feed.Id}/revoke", null, feed.ETag))
                .Ok()
                .Text("state")
                .ShouldBe("revoked");
            (await client.GetAsync(address)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        }
    }

    [Fact, Trait("Rule", "P2.1.1"), Trait("Rule", "P2.1.2")]
    public async Task Given_production_When_its_calendar_is_read_Then_it_holds_every_revisit_of_the_months_around_today_and_what_was_cancelled()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync(
            Fixture.Today.AddMonths(-5).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        );
        var old = await site.HandedOverAsync(
            Fixture.Today.AddMonths(-16).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        );
        var plan = await site.PlanAsync(project);
        var near = plan.First(r => r.DueOn > Fixture.Today);
        (
            await Fixture.EngineeringHead.ChangeAsync($"/v1/revisits/{near.Id}", "cancel", new { reason = "業主要求" })
        ).Ok();
        var feed = (
            await Fixture.Production.PostAsync("/v1/calendar-feeds", new { department = Roles.Production })
        ).Ok();
        using var client = new HttpClient { BaseAddress = Fixture.Service.Http };
        var text = (
            await client.GetStringAsync(feed.Text("path").Replace("/api/projects", "", StringComparison.Ordinal))
        ).Replace("\r\n ", "", StringComparison.Ordinal);
        string Entry(Guid revisit) =>
            text.Split("BEGIN:VEVENT").Single(e => e.Contains($"UID:{revisit}@", StringComparison.Ordinal));
        Entry(near.Id).ShouldContain("STATUS:CANCELLED");
        text.ShouldNotContain($"UID:{plan[^1].Id}@", Case.Sensitive, "years ahead");
        foreach (var (id, due) in (await site.PlanAsync(old)).Concat(plan))
        {
            text.Contains($"UID:{id}@", StringComparison.Ordinal)
                .ShouldBe(
                    due >= Fixture.Today.AddDays(-30) && due <= Fixture.Today.AddDays(180),
                    due.ToString("O", CultureInfo.InvariantCulture)
                );
        }
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public async Task Given_feeds_When_listed_Then_each_sees_its_own_an_administrator_all_and_nobody_a_secret_that_is_kept_nowhere()
    {
        var key = Guid.CreateVersion7().ToString("N");
        var mine = Fixture.Service.As("feeds-" + key[^6..], [Roles.Engineering]);
        var created = (await mine.PostAsync("/v1/calendar-feeds", new { department = "d" + key[^6..] }, key: key)).Ok();
        var secret = created.Text("path").Split('/')[^1].Replace(".ics", "", StringComparison.Ordinal);
        var again = (await mine.PostAsync("/v1/calendar-feeds", new { department = "d" + key[^6..] }, key: key)).Ok();
        again.Id.ShouldBe(created.Id);
        again.Body!["path"].ShouldBeNull("told once");
        var own = (await mine.GetAsync("/v1/calendar-feeds")).Ok()["items"].AsArray().ShouldHaveSingleItem()!;
        own["id"]!.ToString().ShouldBe(created.Id.ToString());
        own.ToJsonString().ShouldNotContain(secret);
        var read = (await mine.GetAsync(created.Location!.Replace("/api/projects", "", StringComparison.Ordinal))).Ok();
        read.ETag.ShouldBe(created.ETag);
        (await Fixture.Production.GetAsync($"/v1/calendar-feeds/{created.Id}")).Status.ShouldBe(
            System.Net.HttpStatusCode.NotFound
        );
        (await Fixture.Service.As(Roles.Administrator).GetAsync($"/v1/calendar-feeds/{created.Id}")).Ok();
        (await mine.GetAsync("/v1/calendar-feeds?state=lost")).Code.ShouldBe("bad-filter");
        (
            await Fixture.Production.PostAsync($"/v1/calendar-feeds/{created.Id}/revoke", null, read.ETag)
        ).Status.ShouldBe(System.Net.HttpStatusCode.NotFound, "another's feed is not his to end");
        (await mine.PostAsync($"/v1/calendar-feeds/{created.Id}/revoke", null, read.ETag)).Ok();
        (await mine.GetAsync("/v1/calendar-feeds?state=active")).Ok()["items"].AsArray().ShouldBeEmpty();
        (await mine.GetAsync("/v1/calendar-feeds?state=revoked")).Ok()["items"].AsArray().Count.ShouldBe(1);

        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<Data.ProjectsDb>();
        (
            await store
                .Database.SqlQuery<string>($"select body as \"Value\" from idempotency_records where key = {key}")
                .SingleAsync()
        ).ShouldNotContain(secret);
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public async Task Given_an_account_that_was_ended_When_its_token_still_counts_Then_its_feeds_end_and_no_new_one_is_made()
    {
        var user = Guid.CreateVersion7();
        UserChanged Changed(long version, bool active) =>
            new(user, version, "黃一心", [Roles.Engineering], [], "engineering", null, active, null);
        await Fixture.DeliverAsync(Changed(1, true));
        var mine = Fixture.Service.As(user.ToString(), [Roles.Engineering]);
        var made = (await mine.PostAsync("/v1/calendar-feeds", new { department = "engineering" })).Ok();

        await Fixture.DeliverAsync(Changed(2, false));

        await Eventually.IsTrue(
            async () => (await mine.GetAsync($"/v1/calendar-feeds/{made.Id}")).Ok().State == "revoked",
            "the feed ends with the account"
        );
        (await mine.PostAsync("/v1/calendar-feeds", new { department = "engineering" })).Code.ShouldBe("role-missing");
    }

    [Fact, Trait("Rule", "P3.1.2")]
    public async Task Given_more_terms_than_a_page_holds_When_walked_through_Then_each_comes_once_in_order()
    {
        var site = await Site.NewAsync(Fixture.Service);
        for (var i = 0; i < 3; i++)
        {
            await site.HandedOverAsync("2024-01-31");
        }

        var whole = (
            await Fixture.Engineering.GetAsync($"/v1/warranty/expiring?on=2025-11-01&within=366&ownerId={site.Owner}")
        ).Ok();
        var all = whole["items"].AsArray().Select(Key).ToList();
        all.Count.ShouldBeGreaterThanOrEqualTo(3);
        whole.Body!["next"].ShouldBeNull();
        var (seen, after) = (new List<string>(), "");
        do
        {
            var page = (
                await Fixture.Engineering.GetAsync(
                    $"/v1/warranty/expiring?on=2025-11-01&within=366&ownerId={site.Owner}&limit=2{after}"
                )
            ).Ok();
            seen.AddRange(page["items"].AsArray().Select(Key));
            page["within90"].GetValue<int>().ShouldBe(whole["within90"].GetValue<int>(), "the counts are of all");
            after = page.Body!["next"] is { } next ? "&after=" + Uri.EscapeDataString(next.ToString()) : "";
        } while (after.Length > 0);
        seen.ShouldBe(all);
        (await Fixture.Engineering.GetAsync("/v1/warranty/expiring?after=20260101.x.y")).Code.ShouldBe("bad-cursor");

        static string Key(System.Text.Json.Nodes.JsonNode? item) =>
            $"{item!["through"]} {item["projectId"]} {item["part"]}";
    }
}
