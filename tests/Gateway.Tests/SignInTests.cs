using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Contracts.Identity.V1;
using CustomerService.Identity;
using CustomerService.Identity.Data;
using CustomerService.Identity.Users.Domain;
using CustomerService.Messaging;
using CustomerService.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CustomerService.Gateway.Tests;

/// <summary>People sign in: authorization code with PKCE through the gateway, with the real page.</summary>
public sealed class SignInTests(SignInFixture fixture)
{
    [Fact]
    public async Task A_person_signs_in_and_the_token_says_who_he_is()
    {
        var system = await fixture.StartAsync();
        var admin = await system.AsAdministratorAsync();
        var department = "qa-" + Guid.CreateVersion7().ToString("N")[20..];
        (
            await admin.PostAsync(
                "/api/identity/v1/departments",
                new
                {
                    code = department,
                    names = new
                    {
                        en = "Quality",
                        zhHant = "品管部",
                        zhHans = "品管部",
                    },
                }
            )
        ).Ok();
        var user = await system.CreateUserAsync(["qc", "qc-head"], department);

        using var browser = system.NewBrowser();
        var tokens = await browser.SignInAsync(user.UserName, user.Password);

        var claims = Tokens.Payload(tokens.AccessToken);
        claims["iss"]!.ToString().TrimEnd('/').ShouldBe(system.Address.OriginalString);
        claims["sub"]!.ToString().ShouldBe(user.Id.ToString());
        claims["name"]!.ToString().ShouldBe("王小明");
        claims["aud"]!.ToString().ShouldBe("customer-service");
        claims["department"]!.ToString().ShouldBe(department);
        claims["role"]!.AsArray().Select(r => r!.ToString()).ShouldBe(["qc", "qc-head"]);
        claims["org"].ShouldBeNull();
        claims["stamp"].ShouldBeNull();
        var identity = Tokens.Payload(tokens.IdToken!);
        identity["aud"]!.ToString().ShouldBe("console");
        identity["preferred_username"]!.ToString().ShouldBe(user.UserName);
        identity["email"]!.ToString().ShouldBe($"{user.UserName}@example.test");

        var me = (await system.With(tokens.AccessToken).GetAsync("/api/identity/v1/me")).Ok();
        me.Text("userName").ShouldBe(user.UserName);
        me.ETag.ShouldNotBeNull();
    }

    [Fact]
    public async Task One_role_is_an_array_too_and_a_customer_carries_its_organisation()
    {
        var system = await fixture.StartAsync();
        var organisation = Guid.CreateVersion7();
        var user = await system.CreateUserAsync(["customer"], null, organisation);
        using var browser = system.NewBrowser();

        var claims = Tokens.Payload((await browser.SignInAsync(user.UserName, user.Password)).AccessToken);

        claims["role"]!.ShouldBeOfType<JsonArray>().Single()!.ToString().ShouldBe("customer");
        claims["org"]!.ToString().ShouldBe(organisation.ToString());
    }

    [Fact]
    public async Task Who_is_signed_in_already_gets_a_code_without_the_form()
    {
        var system = await fixture.StartAsync();
        var user = await system.CreateUserAsync(["sales"]);
        using var browser = system.NewBrowser();
        await browser.SignInAsync(user.UserName, user.Password);

        using var again = await browser.GetAsync(browser.AuthorizeAddress());
        (await browser.RedeemAsync(browser.CodeFrom(again))).AccessToken.ShouldNotBeEmpty();

        using var forced = await browser.GetAsync(browser.AuthorizeAddress(more: "&prompt=login"));
        forced.Headers.Location!.ToString().ShouldStartWith("/account/login");
        forced.Headers.Location!.ToString().ShouldNotContain("prompt");
    }

