using System.Net;
using System.Text.Json.Nodes;
using CustomerService.Testing;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace CustomerService.Gateway.Tests;

/// <summary>One OpenAPI document for everything behind the gateway.</summary>
public sealed class ApiDocumentTests(SignInFixture fixture)
{
    private const string First = """
        {"openapi":"3.1.1","info":{"title":"r","version":"v1"},
         "paths":{
          "/v1/repair-orders":{"get":{"operationId":"list","tags":["X"],"responses":{"200":{"description":"OK","content":{"application/json":{"schema":{"$ref":"#/components/schemas/PageOfView"}}}}}}},
          "/internal/x":{"get":{"responses":{"200":{"description":"OK"}}}}},
         "components":{"schemas":{
          "PageOfView":{"type":"object","properties":{"items":{"type":"array","items":{"$ref":"#/components/schemas/View"}}}},
          "View":{"type":"object","properties":{"leader":{"type":"string"}}},
          "Problem":{"type":"object","properties":{"code":{"type":"string"}}}}}}
        """;

    private const string Second = """
        {"openapi":"3.1.1","info":{"title":"c","version":"v1"},
         "paths":{"/v1/complaints":{"post":{"operationId":"list","requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/PageOfView"}}}},"responses":{"200":{"description":"OK"},"400":{"description":"No","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}}}}}},
         "components":{"schemas":{
          "PageOfView":{"type":"object","properties":{"items":{"type":"array","items":{"$ref":"#/components/schemas/View"}}}},
          "View":{"type":"object","properties":{"severity":{"type":"integer"}}},
          "Problem":{"type":"object","properties":{"code":{"type":"string"}}}}}}
        """;

    [Fact]
    public async Task The_documents_are_one_valid_document_with_prefixed_paths()
    {
        await using var repairs = await StubService.StartAsync(First);
        await using var complaints = await StubService.StartAsync(Second);
        await using var gateway = await GatewayUnderTest.StartAsync([
            ("repairs", repairs.Address.AbsoluteUri, null),
            ("complaints", complaints.Address.AbsoluteUri, null),
        ]);
        using var answer = await gateway.GetAsync("/openapi/v1.json");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var text = await answer.Content.ReadAsStringAsync();
        var document = JsonNode.Parse(text)!;

        document["openapi"]!.ToString().ShouldStartWith("3.1");
        document["paths"]!
            .AsObject()
            .Select(p => p.Key)
            .ShouldBe(["/api/repairs/v1/repair-orders", "/api/complaints/v1/complaints", "/api/live"]);
        // Same name, same meaning: one. Same name, other meaning, directly or through another: one each.
        document["components"]!["schemas"]!
            .AsObject()
            .Select(s => s.Key)
            .Order(StringComparer.Ordinal)
            .ShouldBe([
                "ComplaintsPageOfView",
                "ComplaintsView",
                "FieldError",
                "Problem",
                "RepairsPageOfView",
                "RepairsView",
            ]);
        document["paths"]!["/api/repairs/v1/repair-orders"]!["get"]!["responses"]!["200"]!["content"]![
            "application/json"
        ]!["schema"]!["$ref"]!
            .ToString()
            .ShouldBe("#/components/schemas/RepairsPageOfView");
        document["components"]!["schemas"]!["ComplaintsPageOfView"]!["properties"]!["items"]!["items"]!["$ref"]!
            .ToString()
            .ShouldBe("#/components/schemas/ComplaintsView");
        document["paths"]!["/api/repairs/v1/repair-orders"]!["get"]!["tags"]!
            .AsArray()
            .Single()!
            .ToString()
            .ShouldBe("repairs");
        var description = document["info"]!["description"]!.ToString();
        description.ShouldContain("projects, surveys, reporting, identity");
        IsValid(text);
    }

    [Fact]
    public async Task The_real_services_document_is_in_it_and_everything_it_refers_to()
    {
        var system = await fixture.StartAsync();
        using var client = new HttpClient();
        var own = JsonNode.Parse(await client.GetStringAsync(new Uri(system.Identity.Http, "/openapi/v1.json")))!;
        var text = await client.GetStringAsync(new Uri(system.Address, "/openapi/v1.json"));
        var merged = JsonNode.Parse(text)!;

        var paths = own["paths"]!.AsObject().Select(p => p.Key).ToList();
        paths.ShouldContain("/v1/users/{id}/assign");
        paths.ShouldAllBe(path => path.StartsWith("/v1/"), "pages and protocol endpoints are no API");
        paths.ShouldAllBe(path => merged["paths"]!["/api/identity" + path] != null);
        // The issuer was asked at its inner address; people reach it at the gateway's.
        merged["components"]!["securitySchemes"]!["oauth"]!["flows"]!["authorizationCode"]!["authorizationUrl"]!
            .ToString()
            .ShouldBe(new Uri(system.Address, "/connect/authorize").AbsoluteUri);
        merged["paths"]!["/api/identity/v1/users"]!["post"]!["parameters"]!
            .AsArray()
            .Select(p => (p!["$ref"] is { } shared ? At(merged, shared.ToString()) : p)["name"]!.ToString())
            .ShouldContain("Idempotency-Key");
        IsValid(text);
    }

