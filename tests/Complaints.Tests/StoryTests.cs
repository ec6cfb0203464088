using System.Net;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>The whole way of a complaint, by HTTP on the real service, with what others are told of it.</summary>
public sealed class StoryTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    [Fact]
    public async Task A_complaint_goes_its_whole_way_and_every_step_is_told_and_recorded()
    {
        var f = Fixture;
        var complaint = await f.OursAsync();
        complaint.Number.ShouldMatch(@"^TS-\d{4}-\d{6}$");
        complaint.Text("formNumber").ShouldMatch(@"^FM004-\d{4}-\d{4}$");
        var capa = await f.CapaAsync(complaint);
        capa.Status.ShouldBe(HttpStatusCode.Created);
        capa.Location.ShouldBe("/api/complaints/v1/capas/" + capa.Id);
        capa.Number.ShouldMatch(@"^CAPA-\d{4}-\d{6}$");
        (await f.Desk.ChangeAsync(Steps.Complaint(complaint), "close", new CloseComplaint.Request(null))).Refused(
            HttpStatusCode.Conflict,
            "capa-open"
        );
        await f.VerifiedAsync(capa);

        var seen = (await f.Desk.GetAsync(Steps.Complaint(complaint))).Ok();
        seen["capas"][0]!["state"]!.ToString().ShouldBe("closed");
        seen.Actions.ShouldBe(
            ["merge-into", "pause", "reclassify", "assess", "escalate-to-sales-manager", "pass-on", "promise"],
            ignoreOrder: true
        );
        await f.RemediedAsync(complaint);
        await f.ReleasedAsync(complaint);
        await f.Desk.DoAsync(Steps.Complaint(complaint), "answer", Steps.Answer);
        await f.Desk.DoAsync(Steps.Complaint(complaint), "confirm", Steps.Confirmation);
        var closed = await f.Desk.DoAsync(Steps.Complaint(complaint), "close", new CloseComplaint.Request(null));
        closed.State.ShouldBe("closed");
        closed["targets"]["resolvedInTime"]!.GetValue<bool>().ShouldBeTrue();

        await f.EventAsync(complaint.Id, "closed.v1");
        await f.EventAsync(capa.Id, "verified.v1");
        f.EventsOf(complaint.Id)
            .Where(e => !e.RoutingKey.Contains(".work.", StringComparison.Ordinal))
            .Select(e => e.RoutingKey.Split('.')[2])
            .ShouldBe([
                "registered",
                "responded",
                "triaged",
                "liability-decided",
                "department-informed",
                "conclusion-released",
                "answered",
                "closed",
            ]);
        f.EventsOf(capa.Id)
            .Where(e => !e.RoutingKey.Contains(".work.", StringComparison.Ordinal))
            .Select(e => e.RoutingKey)
            .ShouldBe([
                "complaints.capa.opened.v1",
                "complaints.capa.analysed.v1",
                "complaints.capa.reviewed.v1",
                "complaints.capa.executed.v1",
                "complaints.capa.side-verified.v1",
                "complaints.capa.side-verified.v1",
                "complaints.capa.verified.v1",
            ]);
        var registered = f.EventsOf(complaint.Id)[0];
        registered.Header("cloudEvents:type").ShouldBe("complaints.complaint.registered.v1");
        (registered.Text("number"), registered.Text("customerName")).ShouldBe((complaint.Number, "東湖置業有限公司"));

        var trail = (await f.Desk.GetAsync("/v1/audit/" + complaint.Id)).Ok();
        trail["intact"].GetValue<bool>().ShouldBeTrue();
        trail["entries"]
            .AsArray()
            .Select(e => e!["action"]!.ToString())
            .ShouldBe([
                "register",
                "respond",
                "send-to-qc",
                "decide-ours",
                "open-capa",
                "plan-remedy",
                "release-conclusion",
                "answer",
                "confirm",
                "close",
            ]);
        var (code, output) = await f.Service.RunCommandAsync("verify-audit");
        code.ShouldBe(0, output);
    }
}
