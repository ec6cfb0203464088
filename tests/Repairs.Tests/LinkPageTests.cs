using System.Globalization;
using CustomerService.Testing;
using PuppeteerSharp;

namespace CustomerService.Repairs.Tests;

/// <summary>The pages behind links, in a real browser.</summary>
public sealed class LinkPageTests(RepairsFixture fixture, ChromiumFixture chromium) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_times_that_are_offered_When_the_owner_picks_one_on_the_page_Then_it_is_agreed()
    {
        var it = await Case.Of(Fixture).OpenedAsync();
        var (record, link, _) = await Appointments.OfferAsync(it);
        var page = await OpenAsync(link + "/appointment");
        await ChromiumFixture.LookAsync(page, "appointment-390");

        await page.ClickAsync("form[data-to='../choose'] button");
        await page.WaitForSelectorAsync("p.sent");

        (await it.Service.GetAsync(record)).Ok().State.ShouldBe("agreed");
        await page.ReloadAsync();
        await ChromiumFixture.LookAsync(page, "appointment-agreed-390");
        (await page.QuerySelectorAsync("form[data-to='../choose']")).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_no_time_that_suits_When_the_owner_proposes_another_on_the_page_Then_it_is_that_of_the_readers_clock()
    {
        var it = await Case.Of(Fixture).OpenedAsync();
        var (record, link, from) = await Appointments.OfferAsync(it);
        var page = await OpenAsync(link + "/appointment");
        await page.EmulateTimezoneAsync("Asia/Shanghai");

        await EnterAsync(page, "../propose", "from", from.AddDays(1).ToOffset(TimeSpan.FromHours(8)));
        await EnterAsync(page, "../propose", "to", from.AddDays(1).AddHours(1).ToOffset(TimeSpan.FromHours(8)));
        await page.ClickAsync("form[data-to='../propose'] button");
        await page.WaitForSelectorAsync("p.sent");

        var seen = (await it.Service.GetAsync(record)).Ok();
        seen.State.ShouldBe("proposed");
        DateTimeOffset.Parse(seen["proposed"]!["from"]!.ToString(), null).ShouldBe(from.AddDays(1));
    }

    [Fact]
    [Trait("Rule", "C5.1.1")]
    public async Task Given_a_machines_code_When_the_holder_reports_on_the_page_Then_an_rma_with_the_three_answers()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var machine = await it.MachineAsync(1);
        var made = (await it.Service.PostAsync($"/v1/product-serials/{machine}/links", null)).Ok();
        var page = await OpenAsync(made.Text("path"), 1440, "en");
        await ChromiumFixture.LookAsync(page, "machine-1440");

        await page.SelectAsync("select[name=wish]", "repair");
        await page.EvaluateFunctionAsync(
            "day => document.querySelector('[name=purchasedOn]').value = day",
            it.Today.AddMonths(-1).ToString("O", CultureInfo.InvariantCulture)
        );
        await page.TypeAsync("[name=model]", "變頻電機");
        await page.TypeAsync("[name=reason]", "開機無反應");
        await page.TypeAsync("[name=person]", "李小姐");
        await page.TypeAsync("[name=phone]", "021-6666");
        await page.ClickAsync("form button");
        await page.WaitForSelectorAsync("p.sent, .wrong:not([hidden])");

        await ChromiumFixture.LookAsync(page, "machine-sent-1440");
        (await page.QuerySelectorAsync("p.sent")).ShouldNotBeNull();
        var said = await page.EvaluateExpressionAsync<string>("document.querySelector('p.sent').textContent");
        (await it.Service.GetAsync("/v1/rmas"))
            .Ok()
            .Items.Select(item => item["number"]!.ToString())
            .ShouldContain(number => said.Contains(number, StringComparison.Ordinal));
    }

    private async Task<IPage> OpenAsync(string path, int width = 390, string language = "zh-Hant")
    {
        var page = await chromium.NewPageAsync(width, language: language);
        await page.GoToAsync(new Uri(Fixture.Service.Http, path).ToString());
        return page;
    }

    private static Task EnterAsync(IPage page, string form, string name, DateTimeOffset value) =>
        page.EvaluateFunctionAsync(
            "(form, name, value) => document.querySelector(`form[data-to='${form}'] [name=${name}]`).value = value",
            form,
            name,
            value.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)
        );
}
