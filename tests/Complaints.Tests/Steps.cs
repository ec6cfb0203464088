using System.Net;
using CustomerService.Complaints.ActionItems.Features;
using CustomerService.Complaints.Capas.Features;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Complaints.Meetings.Features;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>Steps that many tests take before they come to their point.</summary>
internal static class Steps
{
    public static RegisterComplaint.Request Intake(
        Guid customer,
        Severity severity = Severity.Major,
        Channel channel = Channel.Phone
    ) =>
        new()
        {
            CustomerId = customer,
            Contact = "王小姐",
            Phone = "0755-12345678",
            Channel = channel,
            Subject = "屋面滲漏",
            Description = "連日大雨後三樓走廊天花滴水。",
            Severity = severity,
        };

    /// <summary>A form with an item graded 不滿意, as Surveys tells it.</summary>
    public static ResponseDissatisfied Dissatisfied() =>
        new(
            Guid.CreateVersion7(),
            3,
            Guid.CreateVersion7(),
            "B",
            Guid.CreateVersion7(),
            "西嶺電機廠",
            "李先生",
            "0755-87654321",
            "repair-order",
            Guid.CreateVersion7(),
            "WX-2026-000007",
            [new("E.attitude", "Attitude", "服務態度", "服务态度", "等了三天沒有人來。")],
            "希望加快。",
            new DateOnly(2026, 11, 20)
        );

    public static ProposeCapa.Request Proposal { get; } =
        new()
        {
            Disposition = "局部拆除重做",
            Cause = "搭接寬度不足",
            CorrectiveAction = "重做並蓄水試驗",
            PreventiveAction = "增設隱蔽工程停檢點",
        };

    public static AnswerComplaint.Request Answer { get; } =
        new("防水搭接不足", "二期 3 號樓屋面，2024-05 施工批次", "已重做並試水合格。");

    public static ReleaseConclusion.Request Conclusion { get; } =
        new("防水搭接不足", "二期 3 號樓屋面，2024-05 施工批次", "已重做並試水合格。");

    /// <summary>The complaint into which the test at hand merges.</summary>
    public static Guid ParentId { get; set; }

    /// <summary>The CAPA that the test at hand joins.</summary>
    public static Guid CapaId { get; set; }

    public static Guid CaseId { get; set; }

    /// <summary>An assessment with items that failed, as Surveys tells it.</summary>
    public static async Task<Guid> AssessedAsync(this ComplaintsFixture f)
    {
        var held = new ServicePointAssessed(
            Guid.CreateVersion7(),
            3,
            "PG-2026-000003",
            Guid.CreateVersion7(),
            "亦莊服務中心",
            false,
            61.5m,
            false,
            ["T2.safety", "T3.channels"],
            f.Today
        );
        await f.DeliverAsync(held);
        return held.AssessmentId;
    }

    public static CallMeeting.Request Call(ComplaintsFixture f) =>
        new(f.Tomorrow, f.Tomorrow.AddHours(1), "三樓會議室", ["sales", "quality"], null);

    public static MakeOutServiceReport.Request ServiceReport(ComplaintsFixture f) =>
        new()
        {
            Product = "M-200",
            Fault = "不開機",
            Work = "更換電源板",
            Parts = ["電源板"],
            ServiceFrom = f.Today,
            ServiceTo = f.Today,
            Engineer = "魏師傅",
            Result = "正常",
        };

    public static async Task<ApiAnswer> ReleasedAsync(this ComplaintsFixture f, ApiAnswer? complaint = null) =>
        await f.Qc.DoAsync(Complaint(complaint ?? await f.NotOursAsync()), "release-conclusion", Conclusion);

    /// <summary>A remedy that production carried out and QC settled.</summary>
    public static async Task RemediedAsync(this ComplaintsFixture f, ApiAnswer complaint)
    {
        var planned = await f.Qc.DoAsync(
            Complaint(complaint),
            "plan-remedy",
            new ActionOrderRequest("更換控制板。", "production", null, f.Today.AddDays(2))
        );
        var remedy = "/v1/action-items/" + planned["actionItems"].AsArray()[^1]!["id"];
        await f.Production.DoAsync(remedy, "receive", new { });
        await f.Production.DoAsync(remedy, "complete", new CarryOutActionItem.Request("已更換。", "照片 3 張", null));
        await f.Qc.DoAsync(remedy, "accept", new CheckActionItem.OpinionRequest(null));
    }

    public static ConfirmConclusion.Request Confirmation { get; } = new("王小姐", "滿意。", ConfirmationChannel.Phone);

    public static string Complaint(ApiAnswer complaint) => "/v1/complaints/" + complaint.Id;

    public static string Capa(ApiAnswer capa) => "/v1/capas/" + capa.Id;

    public static string Iso(this DateOnly day) =>
        day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public static async Task<ApiAnswer> RegisteredAsync(
        this ComplaintsFixture f,
        Guid? customer = null,
        Severity severity = Severity.Major
    ) => (await f.Sales.PostAsync("/v1/complaints", Intake(await f.CustomerAsync(customer), severity))).Ok();

    public static async Task<ApiAnswer> RespondedAsync(
        this ComplaintsFixture f,
        Guid? customer = null,
        Severity severity = Severity.Major
    ) =>
        await f.Desk.DoAsync(
            Complaint(await f.RegisteredAsync(customer, severity)),
            "respond",
            new RespondToComplaint.Request("已收到，立即處理。")
        );

