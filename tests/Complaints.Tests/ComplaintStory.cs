using System.Net;
using System.Text.Json.Nodes;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>The way of a complaint, by HTTP on the real service.</summary>
public sealed class ComplaintStory(ComplaintsFixture f)
{
    [Fact]
    [Trait("Rule", "C2")]
    [Trait("Rule", "C3.1.4")]
    [Trait("Rule", "C3.2.1")]
    [Trait("Rule", "C3.2.2")]
    [Trait("Rule", "C3.2.3")]
    [Trait("Rule", "C5.2")]
    [Trait("Rule", "C5.3.1")]
    [Trait("Rule", "C5.4")]
    [Trait("Rule", "C5.6.1")]
    [Trait("Rule", "C5.6.2")]
    public async Task A_complaint_goes_its_whole_way_and_every_step_is_told_and_recorded()
    {
        var complaint = await f.OursAsync();
        complaint.Text("number").ShouldMatch(@"^FM004-\d{4}-\d{4}$");
        var action = await f.ActionAsync(complaint);
        action.Status.ShouldBe(HttpStatusCode.Created);
        action.Location.ShouldBe("/api/complaints/v1/corrective-actions/" + action.Id);
        action.Text("state").ShouldBe("analysis");
        action.Text("department").ShouldBe("production");
        (await f.VerifiedAsync(action)).Text("state").ShouldBe("closed");

        var seen = (await f.CustomerService.GetAsync(Story.Of(complaint))).Ok();
        seen["correctiveActions"][0]!["state"]!.ToString().ShouldBe("closed");
        seen["_actions"]
            .AsArray()
            .Select(a => a!.ToString())
            .ShouldBe(["answer", "pause", "reclassify", "report-to-sales-manager"], ignoreOrder: true);

        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "answer", Story.Answer))
            .Ok()
            .Text("state")
            .ShouldBe("answered");
        (
            await f.CustomerService.ChangeAsync(
                Story.Of(complaint),
                "confirm",
                new { confirmedBy = "王小姐", opinion = "滿意。" }
            )
        )
            .Ok()
            .Text("state")
            .ShouldBe("confirmed");
        var closed = (await f.CustomerService.ChangeAsync(Story.Of(complaint), "close")).Ok();
        closed.Text("state").ShouldBe("closed");
        closed["targets"]!["resolvedInTime"]!.GetValue<bool>().ShouldBeTrue();

        await Eventually.Holds(() =>
        {
            f.EventsOf(complaint.Id)
                .Select(e => e.RoutingKey)
                .ShouldBe([
                    "complaints.complaint.registered.v1",
                    "complaints.complaint.responded.v1",
                    "complaints.complaint.triaged.v1",
                    "complaints.complaint.liability-decided.v1",
                    "complaints.complaint.closed.v1",
                ]);
            f.EventsOf(action.Id)
                .Select(e => e.RoutingKey)
                .ShouldBe([
                    "complaints.corrective-action.opened.v1",
                    "complaints.corrective-action.analysed.v1",
                    "complaints.corrective-action.reviewed.v1",
                    "complaints.corrective-action.executed.v1",
                    "complaints.corrective-action.verified.v1",
                ]);
            return Task.CompletedTask;
        });
        var registered = f.EventsOf(complaint.Id)[0];
        registered.Headers["cloudEvents:specversion"].ShouldBe("1.0");
        registered.Headers["cloudEvents:type"].ShouldBe("complaints.complaint.registered.v1");
        registered.Headers["cloudEvents:source"].ShouldContain("complaints");
        registered.Headers.ShouldContainKey("cloudEvents:id");
        registered.Headers.ShouldContainKey("cloudEvents:time");
        registered.Body["number"]!.ToString().ShouldBe(complaint.Text("number"));
        registered.Body["customerName"]!.ToString().ShouldBe("東湖置業有限公司");
        registered.Body["severity"]!.ToString().ShouldBe("major");
        f.EventsOf(complaint.Id)[^1].Body["customerConfirmed"]!.GetValue<bool>().ShouldBeTrue();
        f.EventsOf(action.Id)[3].Body["inTime"]!.GetValue<bool>().ShouldBeTrue();

        var trail = (await f.CustomerService.GetAsync("/v1/audit/" + complaint.Id)).Ok();
        trail["intact"].GetValue<bool>().ShouldBeTrue();
        trail["entries"]
            .AsArray()
            .Select(e => e!["action"]!.ToString())
            .ShouldBe([
                "register",
                "respond",
                "send-to-qc",
                "decide-ours",
                "open-corrective-action",
                "answer",
                "confirm",
                "close",
            ]);
        var (code, output) = await f.Service.RunCommandAsync("verify-audit");
        code.ShouldBe(0, output);
    }

    [Fact]
    [Trait("Rule", "C5.4")]
    [Trait("Rule", "C5.6.2")]
    [Trait("Rule", "C5.6.1")]
    public async Task Case_7_closing_with_an_open_action_is_refused_and_says_who_can_help()
    {
        var complaint = await f.OursAsync();
        var action = await f.ActionAsync(complaint);
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "answer", Story.Answer)).Refused(
            HttpStatusCode.Conflict,
            "capa-not-reviewed",
            "C5.4"
        );
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "close")).Refused(
            HttpStatusCode.Conflict,
            "corrective-action-open",
            "C5.6.2"
        );
        await f.ProposedAsync(action);
        (await f.Representative.ChangeAsync(Story.At(action), "approve", new { opinion = "同意。" })).Ok();
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "answer", Story.Answer)).Ok();
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "confirm", new { confirmedBy = "王小姐" })).Ok();

        var refused = (await f.CustomerService.ChangeAsync(Story.Of(complaint), "close")).Refused(
            HttpStatusCode.Conflict,
            "corrective-action-open",
            "C5.6.2"
        );
        refused["missing"].AsArray().Select(m => m!.ToString()).ShouldBe(["verified-corrective-actions"]);
        refused["suppliedBy"].AsArray().Select(m => m!.ToString()).ShouldBe(["qc", "customer-service"]);

        (await f.Production.ChangeAsync(Story.At(action), "execute", new { record = "完成。" })).Ok();
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "close")).Refused(
            HttpStatusCode.Conflict,
            "corrective-action-open",
            "C5.6.2"
        );
        (
            await f.CustomerService.ChangeAsync(Story.At(action), "verify-effective", new { evidence = "複查合格。" })
        ).Ok();
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "close")).Ok().Text("state").ShouldBe("closed");
    }

    [Fact]
    [Trait("Rule", "C5.2")]
    [Trait("Rule", "C5.6.1")]
    public async Task Triage_sorts_only_after_the_first_response_and_what_is_not_ours_is_explained_and_confirmed()
    {
        var complaint = await f.RegisteredAsync();
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "explain", new { note = "使用不當。" })).Refused(
            HttpStatusCode.Conflict,
            "not-in-this-state",
            "C5.2"
        );
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "respond", new { message = "收到。" })).Ok();
        (await f.Sales.ChangeAsync(Story.Of(complaint), "explain", new { note = "使用不當。" })).Refused(
            HttpStatusCode.Forbidden,
            "role-missing",
            "C5.2"
        );
        var explained = (
            await f.CustomerService.ChangeAsync(Story.Of(complaint), "explain", new { note = "使用不當，已教導操作。" })
        ).Ok();
        explained["triage"]!["outcome"]!.ToString().ShouldBe("explained");
        explained["targets"]!["resolvedAt"].ShouldNotBeNull();

        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "close")).Refused(
            HttpStatusCode.Conflict,
            "customer-not-confirmed",
            "C5.6.1"
        );
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "confirm", new { })).Refused(
            HttpStatusCode.BadRequest,
            "confirmed-by-missing",
            "C5.6.1"
        );
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "object", new { reason = "客戶不同意。" }))
            .Ok()
            .Text("state")
            .ShouldBe("responded");
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "solve", new { note = "已更換零件。" }))
            .Ok()
            .Text("state")
            .ShouldBe("solved");
        (await f.Sales.ChangeAsync(Story.Of(complaint), "confirm", new { confirmedBy = "王小姐" })).Ok();
        (await f.Sales.ChangeAsync(Story.Of(complaint), "close")).Ok();
    }

    [Fact]
    [Trait("Rule", "C5.3.2")]
    [Trait("Rule", "C5.6.1")]
    public async Task What_QC_finds_not_ours_customer_service_answers_and_an_objection_goes_back_to_QC()
    {
        var complaint = await f.WithQcAsync();
        (
            await f.CustomerService.ChangeAsync(Story.Of(complaint), "decide-not-ours", new { findings = "外力損壞。" })
        ).Refused(HttpStatusCode.Forbidden, "role-missing", "C5.3.1");
        (await f.Qc.ChangeAsync(Story.Of(complaint), "decide-not-ours", new { findings = "外力損壞。" }))
            .Ok()
            .Text("state")
            .ShouldBe("not-ours");
        (
            await f.Qc.ChangeAsync(
                Story.Of(complaint),
                "corrective-actions",
                new { dueOn = f.InDays(5), description = "x" }
            )
        ).Refused(HttpStatusCode.Conflict, "not-in-this-state");
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "answer", Story.Answer)).Ok();
        var objected = (
            await f.CustomerService.ChangeAsync(Story.Of(complaint), "object", new { reason = "並非外力。" })
        ).Ok();
        objected.Text("state").ShouldBe("with-qc");
        objected["objections"][0]!["rejectedConclusion"]!.ToString().ShouldBe("已重做並試水合格。");
        objected.Body!["answer"].ShouldBeNull();
        objected["targets"]!["resolvedAt"].ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.4")]
    public async Task What_is_ours_is_not_answered_without_a_corrective_action()
    {
        var complaint = await f.OursAsync();
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "answer", Story.Answer)).Refused(
            HttpStatusCode.Conflict,
            "corrective-action-missing",
            "C5.4"
        );
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "close")).Refused(
            HttpStatusCode.Conflict,
            "customer-not-answered",
            "C5.6.1"
        );
        (
            await f.Qc.ChangeAsync(
                Story.Of(complaint),
                "corrective-actions",
                new { dueOn = f.InDays(-1), description = "x" }
            )
        ).Refused(HttpStatusCode.Conflict, "due-in-the-past", "C5.6.2");
    }

    [Fact]
    [Trait("Rule", "C5.5.1")]
    [Trait("Rule", "C5.5.2")]
    public async Task Unclear_liability_and_a_major_problem_are_facts_that_are_reported_upwards()
    {
        var complaint = await f.WithQcAsync();
        var unclear = (
            await f.Qc.ChangeAsync(Story.Of(complaint), "decide-unclear", new { findings = "需實驗室檢測。" })
        ).Ok();
        unclear["meetingGrounds"].AsArray().Select(g => g!.ToString()).ShouldBe(["liability-unclear"]);
        (await f.QcHead.ChangeAsync(Story.Of(complaint), "report-to-general-manager", new { note = "重大" })).Refused(
            HttpStatusCode.Conflict,
            "not-a-major-problem",
            "C5.5.2"
        );
        (
            await f.Qc.ChangeAsync(
                Story.Of(complaint),
                "report-to-sales-manager",
                new { ground = "liability-unclear", note = "x" }
            )
        ).Refused(HttpStatusCode.Forbidden, "role-missing", "C5.5.1");
        (
            await f.CustomerService.ChangeAsync(
                Story.Of(complaint),
                "report-to-sales-manager",
                new { ground = "liability-unclear", note = "請召集會議。" }
            )
        ).Ok();
        (
            await f.Qc.ChangeAsync(
                Story.Of(complaint),
                "reclassify",
                new { severity = "critical", reason = "結構安全。" }
            )
        ).Ok();
        await Eventually.Holds(() =>
        {
            var told = f.EventsOf(complaint.Id)
                .Single(e => e.RoutingKey == "complaints.complaint.reclassified.v1")
                .Body;
            (told["from"]!.ToString(), told["severity"]!.ToString()).ShouldBe(("major", "critical"));
            told["responseDueAt"]!
                .GetValue<DateTimeOffset>()
                .ShouldBe(
                    complaint["targets"]!["responseDueAt"]!.GetValue<DateTimeOffset>(),
                    "a response that was given keeps its target"
                );
            return Task.CompletedTask;
        });
        var reported = (
            await f.QcHead.ChangeAsync(
                Story.Of(complaint),
                "report-to-general-manager",
                new { note = "重大品質問題。" }
            )
        ).Ok();
        reported["reports"].AsArray().Select(r => r!["rule"]!.ToString()).ShouldBe(["C5.5.1", "C5.5.2"]);
        reported["meetingGrounds"]
            .AsArray()
            .Select(g => g!.ToString())
            .ShouldBe(["liability-unclear", "major-quality-problem"]);
        (
            await f.Qc.ChangeAsync(
                Story.Of(complaint),
                "decide-ours",
                new
                {
                    responsibleDepartment = "production",
                    causeCode = "W-03",
                    findings = "已查明。",
                }
            )
        ).Ok().Text("state").ShouldBe("ours");
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public async Task Only_the_sales_manager_closes_without_the_customers_word_and_says_why()
    {
        var complaint = await f.RespondedAsync();
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "explain", new { note = "已說明。" })).Ok();
        (
            await f.CustomerService.ChangeAsync(
                Story.Of(complaint),
                "close",
                new { withoutConfirmationReason = "聯絡不上" }
            )
        ).Refused(HttpStatusCode.Conflict, "customer-not-confirmed", "C5.6.1");
        (await f.SalesManager.ChangeAsync(Story.Of(complaint), "close")).Refused(
            HttpStatusCode.Conflict,
            "unconfirmed-reason-missing",
            "C5.6.1"
        );
        var closed = (
            await f.SalesManager.ChangeAsync(
                Story.Of(complaint),
                "close",
                new { withoutConfirmationReason = "三次聯絡未果。" }
            )
        ).Ok();
        closed.Text("closedWithoutConfirmation").ShouldBe("三次聯絡未果。");
        await Eventually.Holds(() =>
        {
            f.EventsOf(complaint.Id)[^1].RoutingKey.ShouldBe("complaints.complaint.closed.v1");
            f.EventsOf(complaint.Id)[^1].Body["customerConfirmed"]!.GetValue<bool>().ShouldBeFalse();
            return Task.CompletedTask;
        });
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public async Task A_recurrence_reopens_the_complaint_in_a_new_round_and_its_actions_with_it()
    {
        var complaint = await f.OursAsync();
        var action = await f.ActionAsync(complaint);
        await f.VerifiedAsync(action);
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "answer", Story.Answer)).Ok();
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "confirm", new { confirmedBy = "王小姐" })).Ok();
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "close")).Ok();
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "reopen", new { })).Refused(
            HttpStatusCode.BadRequest,
            "validation"
        );

        var reopened = (
            await f.CustomerService.ChangeAsync(Story.Of(complaint), "reopen", new { reason = "同處再次滲漏。" })
        ).Ok();
        reopened.Text("state").ShouldBe("registered");
        reopened.Text("round").ShouldBe("2");
        reopened["correctiveActions"][0]!["state"]!.ToString().ShouldBe("analysis");
        reopened["rounds"][0]!["conclusion"]!.ToString().ShouldBe("已重做並試水合格。");
        reopened["targets"]!["respondedAt"].ShouldBeNull();
        var again = (await f.Qc.GetAsync(Story.At(action))).Ok();
        again.Text("recurrences").ShouldBe("1");
        again["rounds"][0]!["endedBy"]!.ToString().ShouldBe("recurred");
        // No new deadline was set with it: QC does so before anything is proposed.
        (await f.Production.ChangeAsync(Story.At(action), "propose", Story.Proposal)).Refused(
            HttpStatusCode.Conflict,
            "due-date-missing",
            "C5.6.2"
        );
        (
            await f.Qc.ChangeAsync(Story.At(action), "assign", new { department = "production", dueOn = f.InDays(10) })
        ).Ok();
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "respond", new { message = "再次收到。" })).Ok();
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "explain", new { note = "不是我方。" })).Ok();
        (
            await f.SalesManager.ChangeAsync(Story.Of(complaint), "close", new { withoutConfirmationReason = "x" })
        ).Refused(HttpStatusCode.Conflict, "corrective-action-open", "C5.6.2");

        await Eventually.Holds(() =>
        {
            var told = f.EventsOf(complaint.Id).Single(e => e.RoutingKey == "complaints.complaint.reopened.v1").Body;
            told["severity"]!.ToString().ShouldBe(reopened.Text("severity"));
            foreach (var target in new[] { "responseDueAt", "resolutionDueAt" })
            {
                told[target]!
                    .GetValue<DateTimeOffset>()
                    .ShouldBe(reopened["targets"]![target]!.GetValue<DateTimeOffset>(), target);
            }

            f.EventsOf(action.Id)
                .Single(e => e.RoutingKey == "complaints.corrective-action.reopened.v1")
                .Body["dueOn"]
                .ShouldBeNull();
            return Task.CompletedTask;
        });
    }

    [Fact]
    [Trait("Rule", "C1")]
    public async Task Whoever_follows_by_events_knows_when_the_clock_stands_and_what_target_holds_after_it()
    {
        var complaint = await f.RegisteredAsync();
        (await f.Qc.ChangeAsync(Story.Of(complaint), "pause", new { reason = "waiting-for-sample" })).Ok();
        var resumed = (await f.Qc.ChangeAsync(Story.Of(complaint), "resume")).Ok();
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "respond", new { message = "抱歉。" })).Ok();
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "solve", new { note = "已修復。" })).Ok();
        var objected = (
            await f.CustomerService.ChangeAsync(Story.Of(complaint), "object", new { reason = "沒有修好。" })
        ).Ok();

        await Eventually.Holds(() =>
        {
            JsonNode Told(string what) =>
                f.EventsOf(complaint.Id).Single(e => e.RoutingKey == $"complaints.complaint.{what}.v1").Body;
            Told("paused")["reason"]!.ToString().ShouldBe("waiting-for-sample");
            Told("resumed")["resolutionDueAt"]!
                .GetValue<DateTimeOffset>()
                .ShouldBe(resumed["targets"]!["resolutionDueAt"]!.GetValue<DateTimeOffset>());
            Told("objected")["resolutionDueAt"]!
                .GetValue<DateTimeOffset>()
                .ShouldBe(objected["targets"]!["resolutionDueAt"]!.GetValue<DateTimeOffset>());
            Told("objected")["reason"]!.ToString().ShouldBe("沒有修好。");
            return Task.CompletedTask;
        });
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public async Task An_action_that_recurs_reopens_its_closed_complaint()
    {
        var complaint = await f.OursAsync();
        var action = await f.ActionAsync(complaint);
        await f.VerifiedAsync(action);
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "answer", Story.Answer)).Ok();
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "confirm", new { confirmedBy = "王小姐" })).Ok();
        (await f.CustomerService.ChangeAsync(Story.Of(complaint), "close")).Ok();
        (
            await f.Qc.ChangeAsync(Story.At(action), "reopen", new { reason = "再次發生。", dueOn = f.InDays(-1) })
        ).Refused(HttpStatusCode.Conflict, "due-in-the-past", "C5.6.2");
        (await f.Qc.GetAsync(Story.Of(complaint))).Text("state").ShouldBe("closed");
        (await f.Qc.ChangeAsync(Story.At(action), "reopen", new { reason = "再次發生。", dueOn = f.InDays(10) }))
            .Ok()
            .Text("state")
            .ShouldBe("analysis");
        (await f.Qc.GetAsync(Story.Of(complaint))).Text("state").ShouldBe("registered");
    }

    [Fact]
    [Trait("Rule", "C10")]
    [Trait("Rule", "C5.6.1")]
    public async Task FM004_shows_the_complaint_row_by_row_in_the_readers_language()
    {
        var complaint = await f.OursAsync();
        var action = await f.ActionAsync(complaint);
        await f.ExecutedAsync(action);
        var form = (await f.CustomerService.GetAsync(Story.Of(complaint) + "/form", language: "zh-Hant")).Ok();
        form.Text("form").ShouldBe("FM004");
        form.Text("title").ShouldBe("顧客投訴處理單");
        string? Value(string key) =>
            form["rows"].AsArray().Single(r => r!["key"]!.ToString() == key)!["value"]?.ToString();
        Value("number").ShouldBe(complaint.Text("number"));
        Value("channel").ShouldBe("電話");
        Value("severity").ShouldBe("嚴重");
        Value("liability").ShouldBe("我方責任");
        Value("prevention").ShouldBe("增設隱蔽工程停檢點");
        Value("executed-in-time").ShouldBe("是");
        Value("effective").ShouldBeNull();
        Value("conclusion").ShouldBeNull();
        form["rows"].AsArray().ShouldAllBe(r => r!["label"]!.ToString().Length > 0);
        (await f.CustomerService.GetAsync(Story.Of(complaint) + "/form", language: "zh-Hans"))
            .Text("title")
            .ShouldBe("顾客投诉处理单");
        (await f.CustomerService.GetAsync(Story.Of(complaint) + "/form", language: "en"))
            .Text("title")
            .ShouldBe("Customer complaint form");
    }
}
