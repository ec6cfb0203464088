using System.Net;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>What every caller can rely on: bad input, keys, versions, languages.</summary>
public sealed class ApiTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    [Fact]
    [Trait("Rule", "C3.2.1")]
    public async Task Given_sales_When_they_register_Then_it_is_created_in_their_name_and_others_are_refused()
    {
        var intake = Steps.Intake(await Fixture.CustomerAsync(), channel: Channel.Visit);

        var complaint = (await Fixture.Sales.PostAsync("/v1/complaints", intake)).Ok();

        (complaint.Status, complaint.Location).ShouldBe(
            (HttpStatusCode.Created, "/api/complaints/v1/complaints/" + complaint.Id)
        );
        (complaint.Text("takenBy"), complaint.Text("channel")).ShouldBe((Someone.InSales().Name, "visit"));
        complaint.Body!["formNumber"].ShouldBeNull();
        (await Fixture.As(Roles.Finance).PostAsync("/v1/complaints", intake)).Refused(
            HttpStatusCode.Forbidden,
            "role-missing",
            "C3.2.1"
        );
        (await Fixture.Anonymous().PostAsync("/v1/complaints", intake)).Refused(
            HttpStatusCode.Unauthorized,
            "unauthenticated"
        );
        (await Fixture.Anonymous().GetAsync("/v1/complaints")).Refused(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Theory]
    [InlineData("{", "malformed")]
    [InlineData("[]", "malformed")]
    [InlineData("null", "malformed")]
    [InlineData("{}", "malformed")]
    [InlineData("""{"contact":"x","phone":"x","subject":"x","description":"x","surprise":1}""", "malformed")]
    [InlineData("""{"contact":null,"phone":"x","subject":"x","description":"x"}""", "malformed")]
    [InlineData("""{"contact":"x","phone":"x","subject":"x","description":"x","severity":"terrible"}""", "malformed")]
    [InlineData("""{"contact":"x","phone":"x","subject":"x","description":"x","severity":2}""", "malformed")]
    [InlineData(
        """{"contact":"x","phone":"x","subject":"x","description":"x","receivedAt":"yesterday"}""",
        "malformed"
    )]
    [InlineData("""{"contact":"x","phone":"x","subject":"x","description":"x","customerId":"12"}""", "malformed")]
    [InlineData("""{"contact":" ","phone":"x","subject":"x","description":"x"}""", "validation")]
    [InlineData("""{"contact":"x","phone":"x","subject":"x\u0000y","description":"x"}""", "validation")]
    [InlineData("""{"contact":"x","phone":"x","subject":"x","description":"x","channel":"survey"}""", "validation")]
    [InlineData("""{"contact":"x","phone":"x","subject":"x","description":"x"}""", "intake-incomplete")]
    [InlineData(
        """{"customerId":"019a0000-0000-7000-8000-000000000000","channel":"phone","severity":"major","contact":"x","phone":"x","subject":"x","description":"x","receivedAt":"2999-01-01T00:00:00Z"}""",
        "received-in-the-future"
    )]
    [InlineData(
        """{"customerId":"019a0000-0000-7000-8000-000000000000","channel":"phone","severity":"major","contact":"x","phone":"x","subject":"x","description":"x","receivedAt":"2001-01-01T00:00:00Z"}""",
        "received-too-long-ago"
    )]
    [InlineData(
        """{"customerId":"019a0000-0000-7000-8000-000000000000","channel":"phone","severity":"major","contact":"x","phone":"x","subject":"x","description":"x","receivedAt":"0001-01-01T00:00:00+14:00"}""",
        null
    )]
    public async Task Given_bad_input_When_registered_Then_400_with_a_stable_code(string body, string? code)
    {
        var answer = await Fixture.Sales.PostAsync("/v1/complaints", body);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body?.ToJsonString());
        if (code is not null)
        {
            answer.Code.ShouldBe(code, answer.Body?.ToJsonString());
        }
    }

    [Theory]
    [InlineData(
        """{"contact":"x",""",
        "The body is no valid JSON from line 1, position 15 on.",
        "內容自第 1 行、位置 15 起不是正確的 JSON。"
    )]
    [InlineData(
        """{"contact":"x","surprise":1}""",
        "There is no member 'surprise' (line 1, position 27).",
        "沒有「surprise」這個欄位（第 1 行，位置 27）。"
    )]
    [InlineData(
        "{\n\"severity\":\"terrible\"}",
        "'severity' has no value that is allowed there (line 2, position 22). The API's document says which ones are.",
        "「severity」的值不符合規定（第 2 行，位置 22），可用的值請見 API 文件。"
    )]
    [InlineData(
        """{"contact":null}""",
        "'contact' has no value that is allowed there (line 1, position 16). The API's document says which ones are.",
        null
    )]
    [InlineData(
        "[]",
        "'$' has no value that is allowed there (line 1, position 2). The API's document says which ones are.",
        null
    )]
    [InlineData(
        """{"receivedAt":"2026-11-28T16:27:00"}""",
        "'receivedAt' is an instant without its offset (line 1, position 36). Write it as 2026-11-28T16:27:00+08:00.",
        "「receivedAt」的時間沒有註明時區（第 1 行，位置 36），請寫成 2026-11-28T16:27:00+08:00。"
    )]
    [InlineData("", "The request needs a body.", "請求必須附上內容。")]
    public async Task Given_a_body_that_cannot_be_read_When_refused_Then_in_the_callers_language_without_type_names(
        string body,
        string english,
        string? chinese
    )
    {
        (await Fixture.Sales.PostAsync("/v1/complaints", body, language: "en")).Refused(
            HttpStatusCode.BadRequest,
            "malformed"
        )["detail"]!
            .ToString()
            .ShouldBe(english);
        if (chinese is not null)
        {
            (await Fixture.Sales.PostAsync("/v1/complaints", body, language: "zh-Hant")).Refused(
                HttpStatusCode.BadRequest,
                "malformed"
            )["detail"]!
                .ToString()
                .ShouldBe(chinese);
        }
    }

    [Theory]
    [InlineData("complaints/{id}/pause", """{"note":"x"}""", "reason")]
    [InlineData("complaints/{id}/pause", """{"reason":null}""", "reason")]
    [InlineData("complaints/{id}/reclassify", """{"reason":"x"}""", "severity")]
    [InlineData("complaints/{id}/escalate-to-sales-manager", """{"note":"x"}""", "reason")]
    [InlineData("complaints/{id}/open-capa", """{"description":"x"}""", "dueOn")]
    [InlineData("capas/{id}/assign", """{"department":"production"}""", "dueOn")]
    [InlineData("capas/{id}/verify-ineffective", """{"evidence":"x"}""", "dueOn")]
    [InlineData("capas/{id}/reopen", """{"reason":"x"}""", "dueOn")]
    [InlineData(
        "complaints",
        """{"contact":"x","phone":"x","subject":"x","description":"x","origin":{"number":"7"}}""",
        "origin.kind"
    )]
    public async Task Given_a_mandatory_value_that_is_missing_When_sent_Then_it_is_named_and_no_default_is_taken(
        string path,
        string body,
        string field
    )
    {
        var mayAll = Fixture.As("all", [Roles.Qc, Roles.QcHead, Roles.CustomerService, Roles.SalesManager]);
        var answer = await mayAll.PostAsync(
            "/v1/" + path.Replace("{id}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal),
            body,
            "\"1\""
        );
        answer.Refused(HttpStatusCode.BadRequest, "validation")["errors"]![field]![0]!["code"]!
            .ToString()
            .ShouldBe("not-null");
    }

    [Fact]
    public async Task Given_a_wrong_member_When_sent_Then_it_is_named_with_code_and_text()
    {
        var answer = (
            await Fixture.Desk.ChangeAsync(
                Steps.Complaint(await Fixture.RegisteredAsync()),
                "respond",
                new RespondToComplaint.Request("")
            )
        ).Refused(HttpStatusCode.BadRequest, "validation");
        answer["errors"]!["message"]![0]!["code"]!.ToString().ShouldBe("not-empty");
        var told = await Fixture.Desk.PostAsync(
            Steps.Complaint(await Fixture.RegisteredAsync()) + "/respond",
            new RespondToComplaint.Request(new string('長', 4001)),
            "\"1\"",
            language: "zh-Hant"
        );
        told["errors"]!["message"]![0]!["message"]!.ToString().ShouldBe("最多 4000 個字元，目前為 4001 個。");
        told["errors"]!["message"]![0]!["field"]!.ToString().ShouldBe("訊息");
        var blank = await Fixture.Qc.PostAsync(
            Steps.Complaint(await Fixture.WithQcAsync()) + "/decide-ours",
            new DecideOurs.Request(" \u200B\u2060", "W", "x"),
            "\"3\"",
            language: "zh-Hans"
        );
        var department = blank.Refused(HttpStatusCode.BadRequest, "validation")["errors"]!["responsibleDepartment"]![
            0
        ]!;
        (department["code"]!.ToString(), department["field"]!.ToString(), department["message"]!.ToString()).ShouldBe(
            ("not-empty", "责任部门", "必须填写。")
        );
        var unwanted = (
            await Fixture.Qc.ChangeAsync(
                Steps.Complaint(await Fixture.RegisteredAsync()),
                "pause",
                new PauseComplaint.Request(PauseReason.WaitingForConfirmation, null)
            )
        ).Refused(HttpStatusCode.BadRequest, "validation");
        unwanted["errors"]!["reason"]![0]!["code"]!.ToString().ShouldBe("by-system-only");
        (
            await Fixture.Qc.ChangeAsync(
                Steps.Complaint(await Fixture.OursAsync()),
                "open-capa",
                new { dueOn = "2026-02-30", description = "x" }
            )
        ).Refused(HttpStatusCode.BadRequest, "malformed");
        (
            await Fixture.Qc.PostAsync(
                $"/v1/complaints/{Guid.CreateVersion7()}/pause",
                new PauseComplaint.Request(PauseReason.WaitingForSample, null),
                "\"1\""
            )
        ).Refused(HttpStatusCode.NotFound, "not-found");
        (await Fixture.Qc.GetAsync("/v1/complaints/not-a-guid")).Refused(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Given_a_change_without_or_with_a_stale_version_When_sent_Then_refused()
    {
        var complaint = await Fixture.RegisteredAsync();
        (
            await Fixture.Desk.PostAsync(Steps.Complaint(complaint) + "/respond", new RespondToComplaint.Request("x"))
        ).Refused(HttpStatusCode.PreconditionRequired, "if-match-required");
        (
            await Fixture.Desk.PostAsync(
                Steps.Complaint(complaint) + "/respond",
                new RespondToComplaint.Request("x"),
                "\"99\""
            )
        ).Refused(HttpStatusCode.PreconditionFailed, "stale-version");
        (
            await Fixture.Desk.PostAsync(
                Steps.Complaint(complaint) + "/respond",
                new RespondToComplaint.Request("x"),
                "nonsense"
            )
        ).Refused(HttpStatusCode.PreconditionFailed, "stale-version");
        var responded = (
            await Fixture.Desk.PostAsync(
                Steps.Complaint(complaint) + "/respond",
                new RespondToComplaint.Request("x"),
                complaint.ETag
            )
        ).Ok();
        responded.ETag.ShouldNotBe(complaint.ETag);
    }

    // D1 of the mutations: the version that was seen is part of what the key stands for.
    [Fact]
    public async Task Given_a_key_When_it_comes_with_another_version_Then_it_is_no_replay()
    {
        var complaint = (
            await Fixture.Sales.PostAsync("/v1/complaints", Steps.Intake(await Fixture.CustomerAsync()))
        ).Ok();
        var (path, key) = ($"/v1/complaints/{complaint.Id}/respond", Guid.CreateVersion7().ToString());
        var body = new RespondToComplaint.Request("已收到，兩日內回覆。");
        var first = (await Fixture.Desk.PostAsync(path, body, complaint.ETag, key)).Ok();

        var again = await Fixture.Desk.PostAsync(path, body, first.ETag, key);

        again.Refused(HttpStatusCode.Conflict, "idempotency-key-reused");
    }

    [Fact]
    public async Task Given_a_key_When_it_is_repeated_Then_the_first_outcome_and_reused_Then_refused()
    {
        var (key, body) = (Guid.CreateVersion7().ToString(), Steps.Intake(await Fixture.CustomerAsync()));
        var first = (await Fixture.Sales.PostAsync("/v1/complaints", body, key: key)).Ok();
        var again = (await Fixture.Sales.PostAsync("/v1/complaints", body, key: key)).Ok();
        again.Raw.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        (again.Id, again.ETag, again.Status, again.Location).ShouldBe(
            (first.Id, first.ETag, first.Status, first.Location)
        );
        var other = body with { Subject = "別的事" };
        (await Fixture.Sales.PostAsync("/v1/complaints", other, key: key)).Refused(
            HttpStatusCode.Conflict,
            "idempotency-key-reused"
        );

        var respondKey = Guid.CreateVersion7().ToString();
        var responded = (
            await Fixture.Desk.PostAsync(
                Steps.Complaint(first) + "/respond",
                new RespondToComplaint.Request("x"),
                first.ETag,
                respondKey
            )
        ).Ok();
        var replayed = (
            await Fixture.Desk.PostAsync(
                Steps.Complaint(first) + "/respond",
                new RespondToComplaint.Request("x"),
                first.ETag,
                respondKey
            )
        ).Ok();
        replayed.ETag.ShouldBe(responded.ETag);
        (await Fixture.Desk.GetAsync("/v1/audit/" + first.Id))["entries"].AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Given_a_refusal_When_read_Then_in_the_readers_language()
    {
        var complaint = await Fixture.OursAsync();
        await Fixture.CapaAsync(complaint);
        var tag = (await Fixture.Desk.GetAsync(Steps.Complaint(complaint))).ETag;
        async Task<ApiAnswer> Close(string language) =>
            await Fixture.Desk.PostAsync(
                Steps.Complaint(complaint) + "/close",
                new CloseComplaint.Request(null),
                tag,
                language: language
            );
        var hant = await Close("zh-Hant");
        hant.Text("title").ShouldBe("此投訴尚有未結案的糾正措施。");
        hant.Text("detail").ShouldBe("依據規則 C5.6.2。 缺少：經驗證有效的糾正措施。 可由下列角色補足：品管、客服。");
        (await Close("zh-Hans")).Text("title").ShouldBe("此投诉尚有未结案的纠正措施。");
        (await Close("en")).Text("title").ShouldBe("A corrective action of this complaint is still open.");
    }
}
