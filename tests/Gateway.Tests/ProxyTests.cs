using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using CustomerService.Testing;
using Microsoft.AspNetCore.Http;

namespace CustomerService.Gateway.Tests;

/// <summary>Who gets through, and to where.</summary>
public sealed class AccessTests
{
    [Fact]
    public async Task An_address_leads_to_its_service_without_the_prefix()
    {
        await using var repairs = await StubService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync([("repairs", repairs.Address.AbsoluteUri, null)]);
        using var answer = await gateway.GetAsync(
            "/api/repairs/v1/repair-orders?state=open&q=%E6%BC%8F%E6%B0%B4",
            gateway.Token()
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var (method, path, headers) = repairs.Requests.Single();
        method.ShouldBe("GET");
        path.ShouldBe("/v1/repair-orders?state=open&q=%E6%BC%8F%E6%B0%B4");
        headers.Authorization.ToString().ShouldStartWith("Bearer ");
    }

    [Fact]
    public async Task Without_a_valid_token_nothing_reaches_a_service()
    {
        await using var repairs = await StubService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync([("repairs", repairs.Address.AbsoluteUri, null)]);
        string?[] tokens =
        [
            null,
            "not-a-token",
            gateway.Issuer.Token("u", "u", ["qc"], audience: "another-system"),
            gateway.Issuer.Token("u", "u", ["qc"], lifetime: TimeSpan.FromHours(-1)),
            gateway.Token()[..^10] + "AAAAAAAAAA",
        ];
        foreach (var token in tokens)
        {
            using var answer = await gateway.GetAsync("/api/repairs/v1/repair-orders", token);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await GatewayUnderTest.ProblemAsync(answer))["code"]!.ToString().ShouldBe("unauthenticated");
            answer.Headers.WwwAuthenticate.Single().Scheme.ShouldBe("Bearer");
        }

        repairs.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_surveys_form_opens_without_a_token_and_only_that()
    {
        await using var surveys = await StubService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync([("surveys", surveys.Address.AbsoluteUri, null)]);
        using var form = await gateway.GetAsync("/api/surveys/v1/f/AbC123");
        form.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var post = gateway.Request(HttpMethod.Post, "/api/surveys/v1/f/AbC123/answer");
        post.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answered = await gateway.SendAsync(post);
        answered.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var campaigns = await gateway.GetAsync("/api/surveys/v1/campaigns");
        campaigns.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var forms = await gateway.GetAsync("/api/surveys/v1/forms");
        forms.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var code = await gateway.GetAsync("/api/surveys/v1/f?code=ABCD");
        code.StatusCode.ShouldBe(HttpStatusCode.OK, "where the code of a printed sheet is typed in");

        surveys.Requests.Select(r => r.Path).ShouldBe(["/v1/f/AbC123", "/v1/f/AbC123/answer", "/v1/f?code=ABCD"]);
    }

    [Fact]
    public async Task What_is_not_offered_is_not_found()
    {
        await using var repairs = await StubService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync([("repairs", repairs.Address.AbsoluteUri, null)]);
        string[] paths =
        [
            "/api/nothing/v1/x",
            "/api/repairs/health/ready",
            "/api/repairs/openapi/v1.json",
            "/api/repairs/v1/../openapi/v1.json",
            "/api/repairs/v1/%2e%2e/openapi/v1.json",
            "/elsewhere",
        ];
        foreach (var path in paths)
        {
            using var answer = await gateway.GetAsync(path, gateway.Token());
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
            (await GatewayUnderTest.ProblemAsync(answer))["code"]!.ToString().ShouldBe("not-found");
        }

        repairs.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/elsewhere", "zh-Hant", HttpStatusCode.NotFound, "這個網址沒有頁面")]
    [InlineData("/api/nothing/v1/x", "zh-Hans", HttpStatusCode.NotFound, "这个网址没有页面")]
    [InlineData("/api/repairs/v1/repair-orders", "en", HttpStatusCode.Unauthorized, "This address needs a sign-in")]
    public async Task A_person_who_comes_to_an_address_without_a_page_reads_so(
        string path,
        string language,
        HttpStatusCode status,
        string says
    )
    {
        await using var gateway = await GatewayUnderTest.StartAsync([]);
        using var request = gateway.Request(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        request.Headers.AcceptLanguage.Clear();
        request.Headers.AcceptLanguage.ParseAdd(language);
        using var answer = await gateway.SendAsync(request);

        answer.StatusCode.ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain($"<h1>{says}</h1>");
        page.ShouldContain($"<html lang=\"{language}\">");
        page.ShouldContain("href=\"/docs/\"");
        // Its style is let in by its hash alone.
        var style = page.Split("<style>")[1].Split("</style>")[0];
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain($"style-src 'sha256-{hash}'");
    }

    [Theory]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", HttpStatusCode.Found)]
    [InlineData("*/*", HttpStatusCode.Unauthorized)]
    [InlineData("application/json", HttpStatusCode.Unauthorized)]
    [InlineData("nonsense;;,", HttpStatusCode.Unauthorized)]
    public async Task A_browser_at_the_door_is_led_to_something_readable(string accept, HttpStatusCode status)
    {
        await using var gateway = await GatewayUnderTest.StartAsync([]);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var request = gateway.Request(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await client.SendAsync(request);

        answer.StatusCode.ShouldBe(status);
        (answer.Headers.Location?.OriginalString).ShouldBe(status == HttpStatusCode.Found ? "/docs/" : null);
    }

    [Fact]
    public async Task A_services_own_refusal_comes_through_as_it_is()
    {
        await using var repairs = await StubService.StartAsync();
        repairs.Answer = async context =>
        {
            context.Response.StatusCode = 403;
            context.Response.ContentType = "application/problem+json";
            await context.Response.WriteAsync("""{"status":403,"code":"role-missing"}""");
        };
        await using var gateway = await GatewayUnderTest.StartAsync([("repairs", repairs.Address.AbsoluteUri, null)]);
        using var answer = await gateway.GetAsync("/api/repairs/v1/repair-orders", gateway.Token());
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await GatewayUnderTest.ProblemAsync(answer))["code"]!.ToString().ShouldBe("role-missing");
    }
}

/// <summary>Limits: size, rate, time.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task A_body_that_is_too_large_is_refused_said_or_unsaid()
    {
        await using var repairs = await StubService.StartAsync();
        repairs.Answer = async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            await context.Response.WriteAsync("read");
        };
        await using var gateway = await GatewayUnderTest.StartAsync(
            [("repairs", repairs.Address.AbsoluteUri, null)],
            new() { ["Gateway:Limits:RequestBytes"] = "10000" }
        );

        async Task RefusedAsync(bool chunked)
        {
            using var request = gateway.Request(HttpMethod.Post, "/api/repairs/v1/repair-orders", gateway.Token());
            request.Content = new ByteArrayContent(new byte[20_000]);
            request.Headers.TransferEncodingChunked = chunked;
            using var answer = await gateway.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge, "chunked: " + chunked);
            (await GatewayUnderTest.ProblemAsync(answer))["code"]!.ToString().ShouldBe("too-large");
        }

        await RefusedAsync(chunked: false);
        // A sender that does not say how much will come is cut off in the middle, and may not get to read why.
        await Eventually.Holds(() => RefusedAsync(chunked: true));

        using var fits = gateway.Request(HttpMethod.Post, "/api/repairs/v1/repair-orders", gateway.Token());
        fits.Content = new ByteArrayContent(new byte[10_000]);
        using var ok = await gateway.SendAsync(fits);
        ok.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_user_does_not_use_up_what_another_has()
    {
        await using var repairs = await StubService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync(
            [("repairs", repairs.Address.AbsoluteUri, null)],
            new() { ["Gateway:RateLimits:PerUser:Burst"] = "5", ["Gateway:RateLimits:PerUser:PerMinute"] = "1" }
        );
        var first = gateway.Issuer.Token("first", "first", ["qc"]);
        for (var i = 0; i < 5; i++)
        {
            using var within = await gateway.GetAsync("/api/repairs/v1/x", first);
            within.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var over = await gateway.GetAsync("/api/repairs/v1/x", first);
        over.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        over.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        (await GatewayUnderTest.ProblemAsync(over))["code"]!.ToString().ShouldBe("too-many-requests");
        using var other = await gateway.GetAsync("/api/repairs/v1/x", gateway.Issuer.Token("second", "second", ["qc"]));
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        repairs.Requests.Count.ShouldBe(6);
    }

    [Fact]
    public async Task One_address_is_held_back_even_without_a_token()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            [],
            new()
            {
                ["Gateway:RateLimits:PerAddress:Burst"] = "4",
                ["Gateway:RateLimits:PerAddress:PerMinute"] = "1",
                ["Gateway:TrustedProxies"] = "127.0.0.0/8",
            }
        );
        async Task<HttpStatusCode> FromAsync(string address)
        {
            using var request = gateway.Request(HttpMethod.Get, "/api/repairs/v1/x");
            request.Headers.Add("X-Forwarded-For", address);
            using var answer = await gateway.SendAsync(request);
            return answer.StatusCode;
        }

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 6; i++)
        {
            statuses.Add(await FromAsync("203.0.113.7"));
        }

