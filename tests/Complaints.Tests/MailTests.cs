using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Complaints.Complaints.Jobs;
using CustomerService.Complaints.Letters.Domain;
using CustomerService.Complaints.Letters.Features;
using CustomerService.Complaints.Letters.Jobs;
using CustomerService.Complaints.Meetings.Features;
using CustomerService.Contracts.Identity.V1;
using CustomerService.Messaging;
using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MimeKit;

namespace CustomerService.Complaints.Tests;

/// <summary>What customers and heads get by mail, from the command to a real mail server.</summary>
public sealed class MailTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    [Fact]
    [Trait("Rule", "C5.6.1")]
    public async Task An_answer_goes_to_the_customer_by_mail_once_in_its_language_and_the_timeline_says_so()
    {
        var (customer, address) = await Fixture.CustomerWithMailAsync();
        var complaint = await AnsweredAsync(customer, "en");

        var mail = (await MailsAsync(address, 1)).Single();

        mail.Subject.ShouldBe($"Answer to your complaint {complaint.Number}: 屋面滲漏");
        mail.TextBody!.ShouldContain($"Conclusion: {Steps.Answer.Conclusion}");
        mail.TextBody!.ShouldNotContain("外力損壞", Case.Sensitive, "what QC wrote is internal");
        mail.Headers["Auto-Submitted"].ShouldBe("auto-generated");
        var told = await TimelineAsync(Steps.Complaint(complaint), "send");
        told.Select(entry => entry.Action).ShouldBe(["send", "try", "write"]);
        told.ShouldAllBe(entry => entry.To == address && entry.State == "sent");
        (await Fixture.Customer(customer).GetAsync(Steps.Complaint(complaint) + "/timeline"))
            .Ok()
            .Items.ShouldAllBe(entry => entry["kind"]!.ToString() != "mail");
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        Fixture.Mail.To(address).Count.ShouldBe(1);
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public async Task A_link_to_the_answer_reaches_the_address_that_is_named_and_its_secret_is_not_kept()
    {
        var complaint = await AnsweredAsync(await Fixture.CustomerAsync(), "zh-Hant");
        var address = $"li-{complaint.Id:N}@east-lake.example";
        (await Fixture.Desk.PostAsync(Links(complaint), new MakeAnswerLink.Request("李經理", "x"))).Code.ShouldBe(
            "validation"
        );

        var made = (await Fixture.Desk.PostAsync(Links(complaint), new MakeAnswerLink.Request("李經理", address))).Ok();

        var mail = (await MailsAsync(address, 1)).Single();
        mail.To.Mailboxes.Single().Name.ShouldBe("李經理");
        mail.TextBody!.ShouldContain("/api/complaints" + made.Text("path"));
        await TimelineAsync(Steps.Complaint(complaint), "send");
        var token = made.Text("path").Split('/')[^1];
        var administrator = Fixture.As(Someone.With("archivist", "office", Roles.Administrator));
        (await administrator.GetAsync("/v1/personal-data?text=" + token)).Ok().Items.ShouldBeEmpty();
        (await administrator.GetAsync("/v1/personal-data?text=" + address))
            .Ok()
            .Items.Select(row => row["kind"]!.ToString())
            .ShouldContain("outgoing_mails");
    }

    [Fact]
    [Trait("Rule", "S4")]
    public async Task What_is_said_when_a_complaint_is_merged_goes_to_its_customer_in_its_language()
    {
        var (customer, address) = await Fixture.CustomerWithMailAsync();
        var (other, theirs) = await Fixture.CustomerWithMailAsync();
        var parent = (await Fixture.Sales.PostAsync("/v1/complaints", Steps.Intake(other))).Ok();
        var child = (
            await Fixture.Sales.PostAsync("/v1/complaints", Steps.Intake(customer) with { Language = "en" })
        ).Ok();

        await Fixture.Desk.DoAsync(
            Steps.Complaint(child),
            "merge-into",
            new MergeComplaint.MergeRequest(parent.Id, "We know of this fault and are at work on it.")
        );

        var mail = (await MailsAsync(address, 1)).Single();
        mail.Subject.ShouldBe($"Your complaint {child.Number}: 屋面滲漏");
        mail.TextBody!.ShouldContain("We know of this fault and are at work on it.");
        mail.TextBody!.ShouldNotContain(parent.Number, Case.Sensitive, "the other customer's case is not theirs");
        Fixture.Mail.To(theirs).Count.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task A_link_that_was_given_out_stands_in_the_timeline_as_what_it_is()
    {
        var complaint = await AnsweredAsync(await Fixture.CustomerAsync(), "zh-Hant");
        var made = (await Fixture.Desk.PostAsync(Links(complaint), new MakeAnswerLink.Request("李經理"))).Ok();

        var part = (await Fixture.Desk.GetAsync(Steps.Complaint(complaint) + "/timeline?limit=200"))
            .Ok()
            .Items.Single(entry => entry["kind"]!.ToString() == "part");

        (part["action"]!.ToString(), part["part"]!["kind"]!.ToString()).ShouldBe(("make", "answer-link"));
        part["part"]!["id"]!.ToString().ShouldBe(made.Id.ToString());
        part["file"].ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C1")]
    public async Task A_date_that_was_promised_is_called_to_mind_by_mail_once()
    {
        var (person, address) = (Guid.CreateVersion7(), $"desk-{Guid.CreateVersion7():N}@company.example");
        await Fixture.DeliverAsync(
            new UserChanged(person, 1, "陳專員", [Roles.CustomerService], [], null, null, true, null, address)
        );
        var complaint = await Fixture.RespondedAsync();
        await Fixture.Desk.DoAsync(
            Steps.Complaint(complaint),
            "promise",
            new PromiseDate.Request(Fixture.Today, "今日答覆")
        );
        var job = Fixture.Service.Services.GetServices<IHostedService>().OfType<RemindOfOtherClocks>().Single();

        await job.SweepAsync(CancellationToken.None);
        await job.SweepAsync(CancellationToken.None);

        await Eventually.Holds(() =>
        {
            Fixture
                .Mail.To(address)
                .Count(mail => mail.Subject == $"即將到期：對客戶的承諾，{complaint.Number}")
                .ShouldBe(1);
            return Task.CompletedTask;
        });
        // Both sweeps are over, and a mail is written with the step: what is written once is sent once.
        (await TimelineAsync(Steps.Complaint(complaint), "send"))
            .Where(entry => entry.To == address)
            .Select(entry => entry.Action)
            .ShouldBe(["send", "try", "write"]);
    }

    [Fact]
    [Trait("Rule", "C1")]
    [Trait("Rule", "C5.3.2")]
    public async Task An_answer_that_waits_is_called_to_mind_in_working_hours_to_those_alone_whose_turn_it_is()
    {
        await using var catcher = new MailCatcher();
        var clock = new MovableClock();
        var service = await Fixture.AnotherAsync(catcher.Settings, clock);
        await KeepAsync(service, "desk", [Roles.CustomerService]);
        await KeepAsync(service, "quality", [Roles.Qc]);
        await KeepAsync(service, "gone", [Roles.CustomerService], active: false);
        var (desk, quality) = (service.As(Someone.InCustomerService()), service.As(Someone.InQuality()));
        var customer = await ComplaintsFixture.CustomerOfAsync(service);
        var complaint = (await service.As(Someone.InSales()).PostAsync("/v1/complaints", Steps.Intake(customer))).Ok();
        var record = Steps.Complaint(complaint);
        await desk.DoAsync(record, "respond", new RespondToComplaint.Request("已收到。"));
        await desk.DoAsync(record, "send-to-qc", new TriageComplaint.Request("需現場勘查。"));
        await quality.DoAsync(record, "decide-not-ours", new DecideNotOurs.Request(null, "外力損壞。"));
        await quality.DoAsync(record, "release-conclusion", Steps.Conclusion);
        var job = service.Services.GetServices<IHostedService>().OfType<RemindOfOtherClocks>().Single();
        var contexts = service.Services.GetRequiredService<CommandContexts>();
        var hours = contexts.ForSystem("complaints").BusinessClock("company");
        // Long after it ran out, in the first hour in which nobody works.
        var at = clock.GetUtcNow().AddDays(7);
        while (hours.IsOpen(at))
        {
            at = at.AddHours(1);
        }

        clock.MoveTo(at);

        (await job.SweepAsync(CancellationToken.None)).ShouldBe(0);

        while (!hours.IsOpen(at))
        {
            at = at.AddHours(1);
        }

        clock.MoveTo(at);
        // A sweep of its own may have come first.
        await job.SweepAsync(CancellationToken.None);
        (await job.SweepAsync(CancellationToken.None)).ShouldBe(0);
        await Eventually.Holds(() =>
        {
            catcher
                .Mails.Select(mail => (mail.To.Mailboxes.Single().Address, mail.Subject))
                .ShouldBe([
                    ("desk@company.example", $"已逾期：對客戶的答覆（需要時附維修服務報告 FM005），{complaint.Number}"),
                ]);
            return Task.CompletedTask;
        });
    }

    private static async Task KeepAsync(RunningService service, string name, string[] roles, bool active = true)
    {
        await using var scope = service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Data.ComplaintsDb>();
        var person = Guid.CreateVersion7();
        var account = new UserChanged(person, 1, name, roles, [], name, null, active, null, $"{name}@company.example");
        await scope
            .ServiceProvider.GetRequiredService<IAccounts>()
            .KeepAsync(Account.From(account), CancellationToken.None);
        if (name == "desk")
        {
            var entry = db.Add(new DepartmentCopy { Id = Guid.CreateVersion7() });
            entry.Property(department => department.Version).CurrentValue = 1;
            entry.Property(department => department.Code).CurrentValue = "customer-service";
            entry.Property(department => department.Calendar).CurrentValue = "company";
            entry.Property(department => department.Language).CurrentValue = "zh-Hant";
            entry.Property(department => department.Active).CurrentValue = true;
        }

        await db.SaveChangesAsync();
    }

    [Fact]
    [Trait("Rule", "C7")]
    public async Task A_letter_goes_out_with_its_paper_and_again_as_a_reminder()
    {
        var (customer, address) = await Fixture.CustomerWithMailAsync();
        var complaint = await Fixture.WithQcAsync();
        var record = Steps.Complaint(complaint);
        var line = new TraceComplaint.LineRequest(TraceKind.Lot, "L-7", null, customer, 6, 0, null, null);
        await Fixture.Qc.DoAsync(record, "trace", new TraceComplaint.Request([line]));
        var text = new WriteLetters.Request([new("zh-Hant", "批次 L-7 停用", "請停用並清點。")]);
        var letter = (await Fixture.Qc.PostAsync(record + "/letters", text)).Ok().Items.Single();
        var path = "/v1/affected-letters/" + letter["id"];

        await Fixture.Desk.DoAsync(path, "send", new SendAffectedLetter.SendRequest("電郵"));

        var mail = (await MailsAsync(address, 1)).Single();
        mail.Subject.ShouldBe($"批次 L-7 停用（{letter["number"]}）");
        mail.TextBody!.ShouldContain("請停用並清點。");
        var paper = mail.Attachments.OfType<MimePart>().Single();
        (paper.FileName, paper.ContentType.MimeType).ShouldBe(($"{letter["number"]}.pdf", "application/pdf"));
        await OverdueAsync(Guid.Parse(letter["id"]!.ToString()));
        var job = Fixture.Service.Services.GetServices<IHostedService>().OfType<RemindUnansweredLetters>().Single();

        await job.SweepAsync(CancellationToken.None);
        await job.SweepAsync(CancellationToken.None);

        (await MailsAsync(address, 2))[^1].Subject.ShouldStartWith("提醒：");
        await TimelineAsync(path, "send");
    }

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public async Task Heads_are_asked_to_a_meeting_with_an_entry_for_their_calendars_and_hear_of_its_end()
    {
        var head = Guid.CreateVersion7();
        var address = $"head-{head:N}@company.example";
        var code = $"dept-{head:N}"[..20];
        await Fixture.DeliverAsync(
            new UserChanged(head, 1, "周主任", [Roles.DepartmentHead], [], code, null, true, null, address)
        );
        await Fixture.DeliverAsync(
            new DepartmentChanged(
                Guid.CreateVersion7(),
                1,
                code,
                "Casting",
                "鑄造部",
                "铸造部",
                head,
                "周主任",
                null,
                null,
                "zh-Hans",
                "company",
                true
            )
        );
        var complaint = await Fixture.WithQcAsync();
        var record = Steps.Complaint(complaint);
        await Fixture.Desk.DoAsync(
            record,
            "escalate-to-sales-manager",
            new EscalateToSalesManager.Request(EscalationReason.CauseUnknown, "查不出。")
        );
        var call = Steps.Call(Fixture) with { Departments = [code] };

        var meeting = await Fixture.Desk.DoAsync(record, "call-meeting", call);

        var asked = (await MailsAsync(address, 1)).Single();
        asked.Subject.ShouldStartWith("会议邀请 ");
        Calendar(asked).ContentType.Parameters["method"].ShouldBe("REQUEST");
        Calendar(asked).Text!.ShouldContain("METHOD:REQUEST");
        await Fixture.Desk.DoAsync(
            "/v1/meetings/" + meeting.Id,
            "cancel",
            new MoveMeeting.CancelRequest("已查明原因。")
        );
        var ended = (await MailsAsync(address, 2))[^1];
        ended.Subject.ShouldStartWith("会议取消 ");
        Calendar(ended).Text!.ShouldContain("METHOD:CANCEL");
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task What_the_server_does_not_take_waits_and_what_it_will_never_take_is_given_up_and_said()
    {
        await using var catcher = new MailCatcher { Refusals = 1, Refusal = Busy };
        var clock = new MovableClock();
        var service = await Fixture.AnotherAsync(catcher.Settings, clock);
        var customer = await ComplaintsFixture.CustomerOfAsync(service, "care@east-lake.example");
        var enquiry = (
            await service
                .As(Someone.InCustomerService())
                .PostAsync(
                    "/v1/enquiries",
                    new Enquiries.Features.RegisterEnquiry.Request
                    {
                        CustomerId = customer,
                        Contact = "王小姐",
                        Phone = "0755-1",
                        Channel = Channel.Phone,
                        Subject = "接線",
                        Question = "如何接線？",
                    }
                )
        ).Ok();
        var record = "/v1/enquiries/" + enquiry.Id;
        var desk = service.As(Someone.InCustomerService());

        await desk.DoAsync(record, "answer", new Enquiries.Features.AnswerEnquiry.AnswerRequest("按圖二接線。", null));

        await Eventually.Holds(async () => (await LastAsync(desk, record)).ShouldBe(("fail", "waiting")));
        catcher.Mails.ShouldBeEmpty();
        clock.Move(TimeSpan.FromMinutes(2));
        await Eventually.Holds(async () => (await LastAsync(desk, record)).ShouldBe(("send", "sent")));
        catcher.Mails.Single().TextBody!.ShouldContain("按圖二接線。");
        catcher.Refusal = SmtpServer.Protocol.SmtpResponse.MailboxUnavailable;
        catcher.Refusals = 1;
        await desk.DoAsync(record, "ask-further", new Enquiries.Features.AnswerEnquiry.AskRequest("哪個端子？"));
        await desk.DoAsync(record, "answer", new Enquiries.Features.AnswerEnquiry.AnswerRequest("左邊的。", null));
        await Eventually.Holds(async () => (await LastAsync(desk, record)).ShouldBe(("give-up", "failed")));
        catcher.Mails.Count.ShouldBe(1);
    }

    private static SmtpServer.Protocol.SmtpResponse Busy =>
        new(SmtpServer.Protocol.SmtpReplyCode.ServiceUnavailable, "busy");

    private static async Task<(string Action, string State)> LastAsync(ApiClient staff, string record)
    {
        var last = (await staff.GetAsync(record + "/timeline?limit=200"))
            .Ok()
            .Items.FirstOrDefault(entry => entry["kind"]!.ToString() == "mail");
        return last is null ? ("", "") : (last["action"]!.ToString(), last["mail"]!["state"]!.ToString());
    }

    private static string Links(ApiAnswer complaint) => Steps.Complaint(complaint) + "/answer-links";

    private async Task<ApiAnswer> AnsweredAsync(Guid customer, string language)
    {
        var complaint = (
            await Fixture.Sales.PostAsync("/v1/complaints", Steps.Intake(customer) with { Language = language })
        ).Ok();
        var record = Steps.Complaint(complaint);
        await Fixture.Desk.DoAsync(record, "respond", new RespondToComplaint.Request("已收到。"));
        await Fixture.Desk.DoAsync(record, "send-to-qc", new TriageComplaint.Request("需現場勘查。"));
        await Fixture.Qc.DoAsync(record, "decide-not-ours", new DecideNotOurs.Request(null, "外力損壞。"));
        await Fixture.ReleasedAsync(complaint);
        return await Fixture.Desk.DoAsync(record, "answer", Steps.Answer);
    }

    private async Task<IReadOnlyList<MimeMessage>> MailsAsync(string address, int count)
    {
        await Eventually.Holds(() =>
        {
            Fixture.Mail.To(address).Count.ShouldBe(count);
            return Task.CompletedTask;
        });
        return Fixture.Mail.To(address);
    }

    private async Task<IReadOnlyList<(string Action, string To, string State)>> TimelineAsync(
        string record,
        string last
    )
    {
        IReadOnlyList<(string Action, string To, string State)> mails = [];
        await Eventually.Holds(async () =>
        {
            mails =
            [
                .. (await Fixture.Desk.GetAsync(record + "/timeline?limit=200"))
                    .Ok()
                    .Items.Where(entry => entry["kind"]!.ToString() == "mail")
                    .Select(entry =>
                        (
                            entry["action"]!.ToString(),
                            entry["mail"]!["to"]!.ToString(),
                            entry["mail"]!["state"]!.ToString()
                        )
                    ),
            ];
            mails.Select(entry => entry.Action).FirstOrDefault().ShouldBe(last);
        });
        return mails;
    }

    private static TextPart Calendar(MimeMessage mail) =>
        mail.BodyParts.OfType<TextPart>().First(part => part.ContentType.MimeType == "text/calendar");

    // As if its day were over: the clock of the servers is everybody's.
    private async Task OverdueAsync(Guid letter)
    {
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Data.ComplaintsDb>();
        var entry = db.Entry((await db.AffectedLetters.FindAsync(letter))!);
        entry.Property(l => l.AnswerDueOn).CurrentValue = Fixture.Today.AddDays(-1);
        await db.SaveChangesAsync();
    }
}
