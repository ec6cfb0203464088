using System.Net;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Rules;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Invitations.Features;
using CustomerService.Surveys.Invitations.Jobs;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Surveys.Tests;

/// <summary>Invitations by HTTP: one test of the wiring an endpoint. The rules are proved in Domain.</summary>
public sealed class InvitationTests(SurveysFixture fixture) : OnServers<SurveysFixture>(fixture)
{
    [Fact]
    public async Task Given_sales_When_they_invite_Then_link_and_code_come_once_and_the_store_keeps_the_hash()
    {
        var key = Guid.CreateVersion7().ToString("N");
        var request = SurveysFixture.Request();

        var sent = (await Fixture.Sales.PostAsync("/v1/invitations", request, key: key)).Ok();

        (sent.Status, sent.Location).ShouldBe((HttpStatusCode.Created, $"/api/surveys/v1/invitations/{sent.Id}"));
        sent.Text("link").ShouldStartWith("https://care.example/api/surveys/v1/f/");
        sent.Text("qrSvg").ShouldStartWith("<svg");
        Convert.FromBase64String(sent.Text("qrPng"))[1..4].ShouldBe("PNG"u8.ToArray());
        var replay = (await Fixture.Sales.PostAsync("/v1/invitations", request, key: key)).Ok();
        (replay.Id, replay.Text("link")).ShouldBe((sent.Id, sent.Text("link")));
        var heard = await Fixture.EventAsync(sent.Id, "surveys.invitation.sent.v1");
        heard.Text("link").ShouldBe(sent.Text("link"));

        var token = sent.Text("link").Split('/')[^1];
        await Fixture.PastTheRulesAsync(async store => (await store.BodyAsync(sent.Id)).ShouldNotContain(token));
    }

    [Fact]
    [Trait("Rule", "S3")]
    public async Task Given_a_customer_of_the_registry_When_it_is_invited_Then_its_name_is_the_registrys()
    {
        var customer = Guid.CreateVersion7();
        await Fixture.DeliverAsync(
            new OrganisationRevised(customer, 3, "海河電機有限公司", "customer", null, null, null, null)
        );
        // An older announcement that comes late.
        await Fixture.DeliverAsync(
            new OrganisationRegistered(customer, 1, "海河電機廠", "customer", null, null, null, null)
        );

        var (id, _) = await Fixture.InviteAsync(customer);

        var read = (await Fixture.Sales.GetAsync($"/v1/invitations/{id}")).Ok();
        read.Text("customerName").ShouldBe("海河電機有限公司");

        await Fixture.DeliverAsync(
            new OrganisationRevised(customer, 4, "海河集團", "customer", null, null, null, null)
        );
        var renamed = (await Fixture.Sales.GetAsync($"/v1/invitations/{id}")).Ok();
        renamed.Text("customerName").ShouldBe("海河集團", "it is open");

        (
            await Fixture.Sales.ChangeAsync(
                $"/v1/invitations/{id}",
                "withdraw",
                new WithdrawInvitation.Request("sent in error")
            )
        ).Ok();
        await Fixture.DeliverAsync(new OrganisationRevised(customer, 5, "又改名", "customer", null, null, null, null));
        (await Fixture.Sales.GetAsync($"/v1/invitations/{id}")).Text("customerName").ShouldBe("海河集團", "it ended");
    }

    [Fact]
    public async Task Given_an_invitation_When_staff_read_it_Then_its_link_is_not_shown()
    {
        var (id, token) = await Fixture.InviteAsync();

        var read = (await Fixture.Sales.GetAsync($"/v1/invitations/{id}")).Ok();

        (read.ETag, read.State).ShouldBe(("\"1\"", "sent"));
        read.Text("kind").ShouldBe("D");
        read["sentBy"]["name"]!.ToString().ShouldBe(Someone.InSales().Name);
        read.Actions.ShouldBe(["withdraw", "take-down", "break-off"]);
        read.Readable().ShouldNotContain(token);
    }