    [Fact]
    public async Task Without_PKCE_there_is_no_code_and_a_code_serves_once()
    {
        var system = await fixture.StartAsync();
        var user = await system.CreateUserAsync(["sales"]);
        using var browser = system.NewBrowser();
        using var without = await browser.GetAsync(
            $"/connect/authorize?client_id=console&response_type=code&scope=openid&redirect_uri={Uri.EscapeDataString(browser.RedirectUri)}"
        );
        without.Headers.Location!.ToString().ShouldBe("/account/error?code=invalid_request");

        await browser.SignInAsync(user.UserName, user.Password);
        using var authorized = await browser.GetAsync(browser.AuthorizeAddress());
        var code = browser.CodeFrom(authorized);
        await browser.RedeemAsync(code);
        var (status, body) = await browser.TokenAsync(
            new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["client_id"] = "console",
                ["code"] = code,
                ["redirect_uri"] = browser.RedirectUri,
                ["code_verifier"] = browser.Verifier,
            }
        );
        status.ShouldBe(HttpStatusCode.BadRequest);
        body["error"]!.ToString().ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_wrong_verifier_or_a_foreign_redirect_address_is_refused()
    {
        var system = await fixture.StartAsync();
        var user = await system.CreateUserAsync(["sales"]);
        using var browser = system.NewBrowser();
        await browser.SignInAsync(user.UserName, user.Password);
        using var authorized = await browser.GetAsync(browser.AuthorizeAddress());
        var (status, body) = await browser.TokenAsync(
            new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["client_id"] = "console",
                ["code"] = browser.CodeFrom(authorized),
                ["redirect_uri"] = browser.RedirectUri,
                ["code_verifier"] = new string('x', 43),
            }
        );
        status.ShouldBe(HttpStatusCode.BadRequest);
        body["error"]!.ToString().ShouldBe("invalid_grant");

