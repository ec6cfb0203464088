using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static CustomerService.Projects.Tests.ProjectsFixture;

#pragma warning disable CA2100 // The statements are constants of these tests.

namespace CustomerService.Projects.Tests;

/// <summary>The generation of many plans at once.</summary>
public sealed class PlanGenerationTests(ProjectsFixture fixture) : OnServers<ProjectsFixture>(fixture)
{
    private const string Path = "/v1/projects/regenerate-plans";

    [Fact, Trait("Rule", "P2.1.1"), Trait("Rule", "P3.1.2")]
    public async Task Given_policies_that_were_corrected_When_all_plans_are_generated_Then_only_what_is_open_follows_by_the_rules_of_the_single_one()
    {
        var address = await Fixture.NewBrokerAsync();
        await using var first = await Fixture.StartAsync(address);
        var store = Store(first);
        var site = await Site.NewAsync(first);
        var worked = await site.HandedOverAsync("2024-01-31");
        var plan = await site.PlanAsync(worked);
        var held = await site.HeldAsync(worked, "2024-04-30");
        var production = first.As("林生產", [Roles.Production]);
        (
            await production.ChangeAsync(
                $"/v1/revisits/{plan[3].Id}",
                "move",
                new { on = "2025-08-08", reason = "業主要求" }
            )
        ).Ok();
        (await production.ChangeAsync($"/v1/revisits/{plan[4].Id}", "cancel", new { reason = "業主要求" })).Ok();
        var untouched = await site.HandedOverAsync("2024-01-31");
        var broughtIn = await site.HandedOverAsync("2024-01-31");
        // Brought in by hand, without a plan: its revisits never were, so neither is there a trail of them.
        await ExecuteAsync(
            store,
            "delete from audit_trail where aggregate_id in (select id from revisits where project_id = $1)",
            broughtIn
        );
        await ExecuteAsync(store, "delete from revisits where project_id = $1", broughtIn);
        await ExecuteAsync(
            store,
            "update projects set active_revisits = 0, last_revisit_number = 0 where id = $1",
            broughtIn
        );
        var faulty = await site.HandedOverAsync("2024-01-31");
        await ExecuteAsync(
            store,
            "update projects set commitments = '[{\"part\":\"roof\",\"length\":{\"count\":36,\"unit\":\"months\"}}]' where id = $1",
            faulty
        );
        var registered = await site.RegisterAsync();

        // Every year instead of every half-year, and another season: 3, 6, 12, 24, 36, 48, 60.
        var file = await PoliciesAsync(
            ("\"thenEveryMonths\": 6", "\"thenEveryMonths\": 12"),
            ("\"from\": \"12-01\", \"through\": \"02-29\"", "\"from\": \"11-15\", \"through\": \"03-15\"")
        );
        await using var service = await Fixture.StartAsync(
            address,
            new Dictionary<string, string> { ["ConnectionStrings:Store"] = store, ["Company:PoliciesFile"] = file }
        );
        var seen = await Fixture.ListenAsync(address);
        site = site.At(service);
        var before = await RevisitsAsync(service, worked);

        var dry = await RunAsync(service, new { reason = "政策更正" }, "?batch=2");

        dry.Select(l => l["line"]!.ToString()).ShouldBe(["progress", "progress", "summary"]);
        var (summary, failure) = (dry[^1], dry.SelectMany(l => l["failures"]!.AsArray()).Single()!);
        Numbers(summary, "done", "total", "changed", "unchanged", "failed").ShouldBe([4, 4, 3, 0, 1]);
        summary["dryRun"]!.GetValue<bool>().ShouldBeTrue("unless it is said otherwise");
        (failure["projectId"]!.ToString(), failure["code"]!.ToString(), failure["rule"]!.ToString()).ShouldBe(
            (faulty.ToString(), "warranty-below-prescribed", "P3.1.2")
        );
        failure["message"]!.ToString().ShouldNotBe("warranty-below-prescribed", "it is for people");
        (await RevisitsAsync(service, worked)).ShouldBe(before, "a dry run changes nothing");
        (await site.PlanAsync(broughtIn)).ShouldBeEmpty();

        var lines = await RunAsync(service, new { reason = "政策更正", dryRun = false }, "?batch=2");

        Numbers(lines[^1], "done", "changed", "unchanged", "failed", "added", "moved", "cancelled")
            .ShouldBe(
                Numbers(summary, "done", "changed", "unchanged", "failed", "added", "moved", "cancelled"),
                "the dry run told what would come"
            );
        Numbers(lines[0], "done", "total").ShouldBe([2, 4]);
        var after = (await RevisitsAsync(service, worked)).ToDictionary(r => r.Id);
        after[held].ShouldBe(before.Single(r => r.Id == held), "what was held is not touched");
        after[plan[3].Id].ShouldBe((plan[3].Id, "planned", "2025-08-08"), "a date that a person fixed stays");
        after[plan[4].Id].State.ShouldBe("cancelled", "and so does a cancellation");
        after[plan[5].Id].ShouldBe((plan[5].Id, "planned", "2028-01-31"));
        plan[7..].ShouldAllBe(r => after[r.Id].State == "cancelled");
        (await OpenAsync(service, untouched)).ShouldBe([
            "2024-04-30",
            "2024-07-31",
            "2025-01-31",
            "2026-01-31",
            "2027-01-31",
            "2028-01-31",
            "2029-01-31",
        ]);
        (await OpenAsync(service, broughtIn)).ShouldBe(
            await OpenAsync(service, untouched),
            "what was brought in without a plan has the same"
        );
        (await OpenAsync(service, faulty)).Count.ShouldBe(11, "what is refused keeps its plan");
        (await service.As(Roles.Engineering).GetAsync($"/v1/audit/{untouched}"))
            .Ok()["entries"]
            .AsArray()
            .Count(a => a!["action"]!.ToString() == "regenerate-plan" && a["why"]!.ToString() == "政策更正")
            .ShouldBe(1);
        (await service.As(Roles.Engineering).GetAsync($"/v1/projects/{registered}"))
            .Ok()["version"]
            .GetValue<long>()
            .ShouldBe(1, "nothing was handed over");
        await Eventually.IsTrue(
            () =>
                Task.FromResult(
                    seen.Count(e =>
                        e.RoutingKey == "projects.revisit.planned.v1"
                        && e.Body["projectId"]!.ToString() == broughtIn.ToString()
                    ) == 7
                ),
            "the new revisits are announced"
        );
        seen.Count(e =>
                e.RoutingKey == "projects.project.warranty-changed.v1"
                && e.Body["projectId"]!.ToString() == untouched.ToString()
            )
            .ShouldBe(1, "the season is another");
        var versions = await VersionsAsync(store);

        Numbers(
                (await RunAsync(service, new { reason = "政策更正", dryRun = false }))[^1],
                "changed",
                "unchanged",
                "failed"
            )
            .ShouldBe([0, 3, 1], "what is right already is not written");

        (await VersionsAsync(store)).ShouldBe(versions);
        var (code, output) = await service.RunCommandAsync("verify-audit");
        code.ShouldBe(0, output);
        File.Delete(file);
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public async Task Given_a_caller_who_goes_away_When_the_plans_are_taken_up_again_after_the_last_line_Then_every_project_has_its_plan_once()
    {
        var (service, store, projects) = await WithoutPlansAsync(6);
        await using var _ = service;
        await using var blocker = await NpgsqlDataSource.Create(store).OpenConnectionAsync();
        var transaction = await blocker.BeginTransactionAsync();
        await ExecuteAsync(blocker, "select 1 from projects where id = $1 for update", projects[3]);
        using var leaving = new CancellationTokenSource();
        var told = new List<JsonNode>();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (
                var line in LinesAsync(service, new { reason = "匯入", dryRun = false }, "?batch=2", leaving.Token)
            )
            {
                told.Add(line);
                await Eventually.IsTrue(
                    async () => await CountAsync(store, "select count(*) from pg_locks where not granted") > 0,
                    "the next batch is in hand"
                );
                await leaving.CancelAsync();
            }
        });
        await Eventually.IsTrue(
            async () => await CountAsync(store, "select count(*) from pg_locks where not granted") == 0,
            "the service has let go of the batch in hand"
        );
        await transaction.RollbackAsync();