    [Theory]
    [InlineData(Roles.Qc, HttpStatusCode.Forbidden)]
    [InlineData(Roles.Customer, HttpStatusCode.Forbidden)]
    [InlineData(Roles.CustomerService, HttpStatusCode.Created)]
    [InlineData(Roles.Sales, HttpStatusCode.Created)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task Given_a_role_When_it_invites_Then_as_the_flow_table_says(string? role, HttpStatusCode status)
    {
        var caller = role is null ? Fixture.Anonymous() : Fixture.As(role);

        (await caller.PostAsync("/v1/invitations", SurveysFixture.Request())).Status.ShouldBe(status);
    }

    [Fact]
    public async Task Given_a_request_with_faults_When_it_is_sent_Then_each_member_is_named()
    {
        var request = SurveysFixture.Request("E") with
        {
            CustomerId = Guid.Empty,
            CustomerName = "",
            Department = "Über",
        };

        var wrong = await Fixture.Sales.PostAsync("/v1/invitations", request);

        (wrong.Status, wrong.Code).ShouldBe((HttpStatusCode.BadRequest, "validation"));
        wrong["errors"]
            .AsObject()
            .Select(e => e.Key)
            .ShouldBe(["kind", "customerId", "customerName", "department"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{ "kind": "D" }""")]
    [InlineData("""{ "kind": null }""")]
    public async Task Given_what_is_no_request_When_it_is_sent_Then_it_is_malformed(string body)
    {
        var answer = await Fixture.Sales.PostAsync("/v1/invitations", body);

        (answer.Status, answer.Code).ShouldBe((HttpStatusCode.BadRequest, "malformed"));
    }

    [Theory]
    [InlineData("kind=Z", "bad-filter")]
    [InlineData("kind=3", "bad-filter")]
    [InlineData("state=lost", "bad-filter")]
    [InlineData("limit=0", "bad-filter")]
    [InlineData("sentFrom=2026-13-01", "bad-filter")]
    [InlineData("after=x", "bad-cursor")]
    [InlineData("from=2026-01-01", "unknown-parameter")]
    [InlineData("customerId=1", "malformed")]
    public async Task Given_a_wrong_filter_When_invitations_are_listed_Then_it_is_named(string query, string code)
    {
        var answer = await Fixture.Sales.GetAsync("/v1/invitations?" + query);

        (answer.Status, answer.Code).ShouldBe((HttpStatusCode.BadRequest, code));
    }

    [Fact]
    public async Task Given_invitations_of_a_customer_When_they_are_listed_Then_by_pages_newest_first()
    {
        var customer = Guid.CreateVersion7();
        var sent = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            sent.Add((await Fixture.InviteAsync(customer)).Id);
        }

        var list = $"/v1/invitations?customerId={customer}&kind=D&state=sent,opened&limit=2";
        var first = (await Fixture.Sales.GetAsync(list)).Ok();
        var second = (await Fixture.Sales.GetAsync($"{list}&after={first.Text("next")}")).Ok();

        Ids(first).ShouldBe([sent[2], sent[1]]);
        Ids(second).ShouldBe([sent[0]]);
        first.Items[0].AsObject().Select(m => m.Key).Take(5).ShouldBe(["id", "number", "state", "version", "_actions"]);
        second.Body!["next"].ShouldBeNull();
    }

    [Fact]
    public async Task Given_an_invitation_When_it_is_withdrawn_Then_with_the_version_seen()
    {
        var (id, _) = await Fixture.InviteAsync();
        var path = $"/v1/invitations/{id}/withdraw";
        var body = new WithdrawInvitation.Request("寄錯人");
        (await Fixture.Sales.PostAsync(path, body)).Status.ShouldBe(HttpStatusCode.PreconditionRequired);
        (await Fixture.Sales.PostAsync(path, body, "\"7\"")).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await Fixture.Sales.PostAsync(path, new WithdrawInvitation.Request(""), "\"1\"")).Code.ShouldBe("validation");
        (await Fixture.As(Roles.Qc).PostAsync(path, body, "\"1\"")).Status.ShouldBe(HttpStatusCode.Forbidden);

        var withdrawn = (await Fixture.Sales.PostAsync(path, body, "\"1\"")).Ok();

        (withdrawn.State, withdrawn.ETag, withdrawn.Text("withdrawalReason")).ShouldBe(
            ("withdrawn", "\"2\"", "寄錯人")
        );
        var again = await Fixture.Sales.ChangeAsync($"/v1/invitations/{id}", "withdraw", body);
        (again.Status, again.Code, again.Rule).ShouldBe((HttpStatusCode.Conflict, "not-in-this-state", "C5.8.2"));
        (await Fixture.Sales.GetAsync($"/v1/audit/{id}"))
            .Ok()["entries"]
            .AsArray()
            .Select(e => e!["action"]!.ToString())
            .ShouldBe(["invite-specially", "withdraw"]);
    }

    [Fact]
    public async Task Given_a_customer_When_it_reads_Then_only_its_own_and_no_word_of_the_staff()
    {
        var own = Guid.CreateVersion7();
        var (id, _) = await Fixture.InviteAsync(own);
        var (foreign, _) = await Fixture.InviteAsync();
        (
            await Fixture.Sales.ChangeAsync(
                $"/v1/invitations/{id}",
                "withdraw",
                new WithdrawInvitation.Request("internal word")
            )
        ).Ok();
        var customer = Fixture.As(Someone.AtCustomer(own));

        var read = (await customer.GetAsync($"/v1/invitations/{id}")).Ok();

        read.Readable().ShouldNotContain("internal word");
        read.Body!["sentBy"].ShouldBeNull();
        read.Actions.ShouldBeEmpty();
        Ids((await customer.GetAsync("/v1/invitations")).Ok()).ShouldBe([id]);
        (await customer.GetAsync($"/v1/invitations/{foreign}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await customer.GetAsync($"/v1/audit/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        var withdraw = new WithdrawInvitation.Request("x");
        foreach (var one in new[] { foreign.ToString(), Guid.CreateVersion7().ToString() })
        {
            var answer = await customer.PostAsync($"/v1/invitations/{one}/withdraw", withdraw, "\"1\"");
            (answer.Status, answer.Code).ShouldBe((HttpStatusCode.Forbidden, "role-missing"));
        }

        foreach (var outsider in new[] { Fixture.As(Roles.RepairUnit), Fixture.As(Roles.Customer) })
        {
            (await outsider.GetAsync("/v1/invitations")).Ok().Items.ShouldBeEmpty();
        }
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_an_invitation_that_cannot_be_read_When_the_sweep_runs_Then_the_others_end_all_the_same()
    {
        var sweep = Fixture.Service.Services.GetRequiredService<ExpireInvitations>();
        // What other tests left overdue does not count here.
        await sweep.SweepAsync(default);
        var (broken, _) = await Fixture.InviteAsync();
        await Fixture.ExpireAsync(broken);
        await Fixture.PastTheRulesAsync(store => store.SetAsync(broken, "survey", "Z"));
        try
        {
            var (other, _) = await Fixture.InviteAsync();
            await Fixture.ExpireAsync(other);

            (await sweep.SweepAsync(default)).ShouldBe(1);

            (await Fixture.Sales.GetAsync($"/v1/invitations/{other}")).Ok().State.ShouldBe("expired");
        }
        finally
        {
            await Fixture.PastTheRulesAsync(store => store.SetAsync(broken, "survey", "D"));
        }

        (await sweep.SweepAsync(default)).ShouldBe(1, "it ends once it can be read");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_a_repair_that_is_done_When_it_is_told_twice_Then_the_owner_is_asked_once()
    {
        var returned = SurveysFixture.Returned();
        var message = await Fixture.DeliverAsync(returned);
        await Fixture.PublishAsync(returned, message);

        // Another message about the same order, and then one about another order, after which nothing is to come.
        await Fixture.DeliverAsync(returned);
        var other = SurveysFixture.Returned();
        await Fixture.DeliverAsync(other);
        // Two consumers hear of it; the invitation is there when its event is.
        foreach (var order in new[] { returned, other })
        {
            await Fixture.EventAsync(
                "surveys.invitation.sent.v1",
                e => e.Text("sourceId") == order.RepairOrderId.ToString()
            );
        }

        var invitation = (await Fixture.Sales.GetAsync($"/v1/invitations?sourceId={returned.RepairOrderId}"))
            .Ok()
            .Items.ShouldHaveSingleItem();
        invitation["kind"]!.ToString().ShouldBe("B");
        invitation["customerId"]!.ToString().ShouldBe(returned.OwnerId.ToString());
        invitation["sourceNumber"]!.ToString().ShouldBe(returned.Number);
        invitation["department"]!.ToString().ShouldBe("engineering");
    }

    private static List<Guid> Ids(ApiAnswer list) => [.. list.Items.Select(i => Guid.Parse(i["id"]!.ToString()))];
}
