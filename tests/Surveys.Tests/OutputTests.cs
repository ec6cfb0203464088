using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Contracts.Identity.V1;
using CustomerService.Rules;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.Responses.Jobs;
using CustomerService.Surveys.Store;
using CustomerService.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Surveys.Tests;

/// <summary>What the forms come to: reports as JSON, on paper and as workbooks (C5.8.1), FM006, interviews, paper.</summary>
public sealed class OutputTests(SurveysFixture fixture) : OnServers<SurveysFixture>(fixture)
{
    private ApiClient Service => Fixture.As(Someone.InCustomerService());

    [Theory]
    [Trait("Rule", "C5.8.1")]
    [InlineData("/v1/satisfaction")]
    [InlineData("/v1/satisfaction/items")]
    [InlineData("/v1/suggestions")]
    [InlineData("/v1/suggestions/trend")]
    [InlineData("/v1/service-quality")]
    public async Task Each_report_is_read_printed_and_exported_for_staff_in_three_languages(string path)
    {
        await AnswerAsync();

        (await Service.GetAsync(path)).Ok();
        foreach (var language in (string[])["zh-Hant", "zh-Hans", "en"])
        {
            var (pdf, paper) = await Service.DownloadAsync($"{path}.pdf?language={language}");
            pdf.Status.ShouldBe(HttpStatusCode.OK, pdf.Readable());
            paper[..5].ShouldBe("%PDF-"u8.ToArray());
            pdf.Raw.Headers.Contains("Missing-Characters").ShouldBeFalse();
            var (xlsx, book) = await Service.DownloadAsync($"{path}.xlsx?language={language}");
            xlsx.Status.ShouldBe(HttpStatusCode.OK);
            book[..2].ShouldBe("PK"u8.ToArray());
        }

        (await Service.GetAsync(path + ".pdf?from=2026-02-01&to=2026-01-01")).Code.ShouldBe("bad-period");
        (await Fixture.As(Someone.AtCustomer(Guid.CreateVersion7())).GetAsync(path + ".pdf")).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
    }

    [Fact]
    [Trait("Rule", "C5.8.1")]
    public async Task Given_a_department_that_Identity_announced_When_satisfaction_is_exported_Then_it_stands_by_its_name()
    {
        await AnswerAsync();
        var code = (await Service.GetAsync("/v1/satisfaction")).Ok()["departments"].AsArray()[0]![
            "department"
        ]!.ToString();
        (await WordsAsync("zh-Hant")).ShouldContain(code);
        var department = Guid.CreateVersion7();

        await Fixture.DeliverAsync(Named(2, "Household sales", "家電銷售部", "家电销售部"));
        // An older announcement that comes late.
        await Fixture.DeliverAsync(Named(1, "Sales", "銷售部", "销售部"));

        (await WordsAsync("zh-Hant")).ShouldContain("家電銷售部");
        (await WordsAsync("zh-Hans")).ShouldContain("家电销售部");
        var english = await WordsAsync("en");
        english.ShouldContain("Household sales");
        english.ShouldNotContain($">{code}<");
        (await Service.GetAsync("/v1/satisfaction", "zh-Hans"))
            .Ok()["departments"]
            .AsArray()
            .Single(one => one!["department"]!.ToString() == code)!["name"]!
            .ToString()
            .ShouldBe("家电销售部");

        DepartmentChanged Named(long version, string en, string zhHant, string zhHans) =>
            new(department, version, code, en, zhHant, zhHans, null, null, null, null, "zh-Hant", "china", true);

        async Task<string> WordsAsync(string language)
        {
            var (_, book) = await Service.DownloadAsync($"/v1/satisfaction.xlsx?language={language}");
            await using var archive = new ZipArchive(new MemoryStream(book));
            var words = new StringBuilder();
            foreach (var entry in archive.Entries.Where(e => e.FullName.EndsWith(".xml", StringComparison.Ordinal)))
            {
                using var reader = new StreamReader(await entry.OpenAsync());
                words.Append(await reader.ReadToEndAsync());
            }

            return words.ToString();
        }
    }

