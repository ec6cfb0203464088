using System.Net;
using CustomerService.Testing;

namespace CustomerService.ServiceDefaults.Tests;

/// <summary>A link that lets somebody in stands in no log and no trace.</summary>
public sealed class SecretTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("/v1/f/abc", "/v1/f/***")]
    [InlineData("/api/surveys/v1/f/a-b_c.d", "/api/surveys/v1/f/***")]
    [InlineData("http://surveys:8080/v1/f/abc/more?x=1", "http://surveys:8080/v1/f/***/more?x=1")]
    [InlineData("/API/surveys/V1/F/abc", "/API/surveys/V1/F/***")]
    [InlineData("/api/repairs/v1/repair-links/abc/steps", "/api/repairs/v1/repair-links/***/steps")]
    [InlineData("/api/projects/v1/calendar-feeds/abc.ics", "/api/projects/v1/calendar-feeds/***")]
    [InlineData("/api/surveys/v1/f?code=ABCD2345&x=1", "/api/surveys/v1/f?code=***&x=1")]
    [InlineData("/v1/recovered-forms/01a2", "/v1/recovered-forms/01a2")]
    [InlineData("/v1/projects", "/v1/projects")]
    public void A_secret_is_masked_and_nothing_else(string address, string shown) =>
        SecretPaths.Mask(address).ShouldBe(shown);

    [Fact]
    public async Task The_link_of_a_survey_or_a_calendar_is_in_no_log_line_and_no_span_of_gateway_or_service()
    {
        const string Token = "SECRETsecretSECRETsecret42";
        const string Feed = "FEEDfeedFEEDfeed43";
        var database = await postgres.NewDatabaseAsync();
        await using var issuer = await TestIssuer.StartAsync();
        await using var collector = await Collector.StartAsync();
        var common = new Dictionary<string, string>(collector.Settings)
        {
            ["Auth:Issuer"] = issuer.Issuer,
            ["Logging:Format"] = "json",
            ["ConnectionStrings:RabbitMq"] = "amqp://guest:guest@127.0.0.1:1/",
        };
        var settings = new Dictionary<string, string>(common)
        {
            ["ConnectionStrings:Store"] = database.ConnectionString,
            ["Store:Kind"] = "postgres",
        };
        var (code, lines) = await RealProgram.RunAsync("Surveys", settings, "migrate");
        code.ShouldBe(0, string.Join('\n', lines));
        await using var surveys = await RealProgram.Start("Surveys", settings).LiveAsync();
        await using var gateway = await RealProgram
            .Start(
                "Gateway",
                new Dictionary<string, string>(common)
                {
                    ["Gateway:Services:surveys:Http"] = surveys.Http.AbsoluteUri,
                    ["Gateway:Services:surveys:Management"] = surveys.Management.AbsoluteUri,
                    ["Gateway:Services:projects:Http"] = "http://127.0.0.1:1/",
                    ["Gateway:Services:projects:Management"] = "http://127.0.0.1:1/",
                }
            )
            .LiveAsync();

        using var client = new HttpClient();
        foreach (
            var (path, status) in ((string, HttpStatusCode)[])
                [
                    ($"/api/surveys/v1/f/{Token}", HttpStatusCode.NotFound),
                    ($"/api/surveys/v1/f/{Token}?lang=en", HttpStatusCode.BadRequest),
                    ($"/api/Surveys/v1/F/{Token}", HttpStatusCode.NotFound),
                ]
        )
        {
            (await client.GetAsync(new Uri(gateway.Http, path))).StatusCode.ShouldBe(status);
        }

        // Nobody answers for this one, which the gateway logs as well.
        (
            (int)
                (await client.GetAsync(new Uri(gateway.Http, $"/api/projects/v1/calendar-feeds/{Feed}.ics"))).StatusCode
        ).ShouldBeInRange(502, 503);
        (
            await client.PostAsync(
                new Uri(surveys.Http, $"/v1/f/{Token}"),
                new StringContent("{", null, "application/json")
            )
        ).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        // They have been seen: masked.
        await Eventually.Holds(() =>
        {
            gateway.Lines.ShouldContain(line => line.Contains("/api/surveys/v1/f/***", StringComparison.Ordinal));
            gateway.Lines.ShouldContain(line =>
                line.Contains("/api/projects/v1/calendar-feeds/***", StringComparison.Ordinal)
            );
            collector.Of("traces").ShouldContain("customer-service.gateway");
            collector.Of("traces").ShouldContain("customer-service.surveys");
            collector.Of("traces").ShouldContain($"{surveys.Http.AbsoluteUri}v1/f/***");
            collector.Of("traces").ShouldContain("calendar-feeds/***");
            collector.Of("logs").ShouldContain("/api/surveys/v1/f/***");
            return Task.CompletedTask;
        });
        await gateway.TerminateAsync();
        await surveys.TerminateAsync();
        (await gateway.ExitAsync()).ShouldBe(0);
        (await surveys.ExitAsync()).ShouldBe(0);
        foreach (var secret in (string[])[Token, Feed])
        {
            collector.All.ShouldNotContain(secret);
            gateway.Lines.ShouldNotContain(line => line.Contains(secret, StringComparison.Ordinal));
            surveys.Lines.ShouldNotContain(line => line.Contains(secret, StringComparison.Ordinal));
        }
    }
}
