using System.Net;
using CustomerService.Complaints.Codes.Domain;
using CustomerService.Complaints.Codes.Features;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>Catalogues of codes over HTTP, in a store of their own: a kept catalogue refuses what it has not.</summary>
public sealed class CodeEndpointTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    [Fact]
    [Trait("Rule", "C5.7")]
    public async Task A_code_is_entered_while_in_force_refused_after_its_end_and_stays_readable()
    {
        var clock = new MovableClock();
        var service = await Fixture.AnotherAsync(clock: clock);
        var (desk, qc) = (service.As(Someone.InCustomerService()), service.As(Someone.InQuality()));
        var customer = await ComplaintsFixture.CustomerOfAsync(service);
        foreach (var kind in Enum.GetValues<CodeKind>())
        {
            (await qc.PostAsync("/v1/codes", Code(kind))).Ok();
        }

        (await qc.PostAsync("/v1/codes", Code(CodeKind.Cause) with { Code = "w-03" })).Refused(
            HttpStatusCode.Conflict,
            "code-known",
            "C5.7"
        );
        var intake = Steps.Intake(customer) with { ProductCode = "W-03", FaultCode = "W-03" };
        (await desk.PostAsync("/v1/complaints", intake with { ProductCode = "X" })).Refused(
            HttpStatusCode.BadRequest,
            "code-unknown",
            "S3"
        );
        (await desk.PostAsync("/v1/complaints", intake with { FaultCode = "X" })).Code.ShouldBe("code-unknown");
        var record = Steps.Complaint((await desk.PostAsync("/v1/complaints", intake)).Ok());
        await desk.DoAsync(record, "respond", new RespondToComplaint.Request("已收到"));
        (await desk.ChangeAsync(record, "explain", new TriageComplaint.SettleRequest("x", "X"))).Code.ShouldBe(
            "code-unknown"
        );
        (await desk.ChangeAsync(record, "solve", new TriageComplaint.SettleRequest("x", "X"))).Code.ShouldBe(
            "code-unknown"
        );
        (await desk.ChangeAsync(record, "send-to-qc", new TriageComplaint.Request("x", "X"))).Code.ShouldBe(
            "code-unknown"
        );
        await desk.DoAsync(record, "send-to-qc", new TriageComplaint.Request("需勘查", "W-03"));
        (
            await qc.ChangeAsync(record, "assess", new AssessComplaint.Request(false, null, "X", null, "x"))
        ).Code.ShouldBe("code-unknown");
        (await qc.ChangeAsync(record, "decide-not-ours", new DecideNotOurs.Request("X", "x"))).Code.ShouldBe(
            "code-unknown"
        );
        var ours = new DecideOurs.Request("production", "W-03", "查明");
        (await qc.ChangeAsync(record, "decide-ours", ours with { CauseCode = "X" })).Code.ShouldBe("code-unknown");
        await qc.DoAsync(record, "decide-ours", ours);

        var code = (await qc.GetAsync("/v1/codes?catalogue=cause&search=搭接&inForce=true")).Ok().Items.Single();
        var address = "/v1/codes/" + code["id"];
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var names = new CodeNamesView("防水搭接不足", "防水搭接不足", "Lap too narrow");
        await qc.DoAsync(address, "revise", new ReviseCode.Request(names, today.AddDays(-1), today.AddDays(1), "改版"));
        clock.Move(TimeSpan.FromDays(3));

        (await qc.ChangeAsync(record, "decide-ours", ours)).Refused(HttpStatusCode.Conflict, "code-ended", "C5.7");
        (await qc.GetAsync(record)).Ok()["liability"]["causeCode"]!.ToString().ShouldBe("W-03", "readable");
        var kept = (await qc.GetAsync(address)).Ok();
        (kept["inForce"].GetValue<bool>(), kept["changes"].AsArray().Single()!["why"]!.ToString()).ShouldBe(
            (false, "改版")
        );
        var form = (await qc.GetAsync(record + "/forms/fm004", language: "en")).Ok();
        form.Readable().ShouldContain("Lap too narrow");
    }

    [Fact]
    [Trait("Rule", "C5.7")]
    public async Task Outsiders_neither_read_nor_keep_codes()
    {
        var outsider = Fixture.Customer(await Fixture.CustomerAsync());

        (await outsider.GetAsync("/v1/codes")).Refused(HttpStatusCode.Forbidden, "role-missing");
        (await outsider.GetAsync($"/v1/codes/{Guid.CreateVersion7()}")).Refused(
            HttpStatusCode.Forbidden,
            "role-missing"
        );
        (await outsider.PostAsync("/v1/codes", Code(CodeKind.Cause))).Refused(HttpStatusCode.Forbidden, "role-missing");
    }

    private static AddCode.Request Code(CodeKind kind) =>
        new(kind, "W-03", new("防水搭接不足", "防水搭接不足", "Lap too narrow"));
}
