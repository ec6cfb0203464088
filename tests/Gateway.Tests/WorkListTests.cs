using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CustomerService.Gateway.Work;
using CustomerService.Testing;
using Microsoft.AspNetCore.Http;

namespace CustomerService.Gateway.Tests;

/// <summary>One work list over all services (S1).</summary>
public sealed class WorkListTests
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 16, 1, 0, 0, TimeSpan.Zero);

    private static readonly Func<HttpContext, Task> Nothing = context =>
        context.Response.WriteAsJsonAsync(
            context.Request.Path.Value!.EndsWith("/counts", StringComparison.Ordinal)
                ? new JsonObject { ["mine"] = 0, ["overdue"] = 0 }
                : new JsonObject { ["items"] = new JsonArray(), ["next"] = null }
        );

    [Fact, Trait("Rule", "S1")]
    public async Task Given_steps_in_several_services_When_pages_are_turned_Then_each_comes_once_in_order_of_its_due_instant()
    {
        var random = new Random(11);
        var steps = WorkLists.Services.ToDictionary(
            service => service,
            _ => Enumerable.Range(0, 9).Select(_ => Step(random)).ToList()
        );
        await using var system = await SystemUnderTest.StartAsync();
        foreach (var (service, own) in steps)
        {
            system[service].Answer = context => PageAsync(context, own);
        }

        var seen = new List<JsonNode>();
        string? after = null;
        do
        {
            using var answer = await system.Gateway.GetAsync(
                $"/api/work-items?view=mine&limit=5{(after is null ? "" : "&after=" + after)}",
                system.Gateway.Token()
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            var page = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            page["items"]!.AsArray().Count.ShouldBeLessThanOrEqualTo(5);
            page["unavailable"]!.AsArray().ShouldBeEmpty();
            seen.AddRange(page["items"]!.AsArray()!);
            after = page["next"]?.ToString();
        } while (after is not null);

        seen.Select(step => $"{step["service"]}/{step["id"]}")
            .ShouldBe(
                steps.SelectMany(pair => pair.Value.Select(step => $"{pair.Key}/{step["id"]!.GetValue<Guid>()}")),
                ignoreOrder: true
            );
        var due = seen.Select(step => step["dueAt"]?.GetValue<DateTimeOffset>() ?? DateTimeOffset.MaxValue).ToList();
        due.ShouldBe(due.Order());
    }

    [Fact, Trait("Rule", "S1")]
    public async Task Given_counts_of_several_services_When_they_are_asked_for_Then_they_are_added()
    {
        await using var system = await SystemUnderTest.StartAsync();
        foreach (var (service, mine) in WorkLists.Services.Zip([1, 20, 300, 4000]))
        {
            system[service].Answer = context =>
                context.Response.WriteAsJsonAsync(new JsonObject { ["mine"] = mine, ["overdue"] = 1 });
        }

        using var answer = await system.Gateway.GetAsync("/api/work-items/counts", system.Gateway.Token());

        var counts = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        counts["mine"]!.GetValue<int>().ShouldBe(4321);
        counts["overdue"]!.GetValue<int>().ShouldBe(4);
    }

    [Fact, Trait("Rule", "S1")]
    public async Task Given_a_service_that_fails_When_the_list_is_asked_for_Then_the_others_are_shown_and_it_is_named()
    {
        await using var system = await SystemUnderTest.StartAsync();
        system["repairs"].Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        };
        system["surveys"].Answer = context => PageAsync(context, [Step(new Random(3))]);

        using var answer = await system.Gateway.GetAsync("/api/work-items", system.Gateway.Token());

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        page["items"]!.AsArray().Single()!["service"]!.ToString().ShouldBe("surveys");
        page["unavailable"]!.AsArray().Single()!.ToString().ShouldBe("repairs");
    }

    [Fact]
    public async Task Given_no_service_When_the_list_is_asked_for_Then_it_is_said_and_when_to_come_back()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([]);

        using var answer = await gateway.GetAsync("/api/work-items", gateway.Token());

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await GatewayUnderTest.ProblemAsync(answer))["code"]!.ToString().ShouldBe("service-unavailable");
    }

    [Fact]
    public async Task Given_a_filter_that_a_service_refuses_When_the_list_is_asked_for_Then_its_refusal_is_the_answer()
    {
        await using var system = await SystemUnderTest.StartAsync();
        system["projects"].Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsJsonAsync(new JsonObject { ["status"] = 400, ["code"] = "bad-cursor" });
        };

        using var answer = await system.Gateway.GetAsync("/api/work-items?after=x", system.Gateway.Token());

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await GatewayUnderTest.ProblemAsync(answer))["code"]!.ToString().ShouldBe("bad-cursor");
    }

    [Fact]
    public async Task Without_a_token_no_service_is_asked()
    {
        await using var system = await SystemUnderTest.StartAsync();

        using var answer = await system.Gateway.GetAsync("/api/work-items");

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        WorkLists.Services.ShouldAllBe(service => system[service].Requests.IsEmpty);
    }

    private static JsonObject Step(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        // Several at one instant, some without one.
        var due = random.Next(4);
        return new JsonObject
        {
            ["id"] = new Guid(bytes),
            ["action"] = "confirm",
            ["dueAt"] = due == 0 ? null : JsonValue.Create(Morning.AddHours(due)),
        };
    }

    /// <summary>Answers as a service does: what comes after the cursor, in order.</summary>
    private static Task PageAsync(HttpContext context, IReadOnlyList<JsonObject> own)
    {
        var limit = int.Parse(context.Request.Query["limit"] is [{ } text] ? text : "50", CultureInfo.InvariantCulture);
        string Place(JsonObject step) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(step["dueAt"] is { } due ? due.GetValue<DateTimeOffset>() : new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero)).ToUnixTimeMilliseconds():x16}-{step["id"]!.GetValue<Guid>():N}-{step["action"]}"
            );
        var after = context.Request.Query["after"] is [{ } cursor] ? cursor.PadLeft(33 + 16 + 8, '0') : "";
        var read = own.Where(step => string.CompareOrdinal(Place(step), after) > 0)
            .OrderBy(Place, StringComparer.Ordinal);
        var page = read.Take(limit + 1).ToList();
        return context.Response.WriteAsJsonAsync(
            new JsonObject
            {
                ["items"] = new JsonArray([.. page.Take(limit).Select(step => step.DeepClone())]),
                ["next"] = page.Count > limit ? "more" : null,
            }
        );
    }

    private sealed class SystemUnderTest(GatewayUnderTest gateway, Dictionary<string, StubService> services)
        : IAsyncDisposable
    {
        public GatewayUnderTest Gateway => gateway;

        public StubService this[string service] => services[service];

        public static async Task<SystemUnderTest> StartAsync()
        {
            var services = new Dictionary<string, StubService>();
            foreach (var service in WorkLists.Services)
            {
                services[service] = await StubService.StartAsync();
                services[service].Answer = Nothing;
            }

            return new(
                await GatewayUnderTest.StartAsync([
                    .. services.Select(pair => (pair.Key, pair.Value.Address.AbsoluteUri, (string?)null)),
                ]),
                services
            );
        }

        public async ValueTask DisposeAsync()
        {
            await gateway.DisposeAsync();
            foreach (var service in services.Values)
            {
                await service.DisposeAsync();
            }
        }
    }
}