    private static JsonNode At(JsonNode document, string reference) =>
        reference.TrimStart('#', '/').Split('/').Aggregate(document, (node, step) => node[step].ShouldNotBeNull());

    [Fact]
    public async Task The_gateways_own_answers_stand_at_every_operation_and_security_at_each()
    {
        await using var repairs = await StubService.StartAsync(First);
        await using var gateway = await GatewayUnderTest.StartAsync([("repairs", repairs.Address.AbsoluteUri, null)]);
        using var answer = await gateway.GetAsync("/openapi/v1.json");
        var document = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        var operations = document["paths"]!
            .AsObject()
            .SelectMany(path => path.Value!.AsObject())
            .Select(o => o.Value!)
            .ToList();

        operations.Count.ShouldBe(2);
        operations.ShouldAllBe(o =>
            o["responses"]!["429"] != null
            && o["responses"]!["502"] != null
            && o["responses"]!["503"] != null
            && o["responses"]!["504"] != null
            && o["security"] != null
        );
        document["components"]!["responses"]!["TooManyRequests"]!["headers"]!["Retry-After"].ShouldNotBeNull();
    }

    [Fact]
    public async Task What_events_look_like_is_read_without_a_token()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([]);
        using var all = await gateway.GetAsync("/asyncapi.json");
        all.StatusCode.ShouldBe(HttpStatusCode.OK);
        all.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var events = JsonNode.Parse(await all.Content.ReadAsStringAsync())!["components"]!["messages"]!
            .AsObject()
            .Select(m => m.Key)
            .ToList();
        events.Count.ShouldBeGreaterThan(40);
        foreach (var name in events)
        {
            using var schema = await gateway.GetAsync($"/events/{name}.schema.json");
            schema.StatusCode.ShouldBe(HttpStatusCode.OK, name);
            JsonNode.Parse(await schema.Content.ReadAsStringAsync())!["$id"]!
                .ToString()
                .ShouldBe("urn:customer-service:event:" + name);
        }

        foreach (
            var other in (string[])["/events/asyncapi.json", "/events/README.md", "/events/no.such.v1.schema.json"]
        )
        {
            using var none = await gateway.GetAsync(other);
            none.StatusCode.ShouldBe(HttpStatusCode.NotFound, other);
        }
    }

    [Fact]
    public async Task A_service_that_comes_back_is_in_the_document_again()
    {
        await using var repairs = await StubService.StartAsync(First);
        await using var gateway = await GatewayUnderTest.StartAsync(
            [("repairs", repairs.Address.AbsoluteUri, null)],
            new() { ["Gateway:OpenApi:CacheSeconds"] = "0" }
        );
        using var with = await gateway.GetAsync("/openapi/v1.json");
        (await with.Content.ReadAsStringAsync()).ShouldContain("/api/repairs/v1/repair-orders");
        await repairs.DisposeAsync();
        using var without = await gateway.GetAsync("/openapi/v1.json");
        var text = await without.Content.ReadAsStringAsync();
        text.ShouldNotContain("/api/repairs/v1/repair-orders");
        JsonNode.Parse(text)!["info"]!["description"]!.ToString().ShouldContain("repairs");
    }

    [Fact]
    public async Task The_documentation_page_brings_everything_itself()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([]);
        // Sign-in comes back here, and its code must reach the page.
        using var back = await gateway.GetAsync("/docs?code=abc&state=xyz");
        back.Headers.Location!.ToString().ShouldBe("/docs/?code=abc&state=xyz");
        using var page = await gateway.GetAsync("/docs/");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldContain("openapi/v1.json");
        html.ShouldContain("console");
        html.ShouldNotContain("https://cdn");
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("script-src 'self'");
        policy.ShouldContain("frame-ancestors 'none'");
        foreach (
            System.Text.RegularExpressions.Match script in System.Text.RegularExpressions.Regex.Matches(
                html,
                "<script[^>]* src=\"([^\"]+)\""
            )
        )
        {
            using var source = await gateway.GetAsync(
                new Uri(new Uri(gateway.Address, "/docs/"), script.Groups[1].Value).PathAndQuery
            );
            source.StatusCode.ShouldBe(HttpStatusCode.OK, script.Groups[1].Value);
        }
    }

    [Fact]
    public async Task Given_nobody_signed_in_When_a_browser_asks_for_the_icon_of_a_page_Then_it_gets_one()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([]);

        using var icon = await gateway.GetAsync("/favicon.ico");

        icon.StatusCode.ShouldBe(HttpStatusCode.OK);
        icon.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        (await icon.Content.ReadAsStringAsync()).ShouldStartWith("<svg");
    }

    private static void IsValid(string text)
    {
        var result = OpenApiDocument.Parse(text, "json");
        result.Diagnostic!.SpecificationVersion.ShouldBe(OpenApiSpecVersion.OpenApi3_1);
        result.Diagnostic.Errors.ShouldBeEmpty();
        var references = System
            .Text.RegularExpressions.Regex.Matches(text, "\"#/components/schemas/([^\"]+)\"")
            .Select(m => m.Groups[1].Value)
            .Distinct();
        var defined = JsonNode.Parse(text)!["components"]!["schemas"]!.AsObject().Select(s => s.Key).ToHashSet();
        references.ShouldAllBe(name => defined.Contains(name));
    }
}
