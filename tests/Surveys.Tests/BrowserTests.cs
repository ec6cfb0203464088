using CustomerService.Surveys.Invitations.Features;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Testing;
using PuppeteerSharp;

namespace CustomerService.Surveys.Tests;

/// <summary>The pages in a real browser (C5.8.2, C5.8.3).</summary>
public sealed class BrowserTests(SurveysFixture fixture, ChromiumFixture chromium) : OnServers<SurveysFixture>(fixture)
{
    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_no_connection_When_interviews_are_taken_in_a_row_Then_they_are_sent_in_order_once_later()
    {
        var (campaign, token) = await Fixture.ToInterviewAsync("D", 4);
        var page = await chromium.NewPageAsync();
        await page.GoToAsync(Address($"/v1/f/i/{token}"));
        await ChromiumFixture.LookAsync(page, "interview-list");
        var gone = await page.EvaluateExpressionAsync<string>(
            "document.querySelectorAll('[data-person]')[1].dataset.person"
        );
        await page.SetOfflineModeAsync(true);

        await TakeAsync(page, "受訪者 1", "satisfied", look: true);
        await TakeAsync(page, "受訪者 2", "satisfied");
        await TakeAsync(page, "受訪者 3", "dissatisfied");
        await TakeAsync(page, "其他受訪者", "very-satisfied");
        await SaysAsync(page, "4 份存於本機");
        await ChromiumFixture.LookAsync(page, "interview-waiting");
        (await ResponsesAsync(campaign)).ShouldBeEmpty();
        // Meanwhile somebody withdraws one of them.
        var withdraw = new WithdrawInvitation.Request("已另約");
        (await Fixture.Sales.ChangeAsync($"/v1/invitations/{gone}", "withdraw", withdraw)).Ok();
        var before = DateTimeOffset.UtcNow;
        await page.SetOfflineModeAsync(false);

        await SaysAsync(page, "未被接受：1 份");
        await ChromiumFixture.LookAsync(page, "interview-refused");
        var taken = await ResponsesAsync(campaign);
        taken.Select(one => one["overall"]!.ToString()).ShouldBe(["satisfied", "dissatisfied", "very-satisfied"]);
        foreach (var one in taken)
        {
            var read = (await Fixture.Sales.GetAsync($"/v1/responses/{one["id"]}")).Ok();
            DateTimeOffset.Parse(read.Text("takenAt"), null).ShouldBeLessThan(before);
            DateTimeOffset.Parse(read.Text("receivedAt"), null).ShouldBeGreaterThan(before.AddSeconds(-1));
        }

        (await VisibleAsync(page)).ShouldBe(["永安置業第 4 分公司", "其他受訪者"]);
        (await page.EvaluateExpressionAsync<string>("document.querySelector('#refused').textContent")).ShouldContain(
            "受訪者 2: 此調查表已撤回"
        );
        await page.EvaluateExpressionAsync("[...document.querySelectorAll('#refused button')].pop().click()");
        (await page.EvaluateExpressionAsync<int>("document.querySelectorAll('#refused li').length")).ShouldBe(0);
        await SaysAsync(page, "已全部送出");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_no_connection_When_the_page_is_loaded_again_Then_it_opens_and_what_was_taken_is_sent_once()
    {
        var (campaign, token) = await Fixture.ToInterviewAsync("D", 4);
        await using var line = CutLine.To(Fixture.Service.Http);
        var address = new Uri(line.Address, $"/v1/f/i/{token}").ToString();
        var page = await chromium.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, said) => complaints.Add(said.Message.Text);
        await page.GoToAsync(address);
        await KeptAsync(page, "受訪者 4");
        line.Cut();

        await page.ReloadAsync();
        await ChromiumFixture.LookAsync(page, "interview-reloaded-without-network");
        await TakeAsync(page, "受訪者 1", "satisfied");
        await page.GoToAsync(address);
        await SaysAsync(page, "1 份存於本機");
        (await VisibleAsync(page)).ShouldNotContain("永安置業第 1 分公司");
        await OpenAsync(page, "受訪者 2");
        await page.ClickAsync("label[for='overall-dissatisfied']");
        await page.TypeAsync("#suggestions", "電話請打 13800000000");
        await page.ReloadAsync();
        await OpenAsync(page, "受訪者 2");
        (await page.EvaluateExpressionAsync<string>("document.querySelector('#suggestions').value")).ShouldBe(
            "電話請打 13800000000"
        );
        await page.ClickAsync("#interview > button");
        await SaysAsync(page, "2 份存於本機");
        await page.ReloadAsync();
        await SaysAsync(page, "2 份存於本機");
        (await ResponsesAsync(campaign)).ShouldBeEmpty();

        line.Mend();
        await page.EvaluateExpressionAsync("dispatchEvent(new Event('online'))");
        await SaysAsync(page, "已全部送出");
        (await ResponsesAsync(campaign))
            .Select(one => one["overall"]!.ToString())
            .ShouldBe(["satisfied", "dissatisfied"]);

        // Whoever was asked has left the device.
        await KeptAsync(page, "受訪者 4", "受訪者 1", "受訪者 2", "010-6555-0101", "13800000000");
        (await page.EvaluateExpressionAsync<string>("JSON.stringify(localStorage)")).ShouldNotContain("受訪者");
        await page.ReloadAsync();
        line.Cut();
        await page.ReloadAsync();
        (await VisibleAsync(page)).ShouldBe(["永安置業第 3 分公司", "永安置業第 4 分公司", "其他受訪者"]);
        (await ResponsesAsync(campaign)).Count.ShouldBe(2);
        complaints.Where(said => said.Contains("Content Security Policy", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_answers_that_arrive_while_the_line_breaks_When_it_is_there_again_Then_they_count_once()
    {
        var (campaign, token) = await Fixture.ToInterviewAsync("D", 3);
        await using var line = CutLine.To(Fixture.Service.Http);
        var page = await chromium.NewPageAsync();
        await page.GoToAsync(new Uri(line.Address, $"/v1/f/i/{token}").ToString());
        await KeptAsync(page, "受訪者 3");
        // The server has them, and its answer is lost.
        await page.EvaluateFunctionAsync(
            "() => { const real = fetch; fetch = async (...all) => { const got = await real(...all);"
                + " if (all[1]?.method === 'POST') { fetch = real; throw new TypeError('cut'); } return got; }; }"
        );
        await TakeAsync(page, "受訪者 1", "satisfied");
        await Eventually.IsTrue(async () => (await ResponsesAsync(campaign)).Count == 1, "the server has it");
        line.Cut();
        await page.ReloadAsync();
        await SaysAsync(page, "1 份存於本機");

        line.Mend();
        await page.EvaluateExpressionAsync("dispatchEvent(new Event('online'))");

        await SaysAsync(page, "已全部送出");
        (await ResponsesAsync(campaign)).ShouldHaveSingleItem();
        await KeptAsync(page, "受訪者 3", "受訪者 1");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_a_link_that_holds_no_more_When_its_page_is_opened_Then_nothing_of_it_stays_on_the_device()
    {
        var (campaign, token) = await Fixture.ToInterviewAsync("C", 2);
        await using var line = CutLine.To(Fixture.Service.Http);
        var address = new Uri(line.Address, $"/v1/f/i/{token}").ToString();
        var page = await chromium.NewPageAsync();
        await page.GoToAsync(address);
        await KeptAsync(page, "受訪者 1");
        var link = (await Fixture.Sales.GetAsync($"/v1/interview-links?campaignId={campaign.Id}")).Ok().Items.Single();
        (await Fixture.Sales.ChangeAsync($"/v1/interview-links/{link["id"]}", "revoke", null)).Ok();

        await page.ReloadAsync();

        await page.WaitForFunctionAsync(
            "async () => !(await caches.match(location.pathname, { ignoreSearch: true, ignoreVary: true }))"
        );
        line.Cut();
        await IsGoneAsync(page);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_a_day_that_is_over_When_the_page_is_opened_without_a_connection_Then_it_is_gone()
    {
        var (_, token) = await Fixture.ToInterviewAsync("C", 2);
        await using var line = CutLine.To(Fixture.Service.Http);
        var page = await chromium.NewPageAsync();
        await page.GoToAsync(new Uri(line.Address, $"/v1/f/i/{token}").ToString());
        await KeptAsync(page, "受訪者 1");
        (
            await page.EvaluateFunctionAsync<string>(
                "async () => (await caches.match(location.pathname, { ignoreVary: true })).headers.get('Kept-Until')"
            )
        ).ShouldContain("T16:00:00");
        await page.EvaluateFunctionAsync(
            """
            async () => {
              const cache = await caches.open('interviews');
              const kept = await cache.match(location.pathname, { ignoreVary: true });
              const headers = new Headers(kept.headers);
              headers.set('Kept-Until', '2026-01-01T00:00:00Z');
              await cache.put(location.pathname, new Response(await kept.text(), { headers }));
            }
            """
        );
        line.Cut();

        await IsGoneAsync(page);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_an_interview_begun_When_the_page_is_left_and_opened_again_Then_it_goes_on_where_it_was()
    {
        var (_, token) = await Fixture.ToInterviewAsync("C", 1);
        var page = await chromium.NewPageAsync(1440, language: "en");
        await page.GoToAsync(Address($"/v1/f/i/{token}"));
        await ChromiumFixture.LookAsync(page, "interview-list");
        await OpenAsync(page, "受訪者 1");
        await page.ClickAsync("label[for='E.skill-satisfied']".Replace(".", "\\."));
        await page.TypeAsync("#suggestions", "more parking");
        await page.GoBackAsync();
        (await VisibleAsync(page)).ShouldContain("永安置業第 1 分公司");

        await page.GoToAsync(Address($"/v1/f/i/{token}"));
        await OpenAsync(page, "受訪者 1");

        (await page.EvaluateExpressionAsync<string>("document.querySelector('#suggestions').value")).ShouldBe(
            "more parking"
        );
        (await page.EvaluateExpressionAsync<string>("document.querySelector('#respondent').value")).ShouldBe(
            "受訪者 1"
        );
        await ChromiumFixture.LookAsync(page, "interview-form");
        await page.ClickAsync("#break summary");
        await page.TypeAsync("#reason", "called away");
        await page.ClickAsync("#break button");
        await SaysAsync(page, "Everything is sent.");
        (await VisibleAsync(page)).ShouldBe(["Somebody else"]);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_no_scripts_When_an_interviewer_asks_Then_each_form_is_sent_by_itself()
    {
        var (campaign, token) = await Fixture.ToInterviewAsync("D", 1);
        var page = await chromium.NewPageAsync(scripts: false, language: "zh-Hans");
        await page.GoToAsync(Address($"/v1/f/i/{token}"));
        await ClickAndWaitAsync(page, "li:first-child a.open");
        await ChromiumFixture.LookAsync(page, "interview-form-without-scripts");
        await page.ClickAsync("label[for='overall-satisfied']");

        await ClickAndWaitAsync(page, "#interview > button");

        await ChromiumFixture.LookAsync(page, "interview-list-without-scripts");
        (await page.GetContentAsync()).ShouldContain("答复已记录");
        await page.GoBackAsync();
        var taken = (await ResponsesAsync(campaign)).ShouldHaveSingleItem();
        (await Fixture.Sales.GetAsync($"/v1/responses/{taken["id"]}")).Ok().Text("mode").ShouldBe("interview");
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public async Task Given_no_scripts_When_a_customer_goes_on_later_and_back_Then_the_form_counts_once()
    {
        var (id, token) = await Fixture.InviteAsync();
        var page = await chromium.NewPageAsync(scripts: false);
        await page.GoToAsync(Address($"/v1/f/{token}"));
        await ChromiumFixture.LookAsync(page, "form-without-scripts");
        await page.ClickAsync("label[for='E\\.skill-satisfied']");
        await page.TypeAsync("#suggestions", "請先來電");
        await ClickAndWaitAsync(page, "button.later");
        (await page.GetContentAsync()).ShouldContain("已保存所填內容");
        await ChromiumFixture.LookAsync(page, "form-saved");

        await page.GoToAsync(Address($"/v1/f/{token}"));
        (await page.QuerySelectorAsync("#E\\.skill-satisfied:checked")).ShouldNotBeNull();
        (await page.GetContentAsync()).ShouldContain("請先來電");
        // The browser itself asks for what is required.
        await page.ClickAsync("form > button");
        (await page.QuerySelectorAsync("#overall-satisfied:invalid")).ShouldNotBeNull();
        await page.ClickAsync("label[for='overall-satisfied']");
        await ClickAndWaitAsync(page, "form > button");
        (await page.GetContentAsync()).ShouldContain("class=\"done\"");
        await ChromiumFixture.LookAsync(page, "form-thanks");

        await page.GoBackAsync();
        if (await page.QuerySelectorAsync("form > button") is not null)
        {
            await ClickAndWaitAsync(page, "form > button");
        }

        await ChromiumFixture.LookAsync(page, "form-back");
        (await Fixture.Sales.GetAsync($"/v1/responses?invitationId={id}")).Ok().Items.ShouldHaveSingleItem();
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public async Task Given_a_branch_When_its_answer_is_taken_back_Then_it_hides_and_nothing_of_it_is_sent()
    {
        var (campaign, token) = await Fixture.ToBranchAsync();
        var page = await chromium.NewPageAsync();
        await page.GoToAsync(Address($"/v1/f/{token}"));
        (await IsShownAsync(page, "F.why")).ShouldBeFalse();

        await page.ClickAsync("label[for='F\\.one-dissatisfied']");
        (await IsShownAsync(page, "F.why")).ShouldBeTrue();
        await page.ClickAsync("label[for='F\\.why-rather-dissatisfied']");
        (await IsShownAsync(page, "F.deeper")).ShouldBeTrue();
        await page.ClickAsync("label[for='F\\.deeper-dissatisfied']");
        await ChromiumFixture.LookAsync(page, "form-branch");
        await page.ClickAsync("label[for='F\\.one-satisfied']");
        (await IsShownAsync(page, "F.why")).ShouldBeFalse();
        (await IsShownAsync(page, "F.deeper")).ShouldBeFalse("what follows from it hides, too");
        (
            await page.EvaluateExpressionAsync<string>("[...new FormData(document.forms[0]).keys()].join(' ')")
        ).ShouldNotContain("F.why");
        await page.ClickAsync("label[for='overall-satisfied']");
        await ClickAndWaitAsync(page, "form > button");

        var taken = (await ResponsesAsync(campaign)).ShouldHaveSingleItem();
        var read = (await Fixture.Sales.GetAsync($"/v1/responses/{taken["id"]}")).Ok();
        read["items"].AsArray().Select(item => item!["item"]!.ToString()).ShouldBe(["F.one"]);
        read.Text("verdict").ShouldBe("content");
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public async Task Given_no_scripts_When_a_required_branch_is_left_out_Then_it_is_named_in_the_companys_words()
    {
        var (campaign, token) = await Fixture.ToBranchAsync();
        var page = await chromium.NewPageAsync(scripts: false);
        await page.GoToAsync(Address($"/v1/f/{token}"));
        await page.ClickAsync("label[for='F\\.one-dissatisfied']");
        await page.ClickAsync("label[for='overall-satisfied']");
        await ClickAndWaitAsync(page, "form > button");
        (await page.EvaluateExpressionAsync<string>("document.querySelector('.wrong').textContent")).ShouldContain(
            "「為何不滿」"
        );

        // Without scripts the branch stands there, and counts only after its answer.
        await page.ClickAsync("label[for='F\\.one-satisfied']");
        await page.ClickAsync("label[for='F\\.why-dissatisfied']");
        await ClickAndWaitAsync(page, "form > button");

        var taken = (await ResponsesAsync(campaign)).ShouldHaveSingleItem();
        var read = (await Fixture.Sales.GetAsync($"/v1/responses/{taken["id"]}")).Ok();
        read["items"].AsArray().Select(item => item!["item"]!.ToString()).ShouldBe(["F.one"]);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_the_pages_of_forms_When_opened_in_each_language_and_width_Then_they_fit_and_are_in_that_language()
    {
        var (_, token) = await Fixture.InviteAsync();
        var (_, spent) = await Fixture.InviteAsync();
        (await Fixture.Anonymous().PostAsync($"/v1/f/{spent}", new FilledForm { Overall = "satisfied" })).Ok();
        var (_, interview) = await Fixture.ToInterviewAsync("C", 2);
        var pages = new Dictionary<string, string>
        {
            ["form"] = $"/v1/f/{token}?",
            ["form-spent"] = $"/v1/f/{spent}?",
            ["form-unknown"] = $"/v1/f/{new string('A', 22)}?",
            ["code"] = "/v1/f?",
            ["code-unknown"] = "/v1/f?code=K7Q9-2M4X&",
            ["interview"] = $"/v1/f/i/{interview}?",
        };

        foreach (var (name, path) in pages)
        {
            await chromium.LookInEachLanguageAsync(name, language => new Uri(Address(path + "culture=" + language)));
        }
    }

    private static Task<bool> IsShownAsync(IPage page, string item) =>
        page.EvaluateFunctionAsync<bool>(
            "name => { const field = document.querySelector(`[name='grade.${name}']`).closest('fieldset');"
                + " return !field.hidden && !field.disabled; }",
            item
        );

    private string Address(string path) => new Uri(Fixture.Service.Http, path).ToString();

    private async Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode>> ResponsesAsync(ApiAnswer campaign)
    {
        var newest = (await Fixture.Sales.GetAsync($"/v1/responses?campaignId={campaign.Id}")).Ok().Items;
        return [.. newest.Reverse()!];
    }

    private static async Task TakeAsync(IPage page, string whom, string overall, bool look = false)
    {
        await OpenAsync(page, whom);
        if (look)
        {
            await ChromiumFixture.LookAsync(page, "interview-form");
        }

        await page.ClickAsync($"label[for='overall-{overall}']");
        await page.ClickAsync("#interview > button");
        await page.WaitForFunctionAsync("() => document.getElementById('interview').hidden");
    }

    private static async Task OpenAsync(IPage page, string whom)
    {
        await page.EvaluateFunctionAsync(
            "whom => [...document.querySelectorAll('a.open')].find(a => a.textContent.includes(whom)).click()",
            whom
        );
        await page.WaitForFunctionAsync("() => !document.getElementById('interview').hidden");
    }

    /// <summary>Loaded again without a connection, it is the browser's own page about that.</summary>
    private static async Task IsGoneAsync(IPage page)
    {
        await page.ReloadAsync();
        (await page.GetContentAsync()).ShouldNotContain("受訪者");
        (await page.QuerySelectorAsync("[data-interviews]")).ShouldBeNull();
    }

    private static Task SaysAsync(IPage page, string what) =>
        page.WaitForFunctionAsync(
            "what => document.getElementById('state').textContent.includes(what)",
            new WaitForFunctionOptions { Timeout = 10_000 },
            what
        );

    /// <summary>The worker answers for the page, and what is kept of it has one text and none of others.</summary>
    private static Task KeptAsync(IPage page, string has, params string[] hasNone) =>
        page.WaitForFunctionAsync(
            """
            async (has, hasNone) => {
              const kept = await caches.match(location.pathname, { ignoreSearch: true, ignoreVary: true });
              const text = kept ? await kept.text() : '';
              return navigator.serviceWorker.controller && text.includes(has) && !hasNone.some(one => text.includes(one));
            }
            """,
            new WaitForFunctionOptions { Timeout = 10_000 },
            has,
            hasNone
        );

    private static Task<string[]> VisibleAsync(IPage page) =>
        page.EvaluateExpressionAsync<string[]>(
            "[...document.querySelectorAll('[data-person]')].filter(row => !row.hidden)"
                + ".map(row => row.querySelector('strong').textContent)"
        );

    private static Task ClickAndWaitAsync(IPage page, string selector) =>
        Task.WhenAll(page.WaitForNavigationAsync(), page.ClickAsync(selector));
}
