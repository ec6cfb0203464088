using System.Net;
using System.Net.Http.Headers;
using CustomerService.Testing;
using Npgsql;

namespace CustomerService.ServiceDefaults.Tests;

/// <summary>What whoever runs a program relies on: its health, its management port, and that it ends in good
/// order.</summary>
public sealed class OperationTests(PostgresFixture postgres, RabbitMqFixture rabbit)
{
    private static readonly HttpClient Client = new();

    [Fact]
    public async Task Live_ready_and_startup_say_each_its_own_and_nothing_else_is_on_the_management_port()
    {
        await using var issuer = await TestIssuer.StartAsync();
        var settings = await SettingsAsync(issuer);
        await using (var unmigrated = await RealProgram.Start("Surveys", settings).LiveAsync())
        {
            // The process lives; the program is not to be used before its tables are there.
            (await GetAsync(unmigrated.Management, "/health/live")).ShouldBe(HttpStatusCode.OK);
            (await GetAsync(unmigrated.Management, "/health/startup")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        (await RealProgram.RunAsync("Surveys", settings, "migrate")).Code.ShouldBe(0);
        await using var surveys = await RealProgram.Start("Surveys", settings).LiveAsync();
        foreach (var probe in (string[])["live", "startup", "ready"])
        {
            await Eventually.Holds(async () =>
                (await GetAsync(surveys.Management, "/health/" + probe)).ShouldBe(HttpStatusCode.OK)
            );
        }

        var token = issuer.Token("s", "s", ["sales"]);
        foreach (
            var path in (string[])
                ["/", "/v1/invitations", "/openapi/v1.json", "/health", "/health/other", "/v1/f/form.css"]
        )
        {
            (await GetAsync(surveys.Management, path, token)).ShouldBe(HttpStatusCode.NotFound, path);
        }

        (await GetAsync(surveys.Http, "/v1/invitations", token)).ShouldBe(HttpStatusCode.OK);
        foreach (var probe in (string[])["live", "startup", "ready"])
        {
            (await GetAsync(surveys.Http, "/health/" + probe, token)).ShouldBe(HttpStatusCode.NotFound, probe);
        }
    }

    [Fact]
    public async Task A_request_in_flight_is_answered_after_SIGTERM_and_the_program_ends_with_0()
    {
        await using var issuer = await TestIssuer.StartAsync();
        var settings = await SettingsAsync(issuer);
        (await RealProgram.RunAsync("Surveys", settings, "migrate")).Code.ShouldBe(0);
        await using var surveys = await RealProgram.Start("Surveys", settings).LiveAsync();
        var token = issuer.Token("s", "s", ["sales"]);
        await Eventually.Holds(async () =>
            (await GetAsync(surveys.Http, "/v1/invitations", token)).ShouldBe(HttpStatusCode.OK)
        );

        // Somebody holds the table, so the request waits in the database.
        await using var holder = new NpgsqlConnection(settings["ConnectionStrings:Store"]);
        await holder.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await ExecuteAsync(holder, "LOCK TABLE invitations IN ACCESS EXCLUSIVE MODE");
        var inFlight = GetAsync(surveys.Http, "/v1/invitations", token);
        await Eventually.IsTrue(
            async () =>
                (long)
                    (
                        await ScalarAsync(
                            settings["ConnectionStrings:Store"],
                            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
                        )
                    )! > 0,
            "the request waits"
        );

        await surveys.TerminateAsync();
        // It takes no new ones, and has not ended.
        await Eventually.IsTrue(
            async () =>
            {
                try
                {
                    await GetAsync(surveys.Http, "/v1/questionnaires/a", token);
                    return false;
                }
                catch (HttpRequestException)
                {
                    return true;
                }
            },
            "it listens no more"
        );
        inFlight.IsCompleted.ShouldBeFalse();
        await transaction.RollbackAsync();
        (await inFlight).ShouldBe(HttpStatusCode.OK);
        (await surveys.ExitAsync()).ShouldBe(0);
    }

    private async Task<Dictionary<string, string>> SettingsAsync(TestIssuer issuer) =>
        new()
        {
            ["ConnectionStrings:Store"] = (await postgres.NewDatabaseAsync()).ConnectionString,
            ["ConnectionStrings:RabbitMq"] = (await rabbit.NewVirtualHostAsync()).ToString(),
            ["Store:Kind"] = "postgres",
            ["Auth:Issuer"] = issuer.Issuer,
            ["Auth:SystemSubjects"] = "svc-test",
        };

    private static async Task<HttpStatusCode> GetAsync(Uri address, string path, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, path));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        // One that waits in a kept connection would be served by a listener that takes no new ones.
        request.Headers.ConnectionClose = true;
        using var response = await Client.SendAsync(request);
        return response.StatusCode;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // Constants of this test.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> ScalarAsync(string store, string sql)
    {
        await using var connection = new NpgsqlConnection(store);
        await connection.OpenAsync();
#pragma warning disable CA2100 // Constants of this test.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
