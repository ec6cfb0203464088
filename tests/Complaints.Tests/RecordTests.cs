using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>Notes, followers, tags, links and timeline of complaints.</summary>
public sealed class ComplaintRecordTests(ComplaintsFixture fixture)
    : RecordsContract<ComplaintsFixture>(fixture, "complaints")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var customer = Guid.CreateVersion7();
        var complaint = await Fixture.RegisteredAsync(customer);
        // A step that outsiders do not see.
        await Fixture.Desk.DoAsync(
            Steps.Complaint(complaint),
            "respond",
            new Complaints.Features.RespondToComplaint.Request("已收到，立即處理。")
        );
        return new("complaint", Steps.Complaint(complaint), complaint.Id, customer);
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task A_CAPA_of_a_complaint_is_linked_at_both_ends()
    {
        var complaint = await Fixture.OursAsync();

        var capa = await Fixture.CapaAsync(complaint);

        var cause = (await Fixture.Qc.GetAsync(Steps.Capa(capa) + "/links")).Ok().Items.Single();
        (cause["relation"]!.ToString(), cause["number"]!.ToString()).ShouldBe(("caused-by", complaint.Number));
        var effect = (await Fixture.Qc.GetAsync(Steps.Complaint(complaint) + "/links")).Ok().Items.Single();
        (effect["relation"]!.ToString(), effect["number"]!.ToString()).ShouldBe(("cause-of", capa.Number));
    }
}

/// <summary>The same of CAPAs, which no outsider sees.</summary>
public sealed class CapaRecordTests(ComplaintsFixture fixture)
    : RecordsContract<ComplaintsFixture>(fixture, "complaints")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var complaint = await Fixture.OursAsync();
        var capa = await Fixture.CapaAsync(complaint);
        return new("capa", Steps.Capa(capa), capa.Id, null, complaint.Id);
    }
}

/// <summary>The same of action items.</summary>
public sealed class ActionItemRecordTests(ComplaintsFixture fixture)
    : RecordsContract<ComplaintsFixture>(fixture, "complaints")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var complaint = await Fixture.OursAsync();
        var planned = await Fixture.Qc.DoAsync(
            Steps.Complaint(complaint),
            "plan-remedy",
            new Complaints.Features.ActionOrderRequest("更換控制板。", "production", null, Fixture.Today.AddDays(2))
        );
        var id = Guid.Parse(planned["actionItems"].AsArray()[^1]!["id"]!.ToString());
        return new("action-item", "/v1/action-items/" + id, id, null, complaint.Id);
    }
}

/// <summary>The same of enquiries, which their customers see.</summary>
public sealed class EnquiryRecordTests(ComplaintsFixture fixture)
    : RecordsContract<ComplaintsFixture>(fixture, "complaints")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var customer = await Fixture.CustomerAsync(Guid.CreateVersion7());
        var enquiry = (
            await Fixture.Desk.PostAsync(
                "/v1/enquiries",
                new Enquiries.Features.RegisterEnquiry.Request
                {
                    CustomerId = customer,
                    Contact = "王小姐",
                    Phone = "0755",
                    Subject = "並聯台數",
                    Question = "最多可並聯幾台?",
                }
            )
        ).Ok();
        return new("enquiry", "/v1/enquiries/" + enquiry.Id, enquiry.Id, customer);
    }
}

/// <summary>The same of review meetings.</summary>
public sealed class MeetingRecordTests(ComplaintsFixture fixture)
    : RecordsContract<ComplaintsFixture>(fixture, "complaints")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var complaint = await Fixture.NotOursAsync();
        var record = Steps.Complaint(complaint);
        await Fixture.Desk.DoAsync(
            record,
            "escalate-to-sales-manager",
            new Complaints.Features.EscalateToSalesManager.Request(
                Complaints.Domain.EscalationReason.CauseUnknown,
                "查不出。"
            )
        );
        var meeting = await Fixture.Desk.DoAsync(record, "call-meeting", Steps.Call(Fixture));
        return new("review-meeting", "/v1/meetings/" + meeting.Id, meeting.Id, null, complaint.Id);
    }
}

/// <summary>The same of the statistics of a year.</summary>
public sealed class YearReportRecordTests(ComplaintsFixture fixture)
    : RecordsContract<ComplaintsFixture>(fixture, "complaints")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var report = (
            await Fixture.Desk.PostAsync(
                "/v1/year-reports",
                new YearReports.Features.FreezeYear.Request(Fixture.Today.Year - 9)
            )
        ).Ok();
        return new("year-report", "/v1/year-reports/" + report.Id, report.Id, null);
    }
}

/// <summary>The same of knowledge articles.</summary>
public sealed class KnowledgeArticleRecordTests(ComplaintsFixture fixture)
    : RecordsContract<ComplaintsFixture>(fixture, "complaints")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var article = (
            await Fixture.Desk.PostAsync(
                "/v1/knowledge-articles",
                new Knowledge.Features.WriteKnowledgeArticle.Request([new("zh-Hant", "如何校準?", "見手冊。")])
            )
        ).Ok();
        return new("knowledge-article", "/v1/knowledge-articles/" + article.Id, article.Id, null);
    }
}

/// <summary>The same of letters to affected customers.</summary>
public sealed class AffectedLetterRecordTests(ComplaintsFixture fixture)
    : RecordsContract<ComplaintsFixture>(fixture, "complaints")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var customer = await Fixture.CustomerAsync(Guid.CreateVersion7());
        var complaint = await Fixture.WithQcAsync();
        await Fixture.Qc.DoAsync(
            Steps.Complaint(complaint),
            "trace",
            new Complaints.Features.TraceComplaint.Request([
                new(Complaints.Domain.TraceKind.Lot, "L-7", null, customer, 6, 0, null, null),
            ])
        );
        var letter = (
            await Fixture.Qc.PostAsync(
                Steps.Complaint(complaint) + "/letters",
                new Letters.Features.WriteLetters.Request([new("zh-Hant", "批次停用", "請清點。")])
            )
        )
            .Ok()
            .Items.Single();
        var id = Guid.Parse(letter["id"]!.ToString());
        await Fixture.Desk.DoAsync(
            "/v1/affected-letters/" + id,
            "send",
            new Letters.Features.SendAffectedLetter.SendRequest("郵寄")
        );
        return new("affected-letter", "/v1/affected-letters/" + id, id, customer, complaint.Id);
    }
}

/// <summary>Keeping and erasing of enquiries.</summary>
public sealed class EnquiryKeepingTests(ComplaintsFixture fixture)
    : KeepingContract<ComplaintsFixture>(fixture, "complaints")
{
    protected override async Task<TestedRecord> ClosedAsync()
    {
        var customer = await Fixture.CustomerAsync(Guid.CreateVersion7());
        var enquiry = (
            await Fixture.Desk.PostAsync(
                "/v1/enquiries",
                new Enquiries.Features.RegisterEnquiry.Request
                {
                    CustomerId = customer,
                    Contact = "王小姐",
                    Phone = "0755",
                    Subject = "並聯台數",
                    Question = "最多可並聯幾台?",
                }
            )
        ).Ok();
        var path = "/v1/enquiries/" + enquiry.Id;
        await Fixture.Desk.DoAsync(
            path,
            "answer",
            new Enquiries.Features.AnswerEnquiry.AnswerRequest("最多六台。", null)
        );
        await Fixture.Desk.DoAsync(path, "close", new { });
        return new("enquiry", path, enquiry.Id, customer);
    }
}
