using System.Text.Json.Nodes;
using CustomerService.Complaints.ActionItems.Features;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Capas.Features;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.Complaints.Meetings.Features;
using CustomerService.Complaints.YearReports.Features;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>Three customers have the same fault: one parent, a meeting that is forced, lots that are traced, a CAPA that fails
/// once by a recurrence, two who verify, three who are answered, and a year's report that opens the case.</summary>
public sealed class SameFaultStoryTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    private const string Model = "BP-700";
    private const string Fault = "E-07";

    [Fact]
    [Trait("Rule", "S4")]
    [Trait("Rule", "C5.5.2")]
    [Trait("Rule", "C5.6.1")]
    [Trait("Rule", "C5.6.2")]
    [Trait("Rule", "C5.7")]
    public async Task Given_three_customers_with_the_same_fault_When_it_goes_its_way_Then_all_are_answered_and_it_is_counted()
    {
        var clock = new MovableClock();
        clock.MoveTo(A.At("2026-03-02 10:00"));
        var service = await Fixture.AnotherAsync(clock: clock);
        var at = new People(service);

        // Three customers, the second of whom reads English; whoever enters the third is shown the other two.
        var parent = await at.RegisteredAsync("zh-Hant");
        var second = await at.RegisteredAsync("en");
        var similar = (
            await at.Desk.GetAsync("/v1/complaints/similar?text=" + Uri.EscapeDataString("变频器开机无反应"))
        )
            .Ok()
            .Items;
        similar.Select(one => one["number"]!.ToString()).ShouldBe([parent.Number, second.Number], ignoreOrder: true);
        var third = await at.RegisteredAsync("zh-Hant");
        foreach (var child in new[] { second, third })
        {
            await at.Desk.DoAsync(
                Steps.Complaint(child),
                "merge-into",
                new MergeComplaint.MergeRequest(parent.Id, "同一故障，一併處理。")
            );
        }

        // QC: ours; three customers with one fault are a major quality problem, so the heads must meet.
        var record = Steps.Complaint(parent);
        await at.Desk.DoAsync(record, "respond", new RespondToComplaint.Request("已收到。"));
        await at.Desk.DoAsync(record, "send-to-qc", new TriageComplaint.Request("需拆機檢查。"));
        var ours = await at.Qc.DoAsync(
            record,
            "decide-ours",
            new DecideOurs.Request("production", "W-03", "電源板虛焊。")
        );
        Texts(ours["meetingGrounds"]).ShouldContain("major-quality-problem");
        await at.Qc.DoAsync(
            record,
            "inform-department",
            new InformDepartment.Request("production", "三家客戶同一故障。")
        );
        await TraceAsync(at, record);
        await RemedyAsync(at, record);
        var capa = await at.Qc.DoAsync(
            record,
            "open-capa",
            new OpenCapa.Request(null, new DateOnly(2026, 3, 20), "防止虛焊再次發生。")
        );
        await CarryOutAsync(at, capa);
        await at.Qc.DoAsync(
            record,
            "release-conclusion",
            new ReleaseConclusion.Request("爐溫不足", "批次 A", "已更換。")
        );
        (await at.Desk.ChangeAsync(record, "answer", Answer)).Code.ShouldBe("meeting-due");
        var meeting = await MeetAsync(at, record);

        // One answer, each customer in the language of theirs.
        await at.Desk.DoAsync(record, "answer", Answer);
        (await at.Desk.GetAsync(Steps.Complaint(second)))["answer"]["conclusion"]!.ToString().ShouldBe("Replaced");
        (await at.Desk.GetAsync(Steps.Complaint(third)))["answer"]["conclusion"]!.ToString().ShouldBe("已更換。");

        // A fourth case within the window: the CAPA has failed, by itself.
        clock.MoveTo(A.At("2026-03-16 10:00"));
        at = new People(service);
        var recurrence = await at.RegisteredAsync("zh-Hant");
        var failed = (await at.Qc.GetAsync(Steps.Capa(capa))).Ok();
        (failed.State, failed["recurrences"]!.GetValue<int>()).ShouldBe(("analysis", 1));
        failed["rounds"][0]!["endedBy"]!.ToString().ShouldBe("measured");
        (await at.Desk.ChangeAsync(record, "close", new CloseComplaint.Request("客戶未回覆。"))).Code.ShouldBe(
            "capa-open"
        );

        // Again, and now nothing happens until the window is over: QC and customer service each verify.
        await at.Qc.DoAsync(
            Steps.Capa(capa),
            "assign",
            new AssignCapa.Request("production", new DateOnly(2026, 3, 30), null)
        );
        await CarryOutAsync(at, capa);
        (
            await at.Qc.ChangeAsync(Steps.Capa(capa), "verify-effective", new VerifyEffective.Request("好"))
        ).Code.ShouldBe("watch-window-open");
        clock.MoveTo(A.At("2026-05-06 10:00"));
        at = new People(service);
        await at.Qc.DoAsync(Steps.Capa(capa), "verify-effective", new VerifyEffective.Request("三十日無再發。"));
        var verified = await at.Desk.DoAsync(
            Steps.Capa(capa),
            "verify-effective",
            new VerifyEffective.Request("客戶未再反映。")
        );
        verified.State.ShouldBe("closed");
        // What the heads decided is done before the complaint is closed.
        await at.Desk.DoAsync(record, "confirm", Steps.Confirmation);
        (await at.Desk.ChangeAsync(record, "close", new CloseComplaint.Request(null))).Code.ShouldBe("action-open");
        var decided = (await at.Production.GetAsync($"/v1/action-items?sourceId={meeting}"))
            .Ok()
            .Items.ShouldHaveSingleItem();
        var decision = "/v1/action-items/" + decided["id"];
        await at.Production.DoAsync(decision, "receive", new { });
        await at.Production.DoAsync(decision, "complete", new CarryOutActionItem.Request("已用記錄表。", null, null));
        await at.QcHead.DoAsync(decision, "accept", new CheckActionItem.OpinionRequest("可。"));
        await at.Desk.DoAsync(record, "close", new CloseComplaint.Request(null));
        foreach (var answered in new[] { second, third })
        {
            await at.Desk.DoAsync(Steps.Complaint(answered), "confirm", Steps.Confirmation);
            (
                await at.Desk.DoAsync(Steps.Complaint(answered), "close", new CloseComplaint.Request(null))
            ).State.ShouldBe("closed");
        }

        // The year's report, down to the case.
        var report = (await at.Desk.PostAsync("/v1/year-reports", new FreezeYear.Request(2026))).Ok();
        report["figures"]["total"]!.GetValue<int>().ShouldBe(4);
        var cases = (await at.Desk.GetAsync($"/v1/year-reports/{report.Id}/cases?dimension=fault&key={Fault}"))
            .Ok()
            .Items;
        cases
            .Select(one => one["number"]!.ToString())
            .ShouldBe([parent.Number, second.Number, third.Number, recurrence.Number], ignoreOrder: true);
        (await at.Desk.GetAsync(record)).Ok().Text("number").ShouldBe(parent.Number);
    }

    private static AnswerComplaint.Request Answer { get; } =
        new(null, null, null, [new("en", "Oven too cold", "Lot A", "Replaced")]);

    private static IEnumerable<string> Texts(JsonNode values) => values.AsArray().Select(value => value!.ToString());

    // 40 machines of the lot, three of them failed, reworked and inspected again.
    private static async Task TraceAsync(People at, string record)
    {
        await at.Qc.DoAsync(
            record,
            "inspect-lot",
            new InspectLot.InspectRequest("A", 40, 40, 37, 3, "隔離區", "三台虛焊。", null)
        );
        await at.QcHead.DoAsync(
            record,
            "dispose-lot",
            new InspectLot.DisposeRequest(1, DispositionKind.Rework, "補焊。")
        );
        await at.Qc.DoAsync(
            record,
            "inspect-lot",
            new InspectLot.InspectRequest("A", 3, 3, 3, 0, "隔離區", "合格。", 1)
        );
        await at.Qc.DoAsync(
            record,
            "trace",
            new TraceComplaint.Request([
                new(TraceKind.Lot, "A", "一號倉", null, 40, 40, "三台虛焊", "已隔離"),
                new(TraceKind.Delivery, "SO-7", null, null, 12, 12, "合格", "已通知"),
            ])
        );
    }

    private static async Task RemedyAsync(People at, string record)
    {
        var planned = await at.Qc.DoAsync(
            record,
            "plan-remedy",
            new ActionOrderRequest("更換電源板。", "production", null, new DateOnly(2026, 3, 6))
        );
        var remedy = "/v1/action-items/" + planned["actionItems"].AsArray()[^1]!["id"];
        await at.Production.DoAsync(remedy, "receive", new { });
        await at.Production.DoAsync(remedy, "complete", new CarryOutActionItem.Request("已更換。", "照片 3 張", null));
        await at.Qc.DoAsync(remedy, "accept", new CheckActionItem.OpinionRequest(null));
    }

    private static async Task CarryOutAsync(People at, ApiAnswer capa)
    {
        var record = Steps.Capa(capa);
        await at.Production.DoAsync(
            record,
            "propose",
            Steps.Proposal with
            {
                Effect = new(EffectMetric.RecurrencesOfFault, null, 0, 30),
            }
        );
        await at.Representative.DoAsync(record, "approve", new ReviewCapa.Request("同意。"));
        await at.ProductionHead.DoAsync(record, "execute", new ExecuteCapa.Request("已調整爐溫。", null));
    }

    private static async Task<Guid> MeetAsync(People at, string record)
    {
        await at.QcHead.DoAsync(
            record,
            "escalate-to-general-manager",
            new EscalateToGeneralManager.Request("三家客戶同一故障。", EscalateToGeneralManager.Leader.GeneralManager)
        );
        var starts = A.At("2026-03-02 10:30");
        var meeting = await at.QcHead.DoAsync(
            record,
            "call-meeting",
            new CallMeeting.Request(starts, starts.AddHours(1), "三樓會議室", ["production", "quality"], null)
        );
        var address = "/v1/meetings/" + meeting.Id;
        await at.QcHead.DoAsync(
            address,
            "record-minutes",
            new RecordMinutes.Request(
                null,
                "洪總",
                [
                    new("production", Presence.Attended, "羅永強", null),
                    new("quality", Presence.Substituted, "邱工", "主管出差"),
                ],
                "爐溫每班記錄。",
                [new("爐溫記錄表。", "production", null, new DateOnly(2026, 3, 30))]
            )
        );
        (await at.Leader.DoAsync(address, "sign", new { })).State.ShouldBe("signed");
        return meeting.Id;
    }

    // Tokens are of the moment in which somebody is asked for.
    private sealed class People(RunningService service)
    {
        public ApiClient Sales { get; } = service.As(Someone.InSales());

        public ApiClient Desk { get; } = service.As(Someone.InCustomerService());

        public ApiClient Qc { get; } = service.As(Someone.InQuality());

        public ApiClient QcHead { get; } = service.As(Someone.HeadOfQuality());

        public ApiClient Production { get; } = service.As(Someone.InResponsible());

        public ApiClient ProductionHead { get; } = service.As(Someone.HeadOf());

        public ApiClient Representative { get; } = service.As(Someone.ManagementRepresentative());

        public ApiClient Leader { get; } = service.As(Someone.GeneralManager());

        /// <summary>A complaint of a customer of its own, assessed as this model and fault.</summary>
        public async Task<ApiAnswer> RegisteredAsync(string language)
        {
            var complaint = (
                await Sales.PostAsync(
                    "/v1/complaints",
                    Steps.Intake(await ComplaintsFixture.CustomerOfAsync(service)) with
                    {
                        Subject = "變頻器開機無反應",
                        Description = "指示燈不亮，更換電源線後仍無反應。",
                        Language = language,
                    }
                )
            ).Ok();
            await Qc.DoAsync(
                Steps.Complaint(complaint),
                "assess",
                new AssessComplaint.Request(false, Model, Fault, null, "同一型號。")
            );
            return complaint;
        }
    }
}
