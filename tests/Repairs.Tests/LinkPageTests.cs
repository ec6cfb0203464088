using System.Globalization;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Repairs.Rmas.Features;
using CustomerService.Repairs.WorkLinks.Features;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
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
        await ChromiumFixture.LookAsync(page, "appointment");
        (await TextAsync(page, "select option")).ShouldMatch(@"^\d{4}-\d\d-\d\d \d\d:\d\d – \d\d:\d\d$");

        await page.ClickAsync("form[data-to='../choose'] button");
        await page.WaitForSelectorAsync("p.sent");

        (await it.Service.GetAsync(record)).Ok().State.ShouldBe("agreed");
        await page.ReloadAsync();
        await ChromiumFixture.LookAsync(page, "appointment-agreed");
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
        await ChromiumFixture.LookAsync(page, "machine");

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

        await ChromiumFixture.LookAsync(page, "machine-sent");
        (await page.QuerySelectorAsync("p.sent")).ShouldNotBeNull();
        var said = await page.EvaluateExpressionAsync<string>("document.querySelector('p.sent').textContent");
        (await it.Service.GetAsync("/v1/rmas"))
            .Ok()
            .Items.Select(item => item["number"]!.ToString())
            .ShouldContain(number => said.Contains(number, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("zh-Hant", "缺少")]
    [InlineData("zh-Hans", "缺少")]
    [InlineData("en", "missing")]
    [Trait("Rule", "C5.1.1")]
    public async Task Given_a_machine_in_the_place_of_another_When_the_customer_confirms_on_the_page_Then_line_by_line(
        string language,
        string missing
    )
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var rma = (await it.DeclareAsync(new DeclareRma.LineRequest(it.ModelId, [it.Serial(1), it.Serial(2)]))).Ok();
        (
            await it.Service.ChangeAsync(
                $"/v1/rmas/{rma.Id}",
                "receive",
                new ReceiveRma.Request([new(it.Serial(1)), new(it.Serial(9), it.ModelId)])
            )
        ).Ok();
        var made = await it.Service.PostAsync(
            $"/v1/rmas/{rma.Id}/customer-links",
            new MakeCustomerLink.Request(LinkScope.ConfirmCount, "李經理")
        );
        var page = await OpenAsync(made.Ok().Text("path") + "?culture=" + language, language: language);
        await ChromiumFixture.LookAsync(page, $"count-{language}");
        (await page.GetContentAsync()).ShouldContain(missing);
        var ticks = await page.QuerySelectorAllAsync("form[data-to='confirm'] input[type=checkbox]");
        ticks.Length.ShouldBe(2);

        // One line is not enough: the browser asks for the other, and so does the server.
        await page.TypeAsync("[name=printedName]", "李經理");
        await ticks[0].ClickAsync();
        await page.ClickAsync("form[data-to='confirm'] button");
        (await page.QuerySelectorAsync("form[data-to='confirm'] input:invalid")).ShouldNotBeNull();
        await page.EvaluateExpressionAsync("document.forms[0].noValidate = true");
        await page.ClickAsync("form[data-to='confirm'] button");
        await page.WaitForSelectorAsync("form[data-to='confirm'] .wrong:not([hidden])");
        (await TextAsync(page, ".wrong:not([hidden])")).ShouldContain(it.Serial(2));
        await ChromiumFixture.LookAsync(page, $"count-refused-{language}");
        (await it.Service.GetAsync($"/v1/rmas/{rma.Id}")).Ok().State.ShouldBe("counted");
        await ticks[1].ClickAsync();
        await page.ClickAsync("form[data-to='confirm'] button");
        await page.WaitForSelectorAsync("p.sent");

        var seen = (await it.Service.GetAsync($"/v1/rmas/{rma.Id}")).Ok();
        seen.State.ShouldBe("confirmed");
        seen["confirmations"][0]!["lines"]!
            .AsArray()
            .Select(line => (line!["serial"]!.ToString(), line["quantity"]!.GetValue<int>()))
            .ShouldBe([(it.Serial(9), 1), (it.Serial(2), 0)]);
    }

    private static Task<string> TextAsync(IPage page, string selector) =>
        page.EvaluateFunctionAsync<string>("selector => document.querySelector(selector).textContent", selector);

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Given_a_link_in_the_field_When_nobody_is_there_Then_told_on_the_page_with_time_and_photo()
    {
        var it = await Case.Of(Fixture).ToAsync("in-repair");
        var page = await OpenAsync(await LinkOfAsync(it));
        await page.EmulateTimezoneAsync("Asia/Shanghai");
        await ChromiumFixture.LookAsync(page, "work");
        var at = DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8));
        at = new(at.Year, at.Month, at.Day, at.Hour, at.Minute, 0, at.Offset);
        await using (var scope = Fixture.Service.Services.CreateAsyncScope())
        {
            // The page tells whole minutes: the order was issued well before.
            await scope
                .ServiceProvider.GetRequiredService<RepairsDb>()
                .Database.ExecuteSqlAsync(
                    $"update repair_orders set dispatch_record = jsonb_set(dispatch_record, array['by', 'at'], to_jsonb(now() - interval '1 hour')) where id = {it.Id}"
                );
        }

        await page.TypeAsync("form:has([name=photoId]) [name=note]", "敲門無人應");
        await page.EvaluateFunctionAsync(
            "value => document.querySelector('form:has([name=photoId]) [name=doneAt]').value = value",
            at.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)
        );
        await UploadAsync(page, "form:has([name=photoId]) [name=photoId]");
        await SendAsync(page, "form:has([name=photoId]) button");

        var attempt = (await it.ReadAsync()).Ok()["attempts"].AsArray().Single()!;
        attempt["note"]!.ToString().ShouldBe("敲門無人應");
        DateTimeOffset.Parse(attempt["at"]!.ToString(), null).ShouldBe(at);
        var photo = (await it.Head.GetAsync(it.Record + "/files")).Ok().Items.Single();
        photo["id"]!.ToString().ShouldBe(attempt["photoId"]!.ToString());
        photo["purpose"]!.ToString().ShouldBe("photo");
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Given_a_link_in_the_field_When_photos_are_taken_on_the_page_Then_the_work_can_be_reported_there()
    {
        var it = await Case.Of(Fixture).ToAsync("in-repair");
        var page = await OpenAsync(await LinkOfAsync(it));

        foreach (var purpose in (string[])["before", "after"])
        {
            var form = $"form[data-to$='purpose={purpose}']";
            await UploadAsync(page, form + " [type=file]");
            await SendAsync(page, form + " button");
        }

        await ChromiumFixture.LookAsync(page, "work-photos");
        (await page.GetContentAsync()).ShouldContain("施工前 1／1，施工後 1／1");
        await page.TypeAsync("[name=workDone]", "重做附加層");
        await page.TypeAsync("[name=crew]", "馬師傅");
        await SendAsync(page, "form:has([name=workDone]) button");

        var read = (await it.ReadAsync()).Ok();
        read.State.ShouldBe("done");
        read["workReports"].AsArray().Single()!["photoIds"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    [Trait("Rule", "P3.2.3")]
    [Trait("Rule", "C3.1.1")]
    [Trait("Rule", "C5.1.1.1")]
    public async Task Given_the_page_of_each_link_When_opened_in_each_language_and_width_Then_it_fits_and_is_in_that_language()
    {
        var (_, offered, _) = await Appointments.OfferAsync(await Case.Of(Fixture).OpenedAsync());
        var goods = await GoodsCase.NewAsync(Fixture);
        var machine = await goods.MachineAsync(1, monthsAgo: 60);
        await goods.MachineAsync(2, monthsAgo: 60);
        var rma = await goods.ReceivedAsync(goods.Serial(1), goods.Serial(2));
        var units = await goods.UnitsAsync(rma.Id);
        await goods.DiagnosedAsync(units[0]);
        await goods.OfferedAsync(units[0]);
        var label = (await goods.Service.PostAsync($"/v1/product-serials/{machine}/links", null)).Ok();
        var pages = new Dictionary<string, string>
        {
            ["appointment"] = offered + "/appointment",
            ["work"] = await LinkOfAsync(await Case.Of(Fixture).ToAsync("in-repair")),
            ["offer"] = await CustomerLinkAsync(LinkScope.AnswerOffer, units[0]),
            ["track"] = await CustomerLinkAsync(LinkScope.Track),
            ["machine"] = label.Text("path"),
            ["unknown-link"] = "/v1/repair-links/" + new string('A', 43),
        };

        foreach (var (name, path) in pages)
        {
            await chromium.LookInEachLanguageAsync(
                name,
                language => new Uri(Fixture.Service.Http, $"{path}?culture={language}")
            );
        }

        async Task<string> CustomerLinkAsync(LinkScope scope, Guid? unit = null) =>
            (
                await goods.Service.PostAsync(
                    $"/v1/rmas/{rma.Id}/customer-links",
                    new MakeCustomerLink.Request(scope, "李經理", unit)
                )
            )
                .Ok()
                .Text("path");
    }

    private async Task<string> LinkOfAsync(Case it)
    {
        var made = await it.Engineer.PostAsync(
            "/v1/work-links",
            new CreateWorkLink.Request("馬師傅", DateTimeOffset.UtcNow.AddDays(2), it.Id)
        );
        return "/v1/repair-links/" + made.Ok().Text("link").Split('/')[^1];
    }

    private static async Task UploadAsync(IPage page, string field)
    {
        var file = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".png");
        await File.WriteAllBytesAsync(file, TestPictures.NewPng());
        await (await page.QuerySelectorAsync(field)).UploadFileAsync(file);
    }

    // The page is looked at again once it was taken.
    private static async Task SendAsync(IPage page, string button)
    {
        await page.EvaluateExpressionAsync("window.seenBefore = true");
        await page.ClickAsync(button);
        await page.WaitForFunctionAsync(
            "() => !window.seenBefore || document.querySelector('.wrong:not([hidden])')?.textContent"
        );
        (await page.EvaluateExpressionAsync<bool>("!!window.seenBefore")).ShouldBeFalse(
            await page.EvaluateExpressionAsync<string?>(
                "document.querySelector('.wrong:not([hidden])')?.textContent ?? ''"
            )
        );
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