    [Fact]
    [Trait("Rule", "T1")]
    [Trait("Rule", "C5.9")]
    public async Task Given_CAPAs_that_serve_an_assessment_When_their_words_come_in_any_order_Then_it_shows_where_each_stands()
    {
        var (assessment, _) = await PlannedAsync();
        // The newest first: of two in one millisecond nobody knows which that is.
        var (own, joined) = (Guid.CreateVersion7(), Guid.CreateVersion7(DateTimeOffset.UtcNow.AddSeconds(1)));
        var day = Fixture.Today;
        var other = Guid.CreateVersion7();
        await Fixture.DeliverAsync(new CapaExecuted(own, 8, assessment, day, true));
        await Fixture.DeliverAsync(new CapaOpened(own, 1, "CAPA-1", "assessment", assessment, "repair", day, day));
        await Fixture.DeliverAsync(new CapaAnalysed(own, 5, assessment, day));
        await Fixture.DeliverAsync(new CapaOpened(joined, 1, "CAPA-2", "complaint", other, "repair", day, day));
        await Fixture.DeliverAsync(new CapaReviewed(joined, 6, other, true, day));
        var join = new CapaCaseJoined(joined, 7, "CAPA-2", "assessment", assessment, day);
        await Fixture.DeliverAsync(join);
        await Fixture.DeliverAsync(join);
        await Fixture.DeliverAsync(new CapaCaseJoined(joined, 8, "CAPA-2", "complaint", Guid.CreateVersion7(), day));

        var list = $"/v1/assessments/{assessment}/capas";
        (await SeenAsync()).ShouldBe([("CAPA-2", "reviewed", false), ("CAPA-1", "executed", false)]);
        await Fixture.DeliverAsync(new CapaVerified(joined, 12, other, true, day));
        await Fixture.DeliverAsync(new CapaExecuted(joined, 10, other, day, true));
        (await SeenAsync()).ShouldBe([("CAPA-2", "effective", true), ("CAPA-1", "executed", false)]);
        await Fixture.DeliverAsync(new CapaReopened(joined, 13, other, "again", day));
        (await SeenAsync())[0].ShouldBe(("CAPA-2", "reopened", false));
        (await Fixture.As(Someone.InCustomerService()).GetAsync($"/v1/assessments/{other}/capas")).Status.ShouldBe(
            System.Net.HttpStatusCode.NotFound
        );
        (await Fixture.As(Someone.AtCustomer(other)).GetAsync(list)).Status.ShouldBe(
            System.Net.HttpStatusCode.Forbidden
        );

        async Task<IReadOnlyList<(string?, string, bool)>> SeenAsync() =>
            [
                .. (await Fixture.As(Someone.InQuality()).GetAsync(list))
                    .Ok()
                    .Body!.AsArray()
                    .Select(capa =>
                        (capa!["number"]?.ToString(), capa["state"]!.ToString(), capa["done"]!.GetValue<bool>())
                    ),
            ];
    }

    private async Task<(Guid Assessment, Guid Assessor)> PlannedAsync()
    {
        var (planned, _, assessor) = await Fixture.PlanAssessmentAsync("康評核");
        return (Guid.Parse(planned["items"][0]!["id"]!.ToString()), assessor);
    }