        statuses.ShouldBe([
            .. Enumerable.Repeat(HttpStatusCode.Unauthorized, 4),
            .. Enumerable.Repeat(HttpStatusCode.TooManyRequests, 2),
        ]);
        (await FromAsync("203.0.113.8")).ShouldBe(HttpStatusCode.Unauthorized);
        // Health is asked for by the platform and has no budget.
        using var health = new HttpClient();
        for (var i = 0; i < 6; i++)
        {
            using var ready = await health.GetAsync(new Uri(gateway.Service.Management, "/health/ready"));
            ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData("/account/login", "/connect/token", "/account/login")]
    [InlineData("/account/login/", "/Account/Login", "/account/login//")]
    [InlineData("/connect/introspect", "/connect/revoke", "/connect/token/")]
    public async Task Passwords_are_tried_at_a_lower_rate_than_pages_are_read(params string[] paths)
    {
        await using var identity = await StubService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync(
            [("identity", identity.Address.AbsoluteUri, null)],
            new() { ["Gateway:RateLimits:SignIns:Burst"] = "2", ["Gateway:RateLimits:SignIns:PerMinute"] = "1" }
        );
        var statuses = new List<HttpStatusCode>();
        foreach (var path in paths)
        {
            using var request = gateway.Request(HttpMethod.Post, path);
            request.Content = new FormUrlEncodedContent([]);
            using var answer = await gateway.SendAsync(request);
            statuses.Add(answer.StatusCode);
        }

        statuses.ShouldBe([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests]);
        using var page = await gateway.GetAsync("/account/login");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}

/// <summary>Services that are down, slow or broken.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData("en", "The service \"repairs\" is not available")]
    [InlineData("zh-TW", "服務「repairs」目前無法使用")]
    public async Task A_service_that_is_not_there_is_named(string language, string title)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            [],
            new() { ["Gateway:Health:IntervalMilliseconds"] = "600000" }
        );
        using var request = gateway.Request(HttpMethod.Get, "/api/repairs/v1/x", gateway.Token());
        request.Headers.AcceptLanguage.Clear();
        request.Headers.AcceptLanguage.Clear();
        request.Headers.AcceptLanguage.ParseAdd(language);
        using var answer = await gateway.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        var problem = await GatewayUnderTest.ProblemAsync(answer);
        problem["service"]!.ToString().ShouldBe("repairs");
        problem["code"]!.ToString().ShouldBe("service-unavailable");
        problem["title"]!.ToString().ShouldContain(title);
    }

    [Fact]
    public async Task A_service_that_says_it_is_not_ready_is_left_alone_until_it_is()
    {
        await using var repairs = await StubService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync(
            [("repairs", repairs.Address.AbsoluteUri, null)],
            new() { ["Gateway:Health:IntervalMilliseconds"] = "100" }
        );
        repairs.Healthy = false;
        await Eventually.Holds(async () =>
        {
            using var answer = await gateway.GetAsync("/api/repairs/v1/x", gateway.Token());
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter.ShouldNotBeNull();
            var problem = await GatewayUnderTest.ProblemAsync(answer);
            problem["code"]!.ToString().ShouldBe("service-unavailable");
            problem["service"]!.ToString().ShouldBe("repairs");
        });

        repairs.Healthy = true;
        await Eventually.Holds(async () =>
        {
            using var answer = await gateway.GetAsync("/api/repairs/v1/x", gateway.Token());
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        });
    }

    [Fact]
    public async Task Health_is_asked_at_the_management_address()
    {
        await using var api = await StubService.StartAsync();
        await using var management = await StubService.StartAsync();
        management.Healthy = false;
        await using var gateway = await GatewayUnderTest.StartAsync(
            [("repairs", api.Address.AbsoluteUri, management.Address.AbsoluteUri)],
            new() { ["Gateway:Health:IntervalMilliseconds"] = "100" }
        );
        await Eventually.Holds(async () =>
        {
            using var answer = await gateway.GetAsync("/api/repairs/v1/x", gateway.Token());
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        });
    }

    [Fact]
    public async Task A_service_that_stays_silent_is_a_504_and_is_asked_once()
    {
        await using var repairs = await StubService.StartAsync();
        repairs.Answer = context =>
            Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        await using var gateway = await GatewayUnderTest.StartAsync(
            [("repairs", repairs.Address.AbsoluteUri, null)],
            new() { ["Gateway:Limits:TimeoutMilliseconds"] = "300" }
        );
        using var answer = await gateway.GetAsync("/api/repairs/v1/x", gateway.Token());

        answer.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        var problem = await GatewayUnderTest.ProblemAsync(answer);
        problem["code"]!.ToString().ShouldBe("service-timeout");
        problem["service"]!.ToString().ShouldBe("repairs");
        repairs.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("GET", 2, HttpStatusCode.OK, 3)]
    [InlineData("HEAD", 1, HttpStatusCode.OK, 2)]
    [InlineData("GET", 9, HttpStatusCode.BadGateway, 3)]
    [InlineData("POST", 9, HttpStatusCode.BadGateway, 1)]
    [InlineData("PUT", 9, HttpStatusCode.BadGateway, 1)]
    [InlineData("DELETE", 9, HttpStatusCode.BadGateway, 1)]
    public async Task Only_reads_are_tried_again_and_not_for_ever(
        string method,
        int drops,
        HttpStatusCode status,
        int requests
    )
    {
        await using var server = new DroppingServer(drops);
        // Health is answered elsewhere: this server counts requests.
        await using var health = await StubService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync([
            ("repairs", server.Address.AbsoluteUri, health.Address.AbsoluteUri),
        ]);
        using var request = gateway.Request(new HttpMethod(method), "/api/repairs/v1/x", gateway.Token());
        using var answer = await gateway.SendAsync(request);

        answer.StatusCode.ShouldBe(status);
        server.Requests.ShouldBe(requests);
    }

    [Fact]
    public async Task A_read_with_a_body_is_not_tried_again()
    {
        await using var server = new DroppingServer(9);
        await using var health = await StubService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync([
            ("repairs", server.Address.AbsoluteUri, health.Address.AbsoluteUri),
        ]);
        using var request = gateway.Request(HttpMethod.Get, "/api/repairs/v1/x", gateway.Token());
        request.Content = new StringContent("{}");
        using var answer = await gateway.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        server.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task A_read_with_a_body_of_unknown_length_is_not_tried_again()
    {
        await using var server = new DroppingServer(9);
        await using var health = await StubService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync([
            ("repairs", server.Address.AbsoluteUri, health.Address.AbsoluteUri),
        ]);
        using var request = gateway.Request(HttpMethod.Get, "/api/repairs/v1/x", gateway.Token());
        request.Content = new StringContent("{}");
        request.Headers.TransferEncodingChunked = true;
        using var answer = await gateway.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        server.Requests.ShouldBe(1);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Whatever_is_no_read_is_sent_once_even_without_a_body(string method)
    {
        await using var server = new DroppingServer(9);
        await using var health = await StubService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync([
            ("repairs", server.Address.AbsoluteUri, health.Address.AbsoluteUri),
        ]);
        using var request = gateway.Request(new HttpMethod(method), "/api/repairs/v1/x", gateway.Token());
        using var answer = await gateway.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        server.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task A_read_is_tried_as_often_as_is_set_and_no_more()
    {
        await using var server = new DroppingServer(9);
        await using var health = await StubService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync(
            [("repairs", server.Address.AbsoluteUri, health.Address.AbsoluteUri)],
            new() { ["Gateway:Limits:Retries"] = "3" }
        );
        using var answer = await gateway.GetAsync("/api/repairs/v1/x", gateway.Token());

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        server.Requests.ShouldBe(4);
    }

    [Fact]
    public async Task A_read_goes_to_the_other_replica_when_one_is_gone()
    {
        await using var alive = await StubService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync([
            ("repairs", $"{Upstreams.Nowhere},{alive.Address}", $"{alive.Address},{alive.Address}"),
        ]);
        for (var i = 0; i < 20; i++)
        {
            using var answer = await gateway.GetAsync("/api/repairs/v1/x", gateway.Token());
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Requests_in_flight_are_finished_when_the_gateway_stops()
    {
        await using var repairs = await StubService.StartAsync();
        var release = new TaskCompletionSource();
        repairs.Answer = async context =>
        {
            await release.Task;
            await context.Response.WriteAsync("done");
        };
        await using var gateway = await GatewayUnderTest.StartAsync([("repairs", repairs.Address.AbsoluteUri, null)]);
        var inFlight = gateway.GetAsync("/api/repairs/v1/x", gateway.Token());
        await Eventually.IsTrue(() => Task.FromResult(!repairs.Requests.IsEmpty), "the request has arrived");

        var stopped = gateway.Service.App.StopAsync();
        release.SetResult();
        using var answer = await inFlight;
        (await answer.Content.ReadAsStringAsync()).ShouldBe("done");
        await stopped;
    }
}

/// <summary>Headers, in and out.</summary>
public sealed class HeaderTests
{
    [Fact]
    public async Task A_correlation_id_is_made_passed_on_and_returned()
    {
        await using var repairs = await StubService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync([("repairs", repairs.Address.AbsoluteUri, null)]);
        async Task<(string Returned, string PassedOn)> SendAsync(string? own)
        {
            using var request = gateway.Request(HttpMethod.Get, "/api/repairs/v1/x", gateway.Token());
            if (own is not null)
            {
                request.Headers.TryAddWithoutValidation("X-Correlation-Id", own);
            }

            using var answer = await gateway.SendAsync(request);
            repairs.Requests.TryDequeue(out var seen).ShouldBeTrue();
            return (answer.Headers.GetValues("X-Correlation-Id").Single(), seen.Headers["X-Correlation-Id"].ToString());
        }

        var made = await SendAsync(null);
        made.Returned.Length.ShouldBe(32);
        made.PassedOn.ShouldBe(made.Returned);
        (await SendAsync("order-4711")).ShouldBe(("order-4711", "order-4711"));
        // What could break a log line is replaced.
        var replaced = await SendAsync("a b\tc");
        replaced.Returned.ShouldNotContain(" ");
        replaced.PassedOn.ShouldBe(replaced.Returned);
        using var unauthorized = await gateway.GetAsync("/api/repairs/v1/x");
        unauthorized.Headers.Contains("X-Correlation-Id").ShouldBeTrue();
    }

    [Fact]
    public async Task The_callers_trace_goes_on_to_the_service()
    {
        await using var repairs = await StubService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync([("repairs", repairs.Address.AbsoluteUri, null)]);
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        using var request = gateway.Request(HttpMethod.Get, "/api/repairs/v1/x", gateway.Token());
        request.Headers.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");
        using var answer = await gateway.SendAsync(request);
        answer.Headers.GetValues("X-Correlation-Id").Single().ShouldBe(Trace);

        var passedOn = repairs.Requests.Single().Headers["traceparent"].ToString();
        passedOn.ShouldStartWith($"00-{Trace}-");
        passedOn.ShouldNotContain("b7ad6b7169203331");
        using var fresh = await gateway.GetAsync("/api/repairs/v1/x", gateway.Token());
        repairs.Requests.Last().Headers["traceparent"].ToString().ShouldMatch("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$");
    }

    [Fact]
    public async Task What_strangers_say_about_themselves_does_not_reach_a_service()
    {
        await using var repairs = await StubService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync([("repairs", repairs.Address.AbsoluteUri, null)]);
        using var request = gateway.Request(HttpMethod.Get, "/api/repairs/v1/x", gateway.Token());
        request.Headers.Add("X-Forwarded-For", "8.8.8.8");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-User", "root");
        request.Headers.Add("Forwarded", "for=8.8.8.8");
        request.Headers.Add("X-Real-IP", "8.8.8.8");
        request.Headers.Add("X-Original-URL", "/v1/admin");
        request.Headers.Add("X-HTTP-Method-Override", "DELETE");
        request.Headers.Add("X-Roles", "administrator");
        request.Headers.Add("Cookie", "customer-service.session=abc");
        using var answer = await gateway.SendAsync(request);

        var headers = repairs.Requests.Single().Headers;
        headers["X-Forwarded-For"].ToString().ShouldBe("127.0.0.1");
        headers["X-Forwarded-Proto"].ToString().ShouldBe("http");
        headers["X-Forwarded-Host"].ToString().ShouldBe(gateway.Address.Authority);
        foreach (
            var name in (string[])
                [
                    "X-Forwarded-User",
                    "Forwarded",
                    "X-Real-IP",
                    "X-Original-URL",
                    "X-HTTP-Method-Override",
                    "X-Roles",
                    "Cookie",
                ]
        )
        {
            headers.ContainsKey(name).ShouldBeFalse(name);
        }
    }

    [Fact]
    public async Task Every_answer_tells_browsers_to_be_careful()
    {
        await using var repairs = await StubService.StartAsync();
        repairs.Answer = context =>
        {
            context.Response.Headers["X-Powered-By"] = "something";
            return context.Response.WriteAsync("{}");
        };
        await using var gateway = await GatewayUnderTest.StartAsync(
            [("repairs", repairs.Address.AbsoluteUri, null)],
            new() { ["Gateway:TrustedProxies"] = "127.0.0.0/8" }
        );
        foreach (var token in (string?[])[null, gateway.Token()])
        {
            using var answer = await gateway.GetAsync("/api/repairs/v1/x", token);
            Header(answer, "X-Content-Type-Options").ShouldBe("nosniff");
            Header(answer, "X-Frame-Options").ShouldBe("DENY");
            Header(answer, "Referrer-Policy").ShouldBe("no-referrer");
            Header(answer, "Content-Security-Policy").ShouldContain("frame-ancestors 'none'");
            Header(answer, "Content-Security-Policy").ShouldStartWith("default-src 'none'");
            answer.Headers.Contains("Server").ShouldBeFalse();
            answer.Headers.Contains("X-Powered-By").ShouldBeFalse();
            answer.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
        }

        // Only the page of a repairer may ask where its holder is.
        using var elsewhere = await gateway.GetAsync("/api/repairs/v1/x", gateway.Token());
        Header(elsewhere, "Permissions-Policy").ShouldContain("geolocation=()");
        using var page = await gateway.GetAsync("/api/repairs/v1/repair-links/" + new string('x', 43));
        Header(page, "Permissions-Policy").ShouldContain("geolocation=(self)");

        using var secure = gateway.Request(HttpMethod.Get, "/api/repairs/v1/x", gateway.Token());
        secure.Headers.Add("X-Forwarded-Proto", "https");
        using var overHttps = await gateway.SendAsync(secure);
        Header(overHttps, "Strict-Transport-Security").ShouldStartWith("max-age=31536000");
        repairs.Requests.Last().Headers["X-Forwarded-Proto"].ToString().ShouldBe("https");
    }

    [Fact]
    public async Task Other_sites_may_call_only_when_they_are_configured()
    {
        await using var repairs = await StubService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync(
            [("repairs", repairs.Address.AbsoluteUri, null)],
            new() { ["Gateway:Cors:Origins:0"] = "https://portal.example" }
        );
        async Task<HttpResponseMessage> PreflightAsync(string origin)
        {
            using var request = gateway.Request(HttpMethod.Options, "/api/repairs/v1/x");
            request.Headers.Add("Origin", origin);
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", "authorization,idempotency-key,if-match");
            return await gateway.SendAsync(request);
        }

        using var allowed = await PreflightAsync("https://portal.example");
        allowed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Header(allowed, "Access-Control-Allow-Origin").ShouldBe("https://portal.example");
        Header(allowed, "Access-Control-Allow-Headers").ShouldContain("idempotency-key");
        using var denied = await PreflightAsync("https://evil.example");
        denied.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();

        using var request = gateway.Request(HttpMethod.Get, "/api/repairs/v1/x");
        request.Headers.Add("Origin", "https://portal.example");
        using var unauthorized = await gateway.SendAsync(request);
        unauthorized.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        Header(unauthorized, "Access-Control-Allow-Origin").ShouldBe("https://portal.example");
        Header(unauthorized, "Access-Control-Expose-Headers").ShouldContain("ETag");
    }

    [Fact]
    public async Task Answers_are_compressed_for_those_who_ask()
    {
        await using var repairs = await StubService.StartAsync();
        var text = new string('x', 5000);
        repairs.Answer = context => context.Response.WriteAsJsonAsync(new { text });
        await using var gateway = await GatewayUnderTest.StartAsync([("repairs", repairs.Address.AbsoluteUri, null)]);
        using var request = gateway.Request(HttpMethod.Get, "/api/repairs/v1/x", gateway.Token());
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        using var answer = await gateway.SendAsync(request);
        answer.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        (await answer.Content.ReadAsByteArrayAsync()).Length.ShouldBeLessThan(500);

        using var plain = await gateway.GetAsync("/api/repairs/v1/x", gateway.Token());
        plain.Content.Headers.ContentEncoding.ShouldBeEmpty();
        (await plain.Content.ReadAsStringAsync()).ShouldContain(text);
    }

    [Fact]
    public async Task The_language_of_an_answer_is_said_once_by_whoever_speaks()
    {
        await using var repairs = await StubService.StartAsync();
        repairs.Answer = context =>
        {
            context.Response.Headers.ContentLanguage = "zh-Hans";
            return context.Response.WriteAsync("{}");
        };
        await using var gateway = await GatewayUnderTest.StartAsync([("repairs", repairs.Address.AbsoluteUri, null)]);

        using var answer = await gateway.GetAsync("/api/repairs/v1/x", gateway.Token());
        answer.Content.Headers.ContentLanguage.ShouldBe(["zh-Hans"]);
        using var refused = await gateway.GetAsync("/api/repairs/v1/x", null);
        refused.Content.Headers.ContentLanguage.ShouldHaveSingleItem("the gateway itself");
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();
}
