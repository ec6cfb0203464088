using CustomerService.Contracts.Identity.V1;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;
using CustomerService.Surveys.Goals.Jobs;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Questionnaires.Features;
using CustomerService.Surveys.Tests.Domain;
using CustomerService.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Surveys.Tests;

/// <summary>Worked cases 8 and 10 through API and broker, and what follows for a department (C5.9, C5.10).</summary>
public sealed class SatisfactionStory(SurveysFixture fixture) : OnServers<SurveysFixture>(fixture)
{
    private ApiClient Service => Fixture.As(Someone.InCustomerService());

    [Fact]
    [Trait("Rule", "C5.10")]
    [Trait("Case", "8")]
    public async Task Twenty_forms_sent_and_ten_returned_are_seventy_percent_with_one_complaint()
    {
        var campaign = await CampaignAsync("D", "quality", null);
        var batch = (
            await Service.PostAsync($"/v1/campaigns/{campaign.Id}/print", new { sheets = 20 }, campaign.ETag)
        ).Ok();
        var codes = await CodesAsync(batch.Id, 20);
        string[] grades =
        [
            .. Enumerable.Repeat("very-satisfied", 3),
            .. Enumerable.Repeat("satisfied", 2),
            .. Enumerable.Repeat("fairly-satisfied", 2),
            .. Enumerable.Repeat("rather-dissatisfied", 2),
            "dissatisfied",
        ];

        var answered = new List<Guid>();
        foreach (var (code, grade) in codes.Zip(grades))
        {
            var form = new FilledForm { Overall = grade };
            answered.Add((await Fixture.Anonymous().PostAsync($"/v1/f/{code}", form)).Ok().Id);
            // Delivered twice: the link is spent.
            (await Fixture.Anonymous().PostAsync($"/v1/f/{code}", form)).Code.ShouldBe("link-used");
        }

        var figures = (await Service.GetAsync($"/v1/satisfaction?campaignId={campaign.Id}")).Ok();
        (figures["sent"]!.GetValue<int>(), figures["figures"]["recovered"]!.GetValue<int>()).ShouldBe((20, 10));
        figures["figures"]["percent"]!.GetValue<decimal>().ShouldBe(70.0m);
        figures["responseRate"]!.GetValue<decimal>().ShouldBe(50.0m);
        figures["figures"]["distribution"]!
            .AsArray()
            .Select(d => d!["count"]!.GetValue<int>())
            .ShouldBe([3, 2, 2, 2, 1]);
        figures["trend"]!.AsArray().Single(month => month!["figures"]!["recovered"]!.GetValue<int>() > 0)!["figures"]![
            "percent"
        ]!
            .GetValue<decimal>()
            .ShouldBe(70.0m);
        // One event, and so one complaint; the two that are rather dissatisfied only warn.
        await Fixture.EventAsync(answered[9], "surveys.response.dissatisfied.v1");
        answered
            .Count(id => Fixture.EventsOf(id).Any(e => e.RoutingKey == "surveys.response.dissatisfied.v1"))
            .ShouldBe(1);
        answered.Count(id => Fixture.EventsOf(id).Any(e => e.RoutingKey == "surveys.response.warned.v1")).ShouldBe(2);
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    [Trait("Case", "10")]
    public async Task A_form_counts_for_the_department_it_names_or_for_each_whose_items_it_asks()
    {
        // Departments of this test alone, so that the whole period is theirs.
        var run = Guid.CreateVersion7().ToString("N")[20..];
        var (engineering, sales, product) = ($"eng-{run}", $"sal-{run}", $"P-{run}");
        var both = await PublishAsync(engineering, sales);
        var salesOnly = await PublishAsync(sales, sales);

        await AnswerOpenAsync(await CampaignAsync("D", engineering, both, product), "fairly-satisfied");
        await AnswerOpenAsync(await CampaignAsync("D", null, both, product), "rather-dissatisfied");
        await AnswerOpenAsync(await CampaignAsync("D", null, salesOnly, product), "very-satisfied");

        var figures = (await Service.GetAsync($"/v1/satisfaction?product={product}")).Ok();
        figures["figures"]["percent"]!.GetValue<decimal>().ShouldBe(66.7m);
        figures["departments"]!
            .AsArray()
            .Select(d => (d!["department"]!.ToString(), d["figures"]!["percent"]!.GetValue<decimal>()))
            .ShouldBe([(engineering, 50.0m), (sales, 50.0m)]);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task A_batch_is_printed_used_and_revoked()
    {
        var campaign = await CampaignAsync("A", null, null);
        var batch = (
            await Service.PostAsync($"/v1/campaigns/{campaign.Id}/print", new { sheets = 13 }, campaign.ETag)
        ).Ok();
        var codes = await CodesAsync(batch.Id, 13);
        (await Fixture.Anonymous().PostAsync($"/v1/f/{codes[0]}", new FilledForm { Overall = "satisfied" })).Ok();
        // What was begun can be finished later, and does not spend the code.
        (await Fixture.Anonymous().PostAsync($"/v1/f/{codes[1]}/draft", new FilledForm { Suggestions = "未完" })).Ok();

        var pdf = await Service.GetAsync($"/v1/sheet-batches/{batch.Id}/sheets.pdf?language=en");
        pdf.Raw.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        var again = (
            await Service.PostAsync($"/v1/sheet-batches/{batch.Id}/reprint", new { reason = "紙張受潮" }, batch.ETag)
        ).Ok();
        (await Service.PostAsync($"/v1/sheet-batches/{batch.Id}/revoke", new { reason = "遺失" }, again.ETag)).Ok();

        (await Fixture.Anonymous().GetAsync($"/v1/f/{codes[5]}")).Code.ShouldBe("link-withdrawn");
        var read = (await Service.GetAsync($"/v1/sheet-batches/{batch.Id}")).Ok();
        (read["codes"]["answered"]!.GetValue<int>(), read["codes"]["withdrawn"]!.GetValue<int>()).ShouldBe((1, 12));
        var figures = (await Service.GetAsync($"/v1/satisfaction?campaignId={campaign.Id}")).Ok();
        (figures["partial"]!.GetValue<int>(), figures["figures"]["recovered"]!.GetValue<int>()).ShouldBe((1, 1));
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task A_list_is_asked_once_and_who_opted_out_is_left_in_peace()
    {
        var campaign = await CampaignAsync("C", null, null);
        var person = new
        {
            customerId = Guid.CreateVersion7(),
            customerName = "永安置業",
            contact = "王工",
            phone = "010-1",
        };

        var asked = (
            await Fixture.Sales.PostAsync(
                $"/v1/campaigns/{campaign.Id}/invite",
                new { people = new[] { person, person } },
                campaign.ETag
            )
        ).Ok();

        asked["outcomes"]!.AsArray().Select(o => o!["code"]?.ToString()).ShouldBe([null, "asked-recently"]);
        var id = Guid.Parse(asked["outcomes"]![0]!["invitationId"]!.ToString());
        var sent = await Fixture.EventAsync(id, "surveys.invitation.sent.v1");
        new Uri(sent.Text("link")).AbsolutePath.Length.ShouldBeLessThanOrEqualTo(40);
        sent.Text("channel").ShouldBe("message");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    [Trait("Rule", "C5.9")]
    public async Task An_interview_is_marked_and_its_suggestion_and_owed_answer_are_followed_up()
    {
        var invited = (
            await Fixture.Sales.PostAsync(
                "/v1/invitations",
                SurveysFixture.Request("C") with
                {
                    Interview = true,
                    Contact = "趙總",
                }
            )
        ).Ok();
        var form = new FilledForm
        {
            Overall = "satisfied",
            Suggestions = "希望有夜間服務",
            WantsAnswer = true,
        };

        var taken = (
            await Fixture.Sales.PostAsync(
                $"/v1/invitations/{invited.Id}/take-down",
                new { mode = "interview", form },
                "\"1\""
            )
        ).Ok();

        var response = Guid.Parse(taken.Text("responseId"));
        (await Fixture.EventAsync(response, "surveys.response.received.v1")).Text("mode").ShouldBe("interview");
        var owed = (await Service.GetAsync("/v1/owed-answers?state=owed")).Ok()["items"]!
            .AsArray()
            .Single(o => o!["responseId"]!.ToString() == response.ToString())!;
        owed["what"]!.ToString().ShouldBe("希望有夜間服務");
        (await Service.PostAsync($"/v1/owed-answers/{owed["id"]}/give", new { words = "已電話回覆" }, "\"1\""))
            .Ok()
            .State.ShouldBe("given");
        var suggestion = (await Service.GetAsync("/v1/suggestions?state=registered")).Ok()["items"]!
            .AsArray()
            .Single(s => s!["responseId"]!.ToString() == response.ToString())!;
        var developer = Fixture.As(Someone.With("gao", "technical", Roles.ProductDevelopment));
        (
            await developer.PostAsync(
                $"/v1/suggestions/{suggestion["id"]}/take-up",
                new { topic = "夜間服務", reason = "明年試行" },
                "\"1\""
            )
        )
            .Ok()
            .State.ShouldBe("taken-up");
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    [Trait("Rule", "C5.10")]
    public async Task A_department_below_its_goal_is_ordered_criticised_and_told_by_a_contact_note()
    {
        var department = $"dep-{Guid.CreateVersion7().ToString("N")[20..]}";
        var campaign = await CampaignAsync("D", department, null);
        var batch = (
            await Service.PostAsync($"/v1/campaigns/{campaign.Id}/print", new { sheets = 5 }, campaign.ETag)
        ).Ok();
        var answered = new List<Guid>();
        foreach (var code in await CodesAsync(batch.Id, 5))
        {
            var form = new FilledForm
            {
                Overall = "rather-dissatisfied",
                Items = [new("E.speed", "rather-dissatisfied", "太慢")],
            };
            answered.Add((await Fixture.Anonymous().PostAsync($"/v1/f/{code}", form)).Ok().Id);
        }

        var today = DateOnly
            .Parse(campaign.Text("lastDay"), System.Globalization.CultureInfo.InvariantCulture)
            .AddDays(-10);
        var note = (
            await Service.PostAsync(
                "/v1/contact-notes",
                new
                {
                    department,
                    from = today,
                    to = today,
                    text = "速度偏低",
                }
            )
        ).Ok();
        note.Text("number").ShouldStartWith("LL-");
        var item = note["findings"]["items"]![0]!;
        (item["item"]!.ToString(), item["comments"]!.AsArray().Count).ShouldBe(("E.speed", 5));
        var head = Fixture.As(Someone.HeadOf(department));
        var taken = (await head.PostAsync($"/v1/contact-notes/{note.Id}/take", new { }, note.ETag)).Ok();
        var assigned = await head.GetAsync("/v1/work-items?view=assigned");
        assigned.Items.ShouldContain(step => step["id"]!.ToString() == note.Id.ToString());
        var released = (await head.PostAsync($"/v1/contact-notes/{note.Id}/release", new { }, taken.ETag)).Ok();
        (await head.PostAsync($"/v1/contact-notes/{note.Id}/receive", new { }, released.ETag))
            .Ok()
            .State.ShouldBe("received");

        (
            await Service.PostAsync(
                "/v1/evaluations",
                new
                {
                    department,
                    from = today,
                    to = today,
                }
            )
        ).Code.ShouldBe("period-not-over");
        foreach (var id in answered)
        {
            await Fixture.PastTheRulesAsync(store => store.SetResponseAsync(id, "receivedOn", "2026-02-02"));
        }

        var evaluation = (
            await Service.PostAsync(
                "/v1/evaluations",
                new
                {
                    department,
                    from = "2026-02-01",
                    to = "2026-02-28",
                }
            )
        ).Ok();
        (evaluation.State, evaluation["percent"]!.GetValue<decimal>()).ShouldBe(("ordered", 0.0m));
        await Fixture.DeliverAsync(
            new DepartmentChanged(
                Guid.CreateVersion7(),
                1,
                department,
                "Shop 3",
                "第三車間",
                "第三车间",
                null,
                null,
                null,
                null,
                "zh-Hant",
                "company",
                true
            )
        );
        var order = await Fixture.EventAsync(evaluation.Id, "surveys.corrective-order.issued.v1");
        order.Text("notice").ShouldStartWith("TB-");
        var board = (await Fixture.Sales.GetAsync("/v1/notices", "zh-Hant")).Ok();
        board["items"]!.AsArray().Single(n => n!["department"]!.ToString() == department)!["text"]!
            .ToString()
            .ShouldContain("通報批評：第三車間 2026");
        (
            await Service.PostAsync(
                "/v1/evaluations",
                new
                {
                    department,
                    from = "2026-02-01",
                    to = "2026-02-28",
                }
            )
        ).Code.ShouldBe("already-evaluated");

        // Its deadline is over, and no form came since the order: it is shown, and nothing follows.
        await Fixture.PastTheRulesAsync(store => store.SetEvaluationAsync(evaluation.Id, "dueOn", "2026-03-31"));
        var job = Fixture.Service.Services.GetRequiredService<MeasureAgain>();
        await job.SweepAsync(TestContext.Current.CancellationToken);
        var again = (await Service.GetAsync($"/v1/evaluations/{evaluation.Id}")).Ok();
        (again.State, again["recoveredAgain"].GetValue<int>()).ShouldBe(("shown-again", 0));
        var told = await Fixture.EventAsync(evaluation.Id, "surveys.department.measured-again.v1");
        told.Text("outcome").ShouldBe("not-available");
    }

    [Fact]
    [Trait("Rule", "T1")]
    public async Task A_service_point_is_assessed_and_the_site_never_learns_who_came()
    {
        var (planned, point, assessor) = await Fixture.PlanAssessmentAsync("平評核", mystery: true);
        var quality = Fixture.As(Someone.InQuality());
        var id = planned["items"]![0]!["id"]!.ToString();
        planned["items"]![0]!["assessor"]!.ToString().ShouldBe("平評核");

        var site = Fixture.As(Someone.HeadOf("repair"));
        // That somebody comes the site learns when somebody was there.
        (await site.GetAsync($"/v1/assessments/{id}")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await site.GetAsync($"/v1/assessments?pointId={point}")).Ok().Items.ShouldBeEmpty();
        (await site.PostAsync($"/v1/assessments/{id}/sign-by-site", new { }, "\"1\"")).Status.ShouldBe(
            System.Net.HttpStatusCode.NotFound
        );
        (await quality.GetAsync($"/v1/assessments?pointId={point}")).Ok().Items.ShouldHaveSingleItem();
        (await site.GetAsync($"/v1/assessments/{id}/timeline")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
        var catalogue = (await quality.GetAsync("/v1/service-catalogue", "zh-Hant")).Ok();
        catalogue["items"]!.AsArray().Count.ShouldBe(23);
        var scores = catalogue["items"]!
            .AsArray()
            .Select(item => new
            {
                item = item!["code"]!.ToString(),
                score = item["mayBeAbsent"]!.GetValue<bool>() ? (int?)null : 4,
            });
        var walker = Fixture.As(
            new Actor(assessor.ToString(), "平評核", new HashSet<string> { Roles.Assessor }, "quality")
        );
        // A photo and a note of the visit, whose words say where and who: nothing of them is told before its turn.
        var files = $"/v1/assessments/{id}/files";
        var early = (
            await walker.PostAsync(
                files + "?purpose=photo&caption=%E4%BA%A6%E8%8E%8A",
                TestPictures.Form(TestPictures.Png, "平評核 亦莊服務中心.png")
            )
        ).Ok();
        var struck = (
            await walker.PostAsync(files + "?purpose=photo", TestPictures.Form(TestPictures.Png, "b.png"))
        ).Ok();
        (await walker.PostAsync($"{files}/{struck.Id}/remove", new { reason = "模糊" }, struck.ETag)).Ok();
        var note = (await walker.PostAsync($"/v1/assessments/{id}/notes", new { text = "到了亦莊" })).Ok();
        (await walker.PostAsync($"/v1/assessments/{id}/score", new { scores }, "\"1\"")).Ok().State.ShouldBe("scored");
        var seen = (await site.GetAsync($"/v1/assessments/{id}")).Ok();
        seen.Readable().ShouldNotContain("平評核");
        seen.Readable().ShouldNotContain(assessor.ToString());
        (await walker.PostAsync($"/v1/assessments/{id}/sign-by-assessor", new { }, "\"2\"")).Ok();
        // Streams of events go to all staff: the first that tells of its steps asks the site to sign, and names nobody.
        var told = await Fixture.EventAsync(
            "surveys.work.changed.v1",
            e => e.Body.ToJsonString().Contains(id, StringComparison.Ordinal)
        );
        told.Body.ToJsonString().ShouldContain("\"signed-by-assessor\"");
        told.Body.ToJsonString().ShouldNotContain(assessor.ToString());
        // What comes after it is told, without who came.
        var late = (
            await walker.PostAsync(files + "?purpose=photo", TestPictures.Form(TestPictures.Png, "c.png"))
        ).Ok();
        var photo = await Fixture.EventAsync(late.Id, "surveys.file.added.v1");
        var further = (await walker.PostAsync($"/v1/assessments/{id}/notes", new { text = "補充" })).Ok();
        var word = await Fixture.EventAsync(further.Id, "surveys.note.added.v1");
        foreach (var body in new[] { photo.Body, word.Body })
        {
            body.ToJsonString().ShouldContain("system:surveys");
            body.ToJsonString().ShouldNotContain(assessor.ToString());
            body.ToJsonString().ShouldNotContain("平評核");
            body.ToJsonString().ShouldNotContain(point.ToString());
        }

        Guid[] quiet = [early.Id, struck.Id, note.Id];
        Fixture.Seen.ShouldNotContain(e => quiet.Any(one => e.Body.ToJsonString().Contains(one.ToString())));
        (await site.PostAsync($"/v1/assessments/{id}/sign-by-site", new { }, "\"3\"")).Ok().State.ShouldBe("closed");

        var beside = (await quality.GetAsync("/v1/service-quality")).Ok();
        beside["points"]!.AsArray().Single(p => p!["pointId"]!.ToString() == point.ToString())!["percent"]!
            .GetValue<decimal>()
            .ShouldBe(80.0m);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task An_anonymous_form_is_taken_once_and_leaves_code_and_answer_apart()
    {
        var planned = (
            await Service.PostAsync(
                "/v1/campaigns",
                new
                {
                    title = "匿名",
                    kind = "D",
                    lastDay = "2035-01-31",
                    anonymous = true,
                }
            )
        ).Ok();
        var campaign = (await Service.PostAsync($"/v1/campaigns/{planned.Id}/begin", new { }, planned.ETag)).Ok();
        var batch = (
            await Service.PostAsync($"/v1/campaigns/{campaign.Id}/print", new { sheets = 6 }, campaign.ETag)
        ).Ok();
        var codes = await CodesAsync(batch.Id, 6);

        var answers = await Task.WhenAll(
            codes.Select(code =>
                Fixture.Anonymous().PostAsync($"/v1/f/{code}", new FilledForm { Overall = "satisfied" })
            )
        );

        answers.ShouldAllBe(a => a.Status == System.Net.HttpStatusCode.Created);
        (
            await Fixture.Anonymous().PostAsync($"/v1/f/{codes[0]}", new FilledForm { Overall = "dissatisfied" })
        ).Code.ShouldBe("link-used");
        (await Fixture.Anonymous().GetAsync($"/v1/f/{codes[1]}")).Code.ShouldBe("link-used");
        var figures = (await Service.GetAsync($"/v1/satisfaction?campaignId={campaign.Id}")).Ok();
        figures["figures"]["recovered"]!.GetValue<int>().ShouldBe(6);
        // Neither the codes nor the answers have broken a chain of the audit trail.
        (await Fixture.As(Someone.Operator()).GetAsync("/v1/operations/audit-check"))
            .Ok()
            .Readable()
            .ShouldNotContain("answer-box");
    }

    private async Task<ApiAnswer> CampaignAsync(
        string kind,
        string? department,
        int? questionnaireVersion,
        string? product = null
    )
    {
        var planned = (
            await Service.PostAsync(
                "/v1/campaigns",
                new
                {
                    title = "調查",
                    kind,
                    lastDay = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8)).AddDays(10),
                    department,
                    product,
                    open = true,
                }
            )
        ).Ok();
        var begun = (await Service.PostAsync($"/v1/campaigns/{planned.Id}/begin", new { }, planned.ETag)).Ok();
        if (questionnaireVersion is { } version)
        {
            // A version in force would be asked by every other test, too.
            await Fixture.PastTheRulesAsync(store => store.SetVersionAsync(begun.Id, version));
        }

        return begun;
    }

    private async Task<int> PublishAsync(string first, string second)
    {
        var content = EditionRules.Whole(first);
        var drafted = (
            await Service.PostAsync(
                "/v1/editions",
                new WriteEdition.Request
                {
                    Title = "v",
                    Items =
                    [
                        .. content.Items.Select((item, place) => place > 2 ? item with { Department = second } : item),
                    ],
                    Kinds = [.. content.Kinds.Select(k => new KindContent(k.Kind.ToString(), k.Items))],
                    NamesCompetitor = true,
                }
            )
        ).Ok();
        var published = (
            await Fixture
                .As(Someone.SalesManager())
                .PostAsync(
                    $"/v1/editions/{drafted.Id}/publish",
                    new { effectiveFrom = DateOnly.FromDateTime(DateTime.UtcNow.AddYears(5)) },
                    drafted.ETag
                )
        ).Ok();
        return published["questionnaireVersion"]!.GetValue<int>();
    }

    private async Task AnswerOpenAsync(ApiAnswer campaign, string overall)
    {
        var token = campaign.Text("openLink").Split('/')[^1];
        (await Fixture.Anonymous().PostAsync($"/v1/f/{token}", new FilledForm { Overall = overall })).Ok();
    }

    private async Task<IReadOnlyList<string>> CodesAsync(Guid batch, int count) =>
        await Fixture.CodesAsync(batch, count);
}
