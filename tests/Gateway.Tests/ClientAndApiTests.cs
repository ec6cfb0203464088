using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CustomerService.Identity;
using CustomerService.Identity.Data;
using CustomerService.Identity.Keys;
using CustomerService.Servers;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;

namespace CustomerService.Gateway.Tests;

/// <summary>Systems sign in with their own account.</summary>
public sealed class ClientCredentialsTests(SignInFixture fixture)
{
    [Theory]
    [InlineData("svc-repairs", SignInFixture.ServiceSecret, "system")]
    [InlineData("bi", "bi-secret-0123456789", "bi-reader")]
    public async Task A_system_gets_a_token_with_its_one_role(string client, string secret, string role)
    {
        var system = await fixture.StartAsync();
        var (status, body) = await system.TokenAsync(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = client,
                ["client_secret"] = secret,
                ["scope"] = "api",
            }
        );
        status.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        var claims = Tokens.Payload(body["access_token"]!.ToString());
        claims["sub"]!.ToString().ShouldBe(client);
        claims["role"]!.ShouldBeOfType<JsonArray>().Single()!.ToString().ShouldBe(role);
        claims["aud"]!.ToString().ShouldBe("customer-service");
        body["refresh_token"].ShouldBeNull();
    }

    [Fact]
    public async Task A_system_that_names_no_scope_means_the_API_and_none_other_is_given()
    {
        var system = await fixture.StartAsync();
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "svc-repairs",
            ["client_secret"] = SignInFixture.ServiceSecret,
        };
        Tokens.Payload((await system.TokenAsync(form)).Body["access_token"]!.ToString())["aud"]!
            .ToString()
            .ShouldBe("customer-service");

        form["scope"] = "offline_access";
        (await system.TokenAsync(form)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("svc-repairs", "wrong")]
    [InlineData("svc-surveys", "no secret is configured for it")]
    [InlineData("nobody", "whatever")]
    public async Task A_wrong_secret_and_an_unknown_client_get_nothing(string client, string secret)
    {
        var system = await fixture.StartAsync();
        var (status, body) = await system.TokenAsync(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = client,
                ["client_secret"] = secret,
            }
        );
        status.ShouldBe(HttpStatusCode.Unauthorized);
        body["error"]!.ToString().ShouldBe("invalid_client");
    }

    [Fact]
    public async Task The_public_client_has_no_account_of_its_own_and_no_password_grant()
    {
        var system = await fixture.StartAsync();
        (
            await system.TokenAsync(
                new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = "console" }
            )
        ).Status.ShouldBe(HttpStatusCode.BadRequest);
        (
            await system.TokenAsync(
                new Dictionary<string, string>
                {
                    ["grant_type"] = "password",
                    ["client_id"] = "console",
                    ["username"] = SignInFixture.Administrator,
                    ["password"] = SignInFixture.AdministratorPassword,
                }
            )
        ).Body["error"]!.ToString().ShouldBe("unsupported_grant_type");
    }

    [Fact]
    public async Task A_system_has_no_account_page()
    {
        var system = await fixture.StartAsync();
        var (_, body) = await system.TokenAsync(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = "svc-repairs",
                ["client_secret"] = SignInFixture.ServiceSecret,
            }
        );
        var me = await system.With(body["access_token"]!.ToString()).GetAsync("/api/identity/v1/me");
        me.Status.ShouldBe(HttpStatusCode.NotFound);
        me.Code.ShouldBe("not-a-person");
    }
}

/// <summary>Administrators manage accounts, departments, roles.</summary>
public sealed class IdentityApiTests(SignInFixture fixture)
{
    private const string Users = "/api/identity/v1/users";

