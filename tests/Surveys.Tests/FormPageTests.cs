using System.Net;
using System.Text.RegularExpressions;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Tests.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests;

/// <summary>The form as a customer's browser meets it.</summary>
public sealed class FormPageTests(SurveysFixture fixture) : OnServers<SurveysFixture>(fixture)
{
    private const string BrowserAccept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private static readonly HttpClient Browser = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_a_code_that_is_none_When_typed_Then_the_page_says_so_and_keeps_what_was_typed()
    {
        var (status, html, _) = await GetAsync("/v1/f?code=ABCD-12", "zh-Hant");

        status.ShouldBe(HttpStatusCode.NotFound);
        html.ShouldContain("沒有這個代碼的調查表");
        html.ShouldContain("value=\"ABCD-12\"");
        html.ShouldContain("aria-describedby=\"wrong\"");
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public async Task An_owner_fills_in_the_form_in_a_browser_without_scripts()
    {
        var (id, token) = await Fixture.InviteAsync();
        var (status, html, response) = await GetAsync($"/v1/f/{token}", "zh-TW,zh-Hant;q=0.9");
        status.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        html.ShouldContain("<html lang=\"zh-Hant\">");
        html.ShouldContain("顧客滿意度調查表");
        // The page works without the script that it names; none stands in it.
        html.Split("<script").Length.ShouldBe(2);
        html.ShouldContain("<script src=\"form.js\" defer></script>");
        // Every control has a name for those who cannot see it.
        var ids = Regex.Matches(html, "<input type=\"radio\" id=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToList();
        ids.Count.ShouldBe(5 * (1 + A.Questionnaire.Kinds[SurveyKind.D].Items.Count));
        ids.ShouldBeUnique();
        ids.ShouldAllBe(i => html.Contains($"<label for=\"{i}\"", StringComparison.Ordinal));

        var (missing, again) = await PostAsync(
            $"/v1/f/{token}",
            new() { ["grade.E.skill"] = "dissatisfied", ["comment.E.skill"] = "<b>慢</b>" }
        );
        missing.ShouldBe(HttpStatusCode.BadRequest);
        again.ShouldContain("role=\"alert\"");
        again.ShouldContain("&lt;b&gt;慢&lt;/b&gt;");
        again.ShouldContain("id=\"E.skill-dissatisfied\" name=\"grade.E.skill\" value=\"dissatisfied\" checked");

        foreach (var field in new[] { "overallComment", "suggestions", "respondent", "comment.E.skill" })
        {
            (
                await PostAsync(
                    $"/v1/f/{token}",
                    new()
                    {
                        ["overall"] = "satisfied",
                        ["grade.E.skill"] = "satisfied",
                        [field] = "a\0b",
                    }
                )
            ).Item1.ShouldBe(HttpStatusCode.BadRequest, field);
        }

        var (done, thanks) = await PostAsync(
            $"/v1/f/{token}",
            new()
            {
                ["overall"] = "satisfied",
                ["grade.E.skill"] = "dissatisfied",
                ["comment.E.skill"] = "慢",
                ["comment.E.speed"] = "只寫說明",
                ["suggestions"] = "多來",
                ["respondent"] = "王",
            }
        );
        done.ShouldBe(HttpStatusCode.OK);
        thanks.ShouldContain("role=\"status\"");
        var item = (await Fixture.Sales.GetAsync($"/v1/responses?invitationId={id}")).Ok().Items.ShouldHaveSingleItem();
        var form = (await Fixture.Sales.GetAsync($"/v1/responses/{item["id"]}")).Ok();
        form["verdict"].ToString().ShouldBe("complaint");
        form["suggestions"].ToString().ShouldBe("多來\n只寫說明");
        form["respondent"].ToString().ShouldBe("王");

        var (used, usedPage) = await PostAsync($"/v1/f/{token}", new() { ["overall"] = "satisfied" });
        used.ShouldBe(HttpStatusCode.Gone);
        usedPage.ShouldContain("僅可使用一次");
        (await GetAsync($"/v1/f/{token}", "en")).Html.ShouldContain("a link works once");
    }

    [Fact]
    public async Task The_page_speaks_three_languages_and_has_a_switch()
    {
        var (_, token) = await Fixture.InviteAsync();
        foreach (
            var (language, title) in new[]
            {
                ("zh-Hant", "顧客滿意度調查表"),
                ("zh-Hans", "顾客满意度调查表"),
                ("en", "Customer satisfaction survey"),
            }
        )
        {
            var (_, html, _) = await GetAsync($"/v1/f/{token}?culture={language}", "fr");
            html.ShouldContain($"<html lang=\"{language}\">");
            html.ShouldContain($"<h1>{title}</h1>");
            html.ShouldContain($"href=\"?culture={language}\" aria-current=\"true\"");
        }

        (await GetAsync($"/v1/f/{token}", "fr")).Html.ShouldContain("<html lang=\"zh-Hant\">");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task A_dead_or_unknown_link_is_a_page_that_says_why()
    {
        (await GetAsync("/v1/f/nothing", "en")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync("/v1/f/" + SecretLink.New().Token, "en")).Html.ShouldContain(
            "There is no survey at this address."
        );
        var (id, token) = await Fixture.InviteAsync();
        await Fixture.ExpireAsync(id);
        var (status, html, _) = await GetAsync($"/v1/f/{token}", "en");
        status.ShouldBe(HttpStatusCode.Gone);
        html.ShouldContain("The time for this form is over.");
    }

    [Fact]
    public async Task Two_browsers_that_send_at_the_same_time_make_one_form()
    {
        var (id, token) = await Fixture.InviteAsync();
        var posts = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => PostAsync($"/v1/f/{token}", new() { ["overall"] = "satisfied" }))
        );
        posts.Count(p => p.Status == HttpStatusCode.OK).ShouldBe(1);
        posts.Count(p => p.Status == HttpStatusCode.Gone).ShouldBe(3);
        (await Fixture.Sales.GetAsync($"/v1/responses?invitationId={id}")).Ok()["items"].AsArray().Count.ShouldBe(1);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_a_form_that_is_sent_twice_When_it_carries_its_key_Then_both_are_thanked_and_one_counts()
    {
        var (id, token) = await Fixture.InviteAsync();
        var (_, html, _) = await GetAsync($"/v1/f/{token}", "en");
        var key = Regex.Match(html, "<input type=\"hidden\" name=\"key\" value=\"([0-9a-f]{32})\"").Groups[1].Value;
        var fields = new Dictionary<string, string> { ["key"] = key, ["overall"] = "satisfied" };

        var first = await PostAsync($"/v1/f/{token}", fields);
        var second = await PostAsync($"/v1/f/{token}", fields);
        var other = await PostAsync($"/v1/f/{token}", new(fields) { ["overall"] = "dissatisfied" });

        (first.Status, second.Status, other.Status).ShouldBe(
            (HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Conflict)
        );
        second.Html.ShouldContain("class=\"done\"");
        (await Fixture.Sales.GetAsync($"/v1/responses?invitationId={id}")).Ok().Items.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task More_fields_than_any_form_has_are_refused_and_use_nothing_up()
    {
        var (_, token) = await Fixture.InviteAsync();
        var (status, html) = await PostAsync(
            $"/v1/f/{token}",
            Enumerable.Range(0, 1_100).ToDictionary(i => $"field{i}", _ => "x")
        );
        status.ShouldBe(HttpStatusCode.BadRequest);
        html.ShouldContain("class=\"closed\"");
        (await PostAsync($"/v1/f/{token}", new() { ["overall"] = "satisfied" })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_style_sheet_is_served_beside_the_forms()
    {
        using var response = await Browser.GetAsync(new Uri(Fixture.Service.Http, "/v1/f/form.css"));
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/css");
    }

    private async Task<(HttpStatusCode Status, string Html, HttpResponseMessage Response)> GetAsync(
        string path,
        string language
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Fixture.Service.Http, path));
        request.Headers.TryAddWithoutValidation("Accept", BrowserAccept);
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        var response = await Browser.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    private async Task<(HttpStatusCode Status, string Html)> PostAsync(string path, Dictionary<string, string> fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Fixture.Service.Http, path))
        {
            Content = new FormUrlEncodedContent(fields),
        };
        request.Headers.TryAddWithoutValidation("Accept", BrowserAccept);
        var response = await Browser.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
