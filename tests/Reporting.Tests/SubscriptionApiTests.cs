using System.Diagnostics;
using System.Net;
using CustomerService.Contracts.Identity.V1;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.Reporting.Subscriptions.Domain;
using CustomerService.Reporting.Subscriptions.Features;
using CustomerService.Rules;
using CustomerService.Servers;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace CustomerService.Reporting.Tests;

/// <summary>Subscriptions against a real mail server in this process, which can refuse.</summary>
public sealed class SubscriptionApiTests(ReportingFixture fixture) : OnServers<ReportingFixture>(fixture)
{
    [Fact, Trait("Rule", "C3.1.3")]
    public async Task Given_no_mail_server_When_a_report_is_subscribed_Then_refused_with_the_setting()
    {
        var answer = await Fixture.As(Someone.HeadOfQuality()).PostAsync("/v1/subscriptions", Request("csv"));

        (answer.Code, answer.Rule).ShouldBe(("mail-not-configured", "C3.1.3"));
        (await Fixture.As(Someone.InRepair()).PostAsync("/v1/subscriptions", Request("csv"))).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
    }

    [Fact, Trait("Rule", "C3.1.3")]
    public async Task Given_a_subscription_When_it_is_due_Then_one_mail_with_the_file_and_none_while_nothing_changed()
    {
        await using var catcher = new MailCatcher();
        var clock = new MovableClock();
        clock.MoveTo(A.At("2026-03-10 07:00"));
        // Two replicas on one store would be two programs; their jobs claim the same rows.
        var service = await Fixture.AnotherAsync(With(catcher), clock);
        var head = service.As(Someone.HeadOfQuality());
        var wrong = (await head.PostAsync("/v1/subscriptions", Request("csv") with { Report = "poems" }));
        wrong.Code.ShouldBe("report-unknown");
        (await head.PostAsync("/v1/subscriptions", Request("csv") with { On = "number" })).Code.ShouldBe("bad-filter");
        (await head.PostAsync("/v1/subscriptions", Request("csv") with { Recipients = ["x"] })).Code.ShouldBe(
            "validation"
        );
        var made = (await head.PostAsync("/v1/subscriptions", Request("csv"))).Ok();
        (made.State, made["nextAt"].GetValue<DateTimeOffset>()).ShouldBe(("active", A.At("2026-03-10 08:00")));
        var other = service.As(Someone.HeadOfEngineering());
        (await other.GetAsync($"/v1/subscriptions/{made.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);

        clock.MoveTo(A.At("2026-03-10 08:01"));

        await Eventually.Holds(() =>
        {
            catcher.Mails.Count.ShouldBe(1);
            return Task.CompletedTask;
        });
        var mail = catcher.Mails.Single();
        mail.Subject.ShouldBe("投訴 2026-03-10");
        mail.TextBody.ShouldNotBeNull().ShouldContain("附件");
        mail.Attachments.OfType<MimePart>().Single().FileName.ShouldBe("complaints-2026-03-10.csv");
        await StatesAsync(head, made.Id, "sent");

        clock.MoveTo(A.At("2026-03-11 08:01"));

        await StatesAsync(head, made.Id, "unchanged", "sent");
        catcher.Mails.Count.ShouldBe(1);
        var seen = (await head.GetAsync($"/v1/subscriptions/{made.Id}")).Ok();
        seen["nextAt"].GetValue<DateTimeOffset>().ShouldBe(A.At("2026-03-12 08:00"));
        (await head.PostAsync($"/v1/subscriptions/{made.Id}/pause", ifMatch: seen.ETag)).Ok().State.ShouldBe("paused");
        clock.MoveTo(A.At("2026-03-12 08:01"));
        await Task.Delay(TimeSpan.FromSeconds(1));
        await StatesAsync(head, made.Id, "unchanged", "sent");
    }

    [Theory, Trait("Rule", "C3.1.3")]
    [InlineData(false, Roles.QcHead)]
    [InlineData(true, Roles.Qc)]
    public async Task Given_an_account_that_ends_or_keeps_no_reports_any_more_When_told_Then_its_subscriptions_rest(
        bool active,
        string role
    )
    {
        var owner = Guid.CreateVersion7();
        var keeper = A.Context(Someone.With(owner.ToString(), "quality", Roles.QcHead));
        var made = Subscription
            .Subscribe(
                keeper,
                new SubscriptionSettings
                {
                    Name = "投訴",
                    Report = "complaints",
                    Schedule = new(ScheduleKind.Daily, new TimeOnly(8, 0), null, null),
                    Recipients = ["head@example.com"],
                    Language = "zh-Hant",
                }
            )
            .Required();
        await using (var scope = Fixture.Service.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<ReportingDb>();
            db.Add(made);
            await db.SaveChangesAsync();
        }

        UserChanged Changed(long version, string held, bool isActive) =>
            new(owner, version, "周品管", [held], [], "quality", null, isActive, null);
        await Fixture.PublishAsync(Changed(2, Roles.QcHead, isActive: true));

        await Fixture.PublishAsync(Changed(3, role, active));

        var others = Fixture.As(Someone.With("admin", "it", Roles.Administrator));
        await Eventually.Holds(async () =>
        {
            var seen = (await others.GetAsync($"/v1/subscriptions/{made.Id}")).Ok();
            (seen.State, seen.Body!["nextAt"]?.ToString()).ShouldBe(("paused", null));
        });
    }

    [Fact, Trait("Rule", "C3.1.3")]
    public async Task Given_a_server_that_refuses_first_When_it_recovers_Then_the_workbook_comes_once()
    {
        await using var catcher = new MailCatcher { Refusals = 1 };
        var clock = new MovableClock();
        clock.MoveTo(A.At("2026-03-10 07:00"));
        var service = await Fixture.AnotherAsync(With(catcher), clock);
        var head = service.As(Someone.HeadOfQuality());
        var made = (await head.PostAsync("/v1/subscriptions", Request("xlsx"))).Ok();
        var few = (await head.PostAsync("/v1/subscriptions", Request("csv") with { AtLeastRows = 1 })).Ok();

        clock.MoveTo(A.At("2026-03-10 08:01"));

        await StatesAsync(head, few.Id, "below-threshold");
        await Eventually.Holds(async () =>
        {
            var failed = (await head.GetAsync($"/v1/subscriptions/{made.Id}/deliveries")).Ok().Items.Single();
            (failed["state"]!.ToString(), (int)failed["attempts"]!).ShouldBe(("waiting", 1));
            failed["error"]!.ToString().ShouldNotBeEmpty();
        });
        catcher.Mails.ShouldBeEmpty();
        clock.MoveTo(A.At("2026-03-10 08:05"));
        await StatesAsync(head, made.Id, "sent");
        var file = catcher.Mails.Single().Attachments.OfType<MimePart>().Single();
        file.FileName.ShouldBe("complaints-2026-03-10.xlsx");
        using var content = new MemoryStream();
        await file.Content!.DecodeToAsync(content);
        content.ToArray().AsSpan(0, 2).SequenceEqual("PK"u8).ShouldBeTrue();
    }

    [Fact, Trait("Rule", "C3.1.3")]
    public async Task Given_rows_that_were_written_again_as_they_were_When_the_report_is_due_Then_it_has_not_changed()
    {
        await using var catcher = new MailCatcher();
        var clock = new MovableClock();
        clock.MoveTo(A.At("2026-03-10 07:00"));
        var id = Guid.CreateVersion7();
        // The service has a store of its own.
        var service = await Fixture.AnotherAsync(With(catcher), clock);
        await using (var scope = service.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<ReportingDb>();
            await db.ApplyAsync(
                [
                    new ResponseReceived(
                        id,
                        1,
                        Guid.CreateVersion7(),
                        "A",
                        Guid.CreateVersion7(),
                        "客戶",
                        null,
                        "satisfied",
                        [new("E.attitude", "satisfied", null), new("A.function", "dissatisfied", null)],
                        null,
                        new DateOnly(2026, 2, 11)
                    ),
                ],
                TestContext.Current.CancellationToken
            );
            await db.SaveChangesAsync();
        }

        var head = service.As(Someone.HeadOfQuality());
        var answers = Request("csv") with { Report = "survey_answers", On = "received_on" };
        var made = (await head.PostAsync("/v1/subscriptions", answers)).Ok();
        clock.MoveTo(A.At("2026-03-10 08:01"));
        await StatesAsync(head, made.Id, "sent");

        (await WriteAgainAsync(service, id)).ShouldBe(2);

        clock.MoveTo(A.At("2026-03-11 08:01"));
        await StatesAsync(head, made.Id, "unchanged", "sent");
    }

    [Fact, Trait("Rule", "C3.1.3")]
    public async Task Given_conditions_and_a_threshold_When_due_Then_only_those_rows_come_and_only_a_figure_outside_is_sent()
    {
        await using var catcher = new MailCatcher();
        var clock = new MovableClock();
        clock.MoveTo(A.At("2012-06-11 07:00"));
        var service = await Fixture.AnotherAsync(With(catcher), clock);
        await SeedAsync(service, new DateOnly(2012, 6, 10), ("major", 3), ("minor", 2), (null, 1));
        var head = service.As(Someone.HeadOfQuality());
        var rows = Request("csv") with { On = "registered_on", Period = ReportPeriod.PreviousDay };
        var figure = rows with { Format = ReportFormat.Pdf, Report = "complaints-registered", On = null };
        await RefusedAsync(head, rows with { Where = [new("colour", ["red"])] }, "bad-filter");
        await RefusedAsync(head, rows with { Where = [new("severity", [])] }, "validation");
        await RefusedAsync(head, rows with { Threshold = new(Above: 1) }, "threshold-needs-figure");
        await RefusedAsync(head, figure with { Threshold = new() }, "validation");
        await RefusedAsync(head, figure with { Where = [new("grade", ["A"])] }, "bad-filter");
        await RefusedAsync(head, figure with { Where = [new("severity", ["major", "minor"])] }, "bad-filter");
        await RefusedAsync(
            head,
            figure with
            {
                Where = [new("severity", ["major"]), new("severity", ["minor"])],
            },
            "bad-filter"
        );
        var some = await SubscribedAsync(
            head,
            rows with
            {
                Name = "some",
                Where = [new("severity", ["major", "unknown"])],
            }
        );
        var within = await SubscribedAsync(
            head,
            figure with
            {
                Where = [new("severity", ["major"])],
                Threshold = new(Above: 3, Below: 3),
            }
        );
        var outside = await SubscribedAsync(head, figure with { Name = "outside", Threshold = new(Above: 5) });

        clock.MoveTo(A.At("2012-06-11 08:01"));

        await StatesAsync(head, some, "sent");
        await StatesAsync(head, within, "below-threshold");
        await StatesAsync(head, outside, "sent");
        catcher
            .Mails.Select(mail => mail.Subject![..^" 2012-06-11".Length])
            .ShouldBe(["some", "outside"], ignoreOrder: true);
        var mail = catcher.Mails.Single(m => m.Subject == "some 2012-06-11");
        mail.TextBody.ShouldNotBeNull().ShouldContain("Asia/");
        using var content = new MemoryStream();
        await mail.Attachments.OfType<MimePart>().Single().Content!.DecodeToAsync(content);
        var lines = System.Text.Encoding.UTF8.GetString(content.ToArray()).Trim().Split('\n');
        lines.Length.ShouldBe(5, "the head, three that are major and one of which it is not known");
        var read = (await head.GetAsync($"/v1/subscriptions/{some}")).Ok();
        read["where"][0]!["values"]!.AsArray().Select(value => value!.ToString()).ShouldBe(["major", "unknown"]);
    }

    private static async Task RefusedAsync(ApiClient head, SubscriptionRequest request, string code) =>
        (await head.PostAsync("/v1/subscriptions", request)).Code.ShouldBe(code);

    private static async Task<Guid> SubscribedAsync(ApiClient head, SubscriptionRequest request) =>
        (await head.PostAsync("/v1/subscriptions", request)).Ok().Id;

    private static async Task SeedAsync(
        RunningService service,
        DateOnly day,
        params (string? Severity, int Count)[] complaints
    )
    {
        await using var store = service.Services.CreateAsyncScope();
        var db = store.ServiceProvider.GetRequiredService<ReportingDb>();
        db.AddRange(
            complaints.SelectMany(one =>
                Enumerable
                    .Range(0, one.Count)
                    .Select(_ => new ComplaintFact
                    {
                        Id = Guid.CreateVersion7(),
                        RegisteredOn = day,
                        Severity = one.Severity,
                    })
            )
        );
        await db.SaveChangesAsync();
    }

    /// <summary>The same rows in another place and order, later.</summary>
    private static async Task<int> WriteAgainAsync(RunningService service, Guid response)
    {
        await using var store = service.Services.CreateAsyncScope();
        var db = store.ServiceProvider.GetRequiredService<ReportingDb>();
        await db.Database.ExecuteSqlAsync(
            $"UPDATE fact_response SET changed_at = changed_at + interval '1 day' WHERE id = {response}"
        );
        return await db.Database.ExecuteSqlAsync(
                $"UPDATE fact_response_item SET grade = grade WHERE response_id = {response} AND item = 'A.function'"
            )
            + await db.Database.ExecuteSqlAsync(
                $"UPDATE fact_response_item SET grade = grade WHERE response_id = {response} AND item = 'E.attitude'"
            );
    }

    [Fact, Trait("Rule", "C3.1.3")]
    public async Task Given_a_report_on_paper_When_it_is_due_Then_the_PDF_comes_in_the_subscribers_language_and_not_again_unchanged()
    {
        await using var catcher = new MailCatcher();
        var clock = new MovableClock();
        clock.MoveTo(A.At("2026-03-10 07:00"));
        var service = await Fixture.AnotherAsync(With(catcher), clock);
        var head = service.As(Someone.HeadOfQuality());
        // Of a kind of which no other test has cases that day: these run side by side.
        var figure = Request("pdf") with
        {
            Report = "trips-made",
            On = null,
            Period = ReportPeriod.PreviousDay,
        };
        foreach (
            var (wrong, code) in ((SubscriptionRequest, string)[])
                [
                    (figure with { Report = "complaints" }, "report-not-on-paper"),
                    (figure with { Period = ReportPeriod.All }, "paper-needs-period"),
                    (figure with { Period = null }, "paper-needs-period"),
                    (figure with { On = "registered_on" }, "bad-filter"),
                    (figure with { Format = ReportFormat.Csv, On = "ended_on" }, "report-unknown"),
                ]
        )
        {
            var refused = await head.PostAsync("/v1/subscriptions", wrong);
            (refused.Status, refused.Code).ShouldBe((HttpStatusCode.BadRequest, code));
        }

        var made = (await head.PostAsync("/v1/subscriptions", figure)).Ok();
        made["format"].ToString().ShouldBe("pdf");
        var report = figure with
        {
            Name = "年報",
            Report = "annual-complaints",
            Period = ReportPeriod.PreviousYear,
            OnlyWhenChanged = false,
            Language = "en",
        };
        var yearly = (await head.PostAsync("/v1/subscriptions", report)).Ok();

        clock.MoveTo(A.At("2026-03-10 08:01"));

        await StatesAsync(head, made.Id, "sent");
        await StatesAsync(head, yearly.Id, "sent");
        var mail = catcher.Mails.Single(one => one.Subject == "投訴 2026-03-10");
        mail.TextBody.ShouldNotBeNull().ShouldContain("首項指標計 0 件");
        (await TextOfAsync(mail, "trips-made-2026-03-10.pdf")).ShouldContain("2026-03-09–2026-03-09");
        var english = catcher.Mails.Single(one => one.Subject == "年報 2026-03-10");
        (await TextOfAsync(english, "annual-complaints-2026-03-10.pdf")).ShouldContain("Complaintsoftheyear");

        clock.MoveTo(A.At("2026-03-11 08:01"));
        await StatesAsync(head, made.Id, "unchanged", "sent");
        await StatesAsync(head, yearly.Id, "sent", "sent");
    }

    private static async Task<string> TextOfAsync(MimeMessage mail, string name)
    {
        var file = mail.Attachments.OfType<MimePart>().Single();
        (file.FileName, file.ContentType.MimeType).ShouldBe((name, "application/pdf"));
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.pdf");
        try
        {
            await using (var content = File.Create(path))
            {
                await file.Content!.DecodeToAsync(content);
            }

            Assert.SkipUnless(File.Exists(Fonts.PdfReader), "pdftotext (poppler-utils) is not there to read the PDF.");
            using var read = Process.Start(
                new ProcessStartInfo(Fonts.PdfReader, ["-raw", path, "-"]) { RedirectStandardOutput = true }
            )!;
            var text = await read.StandardOutput.ReadToEndAsync();
            await read.WaitForExitAsync();
            return string.Concat(text.Where(sign => !char.IsWhiteSpace(sign)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task StatesAsync(ApiClient head, Guid id, params string[] states) =>
        await Eventually.Holds(async () =>
            (await head.GetAsync($"/v1/subscriptions/{id}/deliveries"))
                .Ok()
                .Items.Select(item => item["state"]!.ToString())
                .ShouldBe(states)
        );

    private static SubscriptionRequest Request(string format) =>
        new()
        {
            Name = "投訴",
            Report = "complaints",
            On = "registered_on",
            Period = ReportPeriod.PreviousMonth,
            Format = Enum.Parse<ReportFormat>(format, ignoreCase: true),
            Schedule = new(ScheduleKind.Daily, new TimeOnly(8, 0)),
            OnlyWhenChanged = true,
            Recipients = ["manager@example.com"],
        };

    private static Dictionary<string, string> With(MailCatcher catcher) =>
        new(catcher.Settings) { ["Subscriptions:Every"] = "00:00:00.2" };
}