    [Fact]
    public async Task Only_administrators_manage_accounts()
    {
        var system = await fixture.StartAsync();
        var user = await system.CreateUserAsync(["general-manager"]);
        using var browser = system.NewBrowser();
        var somebody = system.With((await browser.SignInAsync(user.UserName, user.Password)).AccessToken);

        var refused = await somebody.GetAsync(Users);
        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        refused.Code.ShouldBe("role-missing");
        refused["suppliedBy"].AsArray().Single()!.ToString().ShouldBe("administrator");
        (await somebody.PostAsync(Users, New("x"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await system.With(null).GetAsync(Users)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        // Lists that staff need for forms; outsiders have no business with them.
        foreach (var role in new[] { "customer", "repair-unit" })
        {
            var outsider = await system.CreateUserAsync([role], organisationId: Guid.CreateVersion7());
            using var other = system.NewBrowser();
            var outside = system.With((await other.SignInAsync(outsider.UserName, outsider.Password)).AccessToken);
            (await outside.GetAsync("/api/identity/v1/departments")).Code.ShouldBe("role-missing");
            (await outside.GetAsync("/api/identity/v1/departments/" + Guid.CreateVersion7())).Code.ShouldBe(
                "role-missing"
            );
            (await outside.GetAsync("/api/identity/v1/roles")).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await outside.GetAsync("/api/identity/v1/me")).Ok();
        }

        (await somebody.GetAsync("/api/identity/v1/departments")).Ok();
        (await somebody.GetAsync("/api/identity/v1/roles")).Ok();
    }

    [Fact]
    public async Task Roles_are_listed_in_the_callers_language()
    {
        var system = await fixture.StartAsync();
        var admin = await system.AsAdministratorAsync();
        var roles = (await admin.GetAsync("/api/identity/v1/roles", "zh-Hant")).Ok().Body!.AsArray();
        roles.Select(r => r!["name"]!.ToString()).ShouldBe(Rules.Roles.All);
        roles.Select(r => r!["title"]!.ToString()).ShouldAllBe(title => title.Any(c => c > 0x2E7F));
        roles.Single(r => r!["name"]!.ToString() == "customer")!["staff"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task A_repeated_request_with_the_same_key_makes_one_user()
    {
        var system = await fixture.StartAsync();
        var admin = await system.AsAdministratorAsync();
        var name = Unique();
        var first = (await admin.PostAsync(Users, New(name), key: "create-" + name)).Ok();
        var second = (await admin.PostAsync(Users, New(name), key: "create-" + name)).Ok();
        second.Id.ShouldBe(first.Id);
        first.Status.ShouldBe(HttpStatusCode.Created);
        first.Location.ShouldBe($"{Users}/{first.Id}");

        var taken = await admin.PostAsync(Users, New(name.ToUpperInvariant()));
        taken.Status.ShouldBe(HttpStatusCode.Conflict);
        taken.Code.ShouldBe("user-name-taken");
    }

    [Fact]
    public async Task A_change_needs_the_version_that_was_seen()
    {
        var system = await fixture.StartAsync();
        var admin = await system.AsAdministratorAsync();
        var user = await system.CreateUserAsync(["sales"]);
        var body = new { displayName = "李大華", email = (string?)null };

        (await admin.PostAsync(user.Record + "/change-profile", body)).Status.ShouldBe((HttpStatusCode)428);
        (await admin.PostAsync(user.Record + "/change-profile", body, "\"77\"")).Status.ShouldBe(
            HttpStatusCode.PreconditionFailed
        );
        var changed = (await admin.PostAsync(user.Record + "/change-profile", body, user.ETag)).Ok();
        changed.Text("displayName").ShouldBe("李大華");
        changed.ETag.ShouldNotBe(user.ETag);
        (await admin.GetAsync(user.Record, ifNoneMatch: changed.ETag)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Assignments_that_would_open_too_much_or_nothing_are_refused()
    {
        var system = await fixture.StartAsync();
        var admin = await system.AsAdministratorAsync();
        async Task RefusedAsync(string code, string[] roles, Guid? organisation = null, string? department = null)
        {
            var answer = await admin.PostAsync(Users, New(Unique(), roles, organisation, department));
            answer.Status.ShouldBe(HttpStatusCode.BadRequest);
            answer.Code.ShouldBe(code);
        }

        await RefusedAsync("roles-missing", []);
        await RefusedAsync("role-unknown", ["king"]);
        // Nobody is given the role of the system itself.
        await RefusedAsync("role-unknown", ["system"]);
        await RefusedAsync("organisation-missing", ["customer"]);
        await RefusedAsync("organisation-missing", ["repair-unit"]);
        await RefusedAsync("roles-conflict", ["customer", "qc"], Guid.CreateVersion7());
        await RefusedAsync("department-unknown", ["qc"], department: "no-such-department");
        (await admin.PostAsync(Users, New(Unique(), password: "short"))).Code.ShouldBe("password-too-short");
        (await admin.PostAsync(Users, New(Unique(), password: "password12"))).Code.ShouldBe("password-common");
        (await admin.PostAsync(Users, New("has space"))).Code.ShouldBe("user-name-form");
        await RefusedAsync("regions-missing", ["regional-sales"]);
        await RefusedAsync("head-without-department", ["department-head"]);
        (await admin.PostAsync(Users, "{\"userName\":1}")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_is_left_out_or_null_is_a_400_that_names_the_field()
    {
        var system = await fixture.StartAsync();
        var admin = await system.AsAdministratorAsync();
        var user = await system.CreateUserAsync(["sales"]);
        const string rest = "\"displayName\":\"x\",\"password\":\"long enough for anybody\"";
        (string Path, string Body, string Field)[] wrong =
        [
            (Users, $"{{{rest},\"roles\":[\"sales\"]}}", "userName"),
            (Users, $"{{{rest},\"userName\":\"somebody\"}}", "roles"),
            (Users, $"{{{rest},\"userName\":\"somebody\",\"roles\":[null]}}", "roles[0]"),
            ("/api/identity/v1/departments", "{\"names\":{\"en\":\"A\",\"zhHant\":\"A\",\"zhHans\":\"A\"}}", "code"),
            ("/api/identity/v1/departments", "{\"code\":\"abc\"}", "names"),
        ];
        foreach (var (path, body, field) in wrong)
        {
            Named(await admin.PostAsync(path, body), field);
        }

        Named(await admin.PostAsync(user.Record + "/assign", new { department = (string?)null }, user.ETag), "roles");
        Named(
            await admin.PostAsync(user.Record + "/assign", new { roles = new string?[] { null } }, user.ETag),
            "roles[0]"
        );
        var names = new
        {
            en = "A",
            zhHant = "A",
            zhHans = "A",
        };
        var department = (
            await admin.PostAsync("/api/identity/v1/departments", new { code = "dep-" + Unique()[^8..], names })
        ).Ok();
        Named(
            await admin.PostAsync(
                $"/api/identity/v1/departments/{department.Id}/change",
                new { names },
                department.ETag
            ),
            "active"
        );

        static void Named(ApiAnswer answer, string field)
        {
            answer.Status.ShouldBe(HttpStatusCode.BadRequest, field);
            // A null in a list is refused before any rule is asked, by the same status.
            if (answer.Code == "validation")
            {
                answer["errors"][field].ShouldNotBeNull(answer.Body!.ToJsonString());
            }
            else
            {
                answer.Code.ShouldBe("malformed");
            }
        }
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        var system = await fixture.StartAsync();
        var admin = await system.AsAdministratorAsync();
        var root = (await admin.GetAsync($"{Users}?userName={SignInFixture.Administrator}"))
            .Ok()["items"]
            .AsArray()
            .Single()!;
        var record = $"{Users}/{root["id"]}";
        var etag = $"\"{root["version"]}\"";

        var refused = await admin.PostAsync(record + "/deactivate", new { why = "oops" }, etag);
        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Code.ShouldBe("last-administrator");
        (await admin.PostAsync(record + "/assign", new { roles = new[] { "sales" } }, etag)).Code.ShouldBe(
            "last-administrator"
        );
    }

    [Fact]
    public async Task The_list_is_walked_page_by_page_without_gaps()
    {
        var system = await fixture.StartAsync();
        var admin = await system.AsAdministratorAsync();
        var department = "dep-" + Unique()[^8..];
        (
            await admin.PostAsync(
                "/api/identity/v1/departments",
                new
                {
                    code = department,
                    names = new
                    {
                        en = "A",
                        zhHant = "甲",
                        zhHans = "甲",
                    },
                }
            )
        ).Ok();
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            made.Add((await system.CreateUserAsync(["sales"], department)).Id.ToString());
        }

        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = (await admin.GetAsync($"{Users}?department={department}&limit=2&after={after}")).Ok();
            page["items"].AsArray().Count.ShouldBeLessThanOrEqualTo(2);
            seen.AddRange(page["items"].AsArray().Select(item => item!["id"]!.ToString()));
            after = page.Body!["next"]?.ToString();
        } while (after is not null);

        made.Reverse();
        seen.ShouldBe(made, "the newest first");
        (await admin.GetAsync(Users + "?state=asleep")).Code.ShouldBe("bad-filter");
        (await admin.GetAsync(Users + "?after=nonsense")).Code.ShouldBe("bad-cursor");
    }

    [Fact]
    public async Task A_department_with_people_is_not_closed()
    {
        var system = await fixture.StartAsync();
        var admin = await system.AsAdministratorAsync();
        var code = "dep-" + Unique()[^8..];
        var names = new
        {
            en = "Store",
            zhHant = "倉庫",
            zhHans = "仓库",
        };
        var department = (await admin.PostAsync("/api/identity/v1/departments", new { code, names })).Ok();
        var record = "/api/identity/v1/departments/" + department.Id;
        (await admin.PostAsync("/api/identity/v1/departments", new { code, names })).Code.ShouldBe("department-exists");
        var user = await system.CreateUserAsync(["sales"], code);

        (await admin.PostAsync(record + "/change", new { names, active = false }, department.ETag)).Code.ShouldBe(
            "department-in-use"
        );
        (await admin.PostAsync(user.Record + "/deactivate", new { }, user.ETag)).Ok();
        (await admin.PostAsync(record + "/change", new { names, active = false }, department.ETag))
            .Ok()
            .Text("state")
            .ShouldBe("inactive");
    }

    [Fact]
    public async Task Every_change_is_in_the_audit_trail_and_the_chain_holds()
    {
        var system = await fixture.StartAsync();
        var admin = await system.AsAdministratorAsync();
        var user = await system.CreateUserAsync(["sales"]);
        var assigned = (
            await admin.PostAsync(
                user.Record + "/assign",
                new { roles = new[] { "finance" }, why = "moves to accounts" },
                user.ETag
            )
        ).Ok();
        (await admin.PostAsync(user.Record + "/deactivate", new { why = "retired" }, assigned.ETag)).Ok();

        var trail = (await admin.GetAsync("/api/identity/v1/audit/" + user.Id)).Ok()["entries"].AsArray();
        trail.Select(e => e!["action"]!.ToString()).ShouldBe(["create", "assign", "deactivate"]);
        trail[1]!["why"]!
            .ToString()
            .ShouldBe("roles=sales;department=-;org=- -> roles=finance;department=-;org=-: moves to accounts");
        trail[2]!["actorName"]!.ToString().ShouldBe(SignInFixture.Administrator);
        var (code, output) = await system.Identity.RunCommandAsync("verify-audit");
        code.ShouldBe(0, output);
    }

    [Fact]
    public async Task What_is_kept_of_a_request_with_a_password_is_no_quick_way_to_guess_it()
    {
        var system = await fixture.StartAsync();
        var admin = await system.AsAdministratorAsync();
        var key = Guid.CreateVersion7().ToString("N");
        var name = Unique();
        var body = System.Text.Json.JsonSerializer.Serialize(New(name), Json.Options);
        var first = (await admin.PostAsync("/api/identity/v1/users", body, key: key)).Ok();

        await using var scope = system.Identity.Services.CreateAsyncScope();
        var kept = await scope
            .ServiceProvider.GetRequiredService<IdentityDb>()
            .Set<IdempotencyRow>()
            .AsNoTracking()
            .SingleAsync(row => row.Key == key);
        kept.RequestHash.ShouldNotBe(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"POST /v1/users\n\n{body}")))
        );
        kept.RequestHash.Length.ShouldBe(64);

        // The same body is still known, and another password under the same key, too.
        var again = await admin.PostAsync("/api/identity/v1/users", body, key: key);
        again.Raw.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        again.Id.ShouldBe(first.Id);
        (
            await admin.PostAsync("/api/identity/v1/users", New(name, password: "some other long password"), key: key)
        ).Code.ShouldBe("idempotency-key-reused");
    }

    [Fact]
    public async Task Every_command_that_takes_a_password_says_so()
    {
        var system = await fixture.StartAsync();
        var commands = system
            .Identity.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<CommandMetadata>() is not null)
            .ToList();
        var secret = commands
            .Where(endpoint => endpoint.Metadata.GetMetadata<SecretBodyMetadata>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText)
            .ToList();

        secret
            .Order(StringComparer.Ordinal)
            .ShouldBe(["/v1/me/password", "/v1/users", "/v1/users/{id:guid}/reset-password"]);
        commands
            .Where(endpoint =>
                endpoint.RoutePattern.RawText!.Contains("password")
                || endpoint
                    .Metadata.GetMetadata<IAcceptsMetadata>()
                    ?.RequestType?.GetProperties()
                    .Any(p => p.Name.Contains("Password")) == true
            )
            .ShouldAllBe(endpoint => secret.Contains(endpoint.RoutePattern.RawText));
    }

    private static string Unique() => "user-" + Guid.CreateVersion7().ToString("N")[12..];

    private static object New(
        string userName,
        string[]? roles = null,
        Guid? organisationId = null,
        string? department = null,
        string password = "a password of some length"
    ) =>
        new
        {
            userName,
            displayName = "張三",
            email = (string?)null,
            roles = roles ?? ["sales"],
            department,
            organisationId,
            password,
        };
}

/// <summary>The issuer's keys: in the database, two published, changed without a break.</summary>
public sealed class IssuerKeyTests(SignInFixture fixture)
{
    [Fact]
    public async Task The_keys_are_published_before_they_sign()
    {
        var system = await fixture.StartAsync();
        var (_, body) = await system.TokenAsync(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = "svc-repairs",
                ["client_secret"] = SignInFixture.ServiceSecret,
            }
        );
        var keys = (await system.With(null).GetAsync("/.well-known/jwks")).Ok()["keys"].AsArray();
        keys.Count.ShouldBeGreaterThanOrEqualTo(2);
        keys.Select(k => k!["kid"]!.ToString()).ShouldContain(Tokens.KeyId(body["access_token"]!.ToString()));
        keys.ShouldAllBe(k => k!["d"] == null);

        var discovery = (await system.With(null).GetAsync("/.well-known/openid-configuration")).Ok();
        discovery.Text("issuer").TrimEnd('/').ShouldBe(system.Address.OriginalString);
        discovery.Text("authorization_endpoint").ShouldBe(new Uri(system.Address, "/connect/authorize").AbsoluteUri);
        discovery["code_challenge_methods_supported"].AsArray().Select(m => m!.ToString()).ShouldBe(["S256"]);
    }

    [Fact]
    public async Task A_second_replica_and_a_restart_use_the_same_keys()
    {
        var database = await fixture.Postgres.NewDatabaseAsync();
        await using var issuer = await TestIssuer.StartAsync();
        var settings = SignInFixture.IdentitySettings(new Uri("http://localhost:5080"));
        await using var first = await RunningService.StartAsync(
            args => IdentityService.Build(args),
            issuer,
            database.ConnectionString,
            null,
            settings
        );
        await using var second = await RunningService.StartAsync(
            args => IdentityService.Build(args),
            issuer,
            database.ConnectionString,
            null,
            settings
        );
        var ofFirst = (await first.Anonymous().GetAsync("/.well-known/jwks")).Ok().Body!.ToJsonString();
        (await second.Anonymous().GetAsync("/.well-known/jwks")).Ok().Body!.ToJsonString().ShouldBe(ofFirst);

        // The page of one replica is answered by the other, form and cookie: data protection is shared too.
        using var browser = new Browser(first.Http);
        using var answer = await browser.SubmitAsync(
            "/account/login",
            new Dictionary<string, string>
            {
                ["userName"] = SignInFixture.Administrator,
                ["password"] = SignInFixture.AdministratorPassword,
            },
            new Uri(second.Http, "/account/login").AbsoluteUri
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        // A form that cannot be read would be shown again.
        answer.Headers.Location!.ToString().ShouldBe("/account/signed-in");
    }

    [Fact]
    public async Task An_issuer_whose_database_is_not_migrated_yet_waits_for_it_and_says_so_once()
    {
        var database = await fixture.Postgres.NewDatabaseAsync();
        await using var issuer = await TestIssuer.StartAsync();
        var settings = SignInFixture.IdentitySettings(new Uri("http://localhost:5080"));
        int[] ports = [Machine.FreePort(), Machine.FreePort(), Machine.FreePort()];
        await using var early = IdentityService.Build([
            .. settings.Select(setting => $"--{setting.Key}={setting.Value}"),
            "--ConnectionStrings:Store=" + database.ConnectionString,
            "--Logging:LogLevel:Default=Warning",
            "--Hosting:Address=127.0.0.1",
            $"--Hosting:HttpPort={ports[0]}",
            $"--Hosting:GrpcPort={ports[1]}",
            $"--Hosting:ManagementPort={ports[2]}",
        ]);
        var said = new SaidByKeys();
        early.Services.GetRequiredService<ILoggerFactory>().AddProvider(said);
        await early.StartAsync();
        using var client = new HttpClient();
        async Task<HttpStatusCode> HealthAsync(string which)
        {
            using var answer = await client.GetAsync($"http://127.0.0.1:{ports[2]}/health/{which}");
            return answer.StatusCode;
        }

        (await HealthAsync("startup")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await HealthAsync("ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        // Longer than it waits between two tries.
        await Task.Delay(TimeSpan.FromSeconds(2.5));
        said.Lines.ShouldHaveSingleItem().ShouldContain("migrations are pending");

        await using var migrated = await RunningService.StartAsync(
            args => IdentityService.Build(args),
            issuer,
            database.ConnectionString,
            null,
            settings
        );
        await Eventually.Holds(async () => (await HealthAsync("ready")).ShouldBe(HttpStatusCode.OK));
        var keys = (await new ApiClient(new Uri($"http://127.0.0.1:{ports[0]}"), null).GetAsync("/.well-known/jwks"))
            .Ok()
            .Body!.ToJsonString();
        keys.ShouldBe((await migrated.Anonymous().GetAsync("/.well-known/jwks")).Ok().Body!.ToJsonString());
        said.Lines.Count.ShouldBe(1);
        await early.StopAsync();
    }

    /// <summary>What the keys have said in the log.</summary>
    private sealed class SaidByKeys : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) =>
            categoryName == typeof(KeyRotation).FullName ? this : NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
            // Nothing is held.
        }
    }

    [Fact]
    public async Task Rotation_lets_every_key_be_known_before_it_signs_and_after_it_has_signed()
    {
        var database = await fixture.Postgres.NewDatabaseAsync();
        await using var issuer = await TestIssuer.StartAsync();
        await using var identity = await RunningService.StartAsync(
            args => IdentityService.Build(args),
            issuer,
            database.ConnectionString,
            null,
            SignInFixture.IdentitySettings(new Uri("http://localhost:5080"))
        );
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var options = new KeyOptions
        {
            RotateAfter = TimeSpan.FromDays(90),
            KeepFor = TimeSpan.FromDays(30),
            PublishAhead = TimeSpan.FromDays(1),
        };
        var ring = new KeyRing(
            identity.Services.GetRequiredService<IServiceScopeFactory>(),
            identity.Services.GetRequiredService<IDataProtectionProvider>(),
            Options.Create(options),
            clock
        );

        var signed = new List<string>();
        var published = new List<string>();
        for (var day = 0; day < 400; day += 10)
        {
            var changes = 0;
            using var registration = ring.GetChangeToken().RegisterChangeCallback(_ => changes++, null);
            await ring.RefreshAsync(CancellationToken.None);
            var server = new OpenIddictServerOptions();
            ring.Configure(server);
            var keys = server.SigningCredentials.Select(c => ((RsaSecurityKey)c.Key).KeyId).ToList();
            keys.Count.ShouldBeGreaterThanOrEqualTo(2);
            if (signed.Count > 0 && keys[0] != signed[^1])
            {
                published.ShouldContain(keys[0], "a key signs that nobody could know");
                keys.ShouldContain(signed[^1], "tokens of the key before are still out");
                changes.ShouldBe(1, "the server's options are built again");
            }

            server.EncryptionCredentials.Count.ShouldBeGreaterThanOrEqualTo(2);
            signed.Add(keys[0]);
            published = keys;
            clock.Advance(TimeSpan.FromDays(10));
        }

        signed.Distinct().Count().ShouldBe(5, "400 days, a new one every 90");
        published.Count.ShouldBeLessThanOrEqualTo(4, "what has retired is gone");
    }
}