        // Who has caught the code has one try: the right verifier comes too late.
        var (late, refused) = await browser.TokenAsync(
            new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["client_id"] = "console",
                ["code"] = browser.CodeFrom(authorized),
                ["redirect_uri"] = browser.RedirectUri,
                ["code_verifier"] = browser.Verifier,
            }
        );
        late.ShouldBe(HttpStatusCode.BadRequest, refused.ToJsonString());
        refused["error"]!.ToString().ShouldBe("invalid_grant");

        using var foreign = await browser.GetAsync(
            browser
                .AuthorizeAddress()
                .Replace(
                    Uri.EscapeDataString(browser.RedirectUri),
                    Uri.EscapeDataString("https://evil.example/callback"),
                    StringComparison.Ordinal
                )
        );
        foreign.Headers.Location!.ToString().ShouldStartWith("/account/error");
        using var page = await browser.GetAsync(foreign.Headers.Location!.ToString(), "zh-TW");
        (await page.Content.ReadAsStringAsync()).ShouldContain("無法完成");
    }

    [Fact]
    public async Task Discovery_names_the_public_address_whatever_host_is_asked_for()
    {
        var system = await fixture.StartAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri(system.Address, "/.well-known/openid-configuration")
        );
        request.Headers.Host = "evil.example";
        request.Headers.Add("X-Forwarded-Host", "evil.example");

        using var answer = await client.SendAsync(request);

        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldNotContain("evil");
        var document = JsonNode.Parse(text)!;
        foreach (var member in (string[])["token_endpoint", "authorization_endpoint", "jwks_uri"])
        {
            document[member]!.ToString().ShouldStartWith(system.Address.OriginalString + "/");
        }
    }

    [Fact]
    public async Task A_deactivated_account_is_announced_and_its_tokens_are_refused_here_within_seconds()
    {
        var system = await fixture.StartAsync();
        var user = await system.CreateUserAsync(["sales"]);
        using var browser = system.NewBrowser();
        var tokens = await browser.SignInAsync(user.UserName, user.Password);
        var token = system.With(tokens.AccessToken);
        (await token.GetAsync("/api/identity/v1/roles")).Ok();
        var admin = await system.AsAdministratorAsync();
        var assigned = (
            await admin.PostAsync(
                user.Record + "/assign",
                new { roles = new[] { "regional-sales" }, regions = new[] { "north", "east" } },
                user.ETag
            )
        ).Ok();

        await Eventually.Holds(
            async () =>
            {
                var refused = await token.GetAsync("/api/identity/v1/roles");
                (refused.Status, refused.Code).ShouldBe((HttpStatusCode.Unauthorized, "token-outdated"));
            },
            TimeSpan.FromSeconds(10)
        );

        var (_, body) = await browser.RefreshAsync(tokens.RefreshToken!);
        var claims = Tokens.Payload(Tokens.From(body).AccessToken);
        claims["region"]!.AsArray().Select(r => r!.ToString()).ShouldBe(["east", "north"]);
        (await system.With(Tokens.From(body).AccessToken).GetAsync("/api/identity/v1/roles")).Ok();

        (await admin.PostAsync(user.Record + "/deactivate", new { }, assigned.ETag)).Ok();
        (await system.Identity.RunCommandAsync("announce")).Code.ShouldBe(0);
        await using var scope = system.Identity.Services.CreateAsyncScope();
        var waiting = await scope
            .ServiceProvider.GetRequiredService<IdentityDb>()
            .Set<OutboxMessage>()
            .AsNoTracking()
            .Where(m => m.SubjectId == user.Id)
            .OrderBy(m => m.Position)
            .Select(m => m.Body)
            .ToListAsync();
        waiting
            .Select(text => JsonSerializer.Deserialize<UserChanged>(text, EventJson.Options)!)
            .Select(e =>
                (e.Version, e.Active, Roles: string.Join(',', e.Roles), Withdrawn: e.TokensValidFrom is not null)
            )
            .ShouldBe([
                (1, true, "sales", false),
                (2, true, "regional-sales", true),
                (3, false, "regional-sales", true),
                // Announced once more as it is.
                (3, false, "regional-sales", true),
            ]);
    }

    [Fact]
    public async Task Wrong_passwords_are_answered_alike_whether_the_account_exists_or_not_until_both_are_locked()
    {
        var system = await fixture.StartAsync();
        var user = await system.CreateUserAsync(["sales"]);
        using var browser = system.NewBrowser();

        async Task<string> AttemptAsync(string name, string password)
        {
            using var answer = await browser.TryPasswordAsync(name, password);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            return Alert(await answer.Content.ReadAsStringAsync());
        }

        var nobody = "nobody-" + Guid.CreateVersion7().ToString("N")[12..];
        var known = new List<string>();
        var unknown = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            known.Add(await AttemptAsync(user.UserName, "wrong password " + i.ToString(CultureInfo.InvariantCulture)));
            unknown.Add(await AttemptAsync(nobody, "wrong password " + i.ToString(CultureInfo.InvariantCulture)));
        }

        known.ShouldBe(unknown);
        known[0].ShouldContain("not right");
        known[2].ShouldContain("from here for 15 minutes");
        // The right password does not open a locked account, and the answer does not tell that it was right.
        (await AttemptAsync(user.UserName, user.Password)).ShouldBe(known[2]);
        (await AttemptAsync(nobody, user.Password)).ShouldBe(known[2]);

        var admin = await system.AsAdministratorAsync();
        (await admin.GetAsync(user.Record)).Ok()["lockedUntil"].ShouldNotBeNull();
        var trail = (await admin.GetAsync("/api/identity/v1/audit/" + user.Id)).Ok()["entries"].AsArray();
        trail.Select(entry => entry!["action"]!.ToString()).ShouldBe(["create", "lock-out"]);

        // A new password from the administrator ends the lock-out.
        var seen = (await admin.GetAsync(user.Record)).Ok();
        (
            await admin.PostAsync(
                user.Record + "/reset-password",
                new { password = "another long password" },
                seen.ETag
            )
        ).Ok();
        (await browser.SignInAsync(user.UserName, "another long password")).AccessToken.ShouldNotBeEmpty();
    }

    [Fact]
    [Trait("Rule", "C8")]
    public async Task An_administrator_exports_what_is_kept_of_a_person_but_no_password_and_no_key()
    {
        var system = await fixture.StartAsync();
        var user = await system.CreateUserAsync(["sales"]);
        using var browser = system.NewBrowser();
        var own = system.With((await browser.SignInAsync(user.UserName, user.Password)).AccessToken);
        var admin = await system.AsAdministratorAsync();

        var export = (await admin.GetAsync(Asked(user.UserName))).Ok();

        export.Text("service").ShouldBe("identity");
        var account = export.Items.Single(row => row["kind"]!.ToString() == "users");
        account["id"]!.ToString().ShouldBe(user.Id.ToString());
        account["members"]!.AsArray().Select(member => member!["path"]!.ToString()).ShouldContain("email");
        (await KindsAsync(user.Id.ToString())).ShouldContain(
            "openiddict_tokens",
            "that they signed in is of them, too"
        );
        var trail = (await admin.GetAsync("/api/identity/v1/audit/" + export.Text("exportId"))).Ok();
        trail["entries"].AsArray().Single()!["action"]!.ToString().ShouldBe("export");
        foreach (
            var secret in (string[])
                [
                    "SELECT password_hash AS \"Value\" FROM users WHERE password_hash IS NOT NULL",
                    "SELECT security_stamp AS \"Value\" FROM users",
                    "SELECT sealed AS \"Value\" FROM issuer_keys",
                    "SELECT xml AS \"Value\" FROM data_protection_keys",
                    "SELECT client_secret AS \"Value\" FROM openiddict_applications WHERE client_secret IS NOT NULL",
                ]
        )
        {
            await using var scope = system.Identity.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
            var value = (await db.Database.SqlQueryRaw<string>(secret).ToListAsync())[0];
            (await KindsAsync(value.Substring(value.Length / 2, 12))).ShouldBeEmpty(secret);
        }

        (await own.GetAsync(Asked(user.UserName))).Status.ShouldBe(HttpStatusCode.Forbidden);

        async Task<IReadOnlyList<string>> KindsAsync(string text) =>
            [.. (await admin.GetAsync(Asked(text))).Ok().Items.Select(row => row["kind"]!.ToString())];
        static string Asked(string text) => "/api/identity/v1/personal-data?text=" + Uri.EscapeDataString(text);
    }

    [Fact]
    public async Task A_NUL_in_a_name_is_the_callers_mistake_wherever_it_is_entered()
    {
        var system = await fixture.StartAsync();
        using var browser = system.NewBrowser();
        using var attempt = await browser.TryPasswordAsync("root\0admin", "x");
        attempt.StatusCode.ShouldBe(HttpStatusCode.Found, "a form that cannot be read is shown again");
        (
            await system.TokenAsync(
                new()
                {
                    ["grant_type"] = "client_credentials",
                    ["client_id"] = "a\0b",
                    ["client_secret"] = "c",
                }
            )
        ).Status.ShouldBe(HttpStatusCode.BadRequest);
        var admin = await system.AsAdministratorAsync();
        (await admin.GetAsync("/api/identity/v1/users?search=%00")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (
            await admin.PostAsync(
                "/api/identity/v1/users",
                """{"userName":"a","displayName":"a\u0000","roles":[null]}"""
            )
        ).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_name_with_a_control_character_is_a_wrong_name_and_no_fault_of_the_server()
    {
        var system = await fixture.StartAsync();
        using var browser = system.NewBrowser();
        using var bell = await browser.TryPasswordAsync("bell\a", "whatever it is");
        bell.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await bell.Content.ReadAsStringAsync()).ShouldContain("id=\"error\"");
        // With a zero byte not even the form can be read: it is shown again.
        using var zero = await browser.TryPasswordAsync("zero\0byte", "whatever it is");
        (zero.StatusCode, zero.Headers.Location!.OriginalString).ShouldBe((HttpStatusCode.Found, "/account/login"));
    }

    [Fact]
    public async Task Attempts_at_the_same_time_are_all_counted()
    {
        var system = await fixture.StartAsync();
        var user = await system.CreateUserAsync(["sales"]);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(async i =>
                {
                    using var browser = system.NewBrowser();
                    using var answer = await browser.TryPasswordAsync(
                        user.UserName,
                        "wrong " + i.ToString(CultureInfo.InvariantCulture)
                    );
                    return Alert(await answer.Content.ReadAsStringAsync());
                })
        );
        answers
            .Count(a => a.Contains("locked", StringComparison.Ordinal))
            .ShouldBe(18, "the third locks, and none after it is heard");
        using var after = system.NewBrowser();
        using var right = await after.TryPasswordAsync(user.UserName, user.Password);
        Alert(await right.Content.ReadAsStringAsync()).ShouldContain("locked");
        var trail = (await (await system.AsAdministratorAsync()).GetAsync("/api/identity/v1/audit/" + user.Id))
            .Ok()["entries"]
            .AsArray();
        trail.Select(entry => entry!["action"]!.ToString()).ShouldBe(["create", "lock-out"]);
    }

    [Fact]
    public async Task A_right_password_is_no_use_when_wrong_ones_lock_the_account_while_it_is_checked()
    {
        var system = await fixture.StartAsync();
        var user = await system.CreateUserAsync(["sales"]);
        await using var scope = system.Identity.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<UserManager<User>>().PasswordHasher = new OvertakenHasher(() =>
            FailAsync(system, user, 3).GetAwaiter().GetResult()
        );

        var outcome = await scope
            .ServiceProvider.GetRequiredService<PasswordSignIn>()
            .TryAsync(
                new DefaultHttpContext
                {
                    RequestServices = scope.ServiceProvider,
                    Connection = { RemoteIpAddress = IPAddress.Loopback },
                },
                user.UserName,
                user.Password
            );

        outcome.ShouldBe(SignInOutcome.Locked);
    }

    [Fact]
    public async Task A_lock_out_ends_by_itself_for_accounts_as_for_names_that_no_account_has()
    {
        var system = await fixture.StartAsync();
        var user = await system.CreateUserAsync(["sales"]);
        var unknown = "nobody-" + Guid.CreateVersion7().ToString("N")[12..];
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());

        // Three wrong ones lock; one more after 14 minutes does not prolong it.
        foreach (var minutes in (int[])[0, 0, 0, 14])
        {
            clock.Advance(TimeSpan.FromMinutes(minutes));
            await CountAsync();
        }

        (await PassAsync()).ShouldBeFalse();
        clock.Advance(TimeSpan.FromMinutes(1));
        (await PassAsync()).ShouldBeTrue();
        (await CountAsync()).ShouldBe((false, false));

        async Task<(bool Account, bool Name)> CountAsync()
        {
            await using var scope = system.Identity.Services.CreateAsyncScope();
            var lockOut = ActivatorUtilities.CreateInstance<LockOut>(scope.ServiceProvider, clock);
            return (
                await lockOut.CountAsync(user.UserName, "here", user.Id, default),
                await lockOut.CountAsync(unknown, "here", null, default)
            );
        }

        async Task<bool> PassAsync()
        {
            await using var scope = system.Identity.Services.CreateAsyncScope();
            var lockOut = ActivatorUtilities.CreateInstance<LockOut>(scope.ServiceProvider, clock);
            return await lockOut.PassAsync(user.UserName, "here", default);
        }
    }

    [Fact]
    public async Task Wrong_passwords_from_elsewhere_do_not_lock_the_owner_out_and_slow_strangers_down()
    {
        var system = await fixture.StartAsync();
        var user = await system.CreateUserAsync(["sales"]);
        var unknown = user with { UserName = "nobody-" + Guid.CreateVersion7().ToString("N")[12..] };
        using (var browser = system.NewBrowser())
        {
            await browser.SignInAsync(user.UserName, user.Password);
        }

        for (var i = 0; i < 12; i++)
        {
            foreach (var name in (string[])[user.UserName, unknown.UserName])
            {
                await using var scope = system.Identity.Services.CreateAsyncScope();
                var lockOut = scope.ServiceProvider.GetRequiredService<LockOut>();
                var from = "elsewhere-" + (i / 4).ToString(CultureInfo.InvariantCulture);
                await lockOut.CountAsync(name, from, name == user.UserName ? user.Id : null, default);
            }
        }

        await using var last = system.Identity.Services.CreateAsyncScope();
        var turns = last.ServiceProvider.GetRequiredService<LockOut>();
        // Nine were counted; the last of each address found it locked. 250 ms doubled six times is over 5 s.
        (await turns.TurnAsync(user.UserName, "another", default)).ShouldBe(TimeSpan.FromSeconds(5));
        (await turns.TurnAsync(unknown.UserName, "another", default)).ShouldBe(TimeSpan.FromSeconds(5));
        (await turns.TurnAsync(user.UserName, "127.0.0.1", default)).ShouldBe(TimeSpan.Zero);
        (await turns.TurnAsync(user.UserName, "elsewhere-0", default)).ShouldBe(TimeSpan.Zero, "it is refused anyway");
        using var owner = system.NewBrowser();
        (await owner.SignInAsync(user.UserName, user.Password)).AccessToken.ShouldNotBeEmpty();
        var trail = (await (await system.AsAdministratorAsync()).GetAsync("/api/identity/v1/audit/" + user.Id))
            .Ok()["entries"]
            .AsArray();
        trail.Select(entry => entry!["action"]!.ToString()).ShouldBe(["create", "lock-out"], "noted once at a time");
    }

    [Fact]
    public async Task Wrong_passwords_of_the_day_before_are_forgotten_for_accounts_as_for_names_that_no_account_has()
    {
        var system = await fixture.StartAsync();
        var user = await system.CreateUserAsync(["sales"]);
        var nobody = user with { UserName = "nobody-" + Guid.CreateVersion7().ToString("N")[12..] };
        await FailAsync(system, user, 2);
        await FailAsync(system, nobody, 2);
        await using (var scope = system.Identity.Services.CreateAsyncScope())
        {
            var database = scope.ServiceProvider.GetRequiredService<IdentityDb>().Database;
            await database.ExecuteSqlAsync(
                $"""
                UPDATE sign_in_attempts SET last_at = last_at - interval '25 hours'
                WHERE normalized_user_name IN ({user.UserName}, {nobody.UserName})
                """
            );
        }

        foreach (var who in (NewUser[])[user, nobody])
        {
            (await FailAsync(system, who, 2)).ShouldAllBe(alert => alert.Contains("not right"));
            (await FailAsync(system, who, 1)).Single().ShouldContain("locked");
        }
    }

    [Fact]
    public async Task Wrong_passwords_at_the_change_of_ones_own_lock_the_account_and_are_written_down()
    {
        var system = await fixture.StartAsync();
        var user = await system.CreateUserAsync(["sales"]);
        using var browser = system.NewBrowser();
        var me = system.With((await browser.SignInAsync(user.UserName, user.Password)).AccessToken);
        for (var i = 0; i < 3; i++)
        {
            var seen = (await me.GetAsync("/api/identity/v1/me")).Ok();
            (
                await me.PostAsync(
                    "/api/identity/v1/me/password",
                    new { current = "not it", @new = "my own new password" },
                    seen.ETag
                )
            ).Code.ShouldBe("password-wrong");
        }

        var last = (await me.GetAsync("/api/identity/v1/me")).Ok();
        (
            await me.PostAsync(
                "/api/identity/v1/me/password",
                new { current = user.Password, @new = "my own new password" },
                last.ETag
            )
        ).Code.ShouldBe("password-wrong");
        var admin = await system.AsAdministratorAsync();
        (await admin.GetAsync(user.Record)).Ok()["lockedUntil"].ShouldNotBeNull();
        var trail = (await admin.GetAsync("/api/identity/v1/audit/" + user.Id)).Ok()["entries"].AsArray();
        trail.Select(entry => entry!["action"]!.ToString()).ShouldBe(["create", "lock-out"]);
        var (code, output) = await system.Identity.RunCommandAsync("verify-audit");
        code.ShouldBe(0, output);
    }

    [Fact]
    public async Task A_deactivated_user_gets_no_token_any_more()
    {
        var system = await fixture.StartAsync();
        var user = await system.CreateUserAsync(["sales"]);
        using var browser = system.NewBrowser();
        var tokens = await browser.SignInAsync(user.UserName, user.Password);
        var admin = await system.AsAdministratorAsync();
        (await admin.PostAsync(user.Record + "/deactivate", new { why = "left the company" }, user.ETag))
            .Ok()
            .Text("state")
            .ShouldBe("inactive");

        var (status, body) = await browser.RefreshAsync(tokens.RefreshToken!);
        status.ShouldBe(HttpStatusCode.BadRequest);
        body["error"]!.ToString().ShouldBe("invalid_grant");
        using var authorize = await browser.GetAsync(browser.AuthorizeAddress());
        authorize.Headers.Location!.ToString().ShouldStartWith("/account/login");
        using var signIn = await browser.TryPasswordAsync(user.UserName, user.Password);
        Alert(await signIn.Content.ReadAsStringAsync()).ShouldContain("not right");
        (await system.With(tokens.AccessToken).GetAsync("/api/identity/v1/me")).Status.ShouldBe(
            HttpStatusCode.Unauthorized
        );

        var again = (
            await admin.PostAsync(
                user.Record + "/activate",
                new { why = "is back" },
                (await admin.GetAsync(user.Record)).ETag
            )
        ).Ok();
        again.Text("state").ShouldBe("active");
    }

    [Fact]
    public async Task A_refresh_brings_new_roles_and_ends_with_the_password()
    {
        var system = await fixture.StartAsync();
        var user = await system.CreateUserAsync(["sales"]);
        using var browser = system.NewBrowser();
        var tokens = await browser.SignInAsync(user.UserName, user.Password);
        var admin = await system.AsAdministratorAsync();
        var changed = (
            await admin.PostAsync(
                user.Record + "/assign",
                new { roles = new[] { "sales-manager" }, why = "promoted" },
                user.ETag
            )
        ).Ok();

        var (status, body) = await browser.RefreshAsync(tokens.RefreshToken!);
        status.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        var refreshed = Tokens.From(body);
        Tokens.Payload(refreshed.AccessToken)["role"]!.AsArray().Single()!.ToString().ShouldBe("sales-manager");

        (
            await admin.PostAsync(
                user.Record + "/reset-password",
                new { password = "yet another password" },
                changed.ETag
            )
        ).Ok();
        (await browser.RefreshAsync(refreshed.RefreshToken!)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_revoked_refresh_token_is_worth_nothing()
    {
        var system = await fixture.StartAsync();
        var user = await system.CreateUserAsync(["sales"]);
        using var browser = system.NewBrowser();
        var tokens = await browser.SignInAsync(user.UserName, user.Password);
        using var client = new HttpClient();
        using var revoked = await client.PostAsync(
            new Uri(system.Address, "/connect/revoke"),
            new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["client_id"] = "console",
                    ["token"] = tokens.RefreshToken!,
                    ["token_type_hint"] = "refresh_token",
                }
            )
        );
        revoked.StatusCode.ShouldBe(HttpStatusCode.OK);

        (await browser.RefreshAsync(tokens.RefreshToken!)).Body["error"]!.ToString().ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_person_changes_his_own_password()
    {
        var system = await fixture.StartAsync();
        var user = await system.CreateUserAsync(["sales"]);
        using var browser = system.NewBrowser();
        var me = system.With((await browser.SignInAsync(user.UserName, user.Password)).AccessToken);
        var seen = (await me.GetAsync("/api/identity/v1/me")).Ok();

        (
            await me.PostAsync(
                "/api/identity/v1/me/password",
                new { current = "not it", @new = "my own new password" },
                seen.ETag
            )
        ).Code.ShouldBe("password-wrong");
        (
            await me.PostAsync(
                "/api/identity/v1/me/password",
                new { current = user.Password, @new = "short" },
                seen.ETag
            )
        ).Code.ShouldBe("password-too-short");
        (
            await me.PostAsync(
                "/api/identity/v1/me/password",
                new { current = user.Password, @new = "my own new password" },
                seen.ETag
            )
        ).Ok();

        using var after = system.NewBrowser();
        (await after.SignInAsync(user.UserName, "my own new password")).AccessToken.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("zh-TW,zh;q=0.9", "", "登入", "zh-Hant")]
    [InlineData("zh-CN,zh;q=0.9", "", "登录", "zh-Hans")]
    [InlineData("en-GB", "", "Sign in", "en")]
    [InlineData("fr", "", "登入", "zh-Hant")]
    [InlineData("en", "?ui_locales=zh-Hans", "登录", "zh-Hans")]
    [InlineData("en", "?ReturnUrl=%2Fconnect%2Fauthorize%3Fui_locales%3Dzh-HK", "登入", "zh-Hant")]
    public async Task The_sign_in_page_speaks_the_readers_language(
        string accept,
        string query,
        string title,
        string language
    )
    {
        var system = await fixture.StartAsync();
        using var browser = system.NewBrowser();
        using var page = await browser.GetAsync("/account/login" + query, accept);
        var html = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync());

        html.ShouldContain($"<html lang=\"{language}\">");
        html.ShouldContain($"<h1>{title}</h1>");
        html.ShouldContain("<label for=\"userName\">");
        // As on every other page.
        html.ShouldContain(">繁體中文<");
        html.ShouldContain(">简体中文<");
        html.ShouldContain("autocomplete=\"current-password\"");
        html.ShouldNotContain("<script");
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("form-action 'self'");
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task A_form_without_its_token_is_shown_again_and_signs_nobody_in()
    {
        var system = await fixture.StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await client.PostAsync(
            new Uri(system.Address, "/account/login"),
            new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["userName"] = SignInFixture.Administrator,
                    ["password"] = SignInFixture.AdministratorPassword,
                }
            )
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldBe("/account/login");
        answer.Headers.TryGetValues("Set-Cookie", out var cookies).ShouldBeFalse(string.Join(';', cookies ?? []));
    }

    [Fact]
    public async Task Sign_in_leads_back_to_this_site_only()
    {
        var system = await fixture.StartAsync();
        var user = await system.CreateUserAsync(["sales"]);
        using var browser = system.NewBrowser();
        using var answer = await browser.SubmitAsync(
            "/account/login?ReturnUrl=" + Uri.EscapeDataString("https://evil.example/"),
            new Dictionary<string, string> { ["userName"] = user.UserName, ["password"] = user.Password }
        );

        answer.Headers.Location!.ToString().ShouldBe("/account/signed-in");
    }

    [Fact]
    public async Task Signing_out_needs_proof_or_a_question_and_ends_the_session()
    {
        var system = await fixture.StartAsync();
        var user = await system.CreateUserAsync(["sales"]);
        using var browser = system.NewBrowser();
        var tokens = await browser.SignInAsync(user.UserName, user.Password);
        var back = Uri.EscapeDataString(new Uri(system.Address, "/").AbsoluteUri);

        // Any page could send a browser here.
        using var asked = await browser.GetAsync("/connect/logout");
        asked.Headers.Location!.ToString().ShouldStartWith("/account/logout");
        using var still = await browser.GetAsync(browser.AuthorizeAddress());
        browser.CodeFrom(still).ShouldNotBeEmpty();

        using var done = await browser.GetAsync(
            $"/connect/logout?id_token_hint={tokens.IdToken}&post_logout_redirect_uri={back}&state=xyz"
        );
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        done.Headers.Location!.ToString().ShouldBe(new Uri(system.Address, "/?state=xyz").AbsoluteUri);
        using var after = await browser.GetAsync(browser.AuthorizeAddress());
        after.Headers.Location!.ToString().ShouldStartWith("/account/login");

        await browser.SignInAsync(user.UserName, user.Password);
        using var confirmed = await browser.SubmitAsync("/account/logout", []);
        confirmed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var gone = await browser.GetAsync(browser.AuthorizeAddress());
        gone.Headers.Location!.ToString().ShouldStartWith("/account/login");
    }

    [Fact]
    public async Task User_info_shows_what_the_scopes_allow()
    {
        var system = await fixture.StartAsync();
        var user = await system.CreateUserAsync(["sales"]);
        using var browser = system.NewBrowser();
        var all = await browser.SignInAsync(user.UserName, user.Password);
        using var second = system.NewBrowser();
        var little = await second.SignInAsync(user.UserName, user.Password, "openid api");

        var full = (await system.With(all.AccessToken).GetAsync("/connect/userinfo")).Ok();
        full.Text("name").ShouldBe("王小明");
        full["role"].AsArray().Single()!.ToString().ShouldBe("sales");
        var bare = (await system.With(little.AccessToken).GetAsync("/connect/userinfo")).Ok();
        bare.Text("sub").ShouldBe(user.Id.ToString());
        bare.Body!["name"].ShouldBeNull();
    }

    /// <summary>Wrong passwords, and what the page says to each.</summary>
    private static async Task<List<string>> FailAsync(SignInSystem system, NewUser user, int times)
    {
        using var browser = system.NewBrowser();
        var alerts = new List<string>();
        for (var i = 0; i < times; i++)
        {
            using var answer = await browser.TryPasswordAsync(user.UserName, "a wrong password");
            alerts.Add(Alert(await answer.Content.ReadAsStringAsync()));
        }

        return alerts;
    }

    private static string Alert(string html)
    {
        var start = html.IndexOf("role=\"alert\">", StringComparison.Ordinal);
        start.ShouldBeGreaterThan(0, html);
        start += "role=\"alert\">".Length;
        return WebUtility.HtmlDecode(html[start..html.IndexOf('<', start)]);
    }
}

/// <summary>Something happens while the password is being checked.</summary>
internal sealed class OvertakenHasher(Action meanwhile) : PasswordHasher<User>
{
    public override PasswordVerificationResult VerifyHashedPassword(
        User user,
        string hashedPassword,
        string providedPassword
    )
    {
        meanwhile();
        return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}
