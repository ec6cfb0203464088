using CustomerService.Complaints.Complaints.Features;
using CustomerService.Testing;
using PuppeteerSharp;

namespace CustomerService.Complaints.Tests;

/// <summary>The page of an answer, in a real browser.</summary>
public sealed class AnswerPageTests(ComplaintsFixture fixture, ChromiumFixture chromium)
    : OnServers<ComplaintsFixture>(fixture)
{
    [Fact]
    [Trait("Rule", "C5.6.1")]
    public async Task Given_an_answer_When_the_customer_disputes_it_on_the_page_Then_QC_has_the_words_and_nothing_more_can_be_said()
    {
        var complaint = await Fixture.AnsweredAsync();
        var page = await OpenAsync(complaint);
        await ChromiumFixture.LookAsync(page, "answer");

        // What is required is asked for by the browser itself.
        await page.ClickAsync("form[data-to='object'] button");
        (await page.QuerySelectorAsync("form[data-to='object'] :invalid")).ShouldNotBeNull();
        await page.TypeAsync("form[data-to='object'] textarea", "仍漏水 <b>三樓</b>");
        await page.ClickAsync("form[data-to='object'] button");
        await page.WaitForSelectorAsync("p.sent");

        await ChromiumFixture.LookAsync(page, "answer-sent");
        (await page.QuerySelectorAllAsync("form")).ShouldBeEmpty();
        var seen = (await Fixture.Desk.GetAsync(Steps.Complaint(complaint))).Ok();
        seen.State.ShouldBe("with-qc");
        seen["objections"].AsArray().Single()!["reason"]!.ToString().ShouldBe("仍漏水 <b>三樓</b>");
        await page.ReloadAsync();
        (await page.QuerySelectorAllAsync("form")).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public async Task Given_a_page_When_the_link_is_revoked_meanwhile_Then_the_page_says_so_where_it_was_sent()
    {
        var complaint = await Fixture.AnsweredAsync();
        var made = await MadeAsync(complaint);
        var page = await OpenAsync(made.Text("path"), language: "en");
        (await Fixture.Desk.PostAsync($"/v1/answer-links/{made.Id}/revoke", null, made.ETag)).Ok();

        await page.ClickAsync("form[data-to='confirm'] button");

        await page.WaitForSelectorAsync("form[data-to='confirm'] .wrong:not([hidden])");
        await ChromiumFixture.LookAsync(page, "answer-revoked");
        (await TextAsync(page, "form[data-to='confirm'] .wrong")).ShouldNotBeEmpty();
        await page.ReloadAsync();
        (await page.QuerySelectorAllAsync("form")).ShouldBeEmpty();
        await ChromiumFixture.LookAsync(page, "answer-closed");
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public async Task Given_no_scripts_When_the_page_is_opened_Then_it_can_be_read_and_says_what_it_lacks()
    {
        var complaint = await Fixture.AnsweredAsync();
        var page = await chromium.NewPageAsync(scripts: false);
        await page.GoToAsync(Address((await MadeAsync(complaint)).Text("path")));

        await ChromiumFixture.LookAsync(page, "answer-without-scripts");
        var html = await page.GetContentAsync();
        html.ShouldContain(Steps.Answer.Conclusion!);
        html.ShouldContain("<noscript>");
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public async Task Given_an_answer_and_a_link_that_ended_When_opened_in_each_language_and_width_Then_they_fit_and_are_in_it()
    {
        var complaint = await Fixture.AnsweredAsync();
        var (open, ended) = (await MadeAsync(complaint), await MadeAsync(complaint));
        (await Fixture.Desk.PostAsync($"/v1/answer-links/{ended.Id}/revoke", null, ended.ETag)).Ok();

        foreach (var (name, made) in new[] { ("answer", open), ("answer-ended", ended) })
        {
            await chromium.LookInEachLanguageAsync(
                name,
                language => new Uri(Address($"{made.Text("path")}?culture={language}"))
            );
        }
    }

    private static Task<string> TextAsync(IPage page, string selector) =>
        page.EvaluateFunctionAsync<string>("selector => document.querySelector(selector).textContent", selector);

    private string Address(string path) => new Uri(Fixture.Service.Http, path).ToString();

    private async Task<IPage> OpenAsync(ApiAnswer complaint) =>
        await OpenAsync((await MadeAsync(complaint)).Text("path"));

    private async Task<IPage> OpenAsync(string path, string language = "zh-Hant")
    {
        var page = await chromium.NewPageAsync(language: language);
        await page.GoToAsync(Address(path));
        return page;
    }

    private async Task<ApiAnswer> MadeAsync(ApiAnswer complaint) =>
        (
            await Fixture.Desk.PostAsync(
                Steps.Complaint(complaint) + "/answer-links",
                new MakeAnswerLink.Request("李經理")
            )
        ).Ok();
}
