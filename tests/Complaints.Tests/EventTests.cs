using System.Net;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>What arrives by event, on the real broker: duplicates, races, disorder.</summary>
public sealed class EventTests(ComplaintsFixture f)
{
    private static FormDissatisfied Form(Guid? formId = null) =>
        new(
            formId ?? Guid.CreateVersion7(),
            3,
            Guid.CreateVersion7(),
            "B",
            Guid.CreateVersion7(),
            "西嶺電機廠",
            "李先生",
            "0755-87654321",
            "repair-order",
            Guid.CreateVersion7(),
            "WX-2026-0007",
            [new("E.attitude", "dissatisfied", "等了三天沒有人來。"), new("A.performance", "dissatisfied", null)],
            "希望加快。",
            new DateOnly(2026, 11, 20)
        );

    [Fact]
    [Trait("Rule", "C5.9")]
    public async Task A_form_full_of_rare_characters_is_cut_between_them_and_makes_its_complaint()
    {
        // Outside the basic plane each is two code units: an odd limit falls between the halves.
        var rare = string.Concat(Enumerable.Repeat("\U00020000", 3_000));
        var form = Form() with { DissatisfiedItems = [new(rare, "dissatisfied", "x" + rare)], Suggestions = rare };
        await f.PublishAsync(form);
        var complaint = await ComplaintOf(form.FormId);
        foreach (var text in new[] { complaint.Text("subject"), complaint.Text("description") })
        {
            text.ShouldContain("…");
            text.EnumerateRunes().ShouldNotContain(System.Text.Rune.ReplacementChar);
        }
    }

    private static FindingRecorded Finding(bool wanted = true) =>
        new(
            Guid.CreateVersion7(),
            5,
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            "東湖花園二期",
            "HT-2024-018",
            Guid.CreateVersion7(),
            "東湖置業有限公司",
            "王小姐",
            "0755-12345678",
            "waterproofing",
            "3 號樓屋面",
            "防水層起鼓滲漏",
            "major",
            new DateOnly(2026, 11, 18),
            true,
            wanted
        );