        told.Count.ShouldBe(1);
        Numbers(told[0], "done", "total", "changed").ShouldBe([2, 6, 2]);
        (await PlannedAsync(store)).ShouldBe([.. projects.Take(2)], "what was told is committed, and nothing else");

        var rest = await RunAsync(
            service,
            new { reason = "匯入", dryRun = false },
            $"?batch=2&after={told[0]["after"]}"
        );

        Numbers(rest[^1], "done", "total", "changed").ShouldBe([4, 4, 4]);
        (await PlannedAsync(store)).ShouldBe(projects);
        (await CountAsync(store, "select count(*) from revisits")).ShouldBe(6 * 11);
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public async Task Given_somebody_who_changes_a_project_at_this_moment_When_its_batch_is_committed_Then_it_is_planned_on_what_he_left_and_the_others_too()
    {
        var (service, store, projects) = await WithoutPlansAsync(4);
        await using var _ = service;
        await using var blocker = await NpgsqlDataSource.Create(store).OpenConnectionAsync();
        var transaction = await blocker.BeginTransactionAsync();
        await ExecuteAsync(
            blocker,
            "update projects set version = version + 1, quality_grade = '優良' where id = $1",
            projects[1]
        );
        var running = RunAsync(service, new { reason = "匯入", dryRun = false });
        await Eventually.IsTrue(
            async () => await CountAsync(store, "select count(*) from pg_locks where not granted") > 0,
            "the service waits for him"
        );
        await transaction.CommitAsync();

        Numbers((await running)[^1], "done", "changed", "failed").ShouldBe([4, 4, 0]);

        (await PlannedAsync(store)).ShouldBe(projects);
        (await service.As(Roles.Engineering).GetAsync($"/v1/projects/{projects[1]}"))
            .Ok()
            .Text("qualityGrade")
            .ShouldBe("優良");
        (await CountAsync(store, "select count(*) from revisits")).ShouldBe(4 * 11);
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public async Task Given_a_project_of_which_something_is_wrong_that_no_rule_foresees_When_plans_are_generated_Then_it_is_told_and_the_others_have_theirs()
    {
        var (service, store, projects) = await WithoutPlansAsync(4);
        await using var _ = service;
        await ExecuteAsync(store, "update projects set accepted_on = null where id = $1", projects[1]);

        foreach (var dryRun in new[] { true, false })
        {
            var lines = await RunAsync(service, new { reason = "匯入", dryRun });

            Numbers(lines[^1], "done", "changed", "failed").ShouldBe([4, 3, 1]);
            var failure = lines.SelectMany(l => l["failures"]!.AsArray()).Single()!;
            (failure["projectId"]!.ToString(), failure["code"]!.ToString()).ShouldBe(
                (projects[1].ToString(), "internal")
            );
        }

        (await PlannedAsync(store)).ShouldBe([projects[0], projects[2], projects[3]]);
    }

    [Theory, Trait("Rule", "P2.1.1")]
    [InlineData("move")]
    [InlineData("open")]
    public async Task Given_somebody_who_shortens_the_plan_at_this_moment_When_a_revisit_gets_a_date_Then_it_is_not_saved_on_what_no_longer_holds(
        string action
    )
    {
        await using var service = await Fixture.StartAsync(await Fixture.NewBrokerAsync());
        var store = Store(service);
        var site = await Site.NewAsync(service);
        var project = await site.HandedOverAsync("2024-01-31");
        var revisit = (await site.PlanAsync(project))[^1].Id;
        await using var blocker = await NpgsqlDataSource.Create(store).OpenConnectionAsync();
        var transaction = await blocker.BeginTransactionAsync();
        await ExecuteAsync(
            blocker,
            "update projects set version = version + 1, horizon_ends_on = '2026-01-31' where id = $1",
            project
        );
        var running = service
            .As(Roles.Production)
            .PostAsync($"/v1/revisits/{revisit}/{action}", new { on = "2028-12-01", reason = "業主要求" }, "\"1\"");
        await Eventually.IsTrue(
            async () => await CountAsync(store, "select count(*) from pg_locks where not granted") > 0,
            "the service waits for him"
        );
        await transaction.CommitAsync();

        (await running).Code.ShouldBe("stale-version");

        (await RevisitsAsync(service, project)).Single(r => r.Id == revisit).DueOn.ShouldBe("2029-01-31");
        (
            await service
                .As(Roles.Production)
                .PostAsync($"/v1/revisits/{revisit}/{action}", new { on = "2028-12-01", reason = "業主要求" }, "\"1\"")
        ).Code.ShouldBe("revisit-after-horizon");
        (
            await service
                .As(Roles.Production)
                .PostAsync($"/v1/revisits/{revisit}/{action}", new { on = "2026-01-15", reason = "業主要求" }, "\"1\"")
        ).Ok();
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public async Task Given_those_who_may_not_and_what_is_malformed_When_plans_are_to_be_generated_Then_it_is_refused_before_a_line_is_sent()
    {
        var refused = await Fixture.Engineering.PostAsync(Path, new { reason = "政策更正" });
        (refused.Status, refused.Code, refused.Rule).ShouldBe((HttpStatusCode.Forbidden, "role-missing", "P2.1.1"));
        (
            await Fixture
                .Service.As("王", [Roles.Customer], organisation: Guid.CreateVersion7())
                .PostAsync(Path, new { reason = "政策更正" })
        ).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Fixture.Service.Anonymous().PostAsync(Path, new { reason = "政策更正" })).Status.ShouldBe(
            HttpStatusCode.Unauthorized
        );
        (await Fixture.EngineeringHead.PostAsync(Path, new { reason = "" })).Code.ShouldBe("validation");
        (await Fixture.EngineeringHead.PostAsync(Path, new { reason = "政策更正", city = "Not A Code" })).Code.ShouldBe(
            "validation"
        );
        (await Fixture.EngineeringHead.PostAsync(Path + "?batch=501", new { reason = "政策更正" })).Code.ShouldBe(
            "bad-filter"
        );
        (await Fixture.EngineeringHead.PostAsync(Path + "?after=nothing", new { reason = "政策更正" })).Code.ShouldBe(
            "malformed"
        );
        (
            await RunAsync(
                Fixture.Service,
                new
                {
                    reason = "政策更正",
                    ownerId = Guid.CreateVersion7(),
                    city = "shanghai",
                    policyVersion = 1,
                }
            )
        ).Single()["line"]!.ToString().ShouldBe("summary", "no project is of this owner");
        var document = JsonNode.Parse(
            await new HttpClient().GetStringAsync(new Uri(Fixture.Service.Http, "/openapi/v1.json"))
        )!;
        document["paths"]!["/v1" + "/projects/regenerate-plans"]!["post"]!["responses"]!["200"]!["content"]!
            ["application/x-ndjson"]
            .ShouldNotBeNull();
    }

    private async Task<(RunningService Service, string Store, List<Guid> Projects)> WithoutPlansAsync(int count)
    {
        var service = await Fixture.StartAsync(await Fixture.NewBrokerAsync());
        var store = Store(service);
        var site = await Site.NewAsync(service);
        var projects = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            projects.Add(await site.HandedOverAsync("2024-01-31"));
        }

        await ExecuteAsync(
            store,
            "delete from revisits where $1 <> '00000000-0000-0000-0000-000000000001'",
            Guid.Empty
        );
        await ExecuteAsync(
            store,
            "update projects set active_revisits = 0, last_revisit_number = 0 where $1 <> '00000000-0000-0000-0000-000000000001'",
            Guid.Empty
        );
        return (service, store, projects);
    }

