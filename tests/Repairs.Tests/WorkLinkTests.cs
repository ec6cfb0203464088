using System.Net;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.WorkLinks.Features;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Repairs.Tests;

/// <summary>The link in the repairer's hand, with a queue that comes late (P3.2.3).</summary>
public sealed class WorkLinkTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Given_a_queue_When_sent_late_twice_and_in_part_Then_each_step_once_with_both_times()
    {
        var it = await Case.Of(Fixture).ToAsync("briefed");
        var holder = await HolderAsync(it);
        var shown = (await holder.Phone.GetAsync(holder.Path)).Ok();
        var order = shown["orders"].AsArray().Single()!;
        order["_actions"]!.AsArray().Select(a => a!.ToString()).ShouldContain("start");
        order["_actions"]!.AsArray().Select(a => a!.ToString()).ShouldNotContain("ask-warranty");
        var seen = (long)order["seen"]!;
        var done = DateTimeOffset.UtcNow;
        var keys = new[] { Guid.NewGuid().ToString(), Guid.NewGuid().ToString() };
        var start = Step(it, RepairOrderAction.Start, seen) with { DoneAt = done };
        var finish = Step(it, RepairOrderAction.Finish, seen) with
        {
            WorkDone = "重做附加層",
            Crew = ["馬師傅"],
            Hours = 6.5m,
        };

        (await holder.Phone.PostAsync(holder.Path + "/steps", start, key: keys[0])).Ok().State.ShouldBe("in-repair");
        // Sent again as a whole: the first answer again, then on.
        var again = await holder.Phone.PostAsync(holder.Path + "/steps", start, key: keys[0]);
        again.Raw.Headers.Contains("Idempotency-Replayed").ShouldBeTrue();
        (await holder.Phone.PostAsync(holder.Path + "/steps", finish, key: keys[1])).Ok().State.ShouldBe("done");
        (await holder.Phone.PostAsync(holder.Path + "/steps", finish, key: keys[1])).Ok().State.ShouldBe("done");

        var read = (await it.ReadAsync()).Ok();
        read["workReports"].AsArray().Count.ShouldBe(1);
        var late = read["fieldSteps"].AsArray().Single()!;
        late["action"]!.ToString().ShouldBe("start");
        ((DateTimeOffset)late["doneAt"]!).ShouldBe(done, TimeSpan.FromMilliseconds(1));
        read["startedBy"].ToString().ShouldBe("馬師傅");
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Given_a_change_by_another_When_a_step_is_sent_Then_both_versions_are_answered_and_nothing_is_lost()
    {
        var it = await Case.Of(Fixture).ToAsync("dispatched");
        var holder = await HolderAsync(it);
        var seen = (long)(await holder.Phone.GetAsync(holder.Path)).Ok()["orders"].AsArray().Single()!["seen"]!;
        (await it.DoAsync("brief")).Ok();

        var refused = await holder.Phone.PostAsync(holder.Path + "/steps", Step(it, RepairOrderAction.Receive, seen));

        (refused.Status, refused.Code).ShouldBe((HttpStatusCode.Conflict, "order-changed"));
        refused["sent"]["step"]!.ToString().ShouldBe("receive");
        var current = (long)refused["current"]["seen"]!;
        (await holder.Phone.PostAsync(holder.Path + "/steps", Step(it, RepairOrderAction.Receive, current))).Ok();
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Given_a_link_that_ended_was_revoked_or_leads_elsewhere_When_used_Then_refused()
    {
        var it = await Case.Of(Fixture).ToAsync("dispatched");
        var other = await Case.Of(Fixture).ToAsync("dispatched");
        var holder = await HolderAsync(it);
        (
            await holder.Phone.PostAsync(holder.Path + "/steps", Step(other, RepairOrderAction.Receive, 99))
        ).Status.ShouldBe(HttpStatusCode.NotFound);
        var forbidden = Step(it, RepairOrderAction.Accept, 9);
        (await holder.Phone.PostAsync(holder.Path + "/steps", forbidden)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await holder.Phone.GetAsync("/v1/repair-links/" + new string('x', 43))).Status.ShouldBe(
            HttpStatusCode.NotFound
        );

        (await it.Unit.ChangeAsync($"/v1/work-links/{holder.Id}", "revoke")).Ok();
        var ended = await holder.Phone.GetAsync(holder.Path);
        (ended.Status, ended.Code).ShouldBe((HttpStatusCode.Gone, "link-revoked"));

        var second = await HolderAsync(it);
        using (var scope = Fixture.Service.Services.CreateScope())
        {
            await scope
                .ServiceProvider.GetRequiredService<RepairsDb>()
                .Database.ExecuteSqlAsync(
                    $"update work_links set expires_at = now() - interval '1 minute' where id = {second.Id}"
                );
        }

        (await second.Phone.GetAsync(second.Path)).Code.ShouldBe("link-expired");
        (await second.Phone.PostAsync(second.Path + "/steps", Step(it, RepairOrderAction.Receive, 9))).Code.ShouldBe(
            "link-expired"
        );
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Given_a_units_day_When_linked_Then_its_orders_of_the_day_only_and_no_other_unit_makes_links()
    {
        var it = await Case.Of(Fixture).ToAsync("dispatched");
        var made = await it.Unit.PostAsync(
            "/v1/work-links",
            new CreateWorkLink.Request("馬師傅", DateTimeOffset.UtcNow.AddDays(1), Day: Fixture.Today)
        );
        var phone = new ApiClient(Fixture.Service.Http, null);
        var path = "/v1/repair-links/" + made.Ok().Text("link").Split('/')[^1];

        (await phone.GetAsync(path))
            .Ok()["orders"]
            .AsArray()
            .Select(o => o!["id"]!.ToString())
            .ShouldBe([it.Id.ToString()]);
        (
            await it.Unit.PostAsync(
                "/v1/work-links",
                new CreateWorkLink.Request("馬師傅", DateTimeOffset.UtcNow.AddDays(15), it.Id)
            )
        ).Code.ShouldBe("link-life");
        var stranger = Case.Of(Fixture);
        (
            await stranger.Unit.PostAsync(
                "/v1/work-links",
                new CreateWorkLink.Request("外人", DateTimeOffset.UtcNow.AddDays(1), it.Id)
            )
        ).Status.ShouldBe(HttpStatusCode.NotFound);
        (await it.Owner.GetAsync("/v1/work-links")).Ok().Items.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Given_an_address_When_a_link_is_made_Then_mailed_in_the_timeline_and_a_page_in_a_browser()
    {
        var it = await Case.Of(Fixture).ToAsync("dispatched");
        var address = $"ma-{it.Id:N}@unit.example";
        var request = new CreateWorkLink.Request("馬師傅", DateTimeOffset.UtcNow.AddDays(2), it.Id);
        (await it.Engineer.PostAsync("/v1/work-links", request with { Email = "x" })).Code.ShouldBe("validation");

        var made = (await it.Engineer.PostAsync("/v1/work-links", request with { Email = address })).Ok();

        await Eventually.Holds(() =>
        {
            Fixture.Mail.To(address).Count.ShouldBe(1);
            return Task.CompletedTask;
        });
        var mail = Fixture.Mail.To(address).Single();
        mail.To.Mailboxes.Single().Name.ShouldBe("馬師傅");
        mail.TextBody!.ShouldContain(made.Text("link"));
        var told = (await it.Head.GetAsync(it.Record + "/timeline?limit=200")).Ok().Items;
        told.ShouldContain(entry => entry["kind"]!.ToString() == "mail");
        told.Single(entry => entry["kind"]!.ToString() == "part")["part"]!["kind"]!.ToString().ShouldBe("work-link");
        var path = "/v1/repair-links/" + made.Text("link").Split('/')[^1];
        var (status, html, _) = await new ApiClient(Fixture.Service.Http, null).PageAsync(path, "zh-Hant");
        status.ShouldBe(HttpStatusCode.OK);
        html.ShouldContain((await it.ReadAsync()).Ok().Number);
        html.ShouldContain(">接收</button>");
    }

    private async Task<(ApiClient Phone, string Path, Guid Id)> HolderAsync(Case it)
    {
        var made = await it.Engineer.PostAsync(
            "/v1/work-links",
            new CreateWorkLink.Request("馬師傅", DateTimeOffset.UtcNow.AddDays(2), it.Id)
        );
        made.Ok().Text("qrPng").ShouldNotBeEmpty();
        return (
            new ApiClient(Fixture.Service.Http, null),
            "/v1/repair-links/" + made.Text("link").Split('/')[^1],
            made.Id
        );
    }

    private static TakeLinkedStep.Request Step(Case it, RepairOrderAction step, long seen) =>
        new()
        {
            RepairOrderId = it.Id,
            Step = step,
            Seen = seen,
        };
}
