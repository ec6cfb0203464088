using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CustomerService.Contracts.Identity.V1;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CustomerService.Reporting.Tests;

/// <summary>Webhooks against a real receiver that is slow, fails, redirects and hangs. Tests beside these announce
/// departments, too: each looks only at the events that it published.</summary>
public sealed class WebhookApiTests(ReportingFixture fixture) : OnServers<ReportingFixture>(fixture)
{
    private ApiClient Operator => Fixture.As(Someone.Operator());

    [Fact, Trait("Rule", "C3.1.4")]
    public async Task Given_a_webhook_When_events_happen_Then_each_is_posted_once_signed_and_as_a_cloud_event()
    {
        await using var receiver = await Receiver.StartAsync(_ => StatusCodes.Status204NoContent);
        var created = await RegisterAsync(receiver);
        var secret = created.Text("secret");
        secret.ShouldStartWith("whsec_");

        var happened = Happened();
        var id = await Fixture.PublishAsync(happened);
        await Fixture.PublishAsync(happened, id);
        await Fixture.PublishAsync(new PersonRegistered(Guid.CreateVersion7(), 1, "不要的", "員工", null));

        var received = await receiver.OneAsync(id);
        var body = JsonNode.Parse(received.Body)!;
        (body["type"]!.ToString(), body["id"]!.ToString(), body["subject"]!.ToString()).ShouldBe(
            ("identity.department.changed.v1", id.ToString(), happened.DepartmentId.ToString())
        );
        body["data"]!["code"]!.ToString().ShouldBe(happened.Code);
        received.ContentType.ShouldStartWith("application/cloudevents+json");
        received.Id.ShouldBe(id.ToString());
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var signed = $"{received.Id}.{received.Timestamp}.{received.Body}";
        received.Signature.ShouldBe(
            "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)))
        );

        var log = await LogAsync(created.Id, id, "delivered");
        ((int)log["lastStatus"]!).ShouldBe(204);
        receiver.Of(id).Count.ShouldBe(1);
        receiver.Received.ShouldAllBe(r => r.Body.Contains("identity.department.changed.v1", StringComparison.Ordinal));
        (await Operator.GetAsync($"/v1/webhooks/{created.Id}")).Ok().Body!["secret"].ShouldBeNull("it is told once");
    }

    [Fact, Trait("Rule", "C3.1.4")]
    public async Task Given_a_receiver_that_fails_first_When_it_recovers_Then_nothing_is_lost()
    {
        await using var receiver = await Receiver.StartAsync(before =>
            before < 2 ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK
        );
        var created = await RegisterAsync(receiver);

        var id = await Fixture.PublishAsync(Happened());

        var log = await LogAsync(created.Id, id, "delivered");
        ((int)log["attempts"]!).ShouldBe(3);
        var one = (await Operator.GetAsync($"/v1/webhooks/{created.Id}/deliveries/{log["id"]}")).Ok();
        one["tries"].AsArray().Select(t => (int)t!["status"]!).ShouldBe([500, 500, 200]);
    }

    [Theory, Trait("Rule", "C3.1.4")]
    [InlineData(StatusCodes.Status302Found, "answered 302")]
    [InlineData(StatusCodes.Status400BadRequest, "answered 400")]
    [InlineData(0, "no answer within 2 s")]
    public async Task Given_a_receiver_that_never_takes_it_When_all_tries_are_used_Then_it_is_suspended_with_the_reason(
        int status,
        string reason
    )
    {
        await using var inner = await Receiver.StartAsync(_ => StatusCodes.Status200OK);
        await using var receiver = await Receiver.StartAsync(_ => status, inner.Address);
        var created = await RegisterAsync(receiver);

        await Fixture.PublishAsync(Happened());

        // It may be another test's event that uses up the tries.
        var log = await LogAsync(created.Id, null, "given-up");
        log["lastError"]!.ToString().ShouldBe(reason);
        await Eventually.Holds(async () =>
        {
            var webhook = (await Operator.GetAsync($"/v1/webhooks/{created.Id}")).Ok();
            webhook.Text("state").ShouldBe("suspended");
            webhook.Text("suspendedBecause").ShouldContain(reason);
        });
        inner.Received.ShouldBeEmpty("a redirect is not followed");
    }

