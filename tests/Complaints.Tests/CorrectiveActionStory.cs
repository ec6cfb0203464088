using System.Net;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>The way of a corrective action, by HTTP on the real service.</summary>
public sealed class CorrectiveActionStory(ComplaintsFixture f)
{
    [Fact]
    [Trait("Rule", "C5.4")]
    public async Task Case_7_no_execution_before_the_representatives_review()
    {
        var action = await f.ActionAsync(await f.OursAsync());
        (await f.Production.ChangeAsync(Story.At(action), "execute", new { record = "已做。" })).Refused(
            HttpStatusCode.Conflict,
            "capa-not-reviewed",
            "C5.4"
        );
        await f.ProposedAsync(action);
        var refused = (await f.Production.ChangeAsync(Story.At(action), "execute", new { record = "已做。" })).Refused(
            HttpStatusCode.Conflict,
            "capa-not-reviewed",
            "C5.4"
        );
        refused["missing"].AsArray().Select(m => m!.ToString()).ShouldBe(["review"]);
        refused["suppliedBy"].AsArray().Select(m => m!.ToString()).ShouldBe(["management-representative"]);

        var sentBack = (
            await f.Representative.ChangeAsync(Story.At(action), "send-back", new { opinion = "原因不足。" })
        ).Ok();
        sentBack.Text("state").ShouldBe("analysis");
        sentBack["rounds"][0]!["endedBy"]!.ToString().ShouldBe("sent-back");
        (await f.Production.ChangeAsync(Story.At(action), "execute", new { record = "已做。" })).Refused(
            HttpStatusCode.Conflict,
            "capa-not-reviewed",
            "C5.4"
        );

        await f.ProposedAsync(action);
        (await f.Representative.ChangeAsync(Story.At(action), "approve", new { opinion = "同意。" })).Ok();
        (
            await f.Production.ChangeAsync(
                Story.At(action),
                "execute",
                new { record = "已做。", executedOn = f.InDays(-1) }
            )
        ).Refused(HttpStatusCode.Conflict, "executed-before-review", "C5.4");
        (
            await f.Production.ChangeAsync(
                Story.At(action),
                "execute",
                new { record = "已做。", executedOn = f.InDays(1) }
            )
        ).Refused(HttpStatusCode.Conflict, "execution-in-the-future", "C5.6.2");
        (await f.Production.ChangeAsync(Story.At(action), "execute", new { record = "已做。" }))
            .Ok()
            .Text("state")
            .ShouldBe("verification");
        await Eventually.Holds(() =>
        {
            f.EventsOf(action.Id)
                .Where(e => e.RoutingKey.EndsWith("reviewed.v1", StringComparison.Ordinal))
                .Select(e => e.Body["approved"]!.GetValue<bool>())
                .ShouldBe([false, true]);
            return Task.CompletedTask;
        });
    }

    [Fact]
    [Trait("Rule", "C5.4")]
    [Trait("Rule", "C5.6.2")]
    public async Task Only_the_responsible_department_proposes_and_executes_though_all_departments_see_it()
    {
        var action = await f.ActionAsync(await f.OursAsync());
        var seen = (await f.Purchasing.GetAsync(Story.At(action))).Ok();
        seen["_actions"].AsArray().ShouldBeEmpty();
        (await f.Production.GetAsync(Story.At(action)))["_actions"]
            .AsArray()
            .Select(a => a!.ToString())
            .ShouldBe(["propose"]);
        (await f.Purchasing.ChangeAsync(Story.At(action), "propose", Story.Proposal)).Refused(
            HttpStatusCode.Conflict,
            "other-department",
            "C5.4"
        );
        (await f.Qc.ChangeAsync(Story.At(action), "propose", Story.Proposal)).Refused(
            HttpStatusCode.Forbidden,
            "role-missing",
            "C5.4"
        );
        await f.ProposedAsync(action);
        (await f.Qc.ChangeAsync(Story.At(action), "approve", new { opinion = "x" })).Refused(
            HttpStatusCode.Forbidden,
            "role-missing",
            "C5.4"
        );
        (await f.Representative.ChangeAsync(Story.At(action), "approve", new { opinion = "同意。" })).Ok();
        (await f.Purchasing.ChangeAsync(Story.At(action), "execute", new { record = "x" })).Refused(
            HttpStatusCode.Conflict,
            "other-department",
            "C5.6.2"
        );
    }

    [Fact]
    [Trait("Rule", "C5.4")]
    public async Task Who_proposed_does_not_review()
    {
        var action = await f.ActionAsync(await f.OursAsync());
        var both = f.Staff("both-1", "production", Roles.ResponsibleDepartment, Roles.ManagementRepresentative);
        (await both.ChangeAsync(Story.At(action), "propose", Story.Proposal)).Ok();
        (await both.ChangeAsync(Story.At(action), "approve", new { opinion = "同意。" })).Refused(
            HttpStatusCode.Conflict,
            "reviewer-is-proposer",
            "C5.4"
        );
    }