    [Fact]
    [Trait("Rule", "C5.9")]
    [Trait("Rule", "C3.2.1")]
    public async Task Case_8_a_dissatisfied_form_makes_exactly_one_complaint_however_often_and_however_it_is_delivered()
    {
        var form = Form();
        var sameMessage = Guid.CreateVersion7();
        // The same message twice, and the same form under other message ids, all at once.
        await Task.WhenAll(
            f.PublishAsync(form, sameMessage),
            f.PublishAsync(form, sameMessage),
            f.PublishAsync(form),
            f.PublishAsync(form),
            f.PublishAsync(form),
            f.PublishAsync(form)
        );
        // What comes after them proves that they are through: this consumer's queue is one.
        var complaint = await ComplaintOf(form.FormId);
        var last = Form();
        await f.PublishAsync(form, sameMessage);
        await f.PublishAsync(last);
        await ComplaintOf(last.FormId);
        await Eventually.Holds(async () =>
            (await f.Service.RunCommandAsync("dead-letters")).Output.ShouldNotContain(form.FormId.ToString())
        );

        (await f.CustomerService.GetAsync($"/v1/complaints?originId={form.FormId}"))["items"]
            .AsArray()
            .Count.ShouldBe(1);
        complaint.Text("channel").ShouldBe("survey");
        complaint.Text("state").ShouldBe("registered");
        complaint.Text("customerName").ShouldBe("西嶺電機廠");
        complaint["origin"]!["kind"]!.ToString().ShouldBe("survey-form");
        complaint.Text("subject").ShouldBe("對 E.attitude、A.performance 不滿意（調查對象：WX-2026-0007）");
        complaint.Text("description").ShouldContain("等了三天沒有人來。");
        complaint.Text("description").ShouldContain("希望加快。");
        await Eventually.Holds(() =>
        {
            f.Seen.Count(e =>
                    e.RoutingKey == "complaints.complaint.registered.v1"
                    && e.Body["sourceId"]?.ToString() == form.FormId.ToString()
                )
                .ShouldBe(1);
            return Task.CompletedTask;
        });
        var trail = (await f.CustomerService.GetAsync("/v1/audit/" + complaint.Id)).Ok();
        trail["entries"][0]!["actorId"]!.ToString().ShouldBe("system:surveys");
        // It goes on like any other.
        (
            await f.CustomerService.ChangeAsync(Story.Of(complaint), "respond", new { message = "抱歉，立即處理。" })
        ).Ok();
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public async Task Case_8_a_form_that_only_warns_makes_no_complaint()
    {
        var customer = Guid.CreateVersion7();
        await f.PublishAsync(
            new FormWarned(
                Guid.CreateVersion7(),
                2,
                Guid.CreateVersion7(),
                customer,
                [new("E.attitude", "rather-dissatisfied", null)],
                new DateOnly(2026, 11, 20)
            )
        );
        var after = Form();
        await f.PublishAsync(after);
        await ComplaintOf(after.FormId);
        (await f.CustomerService.GetAsync($"/v1/complaints?customerId={customer}"))["items"].AsArray().ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "P2.2.3")]
    [Trait("Rule", "C5.4")]
    public async Task A_construction_fault_opens_one_corrective_action_that_QC_assigns()
    {
        var finding = Finding();
        var id = Guid.CreateVersion7();
        await Task.WhenAll(
            f.PublishAsync(finding, id),
            f.PublishAsync(finding, id),
            f.PublishAsync(finding),
            f.PublishAsync(finding with { Version = 4 })
        );
        var unwanted = Finding(wanted: false);
        await f.PublishAsync(unwanted);
        var last = Finding();
        await f.PublishAsync(last);
        await ActionOf(last.FindingId);
        var action = await ActionOf(finding.FindingId);
        (await f.Qc.GetAsync($"/v1/corrective-actions?sourceId={finding.FindingId}"))["items"]
            .AsArray()
            .Count.ShouldBe(1);
        (await f.Qc.GetAsync($"/v1/corrective-actions?sourceId={unwanted.FindingId}"))["items"]
            .AsArray()
            .ShouldBeEmpty();

        action.Text("state").ShouldBe("unassigned");
        action.Text("source").ShouldBe("revisit");
        action.Text("sourceNumber").ShouldBe("HT-2024-018");
        action.Body!["department"].ShouldBeNull();
        (await f.Production.ChangeAsync(Story.At(action), "propose", Story.Proposal)).Refused(
            HttpStatusCode.Conflict,
            "not-in-this-state",
            "C5.4"
        );
        (
            await f.CustomerService.ChangeAsync(
                Story.At(action),
                "assign",
                new { department = "production", dueOn = f.InDays(9) }
            )
        ).Refused(HttpStatusCode.Forbidden, "role-missing", "P2.2.3");
        (
            await f.Qc.ChangeAsync(Story.At(action), "assign", new { department = "production", dueOn = f.InDays(-1) })
        ).Refused(HttpStatusCode.Conflict, "due-in-the-past", "C5.6.2");
        (await f.Qc.ChangeAsync(Story.At(action), "assign", new { department = "production", dueOn = f.InDays(9) }))
            .Ok()
            .Text("state")
            .ShouldBe("analysis");
        (await f.VerifiedAsync(action)).Text("state").ShouldBe("closed");
        await Eventually.Holds(() =>
        {
            f.EventsOf(action.Id)
                .Select(e => e.RoutingKey.Split('.')[2])
                .ShouldBe(["opened", "assigned", "analysed", "reviewed", "executed", "verified"]);
            return Task.CompletedTask;
        });
        f.EventsOf(action.Id)[0].Body["department"].ShouldBeNull();
    }

    private async Task<ApiAnswer> ComplaintOf(Guid form)
    {
        var row = await Eventually.Gives(
            async () =>
                (await f.CustomerService.GetAsync($"/v1/complaints?originId={form}"))
                    .Ok()["items"]
                    .AsArray()
                    .FirstOrDefault(),
            "the complaint of the form"
        );
        return (await f.CustomerService.GetAsync("/v1/complaints/" + row["id"])).Ok();
    }

    private async Task<ApiAnswer> ActionOf(Guid finding)
    {
        var row = await Eventually.Gives(
            async () =>
                (await f.Qc.GetAsync($"/v1/corrective-actions?sourceId={finding}"))
                    .Ok()["items"]
                    .AsArray()
                    .FirstOrDefault(),
            "the action of the finding"
        );
        return (await f.Qc.GetAsync("/v1/corrective-actions/" + row["id"])).Ok();
    }
}
