using System.Net;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Capas.Features;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>Each command by HTTP: the wrong role is refused, the right one leads to the state and shows what was
/// said. The rules themselves are tested in memory.</summary>
public sealed class EndpointTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    /// <param name="Given">The record before.</param>
    /// <param name="By">Who may.</param>
    /// <param name="Body">What they say.</param>
    /// <param name="State">The state that it leads to.</param>
    /// <param name="Shown">What the answer shows of it.</param>
    private sealed record Command(
        Func<ComplaintsFixture, Task<ApiAnswer>> Given,
        Func<ComplaintsFixture, ApiClient> By,
        Func<ComplaintsFixture, object> Body,
        string State,
        string Shown
    );

    private static readonly Dictionary<ComplaintAction, Command> OfComplaints = new()
    {
        [ComplaintAction.Respond] = new(
            f => f.RegisteredAsync(),
            f => f.Sales,
            _ => new RespondToComplaint.Request("已收到。"),
            "responded",
            "\"message\":\"已收到。\""
        ),
        [ComplaintAction.Explain] = new(
            f => f.RespondedAsync(),
            f => f.Desk,
            _ => new TriageComplaint.SettleRequest("使用不當。"),
            "explained",
            "\"outcome\":\"explained\",\"note\":\"使用不當。\""
        ),
        [ComplaintAction.Solve] = new(
            f => f.RespondedAsync(),
            f => f.Desk,
            _ => new TriageComplaint.SettleRequest("已更換。"),
            "solved",
            "\"outcome\":\"solved\",\"note\":\"已更換。\""
        ),
        [ComplaintAction.SendToQc] = new(
            f => f.RespondedAsync(),
            f => f.Desk,
            _ => new TriageComplaint.Request("需勘查。"),
            "with-qc",
            "\"formNumber\":\"FM004-"
        ),
        [ComplaintAction.DecideOurs] = new(
            f => f.WithQcAsync(),
            f => f.Qc,
            _ => new DecideOurs.Request("production", "W-03", "搭接不足。"),
            "our-liability",
            "\"liability\":\"ours\",\"responsibleDepartment\":\"production\",\"causeCode\":\"W-03\""
        ),
        [ComplaintAction.DecideNotOurs] = new(
            f => f.WithQcAsync(),
            f => f.QcHead,
            _ => new DecideNotOurs.Request("U-01", "外力損壞。"),
            "not-our-liability",
            "\"liability\":\"not-ours\""
        ),
        [ComplaintAction.DecideUnclear] = new(
            f => f.WithQcAsync(),
            f => f.Qc,
            _ => new DecideUnclear.Request("需檢測。"),
            "liability-unclear",
            "\"meetingGrounds\":[\"liability-unclear\"],\"meetingDueFor\":[\"liability-unclear\"]"
        ),
        [ComplaintAction.Answer] = new(
            f => f.ReleasedAsync(),
            f => f.Desk,
            _ => Steps.Answer,
            "answered",
            "\"conclusion\":\"已重做並試水合格。\""
        ),
        [ComplaintAction.Confirm] = new(
            f => f.AnsweredAsync(),
            f => f.Desk,
            _ => Steps.Confirmation,
            "confirmed",
            "\"confirmedBy\":\"王小姐\""
        ),
        [ComplaintAction.Object] = new(
            f => f.AnsweredAsync(),
            f => f.Sales,
            _ => new ObjectToConclusion.Request("並非外力。"),
            "with-qc",
            "\"rejectedConclusion\":\"已重做並試水合格。\""
        ),
        [ComplaintAction.Close] = new(
            f => f.AnsweredAsync(),
            f => f.SalesManager,
            _ => new CloseComplaint.Request("三次聯絡未果。"),
            "closed",
            "\"closedWithoutConfirmation\":\"三次聯絡未果。\""
        ),
        [ComplaintAction.Reopen] = new(
            f => f.ClosedAsync(),
            f => f.Desk,
            _ => new ReopenComplaint.Request("再次發生。"),
            "registered",
            "\"round\":2"
        ),
        [ComplaintAction.Pause] = new(
            f => f.RegisteredAsync(),
            f => f.Qc,
            _ => new PauseComplaint.Request(PauseReason.WaitingForSample, "等樣品"),
            "registered",
            "\"reason\":\"waiting-for-sample\",\"note\":\"等樣品\""
        ),
        [ComplaintAction.Resume] = new(
            async f =>
                await f.Qc.DoAsync(
                    Steps.Complaint(await f.RegisteredAsync()),
                    "pause",
                    new PauseComplaint.Request(PauseReason.WaitingForSample, null)
                ),
            f => f.Desk,
            _ => new { },
            "registered",
            "\"paused\":false"
        ),
        [ComplaintAction.Reclassify] = new(
            f => f.RegisteredAsync(),
            f => f.Qc,
            _ => new ReclassifyComplaint.Request(Severity.Critical, "結構安全。"),
            "registered",
            "\"severity\":\"critical\""
        ),
        [ComplaintAction.EscalateToSalesManager] = new(
            f => f.WithQcAsync(),
            f => f.Desk,
            _ => new EscalateToSalesManager.Request(EscalationReason.CauseUnknown, "請召集會議。"),
            "with-qc",
            "\"rule\":\"C5.5.1\",\"reason\":\"cause-unknown\",\"note\":\"請召集會議。\",\"escalatedTo\":\"sales-manager\""
        ),
        [ComplaintAction.EscalateToGeneralManager] = new(
            f => f.WithQcAsync(severity: Severity.Critical),
            f => f.QcHead,
            _ => new EscalateToGeneralManager.Request(
                "重大品質問題。",
                EscalateToGeneralManager.Leader.DeputyGeneralManager
            ),
            "with-qc",
            "\"reason\":\"major-quality-problem\",\"note\":\"重大品質問題。\",\"escalatedTo\":\"deputy-general-manager\""
        ),
        [ComplaintAction.Assess] = new(
            f => f.RegisteredAsync(),
            f => f.Qc,
            _ => new AssessComplaint.Request(true, "M-200", "E-07", 12_500.5m, "漏電。"),
            "registered",
            "\"safety\":true,\"faultCode\":\"E-07\",\"cost\":12500.5"
        ),
        [ComplaintAction.CallMeeting] = new(
            async f =>
                await f.Desk.DoAsync(
                    Steps.Complaint(await f.WithQcAsync()),
                    "escalate-to-sales-manager",
                    new EscalateToSalesManager.Request(EscalationReason.CauseUnknown, "查不出。")
                ),
            f => f.Desk,
            f => Steps.Call(f),
            "called",
            "\"rule\":\"C5.5.1\",\"reasons\":[\"cause-unknown\"]"
        ),
        [ComplaintAction.JoinCapa] = new(
            async f =>
            {
                Steps.CapaId = (await f.CapaAsync()).Id;
                return await f.OursAsync();
            },
            f => f.Qc,
            _ => new JoinCapa.Request(Steps.CapaId),
            "analysis",
            "\"serves\":[{\"kind\":\"complaint\""
        ),
        [ComplaintAction.PassOn] = new(
            f => f.RegisteredAsync(),
            f => f.Sales,
            f => new ActionOrderRequest("請提供出貨批次。", "production", null, f.Today.AddDays(2)),
            "registered",
            "\"purpose\":\"pass-on\",\"department\":\"production\",\"state\":\"issued\""
        ),
        [ComplaintAction.InformDepartment] = new(
            f => f.WithQcAsync(),
            f => f.Qc,
            _ => new InformDepartment.Request("production", "先隔離庫存。"),
            "with-qc",
            "\"department\":\"production\",\"text\":\"先隔離庫存。\""
        ),
        [ComplaintAction.ReceiveNotice] = new(
            f => f.OursAsync(),
            f => f.Production,
            _ => new { },
            "our-liability",
            "\"receivedBy\":\"REN\""
        ),
        [ComplaintAction.PlanRemedy] = new(
            f => f.OursAsync(),
            f => f.Qc,
            f => new ActionOrderRequest("更換控制板。", "production", null, f.Today.AddDays(2)),
            "our-liability",
            "\"purpose\":\"remedy\""
        ),
        [ComplaintAction.InspectLot] = new(
            f => f.WithQcAsync(),
            f => f.Qc,
            _ => new InspectLot.InspectRequest("2026-08-A", 40, 40, 37, 3, "B2", "虛焊。", null),
            "with-qc",
            "\"passed\":37,\"failed\":3"
        ),
        [ComplaintAction.DisposeLot] = new(
            async f =>
                await f.Qc.DoAsync(
                    Steps.Complaint(await f.WithQcAsync()),
                    "inspect-lot",
                    new InspectLot.InspectRequest("2026-08-A", 40, 40, 37, 3, "B2", "虛焊。", null)
                ),
            f => f.Qc,
            _ => new InspectLot.DisposeRequest(1, DispositionKind.Rework, "補焊。"),
            "with-qc",
            "\"disposition\":\"rework\""
        ),
        [ComplaintAction.Trace] = new(
            f => f.WithQcAsync(),
            f => f.Qc,
            _ => new TraceComplaint.Request([
                new(TraceKind.Lot, "2026-08-A", "一號倉", null, 40, 40, "3 台不良", "已隔離"),
            ]),
            "with-qc",
            "\"kind\":\"lot\",\"identity\":\"2026-08-A\""
        ),
        [ComplaintAction.ReleaseConclusion] = new(
            f => f.NotOursAsync(),
            f => f.Qc,
            _ => Steps.Conclusion,
            "not-our-liability",
            "\"release\":{\"cause\":\"防水搭接不足\""
        ),
        [ComplaintAction.MakeOutServiceReport] = new(
            f => f.NotOursAsync(),
            f => f.Desk,
            f => Steps.ServiceReport(f),
            "not-our-liability",
            "\"serviceReportNumber\":\"FM005-"
        ),
        [ComplaintAction.Promise] = new(
            f => f.RegisteredAsync(),
            f => f.Desk,
            f => new PromiseDate.Request(f.Today.AddDays(2), "答覆"),
            "registered",
            "\"what\":\"答覆\""
        ),
        [ComplaintAction.MergeInto] = new(
            async f =>
            {
                Steps.ParentId = (await f.WithQcAsync()).Id;
                return await f.RegisteredAsync();
            },
            f => f.Desk,
            f => new MergeComplaint.MergeRequest(Steps.ParentId, "一併處理。"),
            "merged",
            "\"mergedInto\":{\"id\":"
        ),
        [ComplaintAction.Unmerge] = new(
            async f =>
                await f.Desk.DoAsync(
                    Steps.Complaint(await f.RegisteredAsync()),
                    "merge-into",
                    new MergeComplaint.MergeRequest((await f.WithQcAsync()).Id, "一併處理。")
                ),
            f => f.Desk,
            _ => new MergeComplaint.UnmergeRequest("並非同一故障。"),
            "responded",
            "\"message\":\"一併處理。\""
        ),
        [ComplaintAction.OpenCapa] = new(
            f => f.OursAsync(),
            f => f.Qc,
            f => new OpenCapa.Request("purchasing", f.Today, "防止再次發生。"),
            "analysis",
            "\"description\":\"防止再次發生。\",\"department\":\"purchasing\""
        ),
    };

    private static readonly Dictionary<CapaAction, Command> OfCapas = new()
    {
        [CapaAction.Assign] = new(
            f => f.CapaAsync(),
            f => f.Qc,
            f => new AssignCapa.Request("purchasing", f.Today, "材料問題"),
            "analysis",
            "\"department\":\"purchasing\""
        ),
        [CapaAction.JoinCase] = new(
            async f =>
            {
                Steps.CaseId = await f.AssessedAsync();
                return await f.CapaAsync();
            },
            f => f.Qc,
            _ => new JoinCaseToCapa.Request(Steps.CaseId),
            "analysis",
            "{\"kind\":\"assessment\""
        ),
        [CapaAction.Propose] = new(
            f => f.CapaAsync(),
            f => f.Production,
            _ => Steps.Proposal,
            "review",
            "\"disposition\":\"局部拆除重做\",\"cause\":\"搭接寬度不足\""
        ),
        [CapaAction.Approve] = new(
            f => f.ProposedAsync(),
            f => f.Representative,
            _ => new ReviewCapa.Request("同意。"),
            "execution",
            "\"approved\":true,\"opinion\":\"同意。\""
        ),
        [CapaAction.SendBack] = new(
            f => f.ProposedAsync(),
            f => f.Representative,
            _ => new ReviewCapa.Request("原因不足。"),
            "analysis",
            "\"endedBy\":\"sent-back\""
        ),
        [CapaAction.Execute] = new(
            f => f.ApprovedAsync(),
            f => f.ProductionHead,
            f => new ExecuteCapa.Request("已重做。", f.Today),
            "verification",
            "\"record\":\"已重做。\""
        ),
        [CapaAction.VerifyEffective] = new(
            f => f.HalfVerifiedAsync(),
            f => f.Desk,
            _ => new VerifyEffective.Request("無滲漏。"),
            "closed",
            "\"side\":\"customer-service\",\"effective\":true,\"evidence\":\"無滲漏。\""
        ),
        [CapaAction.VerifyIneffective] = new(
            f => f.ExecutedAsync(),
            f => f.Qc,
            f => new VerifyIneffective.Request("仍滲漏。", f.Today.AddDays(7)),
            "ineffective-for-one",
            "\"missingVerifications\":[\"customer-service\"]"
        ),
        [CapaAction.Reopen] = new(
            f => f.VerifiedAsync(),
            f => f.Sales,
            f => new ReopenCapa.Request("又漏了。", f.Today.AddDays(7)),
            "analysis",
            "\"recurrences\":1"
        ),
    };

    public static TheoryData<string> Complaints =>
        [
            .. Enum.GetValues<ComplaintAction>()
                .Except([
                    ComplaintAction.Register,
                    ComplaintAction.HoldMeeting,
                    ComplaintAction.Remind,
                    ComplaintAction.RemindOfClocks,
                    ComplaintAction.WaiveResponse,
                    ComplaintAction.RequireMeeting,
                    ComplaintAction.NoteRepeatedFault,
                    ComplaintAction.ExplainWithParent,
                    ComplaintAction.SolveWithParent,
                    ComplaintAction.AnswerWithParent,
                ])
                .Select(action => action.ToKebab()),
        ];

    public static TheoryData<string> Capas =>
        [
            .. Enum.GetValues<CapaAction>()
                .Except([
                    CapaAction.OpenForComplaint,
                    CapaAction.OpenForFinding,
                    CapaAction.OpenForOrder,
                    CapaAction.OpenForResponse,
                    CapaAction.OpenForAssessment,
                    CapaAction.Measure,
                    CapaAction.RemindOfClocks,
                    CapaAction.Recur,
                    CapaAction.ConfirmRate,
                    CapaAction.FallShort,
                ])
                .Select(action => action.ToKebab()),
        ];

    [Theory]
    [MemberData(nameof(Complaints))]
    public Task A_command_on_a_complaint_is_wired(string action)
    {
        var command = OfComplaints[Spelling.FromKebab<ComplaintAction>(action)!.Value];
        return IsWiredAsync(action, command, Steps.Complaint);
    }

    [Theory]
    [MemberData(nameof(Capas))]
    public Task A_command_on_a_CAPA_is_wired(string action)
    {
        var command = OfCapas[Spelling.FromKebab<CapaAction>(action)!.Value];
        return IsWiredAsync(action, command, Steps.Capa);
    }

    private async Task IsWiredAsync(string action, Command command, Func<ApiAnswer, string> address)
    {
        var before = await command.Given(Fixture);
        var (record, body) = (address(before), command.Body(Fixture));

        (await Fixture.As(Roles.Finance).ChangeAsync(record, action, body)).Refused(
            HttpStatusCode.Forbidden,
            "role-missing"
        );
        (await command.By(Fixture).GetAsync(record)).Actions.ShouldContain(action);
        (await command.By(Fixture).PostAsync($"{record}/{action}", body)).Refused(
            HttpStatusCode.PreconditionRequired,
            "if-match-required"
        );
        var after = await command.By(Fixture).DoAsync(record, action, body);

        after.State.ShouldBe(command.State);
        after.Readable().ShouldContain(command.Shown);
    }
}