    public static async Task<ApiAnswer> ExplainedAsync(this ComplaintsFixture f, Guid? customer = null) =>
        await f.Desk.DoAsync(
            Complaint(await f.RespondedAsync(customer)),
            "explain",
            new TriageComplaint.SettleRequest("使用不當，已教導操作。")
        );

    public static async Task<ApiAnswer> WithQcAsync(
        this ComplaintsFixture f,
        Guid? customer = null,
        Severity severity = Severity.Major
    ) =>
        await f.Desk.DoAsync(
            Complaint(await f.RespondedAsync(customer, severity)),
            "send-to-qc",
            new TriageComplaint.Request("需現場勘查。")
        );

    public static async Task<ApiAnswer> OursAsync(this ComplaintsFixture f, Guid? customer = null) =>
        await f.Qc.DoAsync(
            Complaint(await f.WithQcAsync(customer)),
            "decide-ours",
            new DecideOurs.Request("production", "W-03", "防水卷材搭接不足。")
        );

    public static async Task<ApiAnswer> NotOursAsync(this ComplaintsFixture f) =>
        await f.Qc.DoAsync(
            Complaint(await f.WithQcAsync()),
            "decide-not-ours",
            new DecideNotOurs.Request(null, "外力損壞。")
        );

    public static async Task<ApiAnswer> AnsweredAsync(this ComplaintsFixture f) =>
        await f.Desk.DoAsync(Complaint(await f.ReleasedAsync()), "answer", Answer);

    public static async Task<ApiAnswer> ConfirmedAsync(this ComplaintsFixture f) =>
        await f.Desk.DoAsync(Complaint(await f.AnsweredAsync()), "confirm", Confirmation);

    public static async Task<ApiAnswer> ClosedAsync(this ComplaintsFixture f) =>
        await f.Desk.DoAsync(Complaint(await f.ConfirmedAsync()), "close", new CloseComplaint.Request(null));

    /// <summary>A complaint of our liability that was closed after its CAPA was verified as effective.</summary>
    public static async Task<(ApiAnswer Complaint, ApiAnswer Capa)> ClosedWithCapaAsync(this ComplaintsFixture f)
    {
        var complaint = await f.OursAsync();
        var capa = await f.VerifiedAsync(await f.CapaAsync(complaint));
        await f.RemediedAsync(complaint);
        await f.ReleasedAsync(complaint);
        await f.Desk.DoAsync(Complaint(complaint), "answer", Answer);
        await f.Desk.DoAsync(Complaint(complaint), "confirm", Confirmation);
        return (await f.Desk.DoAsync(Complaint(complaint), "close", new CloseComplaint.Request(null)), capa);
    }

    public static async Task<ApiAnswer> CapaAsync(this ComplaintsFixture f, ApiAnswer? complaint = null) =>
        await f.Qc.DoAsync(
            Complaint(complaint ?? await f.OursAsync()),
            "open-capa",
            new OpenCapa.Request(null, f.Today.AddDays(20), "防止搭接不足再次發生。")
        );

    public static async Task<ApiAnswer> ProposedAsync(this ComplaintsFixture f, ApiAnswer? capa = null) =>
        await f.Production.DoAsync(Capa(capa ?? await f.CapaAsync()), "propose", Proposal);

    public static async Task<ApiAnswer> ApprovedAsync(this ComplaintsFixture f, ApiAnswer? capa = null) =>
        await f.Representative.DoAsync(Capa(await f.ProposedAsync(capa)), "approve", new ReviewCapa.Request("同意。"));

    public static async Task<ApiAnswer> ExecutedAsync(this ComplaintsFixture f, ApiAnswer? capa = null) =>
        await f.ProductionHead.DoAsync(
            Capa(await f.ApprovedAsync(capa)),
            "execute",
            new ExecuteCapa.Request("已重做，蓄水 48 小時無滲漏。", null)
        );

    public static async Task<ApiAnswer> HalfVerifiedAsync(this ComplaintsFixture f, ApiAnswer? capa = null) =>
        await f.Qc.DoAsync(
            Capa(await f.ExecutedAsync(capa)),
            "verify-effective",
            new VerifyEffective.Request("兩次暴雨後複查無滲漏。")
        );

    public static async Task<ApiAnswer> VerifiedAsync(this ComplaintsFixture f, ApiAnswer? capa = null) =>
        await f.Desk.DoAsync(
            Capa(await f.HalfVerifiedAsync(capa)),
            "verify-effective",
            new VerifyEffective.Request("客戶未再反映。")
        );

    /// <summary>Changes the record and expects that it succeeds.</summary>
    public static async Task<ApiAnswer> DoAsync(this ApiClient client, string record, string action, object body) =>
        (await client.ChangeAsync(record, action, body)).Ok();

    /// <summary>Uploads a table for this record, which must be as it was seen.</summary>
    public static async Task<ApiAnswer> UploadAsync(this ApiClient client, string path, string csv, ApiAnswer record)
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(csv)), "file", "trace.csv" },
        };
        return await client.PostAsync(path, form, (await client.GetAsync(Complaint(record))).ETag);
    }

    /// <summary>Refused with this status, code and rule, as a problem.</summary>
    public static ApiAnswer Refused(this ApiAnswer answer, HttpStatusCode status, string code, string? rule = null)
    {
        (answer.Status, answer.Code).ShouldBe((status, code), answer.Readable());
        answer.Raw.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        if (rule is not null)
        {
            answer.Rule.ShouldBe(rule);
        }

        return answer;
    }
}