    [Fact, Trait("Rule", "C3.1.4")]
    public async Task Given_a_suspended_webhook_When_it_is_resumed_Then_it_gets_what_happened_meanwhile_and_a_replay_once_more()
    {
        await using var receiver = await Receiver.StartAsync(_ => StatusCodes.Status200OK);
        var created = await RegisterAsync(receiver);
        var path = $"/v1/webhooks/{created.Id}";
        (await Operator.ChangeAsync(path, "suspend", new { reason = "改版" })).Ok();
        var id = await Fixture.PublishAsync(Happened());
        await LogAsync(created.Id, id, "waiting");
        receiver.Received.ShouldBeEmpty();

        (await Operator.ChangeAsync(path, "resume", null)).Ok();

        await receiver.OneAsync(id);
        var log = await LogAsync(created.Id, id, "delivered");
        (await Operator.PostAsync(path + "/replay", new { deliveryId = log["id"]!.ToString() }))
            .Ok()["replayed"]
            .GetValue<int>()
            .ShouldBe(1);
        await Eventually.Holds(() =>
        {
            receiver.Of(id).Count.ShouldBe(2);
            return Task.CompletedTask;
        });
        (await Operator.PostAsync(path + "/replay", new { })).Code.ShouldBe("validation");
        (await Operator.ChangeAsync(path, "remove", null)).Ok();
        (await Operator.PostAsync(path + "/replay", new { from = "2020-01-01T00:00:00Z" })).Code.ShouldBe(
            "webhook-removed"
        );
    }

    [Fact, Trait("Rule", "C3.1.4")]
    public async Task Given_a_webhook_When_its_key_is_renewed_Then_it_is_told_once_and_a_refusal_is_no_renewal()
    {
        await using var receiver = await Receiver.StartAsync(_ => StatusCodes.Status200OK);
        var created = await RegisterAsync(receiver);
        var path = $"/v1/webhooks/{created.Id}";
        var (key, tag) = (Guid.CreateVersion7().ToString("N"), created.ETag);

        var renewed = (await Operator.PostAsync(path + "/renew-secret", null, tag, key)).Ok();
        var again = (await Operator.PostAsync(path + "/renew-secret", null, tag, key)).Ok();

        renewed.Text("secret").ShouldStartWith("whsec_");
        renewed.Text("secret").ShouldNotBe(created.Text("secret"));
        again.Body!["secret"].ShouldBeNull();
        (await Operator.ChangeAsync(path, "remove", null)).Ok();
        var refused = await Operator.ChangeAsync(path, "renew-secret", null);
        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Body!.ToJsonString().ShouldNotContain("whsec_");
    }

