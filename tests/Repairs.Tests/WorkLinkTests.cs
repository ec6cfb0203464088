using System.Net;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.RepairOrders.Features;
using CustomerService.Repairs.WorkLinks;
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
        (await holder.Phone.PostAsync(holder.Path + "/steps", finish, key: "none")).Code.ShouldBe("photos-missing");
        foreach (var purpose in (string[])["before", "after"])
        {
            (await holder.Phone.PostAsync($"{holder.Path}/orders/{it.Id}/files?purpose={purpose}", Photo())).Ok();
        }

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

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Given_each_step_of_a_link_When_told_late_Then_kept_with_both_times_and_the_photo_of_an_attempt()
    {
        var it = await Case.Of(Fixture).ToAsync("dispatched");
        var (phone, path, _) = await HolderAsync(it);
        var files = $"{path}/orders/{it.Id}/files";
        var photo = (await phone.PostAsync(files + "?purpose=photo", Photo())).Ok();
        var done = DateTimeOffset.UtcNow;
        TakeLinkedStep.Request Late(RepairOrderAction step) => Step(it, step, 99) with { DoneAt = done, Note = "備註" };
        async Task<ApiAnswer> SendAsync(TakeLinkedStep.Request step) => await phone.PostAsync(path + "/steps", step);

        (await SendAsync(Late(RepairOrderAction.Attempt) with { PhotoId = Guid.CreateVersion7() })).Code.ShouldBe(
            "photo-unknown"
        );
        (await SendAsync(Late(RepairOrderAction.Attempt) with { PhotoId = photo.Id })).Ok();
        (await SendAsync(Late(RepairOrderAction.Resume))).Ok();
        (await SendAsync(Late(RepairOrderAction.Pause) with { Reason = RepairPauseReason.Weather })).Ok();
        (await SendAsync(Late(RepairOrderAction.Resume))).Ok();
        (await SendAsync(Late(RepairOrderAction.AddCost) with { Cost = CostKind.Labour, Amount = 100m })).Ok();
        (await SendAsync(Late(RepairOrderAction.Object))).Ok();
        (await SendAsync(Late(RepairOrderAction.Arrive))).Ok();

        var read = (await it.ReadAsync()).Ok();
        read["fieldSteps"]
            .AsArray()
            .Select(step => step!["action"]!.ToString())
            .ShouldBe(["attempt", "resume", "pause", "resume", "add-cost", "object", "arrive"]);
        read["fieldSteps"]
            .AsArray()
            .ShouldAllBe(step => ((DateTimeOffset)step!["doneAt"]! - done).Duration() < TimeSpan.FromMilliseconds(2));
        read["attempts"].AsArray().Single()!["photoId"]!.ToString().ShouldBe(photo.Id.ToString());
        read["assignment"]["pauses"]!.AsArray().Count.ShouldBe(2);
        read["costs"]["total"]!.GetValue<decimal>().ShouldBe(100m);
        // Something rests on the photo: it stays.
        var kept = await it.Head.GetAsync(it.Record + "/files");
        kept.Ok().Items.Single()["_actions"]!.AsArray().ShouldBeEmpty();
        (
            await it.Unit.ChangeAsync(
                it.Record,
                "attempt",
                new RecordAttempt.Request { Note = "敲門無人應", PhotoId = it.Id }
            )
        ).Code.ShouldBe("photo-unknown");
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Given_a_link_When_photos_and_notes_are_added_Then_on_the_order_with_its_limits_and_nowhere_else()
    {
        var it = await Case.Of(Fixture).ToAsync("dispatched");
        var other = await Case.Of(Fixture).ToAsync("dispatched");
        var (phone, path, id) = await HolderAsync(it);
        var order = $"{path}/orders/{it.Id}";

        (await phone.PostAsync(order + "/files?purpose=before", Photo())).Ok()["purpose"].ToString().ShouldBe("before");
        (await phone.PostAsync(order + "/files?purpose=selfie", Photo())).Code.ShouldBe("bad-filter");
        (await phone.PostAsync(order + "/files", TestPictures.Form([], "a.png"))).Code.ShouldBe("attachment-size");
        (await phone.PostAsync(order + "/files", TestPictures.Form("no picture"u8.ToArray(), "a.png"))).Code.ShouldBe(
            "attachment-type"
        );
        (await phone.PostAsync(order + "/notes", new { text = "業主要求週六施工。" })).Ok();
        (await phone.PostAsync(order + "/notes", new { })).Code.ShouldBe("validation");
        (await phone.PostAsync($"{path}/orders/{other.Id}/files", Photo())).Status.ShouldBe(HttpStatusCode.NotFound);
        (await phone.PostAsync($"{path}/orders/{other.Id}/notes", new { text = "x" })).Status.ShouldBe(
            HttpStatusCode.NotFound
        );
        (await phone.GetAsync($"{path}/orders/{other.Id}/task-sheet.pdf")).Status.ShouldBe(HttpStatusCode.NotFound);

        var file = (await it.Head.GetAsync(it.Record + "/files")).Ok().Items.Single();
        (file["purpose"]!.ToString(), file["uploadedBy"]!.ToString()).ShouldBe(("before", "馬師傅"));
        var note = (await it.Head.GetAsync(it.Record + "/notes")).Ok().Items.Single();
        (note["author"]!.ToString(), note["text"]!.ToString()).ShouldBe(("馬師傅", "業主要求週六施工。"));
        var (printed, bytes) = await phone.DownloadAsync(order + "/task-sheet.pdf");
        if (File.Exists(Servers.Fonts.Cjk))
        {
            bytes.AsSpan(0, 5).SequenceEqual("%PDF-"u8).ShouldBeTrue();
        }
        else
        {
            printed.Code.ShouldBe("font-missing");
        }

        (await it.Unit.ChangeAsync($"/v1/work-links/{id}", "revoke")).Ok();
        (await phone.PostAsync(order + "/files", Photo())).Code.ShouldBe("link-revoked");
        (await phone.PostAsync(order + "/notes", new { text = "x" })).Code.ShouldBe("link-revoked");
        (await phone.GetAsync(order + "/task-sheet.pdf")).Code.ShouldBe("link-revoked");
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Given_an_order_of_another_day_When_the_units_day_is_linked_Then_it_takes_no_place()
    {
        var it = await Case.Of(Fixture).ToAsync("dispatched");
        var (from, to) = (Fixture.Today.AddDays(5), Fixture.Today.AddDays(8));
        await using (var scope = Fixture.Service.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<RepairsDb>();
            var plan = $$"""{"from":"{{RepairsFixture.Iso(from)}}","to":"{{RepairsFixture.Iso(to)}}"}""";
            await db.Database.ExecuteSqlAsync(
                $"update repair_orders set plan = plan || {plan}::jsonb where id = {it.Id}"
            );
        }

        async Task<int> OrdersAsync(DateOnly day)
        {
            var made = await it.Unit.PostAsync(
                "/v1/work-links",
                new CreateWorkLink.Request("馬師傅", DateTimeOffset.UtcNow.AddDays(1), Day: day)
            );
            var path = "/v1/repair-links/" + made.Ok().Text("link").Split('/')[^1];
            var phone = new ApiClient(Fixture.Service.Http, null);
            return (await phone.GetAsync(path)).Ok()["orders"].AsArray().Count;
        }

        (await OrdersAsync(Fixture.Today)).ShouldBe(0);
        (await OrdersAsync(from.AddDays(-1))).ShouldBe(0);
        (await OrdersAsync(from)).ShouldBe(1);
        (await OrdersAsync(to)).ShouldBe(1);
        (await OrdersAsync(to.AddDays(1))).ShouldBe(0);
        // Projected in the store, before any limit.
        await using var look = Fixture.Service.Services.CreateAsyncScope();
        look.ServiceProvider.GetRequiredService<RepairsDb>()
            .PlannedOn(it.UnitId, Fixture.Today)
            .ToList()
            .ShouldBeEmpty();
    }

    private static MultipartFormDataContent Photo() => TestPictures.Form(TestPictures.Photo, "屋面.jpg");

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
