using System.Net;
using CustomerService.Complaints.ActionItems.Features;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Complaints.Enquiries.Features;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.Complaints.Meetings.Features;
using CustomerService.Contracts.Identity.V1;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>Action items, meetings, enquiries, merging by HTTP; the rules themselves are tested in memory.</summary>
public sealed class LawEndpointTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    [Fact]
    [Trait("Rule", "C5.5.1")]
    public async Task Given_an_unknown_cause_When_the_heads_met_and_signed_Then_decisions_are_on_lists_and_it_goes_on()
    {
        var f = Fixture;
        var complaint = await f.NotOursAsync();
        var record = Steps.Complaint(complaint);
        await f.Desk.DoAsync(
            record,
            "escalate-to-sales-manager",
            new EscalateToSalesManager.Request(EscalationReason.CauseUnknown, "查不出。")
        );
        await f.ReleasedAsync(complaint);
        (await f.Desk.ChangeAsync(record, "answer", Steps.Answer)).Refused(HttpStatusCode.Conflict, "meeting-due");
        var meeting = await f.Desk.DoAsync(record, "call-meeting", Steps.Call(f));
        meeting.Location.ShouldBe("/api/complaints/v1/meetings/" + meeting.Id);
        var address = "/v1/meetings/" + meeting.Id;
        await f.Desk.DoAsync(
            address,
            "move",
            new MoveMeeting.Request(f.Tomorrow.AddHours(2), f.Tomorrow.AddHours(3), "二樓", "場地")
        );
        var file = await f.Desk.GetAsync(address + "/invitation.ics");
        file.Raw.Content.Headers.ContentType!.MediaType.ShouldBe("text/calendar");
        (await file.Raw.Content.ReadAsStringAsync()).ShouldContain("SEQUENCE:1");
        (await f.Desk.GetAsync(address + "/forms/minutes")).Refused(
            HttpStatusCode.Conflict,
            "minutes-not-recorded",
            "C5.5.1"
        );
        await f.Desk.DoAsync(
            address,
            "record-minutes",
            new RecordMinutes.Request(
                null,
                "唐國華",
                [
                    new("sales", Presence.Attended, "唐國華", null),
                    new("quality", Presence.Substituted, "邱工", "主管出差"),
                ],
                "討論原因。",
                [new("委託第三方檢測。", "production", null, f.Today.AddDays(5))]
            )
        );

        var signed = await f.SalesManager.DoAsync(address, "sign", new { });

        (signed.State, signed.Text("signedBy")).ShouldBe(("signed", "HONG"));
        (
            await f.Desk.PostAsync(
                address + "/files?purpose=document",
                TestPictures.Form(TestPictures.Pdf, "檢測報告.pdf")
            )
        ).Ok();
        Dictionary<string, string[]> names = new()
        {
            ["en"] = ["Sales Office", "Quality Office"],
            ["zh-Hant"] = ["業務處", "品質處"],
            ["zh-Hans"] = ["业务处", "品质处"],
        };
        foreach (var (at, code) in new[] { "sales", "quality" }.Index())
        {
            await f.DeliverAsync(
                new DepartmentChanged(
                    Guid.CreateVersion7(),
                    1,
                    code,
                    names["en"][at],
                    names["zh-Hant"][at],
                    names["zh-Hans"][at],
                    null,
                    null,
                    null,
                    null,
                    "zh-Hant",
                    "company",
                    true
                )
            );
        }

        var paper = address + "/forms/minutes";
        (await f.Customer(Guid.CreateVersion7()).GetAsync(paper)).Refused(HttpStatusCode.NotFound, "not-found");
        var minutes = (await f.Desk.GetAsync(paper, language: "en")).Ok().Readable();
        minutes.ShouldContain("cause unknown");
        minutes.ShouldContain("討論原因。");
        minutes.ShouldContain("檢測報告.pdf");
        minutes.ShouldMatch(@"AI-\d{4}-\d{6}");
        foreach (var (language, departments) in names)
        {
            var form = (await f.Desk.GetAsync(paper, language: language)).Ok();
            foreach (var name in departments)
            {
                form.Readable().ShouldContain($"\"value\":\"{name}\"");
            }

            var (_, pdf) = await f.Desk.DownloadAsync($"{paper}.pdf?language={language}");
            pdf.AsSpan(0, 5).SequenceEqual("%PDF-"u8).ShouldBeTrue();
        }

        await f.Desk.DoAsync(record, "answer", Steps.Answer);
        var decision = (await f.Production.GetAsync($"/v1/action-items?sourceId={meeting.Id}"))
            .Ok()
            .Items.ShouldHaveSingleItem();
        (decision["purpose"]!.ToString(), decision["department"]!.ToString()).ShouldBe(("decision", "production"));
        (await f.Desk.GetAsync($"/v1/meetings?complaintId={complaint.Id}")).Ok().Items.Count.ShouldBe(1);

        await f.Desk.DoAsync(record, "confirm", Steps.Confirmation);
        (await f.Desk.ChangeAsync(record, "close", new CloseComplaint.Request(null))).Refused(
            HttpStatusCode.Conflict,
            "action-open"
        );
        var item = "/v1/action-items/" + decision["id"];
        await f.Production.DoAsync(item, "receive", new { });
        await f.Production.DoAsync(item, "complete", new CarryOutActionItem.Request("已委託。", null, null));
        await f.Desk.DoAsync(item, "accept", new CheckActionItem.OpinionRequest("可。"));
        (await f.Desk.DoAsync(record, "close", new CloseComplaint.Request(null))).State.ShouldBe("closed");
    }

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public async Task Given_a_meeting_When_it_is_cancelled_Then_calendars_hear_and_another_one_is_called()
    {
        var complaint = await Fixture.WithQcAsync();
        var record = Steps.Complaint(complaint);
        await Fixture.Desk.DoAsync(
            record,
            "escalate-to-sales-manager",
            new EscalateToSalesManager.Request(EscalationReason.CauseUnknown, "查不出。")
        );
        var meeting = await Fixture.Desk.DoAsync(record, "call-meeting", Steps.Call(Fixture));

        await Fixture.Desk.DoAsync("/v1/meetings/" + meeting.Id, "cancel", new MoveMeeting.CancelRequest("主管出差。"));

        var file = await Fixture.Desk.GetAsync($"/v1/meetings/{meeting.Id}/invitation.ics");
        (await file.Raw.Content.ReadAsStringAsync()).ShouldContain("METHOD:CANCEL");
        await Fixture.Desk.DoAsync(record, "call-meeting", Steps.Call(Fixture));
    }

    [Fact]
    [Trait("Rule", "C3.1.4")]
    public async Task Given_a_slip_When_it_is_carried_out_Then_it_goes_its_way_over_the_API_and_outsiders_see_nothing()
    {
        var f = Fixture;
        var customer = Guid.CreateVersion7();
        var complaint = await f.RegisteredAsync(customer);
        var passed = await f.Desk.DoAsync(
            Steps.Complaint(complaint),
            "pass-on",
            new ActionOrderRequest("請提供出貨批次。", "production", null, f.Today.AddDays(2))
        );
        var slip = "/v1/action-items/" + passed["actionItems"][0]!["id"];
        (await f.Customer(customer).GetAsync(slip)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await f.Customer(customer).GetAsync(Steps.Complaint(complaint))).Readable().ShouldNotContain("出貨批次");

        await f.Production.DoAsync(slip, "receive", new { });
        await f.Production.DoAsync(
            slip,
            "ask-extension",
            new ExtendActionItem.AskRequest(f.Today.AddDays(4), "資料多。")
        );
        await f.Desk.DoAsync(slip, "grant-extension", new ExtendActionItem.GrantRequest(null));
        await f.Production.DoAsync(
            slip,
            "ask-extension",
            new ExtendActionItem.AskRequest(f.Today.AddDays(9), "資料多。")
        );
        await f.Desk.DoAsync(slip, "refuse-extension", new ExtendActionItem.RefuseRequest("不再延。"));
        await f.Desk.DoAsync(slip, "supervise", new CheckActionItem.NoteRequest("已催。"));
        await f.Production.DoAsync(slip, "complete", new CarryOutActionItem.Request("批次 A。", null, null));
        await f.Desk.DoAsync(slip, "send-back", new CheckActionItem.ReasonRequest("缺序號。"));
        await f.Production.DoAsync(slip, "complete", new CarryOutActionItem.Request("批次 A,序號 1–9。", null, null));
        var settled = await f.Desk.DoAsync(slip, "accept", new CheckActionItem.OpinionRequest("可。"));

        (settled.State, settled["extensionsGranted"].GetValue<int>()).ShouldBe(("settled", 1));
        var seen = (await f.Desk.GetAsync(Steps.Complaint(complaint))).Ok();
        seen["actionItems"][0]!["state"]!.ToString().ShouldBe("settled");
        var other = await f.Desk.DoAsync(
            Steps.Complaint(complaint),
            "pass-on",
            new ActionOrderRequest("不需要了。", "production", null, f.Today.AddDays(2))
        );
        var second = "/v1/action-items/" + other["actionItems"][1]!["id"];
        (await f.Desk.DoAsync(second, "withdraw", new CheckActionItem.ReasonRequest("重複。"))).State.ShouldBe(
            "withdrawn"
        );
    }

    [Fact]
    [Trait("Rule", "C3.1.5")]
    public async Task Given_an_enquiry_When_it_goes_its_way_Then_it_is_answered_and_becomes_a_complaint_with_both_linked()
    {
        var f = Fixture;
        var customer = await f.CustomerAsync(Guid.CreateVersion7());
        var asked = (
            await f.Customer(customer)
                .PostAsync(
                    "/v1/enquiries",
                    new RegisterEnquiry.Request
                    {
                        Contact = "王小姐",
                        Phone = "0755-12345678",
                        Subject = "並聯台數",
                        Question = "最多可並聯幾台?",
                        ProductModel = "M-200",
                    }
                )
        ).Ok();
        asked.Number.ShouldMatch(@"^ZX-\d{4}-\d{6}$");
        var record = "/v1/enquiries/" + asked.Id;
        await f.DeliverAsync(new OrganisationRevised(customer, 2, "新名稱", "customer", null, null, null, null));
        (await f.Desk.GetAsync(record)).Text("customerName").ShouldBe("新名稱", "it is open (S3)");
        (await f.Customer(Guid.CreateVersion7()).GetAsync(record)).Status.ShouldBe(HttpStatusCode.NotFound);
        await f.Desk.DoAsync(record, "answer", new AnswerEnquiry.AnswerRequest("最多 12 台。", null));
        await f.Customer(customer).DoAsync(record, "ask-further", new AnswerEnquiry.AskRequest("但 8 台就跳機。"));

        var converted = await f.Desk.DoAsync(
            record,
            "become-complaint",
            new ConvertEnquiry.ComplaintRequest(Severity.Major)
        );

        (converted.State, converted.Text("became")).ShouldBe(("converted", "complaint"));
        var complaint = (await f.Desk.GetAsync("/v1/complaints/" + converted.Text("becameId"))).Ok();
        (complaint.Text("customerId"), complaint["reference"]["productModel"]!.ToString()).ShouldBe(
            (customer.ToString(), "M-200")
        );
        complaint.Text("description").ShouldContain("跳機");
        (await f.Desk.GetAsync("/v1/enquiries?search=並联")).Ok().Items.ShouldNotBeEmpty();
        await f.EventAsync(asked.Id, "converted.v1");
    }

    [Fact]
    [Trait("Rule", "S4")]
    public async Task Given_a_parent_When_it_is_answered_Then_every_childs_customer_is_in_their_language()
    {
        var f = Fixture;
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var parent = await f.NotOursAsync();
        var children = new List<ApiAnswer>();
        foreach (var (customer, language) in new[] { (first, "en"), (second, "zh-Hant") })
        {
            var child = (
                await f.Sales.PostAsync(
                    "/v1/complaints",
                    Steps.Intake(await f.CustomerAsync(customer)) with
                    {
                        Language = language,
                    }
                )
            ).Ok();
            children.Add(
                await f.Desk.DoAsync(
                    Steps.Complaint(child),
                    "merge-into",
                    new MergeComplaint.MergeRequest(parent.Id, "一併處理。")
                )
            );
        }

        await f.ReleasedAsync(parent);
        await f.Desk.DoAsync(
            Steps.Complaint(parent),
            "answer",
            new AnswerComplaint.Request(
                null,
                null,
                null,
                [new("en", "Overlap too small", "Building 3, roof", "Redone and tested")]
            )
        );

        var english = (await f.Customer(first).GetAsync(Steps.Complaint(children[0]))).Ok();
        (english.State, english["answer"]["conclusion"]!.ToString()).ShouldBe(("answered", "Redone and tested"));
        var chinese = (await f.Customer(second).GetAsync(Steps.Complaint(children[1]))).Ok();
        chinese["answer"]["conclusion"]!.ToString().ShouldBe("已重做並試水合格。");
        await f.EventAsync(children[0].Id, "answered.v1");
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public async Task Given_a_table_of_lots_When_it_is_imported_Then_a_dry_run_changes_nothing_and_faults_are_named()
    {
        var complaint = await Fixture.WithQcAsync();
        var record = Steps.Complaint(complaint);
        var address = record + "/trace/import";
        var good =
            "kind,identity,place,quantity,checked,containment\nlot,2026-08-A,一號倉,40,40,已隔離\nstock,M-200,二號倉,12,,\n";
        var bad = "kind,identity,quantity\nbox,2026-08-A,1\nlot,,x\n";

        var tried = (await Fixture.Qc.UploadAsync(address, good, complaint)).Ok();
        var wrong = (await Fixture.Qc.UploadAsync(address + "?dryRun=false", bad, complaint)).Ok();
        var done = (await Fixture.Qc.UploadAsync(address + "?dryRun=false", good, complaint)).Ok();

        (tried["rows"].GetValue<int>(), tried["imported"].GetValue<int>()).ShouldBe((2, 0));
        wrong["faults"].AsArray().Count.ShouldBe(3);
        done["imported"].GetValue<int>().ShouldBe(2);
        (await Fixture.Qc.GetAsync(record)).Ok()["trace"].AsArray().Count.ShouldBe(2);
    }
}