    [Fact, Trait("Rule", "C3.1.4")]
    public async Task Given_a_receiver_that_hangs_When_another_is_there_Then_it_is_not_kept_waiting()
    {
        await using var hanging = await Receiver.StartAsync(_ => 0);
        await using var receiver = await Receiver.StartAsync(_ => StatusCodes.Status200OK);
        await RegisterAsync(hanging);
        await RegisterAsync(receiver);

        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await Fixture.PublishAsync(Happened()));
        }

        await Eventually.Holds(() =>
        {
            ids.ShouldAllBe(id => receiver.Of(id).Count == 1);
            return Task.CompletedTask;
        });
    }

    [Fact, Trait("Rule", "C3.1.4")]
    public async Task Given_bad_input_and_others_When_a_webhook_is_made_Then_it_is_refused()
    {
        object Asked(string address, params string[] patterns) =>
            new
            {
                name = "x",
                address,
                patterns,
            };
        foreach (
            var (body, code) in ((object, string)[])
                [
                    (Asked("https://10.0.0.1/", "#"), "webhook-address-not-public"),
                    (Asked("gopher://example.com/", "#"), "webhook-needs-https"),
                    (Asked("https://example.com/", "nothing.such.#"), "event-unknown"),
                    (Asked("https://example.com/", "A"), "event-pattern"),
                    (Asked("https://example.com/"), "not-empty"),
                ]
        )
        {
            var refused = await Operator.PostAsync("/v1/webhooks", body);
            refused.Status.ShouldBe(HttpStatusCode.BadRequest);
            refused.Body!.ToJsonString().ShouldContain(code);
        }

        foreach (var role in (string[])[Roles.CustomerService, Roles.BiReader, Roles.Customer, Roles.Qc])
        {
            (await Fixture.As(role).PostAsync("/v1/webhooks", Asked("https://example.com/", "#"))).Status.ShouldBe(
                HttpStatusCode.Forbidden
            );
            (await Fixture.As(role).GetAsync("/v1/webhooks")).Status.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    private static DepartmentChanged Happened() =>
        new(
            Guid.CreateVersion7(),
            1,
            "d" + Guid.CreateVersion7().ToString("N")[^6..],
            "Test",
            "測試部",
            "测试部",
            null,
            null,
            null,
            null,
            "zh-Hant",
            "china",
            true
        );

    private async Task<ApiAnswer> RegisterAsync(Receiver receiver) =>
        (
            await Operator.PostAsync(
                "/v1/webhooks",
                new
                {
                    name = "財務系統",
                    address = receiver.Address,
                    patterns = (string[])["identity.department.#"],
                }
            )
        ).Ok();

    private Task<JsonNode> LogAsync(Guid webhook, Guid? happened, string state) =>
        Eventually.Gives(
            async () =>
                (await Operator.GetAsync($"/v1/webhooks/{webhook}/deliveries?state={state}"))
                    .Ok()
                    .Items.FirstOrDefault(d => happened is null || d["eventId"]!.ToString() == happened.ToString()),
            $"a delivery is {state}"
        );

    /// <summary>What came in.</summary>
    private sealed record Request(string Id, string Timestamp, string Signature, string ContentType, string Body);

    private sealed class Receiver : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly ConcurrentQueue<Request> _received = new();

        private Receiver(WebApplication app) => _app = app;

        public IReadOnlyCollection<Request> Received => _received;

        public IReadOnlyList<Request> Of(Guid happened) => [.. _received.Where(r => r.Id == happened.ToString())];

        public string Address => _app.Urls.First() + "/hook";

        /// <param name="answer">Status of the answer, by how often the event came before; 0 hangs.</param>
        /// <param name="location">Where a redirect leads.</param>
        public static async Task<Receiver> StartAsync(Func<int, int> answer, string? location = null)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var receiver = new Receiver(builder.Build());
            var asked = new ConcurrentDictionary<string, int>();
            receiver._app.MapPost(
                "/hook",
                async (HttpContext http) =>
                {
                    using var reader = new StreamReader(http.Request.Body);
                    var request = new Request(
                        http.Request.Headers["webhook-id"].ToString(),
                        http.Request.Headers["webhook-timestamp"].ToString(),
                        http.Request.Headers["webhook-signature"].ToString(),
                        http.Request.ContentType ?? "",
                        await reader.ReadToEndAsync()
                    );
                    var status = answer(asked.AddOrUpdate(request.Id, 0, (_, before) => before + 1));
                    if (status == 0)
                    {
                        await Task.Delay(TimeSpan.FromSeconds(30), http.RequestAborted);
                        return;
                    }

                    if (status < StatusCodes.Status300MultipleChoices)
                    {
                        receiver._received.Enqueue(request);
                    }

                    http.Response.StatusCode = status;
                    http.Response.Headers.Location = location;
                }
            );
            await receiver._app.StartAsync();
            return receiver;
        }

        public Task<Request> OneAsync(Guid happened) =>
            Eventually.Gives(() => Task.FromResult(Of(happened).FirstOrDefault()), "it came in");

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}
