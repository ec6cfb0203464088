using System.Net;
using System.Text.Json.Nodes;
using CustomerService.Rules;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Messaging;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CustomerService.Surveys.Tests;

/// <summary>The service by HTTP, on PostgreSQL and RabbitMQ.</summary>
[Collection(RunningSurveys.Name)]
public sealed class ServiceTests(SurveysFixture surveys)
{
    private ApiClient Anonymous => surveys.Service.Anonymous();

    private ApiClient Sales => surveys.Sales;

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Staff_invite_a_customer_and_get_the_link_and_its_code_once()
    {
        var key = Guid.CreateVersion7().ToString("N");
        var request = SurveysFixture.Request();
        var sent = (await Sales.PostAsync("/v1/invitations", request, key: key)).Ok();
        sent.Status.ShouldBe(HttpStatusCode.Created);
        sent.Location.ShouldBe($"/api/surveys/v1/invitations/{sent.Id}");
        sent.Text("link").ShouldStartWith("https://care.example/api/surveys/v1/forms/");
        sent.Text("qrSvg").ShouldStartWith("<svg");
        Convert.FromBase64String(sent.Text("qrPng"))[1..4].ShouldBe("PNG"u8.ToArray());

        var token = sent.Text("link").Split('/')[^1];
        var read = (await Sales.GetAsync($"/v1/invitations/{sent.Id}")).Ok();
        read.ETag.ShouldBe("\"1\"");
        read.Text("state").ShouldBe("sent");
        read.Body!.ToJsonString().ShouldNotContain(token);
        read["_actions"].AsArray().Select(a => a!.ToString()).ShouldBe(["withdraw"]);
        (await Sales.GetAsync($"/v1/invitations/{sent.Id}", ifNoneMatch: read.ETag)).Status.ShouldBe(HttpStatusCode.OK);

        var replay = (await Sales.PostAsync("/v1/invitations", request, key: key)).Ok();
        replay.Id.ShouldBe(sent.Id);
        replay.Raw.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        var reused = await Sales.PostAsync("/v1/invitations", SurveysFixture.Request(), key: key);
        (reused.Status, reused.Code).ShouldBe((HttpStatusCode.Conflict, "idempotency-key-reused"));

        var heard = (
            await surveys.EventsAsync("surveys.invitation.sent.v1", "invitationId", sent.Id, 1)
        ).ShouldHaveSingleItem();
        heard.Body["link"]!.ToString().ShouldBe(sent.Text("link"));
        heard.Body["surveyKind"]!.ToString().ShouldBe("D");
        heard.Properties.ContentType.ShouldBe("application/json");
        heard.Header("cloudEvents:type").ShouldBe("surveys.invitation.sent.v1");
        heard.Header("cloudEvents:subject").ShouldBe(sent.Id.ToString());
        heard.Header("cloudEvents:source").ShouldBe("/customer-service/surveys");

        await using var scope = surveys.Service.Services.CreateAsyncScope();
        var row = await scope
            .ServiceProvider.GetRequiredService<SurveysDb>()
            .Invitations.SingleAsync(i => i.Id == sent.Id);
        row.Body.ShouldNotContain(token);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Who_may_not_invite_is_refused_with_the_rule()
    {
        var qc = await surveys.Service.As(Roles.Qc).PostAsync("/v1/invitations", SurveysFixture.Request());
        (qc.Status, qc.Code, qc.Rule).ShouldBe((HttpStatusCode.Forbidden, "role-missing", "C5.8.2"));
        qc["suppliedBy"].AsArray().Count.ShouldBe(2);
        (await surveys.CustomerService.PostAsync("/v1/invitations", SurveysFixture.Request(kind: "C"))).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await Sales.PostAsync("/v1/invitations", SurveysFixture.Request(kind: "B"))).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await Sales.PostAsync("/v1/invitations", SurveysFixture.Request(kind: "C"))).Status.ShouldBe(
            HttpStatusCode.Created
        );
        (await surveys.CustomerService.PostAsync("/v1/invitations", SurveysFixture.Request(kind: "A"))).Status.ShouldBe(
            HttpStatusCode.Created
        );
        (await Anonymous.PostAsync("/v1/invitations", SurveysFixture.Request())).Status.ShouldBe(
            HttpStatusCode.Unauthorized
        );
    }

    [Fact]
    public async Task What_is_malformed_is_400_with_a_code()
    {
        var wrong = await Sales.PostAsync(
            "/v1/invitations",
            """{"kind":"E","customerId":"00000000-0000-0000-0000-000000000000","customerName":"","contact":"x","phone":"1","department":"Über"}"""
        );
        (wrong.Status, wrong.Code).ShouldBe((HttpStatusCode.BadRequest, "validation"));
        wrong["errors"]
            .AsObject()
            .Select(e => e.Key)
            .ShouldBe(["kind", "customerId", "customerName", "department"], ignoreOrder: true);
        (await Sales.PostAsync("/v1/invitations", """{"kind":"D","customerName":"x","contact":"x","phone":"1"}"""))[
            "errors"
        ]
            .AsObject()
            .Select(e => e.Key)
            .ShouldBe(["customerId"]);
        foreach (var body in new[] { "{", "[]", """{"kind":"D","nonsense":1}""", """{"kind":null}""" })
        {
            var answer = await Sales.PostAsync("/v1/invitations", body);
            (answer.Status, answer.Code).ShouldBe((HttpStatusCode.BadRequest, "malformed"), body);
        }

        foreach (
            var query in new[]
            {
                "kind=Z",
                "kind=3",
                "state=lost",
                "limit=0",
                "after=x",
                "from=2026-13-01",
                "customerId=1",
            }
        )
        {
            (await Sales.GetAsync("/v1/invitations?" + query)).Status.ShouldBe(HttpStatusCode.BadRequest, query);
        }

        foreach (
            var period in new[]
            {
                "from=2026-01-01&to=9999-12-31",
                "from=0001-01-01&to=2026-01-01",
                "from=1999-12-31&to=2026-01-01",
                "from=2026-01-01&to=2101-01-01",
                "from=2026-02-01&to=2026-01-01",
            }
        )
        {
            (await Sales.GetAsync("/v1/satisfaction?" + period)).Code.ShouldBe("bad-filter", period);
        }

        (await Sales.GetAsync("/v1/recovered-forms?verdict=odd")).Code.ShouldBe("bad-filter");
        (await Sales.GetAsync("/v1/questionnaires/Z")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task An_invitation_is_withdrawn_with_the_version_seen()
    {
        var (id, token) = await surveys.InviteAsync();
        (await Sales.PostAsync($"/v1/invitations/{id}/withdraw", new { reason = "x" })).Status.ShouldBe(
            HttpStatusCode.PreconditionRequired
        );
        (await Sales.PostAsync($"/v1/invitations/{id}/withdraw", new { reason = "x" }, "\"7\"")).Status.ShouldBe(
            HttpStatusCode.PreconditionFailed
        );
        (await Sales.PostAsync($"/v1/invitations/{id}/withdraw", new { reason = "" }, "\"1\"")).Status.ShouldBe(
            HttpStatusCode.BadRequest
        );
        (
            await surveys
                .Service.As(Roles.Qc)
                .PostAsync($"/v1/invitations/{id}/withdraw", new { reason = "x" }, "\"1\"")
        ).Status.ShouldBe(HttpStatusCode.Forbidden);
        (
            await Sales.PostAsync($"/v1/invitations/{Guid.CreateVersion7()}/withdraw", new { reason = "x" }, "\"1\"")
        ).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Sales.ChangeAsync($"/v1/invitations/{id}", "withdraw", new { reason = "寄錯人" }))
            .Ok()
            .Text("state")
            .ShouldBe("withdrawn");
        var again = await Sales.ChangeAsync($"/v1/invitations/{id}", "withdraw", new { reason = "x" });
        (again.Status, again.Code, again.Rule).ShouldBe((HttpStatusCode.Conflict, "not-in-this-state", "C5.8.2"));
        (await Anonymous.GetAsync($"/v1/forms/{token}")).Code.ShouldBe("link-withdrawn");
        (await Anonymous.PostAsync($"/v1/forms/{token}", new { overall = "satisfied" })).Code.ShouldBe(
            "link-withdrawn"
        );

        var trail = (await Sales.GetAsync($"/v1/audit/{id}")).Ok()["entries"].AsArray();
        trail.Select(e => e!["action"]!.ToString()).ShouldBe(["invite-specially", "withdraw"]);
        trail[1]!["why"]!.ToString().ShouldBe("寄錯人");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    [Trait("Rule", "C5.9")]
    public async Task After_a_repair_the_owner_is_asked_once_and_a_dissatisfied_answer_is_told_once()
    {
        var returned = SurveysFixture.Returned();
        var message = await surveys.PublishAsync(returned);
        await surveys.PublishAsync(returned, message);
        await surveys.PublishAsync(returned);

        var list = $"/v1/invitations?sourceId={returned.RepairOrderId}";
        var invitation = await Eventually.Gives(
            async () => (await Sales.GetAsync(list)).Ok()["items"].AsArray().FirstOrDefault(),
            "an invitation"
        );
        invitation["kind"]!.ToString().ShouldBe("B");
        invitation["customerId"]!.ToString().ShouldBe(returned.OwnerId.ToString());
        invitation["sourceNumber"]!.ToString().ShouldBe(returned.Number);
        invitation["department"]!.ToString().ShouldBe("engineering");
        var id = Guid.Parse(invitation["id"]!.ToString());

        // A later order's invitation shows that the duplicates before it have been dealt with.
        var later = SurveysFixture.Returned();
        await surveys.PublishAsync(later);
        await Eventually.Gives(
            async () =>
                (await Sales.GetAsync($"/v1/invitations?sourceId={later.RepairOrderId}"))
                    .Ok()["items"]
                    .AsArray()
                    .FirstOrDefault(),
            "the later invitation"
        );
        await using (var scope = surveys.Service.Services.CreateAsyncScope())
        {
            var inbox = scope
                .ServiceProvider.GetRequiredService<SurveysDb>()
                .Set<CustomerService.Messaging.InboxEntry>();
            await Eventually.IsTrue(async () => await inbox.CountAsync() >= 3, "three messages are dealt with");
        }

        (await Sales.GetAsync(list)).Ok()["items"].AsArray().Count.ShouldBe(1);
        var sent = (
            await surveys.EventsAsync("surveys.invitation.sent.v1", "sourceId", returned.RepairOrderId, 1)
        ).ShouldHaveSingleItem();
        var token = sent.Body["link"]!.ToString().Split('/')[^1];

        var open = (await Anonymous.GetAsync($"/v1/forms/{token}", "zh-Hant")).Ok();
        open.Text("sourceNumber").ShouldBe(returned.Number);
        open["questionnaire"]["title"]!.ToString().ShouldBe("顧客滿意度調查表");
        open["questionnaire"]["grades"]!
            .AsArray()
            .Select(g => g!["text"]!.ToString())
            .ShouldBe(["很滿意", "比較滿意", "基本滿意", "不太滿意", "不滿意"]);
        (await Sales.GetAsync($"/v1/invitations/{id}")).Ok().Text("state").ShouldBe("opened");

        var receipt = (
            await Anonymous.PostAsync(
                $"/v1/forms/{token}",
                new
                {
                    overall = "fairly-satisfied",
                    items = new object[]
                    {
                        new { item = "E.attitude", grade = "satisfied" },
                        new
                        {
                            item = "E.result",
                            grade = "dissatisfied",
                            comment = "屋面仍滲水",
                        },
                    },
                    suggestions = "請盡快複查",
                }
            )
        ).Ok();
        receipt.Status.ShouldBe(HttpStatusCode.Created);

        var form = (await Sales.GetAsync($"/v1/recovered-forms/{receipt.Id}")).Ok();
        form.Text("verdict").ShouldBe("complaint");
        form.Text("overall").ShouldBe("fairly-satisfied");
        (await Sales.GetAsync($"/v1/invitations/{id}")).Ok().Text("formId").ShouldBe(receipt.Id.ToString());
        (await surveys.EventsAsync("surveys.form.recovered.v1", "formId", receipt.Id, 1)).Count.ShouldBe(1);
        var dissatisfied = (
            await surveys.EventsAsync("surveys.form.dissatisfied.v1", "formId", receipt.Id, 1)
        ).ShouldHaveSingleItem();
        dissatisfied.Body["dissatisfiedItems"]!.AsArray().ShouldHaveSingleItem()!["item"]!
            .ToString()
            .ShouldBe("E.result");
        dissatisfied.Body["sourceId"]!.ToString().ShouldBe(returned.RepairOrderId.ToString());
        dissatisfied.Body["phone"]!.ToString().ShouldBe(returned.Phone);
        surveys.Events.ShouldNotContain(e =>
            e.Name == "surveys.form.warned.v1" && e.Body["formId"]!.ToString() == receipt.Id.ToString()
        );
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public async Task A_wrong_answer_is_400_by_code_and_uses_nothing_up()
    {
        var (id, token) = await surveys.InviteAsync();
        var path = $"/v1/forms/{token}";
        foreach (
            var (body, code) in new[]
            {
                ("""{}""", "overall-missing"),
                ("""{"overall":"good"}""", "unknown-grade"),
                ("""{"overall":"satisfied","items":[{"item":"X.y","grade":"satisfied"}]}""", "unknown-item"),
                ("""{"overall":"satisfied","items":[null]}""", "unknown-item"),
                ("""{"overall":"satisfied","items":[{"item":"E.skill","grade":"5"}]}""", "unknown-grade"),
                (
                    """{"overall":"satisfied","items":[{"item":"E.skill","grade":"satisfied"},{"item":"E.skill","grade":"satisfied"}]}""",
                    "duplicate-item"
                ),
                ("""{"overall":"satisfied","suggestions":"a\u0000b"}""", "validation"),
                (
                    """{"overall":"satisfied","items":[{"item":"E.skill","grade":"satisfied","comment":"\u0000"}]}""",
                    "validation"
                ),
                ("""{"overall":"satisfied","score":5}""", "malformed"),
                ("""{"overall":""", "malformed"),
            }
        )
        {
            var answer = await Anonymous.PostAsync(path, body);
            (answer.Status, answer.Code).ShouldBe((HttpStatusCode.BadRequest, code), body);
        }

        (await Sales.GetAsync($"/v1/invitations/{id}")).Ok().Text("state").ShouldBe("sent");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task A_link_that_is_used_expired_or_unknown_says_so_and_guessing_learns_nothing()
    {
        var (_, used) = await surveys.InviteAsync();
        var key = Guid.CreateVersion7().ToString("N");
        var first = (await Anonymous.PostAsync($"/v1/forms/{used}", new { overall = "satisfied" }, key: key)).Ok();
        (await Anonymous.PostAsync($"/v1/forms/{used}", new { overall = "satisfied" }, key: key))
            .Ok()
            .Id.ShouldBe(first.Id);
        (await Anonymous.PostAsync($"/v1/forms/{used}", new { overall = "dissatisfied" }, key: key)).Code.ShouldBe(
            "idempotency-key-reused"
        );
        var again = await Anonymous.PostAsync($"/v1/forms/{used}", new { overall = "dissatisfied" });
        (again.Status, again.Code, again.Rule).ShouldBe((HttpStatusCode.Conflict, "link-used", "C5.8.2"));
        (await Anonymous.GetAsync($"/v1/forms/{used}")).Code.ShouldBe("link-used");

        // The same key at another link is another customer's.
        var (_, other) = await surveys.InviteAsync();
        (await Anonymous.PostAsync($"/v1/forms/{other}", new { overall = "satisfied" }, key: key))
            .Ok()
            .Id.ShouldNotBe(first.Id);

        var (expiredId, expired) = await surveys.InviteAsync();
        await surveys.ExpireAsync(expiredId);
        (await Anonymous.GetAsync($"/v1/forms/{expired}")).Code.ShouldBe("link-expired");
        var late = await Anonymous.PostAsync($"/v1/forms/{expired}", new { overall = "satisfied" });
        (late.Status, late.Code).ShouldBe((HttpStatusCode.Conflict, "link-expired"));
        (
            await surveys
                .Service.Services.GetServices<IHostedService>()
                .OfType<ExpireInvitations>()
                .Single()
                .SweepAsync(default)
        ).ShouldBeGreaterThanOrEqualTo(1);
        (await Sales.GetAsync($"/v1/invitations/{expiredId}")).Ok().Text("state").ShouldBe("expired");
        (await Anonymous.GetAsync($"/v1/forms/{expired}")).Code.ShouldBe("link-expired");

        var shapes = new List<string>();
        foreach (
            var guess in new[]
            {
                Domain.LinkToken.New(),
                "short",
                expired[..^1] + (expired[^1] == 'A' ? 'E' : 'A'),
                Guid.CreateVersion7().ToString(),
                new string('x', 500),
            }
        )
        {
            foreach (
                var answer in new[]
                {
                    await Anonymous.GetAsync("/v1/forms/" + guess),
                    await Anonymous.PostAsync("/v1/forms/" + guess, new { overall = "satisfied" }),
                }
            )
            {
                answer.Status.ShouldBe(HttpStatusCode.NotFound);
                var body = answer.Body!.AsObject();
                body.Remove("traceId");
                body.Remove("instance");
                shapes.Add(body.ToJsonString());
            }
        }

        shapes.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_an_invitation_that_cannot_be_read_When_the_sweep_comes_by_Then_the_others_end_all_the_same()
    {
        var sweep = surveys.Service.Services.GetServices<IHostedService>().OfType<ExpireInvitations>().Single();
        // What other tests left overdue does not count here.
        await sweep.SweepAsync(default);
        var (broken, _) = await surveys.InviteAsync();
        await surveys.ExpireAsync(broken);
        await using var scope = surveys.Service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<SurveysDb>().Database;
        // Written by a younger version, and overdue for longer than the other: it comes first.
        await database.ExecuteSqlAsync(
            $$"""UPDATE invitations SET body = body || '{"younger": 1, "expiresAt": "2025-01-01T00:00:00.000Z"}' WHERE id = {{broken}}"""
        );
        try
        {
            var (other, _) = await surveys.InviteAsync();
            await surveys.ExpireAsync(other);
            (await sweep.SweepAsync(default)).ShouldBe(1);
            (await Sales.GetAsync($"/v1/invitations/{other}")).Ok().Text("state").ShouldBe("expired");
        }
        finally
        {
            await database.ExecuteSqlAsync($"UPDATE invitations SET body = body - 'younger' WHERE id = {broken}");
        }

        (await sweep.SweepAsync(default)).ShouldBe(1, "it ends once it can be read");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Of_two_answers_at_the_same_time_exactly_one_is_a_form()
    {
        for (var round = 0; round < 5; round++)
        {
            var (id, token) = await surveys.InviteAsync();
            var answers = await Task.WhenAll(
                Enumerable
                    .Range(0, 4)
                    .Select(_ => Anonymous.PostAsync($"/v1/forms/{token}", new { overall = "dissatisfied" }))
            );
            answers.Count(a => a.Status == HttpStatusCode.Created).ShouldBe(1);
            answers
                .Where(a => a.Status != HttpStatusCode.Created)
                .ShouldAllBe(a => a.Status == HttpStatusCode.Conflict && a.Code == "link-used");
            (await Sales.GetAsync($"/v1/recovered-forms?invitationId={id}")).Ok()["items"].AsArray().Count.ShouldBe(1);
        }
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_a_link_that_is_opened_at_the_same_moment_When_it_is_answered_Then_the_answer_counts_and_is_told_once()
    {
        for (var round = 0; round < 10; round++)
        {
            var (id, token) = await surveys.InviteAsync();
            var opened = Enumerable.Range(0, 3).Select(_ => Anonymous.GetAsync($"/v1/forms/{token}")).ToList();
            var answer = await Anonymous.PostAsync($"/v1/forms/{token}", new { overall = "satisfied" });
            await Task.WhenAll(opened);
            answer.Status.ShouldBe(HttpStatusCode.Created, answer.Code);
            (await surveys.EventsAsync("surveys.form.recovered.v1", "invitationId", id, 1)).ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task A_customer_sees_only_its_own_and_others_nothing()
    {
        var own = Guid.CreateVersion7();
        var (id, token) = await surveys.InviteAsync(customer: own);
        var (foreign, _) = await surveys.InviteAsync();
        (await Anonymous.PostAsync($"/v1/forms/{token}", new { overall = "satisfied" })).Ok();
        var customer = surveys.Service.As("owner", [Roles.Customer], organisation: own);

        var mine = (await customer.GetAsync("/v1/invitations")).Ok()["items"].AsArray().ShouldHaveSingleItem()!;
        mine["id"]!.ToString().ShouldBe(id.ToString());
        mine["_actions"]!.AsArray().ShouldBeEmpty();
        (await customer.GetAsync("/v1/recovered-forms")).Ok()["items"].AsArray().Count.ShouldBe(1);
        (await customer.GetAsync($"/v1/invitations/{id}")).Ok();
        (await customer.GetAsync($"/v1/invitations/{foreign}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await customer.GetAsync($"/v1/invitations?customerId={Guid.CreateVersion7()}"))
            .Ok()["items"]
            .AsArray()
            .ShouldBeEmpty();
        (await customer.GetAsync($"/v1/audit/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await customer.GetAsync("/v1/satisfaction?from=2026-01-01&to=2026-12-31")).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (
            await customer.PostAsync($"/v1/invitations/{foreign}/withdraw", new { reason = "x" }, "\"1\"")
        ).Status.ShouldBe(HttpStatusCode.NotFound);
        (await surveys.Service.As(Roles.RepairUnit).GetAsync("/v1/invitations"))
            .Ok()["items"]
            .AsArray()
            .ShouldBeEmpty();
        (await surveys.Service.As("customer without organisation", [Roles.Customer]).GetAsync("/v1/invitations"))
            .Ok()["items"]
            .AsArray()
            .ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    [Trait("Rule", "C5.9")]
    [Trait("Case", "8")]
    public async Task Worked_case_8_twenty_sent_ten_recovered_seventy_percent()
    {
        var department = "case8-" + Guid.CreateVersion7().ToString("N")[..12];
        var tokens = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            tokens.Add((await surveys.InviteAsync(department)).Token);
        }

        string[] grades =
        [
            "very-satisfied",
            "very-satisfied",
            "very-satisfied",
            "satisfied",
            "satisfied",
            "fairly-satisfied",
            "fairly-satisfied",
            "rather-dissatisfied",
            "rather-dissatisfied",
            "dissatisfied",
        ];
        var forms = new List<Guid>();
        for (var i = 0; i < grades.Length; i++)
        {
            forms.Add((await Anonymous.PostAsync($"/v1/forms/{tokens[i]}", new { overall = grades[i] })).Ok().Id);
        }

        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(8));
        var path = FormattableString.Invariant(
            $"/v1/satisfaction?from={today.AddDays(-1):yyyy-MM-dd}&to={today.AddDays(1):yyyy-MM-dd}&department={department}"
        );
        var reached = (await Sales.GetAsync(path + "&goal=70")).Ok()["total"];
        reached["sent"]!.GetValue<int>().ShouldBe(20);
        reached["recovered"]!.GetValue<int>().ShouldBe(10);
        reached["rate"]!.ToJsonString().ShouldBe("70.0");
        reached["recoveryRate"]!.ToJsonString().ShouldBe("50.0");
        reached["overall"]!.AsObject().Select(g => g.Value!.GetValue<int>()).ShouldBe([3, 2, 2, 2, 1]);
        reached["goal"]!["outcome"]!.ToString().ShouldBe("reward");
        reached["goal"]!["deadline"].ShouldBeNull();

        var missed = (await Sales.GetAsync(path + "&goal=75&kind=D")).Ok();
        missed["total"]["goal"]!["outcome"]!.ToString().ShouldBe("corrective-order");
        missed["total"]["goal"]!["measures"]!
            .AsArray()
            .Select(m => m!.ToString())
            .ShouldBe(["corrective-order", "public-criticism", "deadline"]);
        missed["total"]["goal"]!["deadline"]!.ToString().ShouldNotBeEmpty();
        missed["departments"].AsArray().ShouldHaveSingleItem()!["department"]!.ToString().ShouldBe(department);

        var none = (await Sales.GetAsync(path + "&kind=A")).Ok()["total"];
        none["available"]!.GetValue<bool>().ShouldBeFalse();
        none["rate"].ShouldBeNull();
        none["goal"]!["outcome"]!.ToString().ShouldBe("not-available");

        (await surveys.EventsAsync("surveys.form.dissatisfied.v1", "formId", forms[9], 1)).Count.ShouldBe(1);
        (await surveys.EventsAsync("surveys.form.warned.v1", "formId", forms[7], 1)).Count.ShouldBe(1);
        (await surveys.EventsAsync("surveys.form.warned.v1", "formId", forms[8], 1)).Count.ShouldBe(1);
        surveys
            .Events.Count(e =>
                e.Name == "surveys.form.dissatisfied.v1" && forms.Contains(Guid.Parse(e.Body["formId"]!.ToString()))
            )
            .ShouldBe(1);

        foreach (
            var query in new[]
            {
                "",
                "?from=2026-01-01",
                "?from=2026-02-01&to=2026-01-01",
                "?from=2026-01-01&to=2026-02-01&goal=101",
                "?from=x&to=y",
            }
        )
        {
            (await Sales.GetAsync("/v1/satisfaction" + query)).Status.ShouldBe(HttpStatusCode.BadRequest, query);
        }

        (await surveys.Service.As(Roles.BiReader).GetAsync(path)).Ok();
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public async Task The_questionnaire_comes_in_the_callers_language()
    {
        (await Sales.GetAsync("/v1/questionnaires/A", "zh-Hans")).Ok().Text("title").ShouldBe("顾客满意度调查表");
        (await Sales.GetAsync("/v1/questionnaires/A", "en")).Ok().Text("overall").ShouldBe("Overall evaluation");
        (await Sales.GetAsync("/v1/questionnaires/A", "zh-Hant"))
            .Ok()["dimensions"]
            .AsArray()
            .Select(d => d!["code"]!.ToString())
            .ShouldBe(["A", "B", "C", "D", "F"]);
    }

    [Fact]
    public async Task A_document_that_is_changed_while_the_trail_is_walked_is_not_broken()
    {
        var (id, _) = await surveys.InviteAsync();
        var changed = false;
        await using var scope = surveys.Service.Services.CreateAsyncScope();
        var store = Meanwhile.Of(
            scope.ServiceProvider.GetRequiredService<ISurveyStore>(),
            async () =>
            {
                (await Sales.ChangeAsync($"/v1/invitations/{id}", "withdraw", new { reason = "meanwhile" })).Ok();
                changed = true;
            }
        );
        await using var services = new ServiceCollection().AddSingleton(store).BuildServiceProvider();
        await using var output = new StringWriter();
        await new VerifyAuditCommand().RunAsync([], services, output, default);
        changed.ShouldBeTrue();
        output.ToString().ShouldNotContain(id.ToString());
    }

    [Fact]
    public async Task The_audit_trail_holds_and_a_changed_entry_is_found()
    {
        var (id, _) = await surveys.InviteAsync();
        var (_, output) = await surveys.Service.RunCommandAsync("verify-audit");
        output.ShouldNotContain(id.ToString());
        await using var scope = surveys.Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SurveysDb>();
        await db.Database.ExecuteSqlAsync(
            $"UPDATE audit_trail SET actor_name = 'somebody else' WHERE aggregate_id = {id}"
        );
        var (code, broken) = await surveys.Service.RunCommandAsync("verify-audit");
        code.ShouldBe(1);
        broken.ShouldContain($"BROKEN invitation {id} at entry 1: changed");
        await db.Database.ExecuteSqlAsync($"DELETE FROM audit_trail WHERE aggregate_id = {id}");
        (await surveys.Service.RunCommandAsync("verify-audit")).Output.ShouldContain(
            $"BROKEN invitation {id} at entry 1: cut-off"
        );
        await db.Database.ExecuteSqlAsync($"DELETE FROM invitations WHERE id = {id}");
    }

    [Fact]
    public async Task A_lost_last_entry_and_a_lost_document_are_found_by_the_endpoint_too()
    {
        var (id, _) = await surveys.InviteAsync();
        (await Sales.ChangeAsync($"/v1/invitations/{id}", "withdraw", new { reason = "sent in error" })).Ok();
        async Task<bool> IntactAsync() => (await Sales.GetAsync("/v1/audit/" + id)).Ok()["intact"].GetValue<bool>();
        (await IntactAsync()).ShouldBeTrue();
        await using var scope = surveys.Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SurveysDb>();

        await db.Database.ExecuteSqlAsync($"DELETE FROM audit_trail WHERE aggregate_id = {id} AND sequence = 2");
        (await IntactAsync()).ShouldBeFalse();
        (await surveys.Service.RunCommandAsync("verify-audit")).Output.ShouldContain(
            $"BROKEN invitation {id} at entry 2: cut-off"
        );

        await db.Database.ExecuteSqlAsync($"DELETE FROM invitations WHERE id = {id}");
        (await IntactAsync()).ShouldBeFalse();
        (await surveys.Service.RunCommandAsync("verify-audit")).Output.ShouldContain(
            $"BROKEN invitation {id} at entry 1: orphaned"
        );
        await db.Database.ExecuteSqlAsync($"DELETE FROM audit_trail WHERE aggregate_id = {id}");
    }

    [Fact]
    public async Task Every_endpoint_is_described()
    {
        var document = (await Anonymous.GetAsync("/openapi/v1.json")).Ok().Body!;
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (_, operation) in operations!.AsObject().Where(o => o.Value is JsonObject))
            {
                operation!["summary"]?.ToString().ShouldNotBeNullOrEmpty(path);
                operation["description"]?.ToString().ShouldNotBeNullOrEmpty(path);
            }
        }
    }
}