    private static string Store(RunningService service) =>
        service.Services.GetRequiredService<IConfiguration>()["ConnectionStrings:Store"]!;

    private static async Task<string> PoliciesAsync(params (string From, string To)[] changes)
    {
        using var reader = new StreamReader(typeof(Policy).Assembly.GetManifestResourceStream("policies.json")!);
        var policies = await reader.ReadToEndAsync();
        foreach (var (from, to) in changes)
        {
            policies.ShouldContain(from);
            policies = policies.Replace(from, to, StringComparison.Ordinal);
        }

        var file = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"policies-{Guid.CreateVersion7():N}.json");
        await File.WriteAllTextAsync(file, policies);
        return file;
    }

    private async Task<List<JsonNode>> RunAsync(RunningService service, object body, string query = "")
    {
        var lines = new List<JsonNode>();
        await foreach (var line in LinesAsync(service, body, query, CancellationToken.None))
        {
            lines.Add(line);
        }

        return lines;
    }

    private async IAsyncEnumerable<JsonNode> LinesAsync(
        RunningService service,
        object body,
        string query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var client = new HttpClient { BaseAddress = service.Http };
        using var request = new HttpRequestMessage(HttpMethod.Post, Path + query)
        {
            Content = JsonContent.Create(body, options: Json.Options),
        };
        request.Headers.Authorization = new(
            "Bearer",
            Fixture.Issuer.Token("周部長", "周部長", [Roles.EngineeringHead])
        );
        request.Headers.AcceptLanguage.ParseAdd("en");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return JsonNode.Parse(line)!;
        }
    }

    private static long[] Numbers(JsonNode line, params string[] names) =>
        [.. names.Select(n => line[n]!.GetValue<long>())];

    private static async Task<List<(Guid Id, string State, string DueOn)>> RevisitsAsync(
        RunningService service,
        Guid project
    ) =>
        (await service.As(Roles.Production).GetAsync($"/v1/revisits?projectId={project}&limit=200"))
            .Ok()["items"]
            .AsArray()
            .Select(r => (Guid.Parse(r!["id"]!.ToString()), r["state"]!.ToString(), r["dueOn"]!.ToString()))
            .Reverse()
            .ToList();

    private static async Task<List<string>> OpenAsync(RunningService service, Guid project) =>
        (await RevisitsAsync(service, project)).Where(r => r.State == "planned").Select(r => r.DueOn).ToList();

    private static async Task<List<(Guid, long)>> VersionsAsync(string store)
    {
        await using var source = NpgsqlDataSource.Create(store);
        await using var command = source.CreateCommand(
            "select id, version from projects union all select id, version from revisits order by id"
        );
        await using var reader = await command.ExecuteReaderAsync();
        var versions = new List<(Guid, long)>();
        while (await reader.ReadAsync())
        {
            versions.Add((reader.GetGuid(0), reader.GetInt64(1)));
        }

        return versions;
    }

    private static async Task<List<Guid>> PlannedAsync(string store)
    {
        await using var source = NpgsqlDataSource.Create(store);
        await using var command = source.CreateCommand(
            "select id from projects p where exists (select 1 from revisits r where r.project_id = p.id) order by id"
        );
        await using var reader = await command.ExecuteReaderAsync();
        var planned = new List<Guid>();
        while (await reader.ReadAsync())
        {
            planned.Add(reader.GetGuid(0));
        }

        return planned;
    }

    private static async Task<long> CountAsync(string store, string sql)
    {
        await using var source = NpgsqlDataSource.Create(store);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(string store, string sql, Guid id)
    {
        await using var source = NpgsqlDataSource.Create(store);
        await using var connection = await source.OpenConnectionAsync();
        await ExecuteAsync(connection, sql, id);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, Guid id)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = id } } };
        await command.ExecuteNonQueryAsync();
    }
}