    [Fact]
    [Trait("Rule", "C10")]
    [Trait("Rule", "C5.8.3")]
    public async Task A_form_is_filed_under_a_number_without_gaps_and_printed_blank_and_as_it_was_answered()
    {
        var (invitation, token) = await Fixture.InviteAsync();
        var blank = (await Service.GetAsync($"/v1/invitations/{invitation}/forms/fm006", "zh-Hant")).Ok().Readable();
        blank.ShouldContain("□很滿意");
        blank.ShouldNotContain("■");
        var (_, empty) = await Service.DownloadAsync($"/v1/invitations/{invitation}/forms/fm006.pdf");
        empty[..5].ShouldBe("%PDF-"u8.ToArray());
        var form = new FilledForm { Overall = "very-satisfied", Items = [new("E.speed", "fairly-satisfied", "尚可")] };
        var answered = (await Fixture.Anonymous().PostAsync($"/v1/f/{token}", form)).Ok();
        var next = await AnswerAsync();

        var job = Fixture.Service.Services.GetRequiredService<FileResponses>();
        await job.SweepAsync(TestContext.Current.CancellationToken);
        await job.SweepAsync(TestContext.Current.CancellationToken);

        var year = $"FM006-{Fixture.Today.Year}-";
        (await Service.GetAsync($"/v1/responses/{answered.Id}")).Ok().Number.ShouldStartWith(year);
        (await Service.GetAsync($"/v1/responses/{next}")).Ok().Number.ShouldStartWith(year);
        var numbers = await NumbersAsync();
        numbers
            .Select(number => int.Parse(number[^6..], CultureInfo.InvariantCulture))
            .ShouldBe(Enumerable.Range(1, numbers.Count));
        var filled = (await Service.GetAsync($"/v1/responses/{answered.Id}/forms/fm006", "zh-Hant")).Ok();
        filled.Text("form").ShouldBe("BS-CP0703-FM006");
        filled.Readable().ShouldContain("■很滿意");
        filled.Readable().ShouldContain("尚可");
        var (pdf, paper) = await Service.DownloadAsync($"/v1/responses/{answered.Id}/forms/fm006.pdf");
        pdf.Status.ShouldBe(HttpStatusCode.OK);
        paper[..5].ShouldBe("%PDF-"u8.ToArray());
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task An_interview_taken_without_a_connection_counts_once_however_often_it_is_sent()
    {
        var taken = DateTimeOffset.UtcNow.AddDays(-3);
        var body = new
        {
            kind = "C",
            customerId = Guid.CreateVersion7(),
            customerName = "永安置業有限公司",
            contact = "趙總",
            phone = "010-6555-0101",
            takenAt = taken,
            form = new FilledForm { Overall = "satisfied", Suggestions = "夜間服務" },
        };
        (await Fixture.Sales.PostAsync("/v1/interviews", body, key: "")).Code.ShouldBe("idempotency-key-missing");
        var key = Guid.CreateVersion7().ToString("N");

        var sent = (await Fixture.Sales.PostAsync("/v1/interviews", body, key: key)).Ok();
        var again = (await Fixture.Sales.PostAsync("/v1/interviews", body, key: key)).Ok();

        again.Text("responseId").ShouldBe(sent.Text("responseId"));
        var response = (await Fixture.Sales.GetAsync($"/v1/responses/{sent.Text("responseId")}")).Ok();
        response.Text("mode").ShouldBe("interview");
        DateTimeOffset
            .Parse(response.Text("takenAt"), CultureInfo.InvariantCulture)
            .ShouldBe(taken, TimeSpan.FromMilliseconds(1));
        response["takenDownBy"]["name"]!.ToString().ShouldBe(Someone.InSales().Name);
        (await Fixture.Sales.GetAsync($"/v1/responses?customerId={body.customerId}")).Items.Count.ShouldBe(1);
        var late = await Fixture.Sales.PostAsync(
            "/v1/interviews",
            body with
            {
                contact = "錢總",
                takenAt = DateTimeOffset.UtcNow.AddDays(-60),
            }
        );
        late.Code.ShouldBe("taken-long-ago");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task A_form_on_paper_is_typed_in_with_its_scan_which_the_response_has_and_outsiders_do_not_see()
    {
        var customer = Guid.CreateVersion7();
        var request = SurveysFixture.Request(customer: customer) with { Interview = true };
        var invited = (await Service.PostAsync("/v1/invitations", request)).Ok();
        var path = $"/v1/invitations/{invited.Id}";
        var form = new FilledForm { Overall = "satisfied" };
        var typed = new { mode = "paper", form };
        (await Service.PostAsync(path + "/take-down", typed, "\"1\"")).Code.ShouldBe("scan-missing");
        var scan = (
            await Service.PostAsync(path + "/files?purpose=scan", TestPictures.Form(TestPictures.Png, "scan.png"))
        ).Ok();
        var named = new
        {
            mode = "paper",
            form,
            scans = new[] { scan.Id, Guid.CreateVersion7() },
        };
        (await Service.PostAsync(path + "/take-down", named, "\"1\"")).Code.ShouldBe("scan-missing");

        var taken = (await Service.PostAsync(path + "/take-down", named with { scans = [scan.Id] }, "\"1\"")).Ok();

        var response = $"/v1/responses/{taken.Text("responseId")}";
        var read = (await Service.GetAsync(response)).Ok();
        (read.Text("mode"), read["scans"].AsArray().Single()!.ToString()).ShouldBe(("paper", scan.Id.ToString()));
        (await Service.GetAsync(response + "/files")).Items.ShouldHaveSingleItem()["purpose"]!
            .ToString()
            .ShouldBe("scan");
        // It stays: the answers rest on it.
        (await Service.PostAsync($"{path}/files/{scan.Id}/remove", new { reason = "x" }, "\"2\"")).Code.ShouldBe(
            "file-held"
        );
        var customers = Fixture.As(Someone.AtCustomer(customer));
        (await customers.GetAsync(response + "/files")).Items.ShouldBeEmpty();
        (await customers.GetAsync(response)).Ok().Body!["scans"].ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.8.1")]
    public async Task A_half_year_is_reviewed_once_and_its_measures_are_verified_and_printed()
    {
        foreach (var grade in (string[])["dissatisfied", "rather-dissatisfied", "satisfied"])
        {
            var id = await AnswerAsync(new FilledItem("E.contract", grade));
            await Fixture.PastTheRulesAsync(store => store.SetResponseAsync(id, "receivedOn", "2024-03-05"));
        }

        var opened = (await Service.PostAsync("/v1/half-year-reviews", new { year = 2024, half = 1 })).Ok();
        (opened.Number, opened["weakChapters"].AsArray().Single()!.ToString()).ShouldBe(("BN-2024-1", "management"));
        opened["figures"]["chapters"]![0]!["figures"]!["percent"]!.GetValue<decimal>().ShouldBe(33.3m);
        (await Service.PostAsync("/v1/half-year-reviews", new { year = 2024, half = 1 })).Code.ShouldBe(
            "already-reviewed"
        );
        var path = $"/v1/half-year-reviews/{opened.Id}";
        var chief = Fixture.As(Someone.ManagementRepresentative());
        var quality = Fixture.As(Someone.HeadOfQuality());
        (await chief.ChangeAsync(path, "assess", new { chapter = "management", text = "合約回覆過慢" })).Ok();
        (await quality.ChangeAsync(path, "assess", new { chapter = "product-quality", text = "穩定" })).Ok();
        (await Service.ChangeAsync(path, "assess", new { chapter = "after-sales", text = "無異常" })).Ok();
        (
            await chief.ChangeAsync(
                path,
                "set-measure",
                new
                {
                    chapter = "management",
                    what = "三日內回覆合約問題",
                    department = "sales",
                }
            )
        ).Ok();
        (await chief.ChangeAsync(path, "issue")).Ok();
        var head = Fixture.As(Someone.HeadOf("sales"));
        (await head.GetAsync("/v1/work-items?view=department")).Items.ShouldContain(step =>
            step["id"]!.ToString() == opened.Id.ToString()
        );
        (await head.ChangeAsync(path, "report-done", new { measure = 1, text = "已設專人" })).Ok();
        (await quality.ChangeAsync(path, "verify", new { measure = 1, text = "有效" })).Ok();
        (await chief.ChangeAsync(path, "close")).Ok().State.ShouldBe("closed");

        var (pdf, paper) = await Service.DownloadAsync(path + "/review.pdf");
        pdf.Status.ShouldBe(HttpStatusCode.OK, pdf.Readable());
        paper[..5].ShouldBe("%PDF-"u8.ToArray());
        (await Service.DownloadAsync(path + "/review.xlsx?language=en")).Bytes[..2].ShouldBe("PK"u8.ToArray());
        (await Service.GetAsync($"/v1/half-year-reviews/{Guid.CreateVersion7()}/review.pdf")).Status.ShouldBe(
            HttpStatusCode.NotFound
        );
    }

    [Fact]
    [Trait("Rule", "T1")]
    [Trait("Rule", "T3")]
    public async Task A_service_point_is_assessed_with_photos_of_what_failed_corrected_verified_and_printed()
    {
        var (assessment, assessor) = await PlannedAsync();
        var quality = Fixture.As(Someone.InQuality());
        var path = $"/v1/assessments/{assessment}";
        var walker = Fixture.As(
            new Actor(assessor.ToString(), "康評核", new HashSet<string> { Roles.Assessor }, "quality")
        );
        var photo = (
            await walker.PostAsync(path + "/files?purpose=photo", TestPictures.Form(TestPictures.Png, "a.png"))
        ).Ok();
        var catalogue = (await quality.GetAsync("/v1/service-catalogue")).Ok();
        object Scores(Guid shown) =>
            new
            {
                scores = catalogue["items"]
                    .AsArray()
                    .Select(item => new
                    {
                        item = item!["code"]!.ToString(),
                        score = item["mayBeAbsent"]!.GetValue<bool>() ? (int?)null
                        : item["code"]!.ToString() == "T2.safety" ? 1
                        : 4,
                        photos = item["code"]!.ToString() == "T2.safety" ? new[] { shown } : [],
                    }),
            };
        (await walker.ChangeAsync(path, "score", Scores(Guid.CreateVersion7()))).Code.ShouldBe("photo-unknown");

        (await walker.ChangeAsync(path, "score", Scores(photo.Id))).Ok();
        (await walker.ChangeAsync(path, "sign-by-assessor")).Ok();
        var site = Fixture.As(Someone.HeadOf("repair"));
        (await site.ChangeAsync(path, "accept-findings")).Ok();
        (await site.ChangeAsync(path, "correct", new { item = "T2.safety", text = "已更換滅火器" })).Ok();
        (await quality.ChangeAsync(path, "verify", new { item = "T2.safety", text = "有效" })).Ok();
        (await quality.ChangeAsync(path, "close")).Ok().State.ShouldBe("closed");

        var (pdf, paper) = await quality.DownloadAsync(path + "/sheet.pdf");
        pdf.Status.ShouldBe(HttpStatusCode.OK, pdf.Readable());
        TestPictures.Contains(paper, "/Subtype /Image").ShouldBeTrue("the photo is printed");
        (await quality.DownloadAsync(path + "/sheet.xlsx")).Bytes[..2].ShouldBe("PK"u8.ToArray());
    }

    private async Task<IReadOnlyList<string>> NumbersAsync()
    {
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var filed = await scope
            .ServiceProvider.GetRequiredService<IDocumentStore>()
            .ListAsync(DocumentQuery<Response>.All.Where(r => r.IsFiled, true), null, 10_000, default);
        return
        [
            .. filed
                .Where(r => r.ReceivedOn.Year == Fixture.Today.Year)
                .Select(r => r.Number!)
                .Order(StringComparer.Ordinal),
        ];
    }

    private async Task<Guid> AnswerAsync(params FilledItem[] items)
    {
        var (_, token) = await Fixture.InviteAsync();
        var form = new FilledForm
        {
            Overall = "satisfied",
            Items = items,
            Suggestions = "多來看看",
        };
        return (await Fixture.Anonymous().PostAsync($"/v1/f/{token}", form)).Ok().Id;
    }
}
