using System.Net;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>Steps that many tests take before they come to their point.</summary>
internal static class Story
{
    public static object Intake(Guid customer, string severity = "major", string channel = "phone") =>
        new
        {
            customerId = customer,
            customerName = "東湖置業有限公司",
            contact = "王小姐",
            phone = "0755-12345678",
            channel,
            subject = "屋面滲漏",
            description = "連日大雨後三樓走廊天花滴水。",
            severity,
            reference = new { projectId = Guid.CreateVersion7(), projectName = "東湖花園二期" },
        };

    public static string Of(ApiAnswer complaint) => "/v1/complaints/" + complaint.Id;

    public static async Task<ApiAnswer> RegisteredAsync(
        this ComplaintsFixture f,
        Guid? customer = null,
        string severity = "major"
    ) => (await f.Sales.PostAsync("/v1/complaints", Intake(customer ?? Guid.CreateVersion7(), severity))).Ok();

    public static async Task<ApiAnswer> RespondedAsync(
        this ComplaintsFixture f,
        Guid? customer = null,
        string severity = "major"
    ) =>
        (
            await f.CustomerService.ChangeAsync(
                Of(await f.RegisteredAsync(customer, severity)),
                "respond",
                new { message = "已收到，立即處理。" }
            )
        ).Ok();

    public static async Task<ApiAnswer> WithQcAsync(
        this ComplaintsFixture f,
        Guid? customer = null,
        string severity = "major"
    ) =>
        (
            await f.CustomerService.ChangeAsync(
                Of(await f.RespondedAsync(customer, severity)),
                "send-to-qc",
                new { note = "需現場勘查。" }
            )
        ).Ok();

    public static async Task<ApiAnswer> OursAsync(this ComplaintsFixture f, Guid? customer = null) =>
        (
            await f.Qc.ChangeAsync(
                Of(await f.WithQcAsync(customer)),
                "decide-ours",
                new
                {
                    responsibleDepartment = "production",
                    causeCode = "W-03",
                    findings = "防水卷材搭接不足。",
                }
            )
        ).Ok();

    public static async Task<ApiAnswer> ActionAsync(this ComplaintsFixture f, ApiAnswer complaint) =>
        (
            await f.Qc.ChangeAsync(
                Of(complaint),
                "corrective-actions",
                new { dueOn = f.InDays(20), description = "防止搭接不足再次發生。" }
            )
        ).Ok();

    public static string At(ApiAnswer action) => "/v1/corrective-actions/" + action.Id;

    public static string InDays(this ComplaintsFixture f, int days) =>
        DateOnly
            .FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(8))
            .AddDays(days)
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public static async Task<ApiAnswer> ProposedAsync(this ComplaintsFixture f, ApiAnswer action) =>
        (await f.Production.ChangeAsync(At(action), "propose", Proposal)).Ok();

    public static object Proposal { get; } = new
    {
        disposition = "局部拆除重做",
        cause = "搭接寬度不足",
        correctiveAction = "重做並蓄水試驗",
        preventiveAction = "增設隱蔽工程停檢點",
    };

    public static async Task<ApiAnswer> ExecutedAsync(this ComplaintsFixture f, ApiAnswer action)
    {
        await f.ProposedAsync(action);
        (await f.Representative.ChangeAsync(At(action), "approve", new { opinion = "同意。" })).Ok();
        return (
            await f.Production.ChangeAsync(At(action), "execute", new { record = "已重做，蓄水 48 小時無滲漏。" })
        ).Ok();
    }

    public static async Task<ApiAnswer> VerifiedAsync(this ComplaintsFixture f, ApiAnswer action)
    {
        await f.ExecutedAsync(action);
        return (
            await f.Qc.ChangeAsync(At(action), "verify-effective", new { evidence = "兩次暴雨後複查無滲漏。" })
        ).Ok();
    }

    public static object Answer { get; } = new
    {
        cause = "防水搭接不足",
        traceability = "二期 3 號樓屋面，2024-05 施工批次",
        conclusion = "已重做並試水合格。",
    };

    /// <summary>Refused: this status, this code, this rule; and nothing about it is a surprise of the
    /// server.</summary>
    public static ApiAnswer Refused(this ApiAnswer answer, HttpStatusCode status, string code, string? rule = null)
    {
        (answer.Status, answer.Code).ShouldBe((status, code), answer.Body?.ToJsonString());
        answer.Raw.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        if (rule is not null)
        {
            answer.Rule.ShouldBe(rule);
        }

        return answer;
    }
}
