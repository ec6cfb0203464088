using System.Net;
using System.Text;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Contracts.Repairs.Grpc.V1;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>FM004 by HTTP; what stands on it is tested in memory.</summary>
public sealed class FormEndpointTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    [Fact]
    [Trait("Rule", "C5.2")]
    public async Task Given_a_complaint_that_never_went_to_QC_When_its_form_is_asked_for_Then_there_is_none_yet()
    {
        var complaint = await Fixture.ExplainedAsync();

        foreach (var form in new[] { "/forms/fm004", "/forms/fm004.pdf" })
        {
            var refused = (await Fixture.Desk.GetAsync(Steps.Complaint(complaint) + form)).Refused(
                HttpStatusCode.Conflict,
                "form-not-made-out",
                "C5.2"
            );
            refused.Missing.ShouldBe(["send-to-qc"]);
        }
    }

    [Fact]
    [Trait("Rule", "C10")]
    public async Task Given_a_form_When_it_is_read_Then_it_is_in_the_readers_language_and_without_what_is_internal()
    {
        var customer = Guid.CreateVersion7();
        var complaint = await Fixture.OursAsync(customer);
        await Fixture.CapaAsync(complaint);
        var form = Steps.Complaint(complaint) + "/forms/fm004";

        var staff = (await Fixture.Desk.GetAsync(form, language: "zh-Hant")).Ok();
        (staff.Text("title"), staff.Number).ShouldBe(("顧客投訴處理單", complaint.Text("formNumber")));
        staff.Readable().ShouldContain("防水卷材搭接不足。");
        (await Fixture.Desk.GetAsync(form, language: "en")).Text("title").ShouldBe("Customer complaint form");

        var theirs = (await Fixture.Customer(customer).GetAsync(form, language: "zh-Hant")).Ok();
        theirs.Readable().ShouldContain("連日大雨後三樓走廊天花滴水。");
        theirs.Readable().ShouldNotContain("防水卷材搭接不足。");
        theirs.Readable().ShouldNotContain("需現場勘查。");
        theirs.Readable().ShouldNotContain("CAPA-");
        (await Fixture.Customer(Guid.CreateVersion7()).GetAsync(form)).Refused(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    [Trait("Rule", "C10")]
    public async Task Given_a_form_When_it_is_printed_Then_it_is_a_PDF_named_after_its_number()
    {
        Assert.SkipUnless(File.Exists(Servers.Fonts.Cjk), "The package fonts-noto-cjk is not installed.");
        var complaint = await Fixture.WithQcAsync();

        var (answer, pdf) = await Fixture.Desk.DownloadAsync(Steps.Complaint(complaint) + "/forms/fm004.pdf");

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Raw.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        answer.Raw.Content.Headers.ContentDisposition!.ToString().ShouldContain(complaint.Text("formNumber"));
        Encoding.ASCII.GetString(pdf, 0, 5).ShouldBe("%PDF-");
    }

    [Fact]
    [Trait("Rule", "C5.3.2")]
    [Trait("Rule", "C10")]
    public async Task Given_a_service_report_When_the_customer_prints_it_Then_it_has_its_number_and_their_language()
    {
        var customer = Guid.CreateVersion7();
        var complaint = await Fixture.WithQcAsync(customer);
        var record = Steps.Complaint(complaint);
        (await Fixture.Desk.GetAsync(record + "/forms/fm005")).Refused(
            HttpStatusCode.Conflict,
            "service-report-not-made-out",
            "C5.3.2"
        );
        await Fixture.Qc.DoAsync(record, "decide-not-ours", new DecideNotOurs.Request(null, "外力損壞。"));
        await Fixture.Desk.DoAsync(record, "make-out-service-report", Steps.ServiceReport(Fixture));

        var form = (await Fixture.Customer(customer).GetAsync(record + "/forms/fm005", language: "en")).Ok();

        form.Text("title").ShouldBe("Service report");
        form.Number.ShouldMatch(@"^FM005-\d{4}-\d{4}$");
        form.Readable().ShouldContain("更換電源板");
        form.Readable().ShouldNotContain("外力損壞");
        var pdf = await Fixture.Desk.GetAsync(record + "/forms/fm005.pdf");
        pdf.Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Rule", "C5.3.2")]
    public async Task Given_an_rma_of_the_complaint_When_the_service_report_is_made_out_Then_Repairs_fills_it()
    {
        var (record, id) = await NotOursAsync();
        Fixture.Repairs.Answers[id] = Repaired();

        var made = await Fixture.Desk.DoAsync(
            record,
            "make-out-service-report",
            new MakeOutServiceReport.Request { Result = "正常" }
        );

        var report = made.Ok()["serviceReport"]!;
        report["rmaNumber"]!.ToString().ShouldBe("RMA-2026-000007");
        report["engineer"]!.ToString().ShouldBe("高師傅、小李");
        var form = (await Fixture.Desk.GetAsync(record + "/forms/fm005", language: "en")).Ok().Readable();
        form.ShouldContain("更換主控板");
        form.ShouldContain("F-12 主控板燒毀");
        foreach (var language in new[] { "zh-Hant", "en" })
        {
            var (_, pdf) = await Fixture.Desk.DownloadAsync($"{record}/forms/fm005.pdf?language={language}");
            pdf.AsSpan(0, 5).SequenceEqual("%PDF-"u8).ShouldBeTrue();
        }
    }

    [Fact]
    [Trait("Rule", "C5.3.2")]
    public async Task Given_Repairs_is_away_When_the_service_report_is_made_out_Then_it_says_pending_until_it_answers()
    {
        var (record, id) = await NotOursAsync();

        var made = await Fixture.Desk.DoAsync(
            record,
            "make-out-service-report",
            new MakeOutServiceReport.Request { Result = "正常" }
        );

        made.Ok()["serviceReport"]!["number"]!.ToString().ShouldStartWith("FM005-");
        (await Fixture.Desk.GetAsync(record + "/forms/fm005", language: "en"))
            .Ok()
            .Readable()
            .ShouldContain("Data of the repair is pending.");
        Fixture.Repairs.Answers[id] = Repaired();
        var form = (await Fixture.Desk.GetAsync(record + "/forms/fm005", language: "en")).Ok().Readable();
        form.ShouldContain("更換主控板");
        form.ShouldNotContain("pending");
    }

    [Fact]
    [Trait("Rule", "C5.3.2")]
    public async Task Given_no_rma_When_the_service_report_says_nothing_of_the_repair_Then_it_names_what_is_missing()
    {
        var (record, id) = await NotOursAsync();
        Fixture.Repairs.Answers[id] = new CaseAnswer();

        (
            await Fixture.Desk.ChangeAsync(
                record,
                "make-out-service-report",
                new MakeOutServiceReport.Request { Result = "正常" }
            )
        ).Refused(HttpStatusCode.Conflict, "service-data-missing", "C5.3.2");
    }

    private async Task<(string Record, Guid Id)> NotOursAsync()
    {
        var complaint = await Fixture.WithQcAsync(Guid.CreateVersion7());
        var record = Steps.Complaint(complaint);
        await Fixture.Qc.DoAsync(record, "decide-not-ours", new DecideNotOurs.Request(null, "外力損壞。"));
        return (record, complaint.Id);
    }

    private static CaseAnswer Repaired()
    {
        var work = new WorkOfCase
        {
            Round = 1,
            WorkDone = "更換主控板",
            Engineer = "高師傅",
            FinishedOn = "2026-03-04",
        };
        work.Parts.Add("主控板");
        work.Crew.Add("小李");
        var unit = new UnitOfCase
        {
            Number = "RMA-2026-000007-001",
            ModelCode = "DJ-200",
            ModelName = "變頻電機",
            Serial = "SN-1",
            Quantity = 1,
            FaultCode = "F-12",
            Finding = "主控板燒毀",
            Covered = "yes",
            ReceivedOn = "2026-03-02",
        };
        unit.Works.Add(work);
        var rma = new RmaOfCase { Number = "RMA-2026-000007" };
        rma.Units.Add(unit);
        var answer = new CaseAnswer();
        answer.Rmas.Add(rma);
        return answer;
    }
}
