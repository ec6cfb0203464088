using System.Net;
using System.Text.RegularExpressions;
using CustomerService.Contracts.Identity.V1;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests;

/// <summary>Interviews of a campaign (C5.8.2 C and D): the link, and its page without scripts.</summary>
public sealed class InterviewTests(SurveysFixture fixture) : OnServers<SurveysFixture>(fixture)
{
    private static readonly HttpClient Browser = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_a_campaign_When_an_interviewer_gets_a_link_Then_it_is_told_once_and_can_be_revoked()
    {
        var (campaign, _) = await Fixture.ToInterviewAsync("C", 0);
        var made = (
            await Fixture.Sales.PostAsync($"/v1/campaigns/{campaign.Id}/interview", new { }, campaign.ETag)
        ).Ok();

        // As short as the links of customers.
        new Uri(made.Text("link")).AbsolutePath.Length.ShouldBe(40);
        Convert.FromBase64String(made.Text("qrPng"))[1..4].ShouldBe("PNG"u8.ToArray());
        made["interviewer"]["name"]!.ToString().ShouldBe(Someone.InSales().Name);
        made.Actions.ShouldBe(["revoke"]);
        var read = (await Fixture.Sales.GetAsync($"/v1/interview-links/{made.Id}")).Ok();
        read.Body!["link"].ShouldBeNull();
        (await Fixture.Sales.GetAsync($"/v1/interview-links?campaignId={campaign.Id}")).Ok().Items[0]["id"]!
            .ToString()
            .ShouldBe(made.Id.ToString());
        var token = made.Text("link").Split('/')[^1];
        (await GetAsync($"/v1/f/i/{token}")).Status.ShouldBe(HttpStatusCode.OK);

        var revoked = (await Fixture.Sales.PostAsync($"/v1/interview-links/{made.Id}/revoke", new { }, read.ETag)).Ok();

        revoked.State.ShouldBe("revoked");
        var (status, page, _) = await GetAsync($"/v1/f/i/{token}");
        status.ShouldBe(HttpStatusCode.Gone);
        page.ShouldContain("The link was revoked.");
        (await PostAsync(token, Filled("", "satisfied"))).Status.ShouldBe(HttpStatusCode.Gone);
        (await GetAsync("/v1/f/i/AAAAAAAAAAAAAAAAAAAA")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_no_scripts_When_people_of_the_list_are_asked_Then_one_after_the_other_by_name()
    {
        var (campaign, token) = await Fixture.ToInterviewAsync("C", 2);
        var (_, list, response) = await GetAsync($"/v1/f/i/{token}");
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("connect-src 'self'");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var people = PeopleOn(list);
        people.Count.ShouldBe(3);
        people[^1].ShouldBe("");

        var (_, form, _) = await GetAsync($"/v1/f/i/{token}?person={people[0]}");
        form.ShouldContain("value=\"受訪者 1\"");
        // How somebody of the list is reached is known; of somebody else it is asked.
        form.ShouldContain("<div id=\"reach-field\" hidden");
        (await GetAsync($"/v1/f/i/{token}?person=new")).Html.ShouldContain("<div id=\"reach-field\">");
        var (wrong, again) = await PostAsync(token, Filled(people[0], null));
        wrong.ShouldBe(HttpStatusCode.BadRequest);
        again.ShouldContain("role=\"alert\"");
        again.ShouldContain("受訪者 1");
        var (sent, _) = await PostAsync(token, Filled(people[0], "dissatisfied"));
        sent.ShouldBe(HttpStatusCode.Redirect);
        (await PostAsync(token, Filled(people[1], null, ("breakOff", "yes")))).Status.ShouldBe(
            HttpStatusCode.BadRequest
        );
        (await PostAsync(token, Filled(people[1], null, ("breakOff", "yes"), ("reason", "接電話")))).Status.ShouldBe(
            HttpStatusCode.Redirect
        );

        PeopleOn((await GetAsync($"/v1/f/i/{token}?saved=yes")).Html).ShouldBe([""]);
        var taken = (await Fixture.Sales.GetAsync($"/v1/responses?campaignId={campaign.Id}")).Ok().Items;
        var answer = (await Fixture.Sales.GetAsync($"/v1/responses/{taken.ShouldHaveSingleItem()["id"]}")).Ok();
        (answer.Text("mode"), answer.Text("verdict")).ShouldBe(("interview", "complaint"));
        answer["takenDownBy"]["name"]!.ToString().ShouldBe(Someone.InSales().Name);
        (await Fixture.Sales.GetAsync($"/v1/invitations/{people[1]}")).Ok().State.ShouldBe("broken-off");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_somebody_on_no_list_When_they_are_asked_and_it_is_sent_twice_Then_they_count_once()
    {
        var (campaign, token) = await Fixture.ToInterviewAsync("D", 0);
        var fields = Filled("", "satisfied", ("takenAt", DateTimeOffset.UtcNow.AddHours(-1).ToString("O")));

        var first = await PostAsync(token, fields, "application/json");
        var second = await PostAsync(token, fields, "application/json");

        (first.Status, second.Status).ShouldBe((HttpStatusCode.Created, HttpStatusCode.Created));
        second.Text.ShouldBe(first.Text);
        (await Fixture.Sales.GetAsync($"/v1/responses?campaignId={campaign.Id}")).Ok().Items.ShouldHaveSingleItem();
        var future = Filled("", "satisfied", ("takenAt", DateTimeOffset.UtcNow.AddHours(2).ToString("O")));
        (await PostAsync(token, future, "application/json")).Text.ShouldContain("\"taken-in-future\"");
        // Whose zone an instant without offset means nobody knows.
        foreach (var at in (string[])["soon", "2026-03-02T10:00:00", "02/03/2026", "2026-03-02"])
        {
            (await PostAsync(token, Filled("", "satisfied", ("takenAt", at)), "application/json")).Text.ShouldContain(
                "\"form-unreadable\"",
                Case.Sensitive,
                at
            );
        }

        (await PostAsync(token, Filled("", "satisfied", ("key", "")), "application/json")).Text.ShouldContain(
            "\"idempotency-key-missing\""
        );
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_a_link_When_it_names_somebody_of_another_campaign_Then_it_leads_nowhere()
    {
        var (_, foreign) = await Fixture.ToInterviewAsync("C", 1);
        var person = PeopleOn((await GetAsync($"/v1/f/i/{foreign}")).Html)[0];
        var (_, token) = await Fixture.ToInterviewAsync("C", 0);

        (await PostAsync(token, Filled(person, "satisfied"), "application/json")).Status.ShouldBe(
            HttpStatusCode.NotFound
        );
        (await GetAsync($"/v1/f/i/{token}?person={person}")).Html.ShouldNotContain("受訪者 1");
        PeopleOn((await GetAsync($"/v1/f/i/{foreign}")).Html).ShouldContain(person);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_an_interviewer_who_leaves_When_the_link_is_opened_Then_it_is_shut()
    {
        var person = Someone.InSales() with { Id = Guid.CreateVersion7().ToString("D") };
        var (campaign, _) = await Fixture.ToInterviewAsync("D", 0);
        var made = (
            await Fixture.As(person).PostAsync($"/v1/campaigns/{campaign.Id}/interview", new { }, campaign.ETag)
        ).Ok();
        var token = made.Text("link").Split('/')[^1];
        (await GetAsync($"/v1/f/i/{token}")).Status.ShouldBe(HttpStatusCode.OK);

        await Fixture.DeliverAsync(
            new UserChanged(Guid.Parse(person.Id), 1, person.Name, [Roles.Sales], [], "sales", null, false, null)
        );

        (await GetAsync($"/v1/f/i/{token}")).Status.ShouldBe(HttpStatusCode.Gone);
    }

    private static Dictionary<string, string> Filled(
        string person,
        string? overall,
        params (string Name, string Value)[] more
    )
    {
        var fields = new Dictionary<string, string>
        {
            ["key"] = Guid.CreateVersion7().ToString("N"),
            ["person"] = person,
            ["competitor"] = "同行甲",
        };
        if (overall is not null)
        {
            fields["overall"] = overall;
        }

        foreach (var (name, value) in more)
        {
            fields[name] = value;
        }

        return fields;
    }

    private static List<string> PeopleOn(string html) =>
        [.. Regex.Matches(html, "<li data-person=\"([^\"]*)\"").Select(match => match.Groups[1].Value)];

    private async Task<(HttpStatusCode Status, string Html, HttpResponseMessage Response)> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Fixture.Service.Http, path));
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        request.Headers.TryAddWithoutValidation("Accept-Language", "en");
        var response = await Browser.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    private async Task<(HttpStatusCode Status, string Text)> PostAsync(
        string token,
        Dictionary<string, string> fields,
        string accept = "text/html"
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Fixture.Service.Http, $"/v1/f/i/{token}"))
        {
            Content = new FormUrlEncodedContent(fields),
        };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        var response = await Browser.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
