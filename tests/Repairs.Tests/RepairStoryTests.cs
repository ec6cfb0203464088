using System.Net;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests;

/// <summary>The whole way through the API, on real servers.</summary>
public sealed class RepairStoryTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    public async Task From_the_notice_to_the_returned_record()
    {
        var it = await Case.Of(Fixture).ToAsync("closed");

        var order = (await it.ReadAsync()).Ok();
        order.Number.ShouldMatch(@"^WX-\d{4}-\d{6}$");
        order.Actions.ShouldBeEmpty();
        order["history"]
            .AsArray()
            .Select(step => step!["action"]!.ToString())
            .ShouldBe([
                "open",
                "confirm",
                "analyse",
                "review",
                "plan",
                "approve",
                "dispatch",
                "brief",
                "start",
                "finish",
                "pass-inspection",
                "draw-lessons",
                "accept",
                "return",
            ]);

        await Fixture.OrderEventAsync(it.Id, "returned");
        // Other tests have faults of this part and cause, too: a CAPA may be asked for.
        Fixture
            .NamesOf(it.Id)
            .Where(name => name != "capa-requested")
            .ShouldBe([
                "opened",
                "confirmed",
                "approved",
                "dispatched",
                "received",
                "started",
                "finished",
                "inspected",
                "lessons-drawn",
                "owner-responded",
                "returned",
            ]);
        var versions = Fixture.EventsOf(it.Id).Select(e => (long)e.Body["version"]!).ToList();
        versions.ShouldBe(versions.Order().ToList(), "events of one order arrive in the order of its versions");
        versions[^1].ShouldBe((long)order["version"]);

        var audit = (await it.Head.GetAsync($"/v1/audit/{it.Id}")).Ok();
        audit["entries"].AsArray().Count.ShouldBe(14);
        audit["intact"].GetValue<bool>().ShouldBeTrue();
        var (code, output) = await Fixture.Service.RunCommandAsync("verify-audit");
        code.ShouldBe(0, output);
        (await it.Owner.GetAsync($"/v1/audit/{it.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_record_on_screen_and_on_paper()
    {
        var it = await Case.Of(Fixture).ToAsync("dispatched");

        var form = (await it.Engineer.GetAsync(it.Record + "/forms/repair-record", "zh-Hant")).Ok();
        (form.Text("form"), form.Text("title"), form.Text("language")).ShouldBe(("3.3.2", "工程維修記錄表", "zh-Hant"));
        form["sections"][0]!["rows"]![0]!["cells"]![0]!["value"]!.ToString().ShouldBe("宏達防水分包");
        (await it.Engineer.GetAsync(it.Record + "/forms/repair-record?language=zh-Hans", "en"))
            .Text("title")
            .ShouldBe("工程维修记录表");
        (await it.Engineer.GetAsync(it.Record + "/forms/repair-record.pdf?language=fr")).Code.ShouldBe("bad-filter");

        var (printed, bytes) = await it.Owner.DownloadAsync(it.Record + "/forms/repair-record.pdf");
        if (File.Exists(Servers.Fonts.Cjk))
        {
            printed.Raw.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
            printed.Raw.Content.Headers.ContentDisposition!.FileName!.ShouldContain("WX-");
            bytes.AsSpan(0, 5).SequenceEqual("%PDF-"u8).ShouldBeTrue();
        }
        else
        {
            (printed.Status, printed.Code).ShouldBe((HttpStatusCode.ServiceUnavailable, "font-missing"));
        }
    }
}