    [Fact]
    [Trait("Rule", "C3.2.3")]
    [Trait("Rule", "C5.6.2")]
    public async Task The_verifier_is_not_the_owner_and_an_ineffective_action_goes_back_and_is_counted()
    {
        var action = await f.ActionAsync(await f.OursAsync());
        await f.ExecutedAsync(action);
        (await f.Production.ChangeAsync(Story.At(action), "verify-effective", new { evidence = "x" })).Refused(
            HttpStatusCode.Forbidden,
            "role-missing",
            "C5.6.2"
        );
        var executorAsQc = f.Staff("production-1", null, Roles.Qc);
        (await executorAsQc.ChangeAsync(Story.At(action), "verify-effective", new { evidence = "x" })).Refused(
            HttpStatusCode.Conflict,
            "verifier-is-owner",
            "C5.6.2"
        );
        var colleagueAsQc = f.Staff("production-2", "production", Roles.Qc);
        (await colleagueAsQc.ChangeAsync(Story.At(action), "verify-effective", new { evidence = "x" })).Refused(
            HttpStatusCode.Conflict,
            "verifier-is-owner",
            "C5.6.2"
        );

        (
            await f.Qc.ChangeAsync(
                Story.At(action),
                "verify-ineffective",
                new { evidence = "仍滲漏。", dueOn = f.InDays(-2) }
            )
        ).Refused(HttpStatusCode.Conflict, "due-in-the-past", "C5.6.2");
        var back = (
            await f.Qc.ChangeAsync(
                Story.At(action),
                "verify-ineffective",
                new { evidence = "仍滲漏。", dueOn = f.InDays(7) }
            )
        ).Ok();
        back.Text("state").ShouldBe("analysis");
        back.Text("ineffective").ShouldBe("1");
        back.Text("dueOn").ShouldBe(f.InDays(7));
        back.Body!["proposal"].ShouldBeNull();
        back["rounds"][0]!["verification"]!["effective"]!.GetValue<bool>().ShouldBeFalse();
        (await f.Production.ChangeAsync(Story.At(action), "execute", new { record = "x" })).Refused(
            HttpStatusCode.Conflict,
            "capa-not-reviewed",
            "C5.4"
        );
        var closed = await f.VerifiedAsync(action);
        closed.Text("state").ShouldBe("closed");

        var reopened = (
            await f.CustomerService.ChangeAsync(
                Story.At(action),
                "reopen",
                new { reason = "又漏了。", dueOn = f.InDays(7) }
            )
        ).Ok();
        (reopened.Text("state"), reopened.Text("recurrences"), reopened.Text("ineffective")).ShouldBe(
            ("analysis", "1", "1")
        );
        await Eventually.Holds(() =>
        {
            f.EventsOf(action.Id)
                .Where(e => e.RoutingKey.EndsWith("verified.v1", StringComparison.Ordinal))
                .Select(e => (e.Body["effective"]!.GetValue<bool>(), e.Body["dueOn"]?.ToString()))
                .ShouldBe([(false, f.InDays(7)), (true, null)]);
            f.EventsOf(action.Id)[^1].RoutingKey.ShouldBe("complaints.corrective-action.reopened.v1");
            f.EventsOf(action.Id)[^1].Body["dueOn"]!.ToString().ShouldBe(f.InDays(7));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Actions_are_listed_by_complaint_department_state_and_page()
    {
        var complaint = await f.OursAsync();
        var first = await f.ActionAsync(complaint);
        var second = await f.ActionAsync(complaint);
        await f.ProposedAsync(second);
        var all = (
            await f.Qc.GetAsync(
                $"/v1/corrective-actions?complaintId={complaint.Id}&department=production&open=true&overdue=false"
            )
        ).Ok();
        all["items"].AsArray().Select(a => a!["id"]!.ToString()).ShouldBe([second.Id.ToString(), first.Id.ToString()]);
        var page = (await f.Qc.GetAsync($"/v1/corrective-actions?complaintId={complaint.Id}&limit=1")).Ok();
        page["items"].AsArray().Select(a => a!["id"]!.ToString()).ShouldBe([second.Id.ToString()]);
        var next = (
            await f.Qc.GetAsync($"/v1/corrective-actions?complaintId={complaint.Id}&limit=1&after={page.Text("next")}")
        ).Ok();
        next["items"].AsArray().Select(a => a!["id"]!.ToString()).ShouldBe([first.Id.ToString()]);
        (await f.Qc.GetAsync($"/v1/corrective-actions?complaintId={complaint.Id}&state=review"))["items"]
            .AsArray()
            .Count.ShouldBe(1);
        (await f.Qc.GetAsync("/v1/corrective-actions?state=reviewed")).Refused(HttpStatusCode.BadRequest, "bad-filter");
        (await f.Qc.GetAsync("/v1/corrective-actions?source=moon")).Refused(HttpStatusCode.BadRequest, "bad-filter");
    }
}
