using System.Net;
using CustomerService.Rules;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests;

/// <summary>What is counted and shown, and to whom (C5.8.1, C5.8.2, C5.10).</summary>
public sealed class AnalysisTests(SurveysFixture fixture) : OnServers<SurveysFixture>(fixture)
{
    private readonly string _department = $"dep-{Guid.CreateVersion7().ToString("N")[20..]}";

    private ApiClient Service => Fixture.As(Someone.InCustomerService());

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task The_response_rate_is_of_what_could_be_refused_and_partial_forms_are_the_departments_own()
    {
        var (campaign, codes, batch) = await PrintAsync(4, anonymous: false);
        await AnswerAsync(codes[0], "satisfied");
        (await Fixture.Anonymous().PostAsync($"/v1/f/{codes[1]}/draft", new FilledForm { Suggestions = "未完" })).Ok();
        var open = (await Service.GetAsync($"/v1/campaigns/{campaign}")).Ok().Text("openLink").Split('/')[^1];
        await AnswerAsync(open, "satisfied");

        var figures = await SatisfactionAsync("");
        (figures["sent"].GetValue<int>(), figures["responseRate"].GetValue<decimal>()).ShouldBe((4, 25.0m));
        (figures["figures"]["recovered"]!.GetValue<int>(), figures["partial"].GetValue<int>()).ShouldBe((2, 1));
        var other = (await Service.GetAsync($"/v1/satisfaction?campaignId={campaign}&department=nobody")).Ok();
        other["partial"].GetValue<int>().ShouldBe(0);

        (await Service.PostAsync($"/v1/sheet-batches/{batch.Id}/revoke", new { reason = "遺失" }, batch.ETag)).Ok();
        (await SatisfactionAsync(""))["responseRate"].GetValue<decimal>().ShouldBe(100.0m);
    }

    [Fact]
    [Trait("Rule", "C5.8.1")]
    public async Task Items_and_competitors_are_read_by_campaign_and_department()
    {
        var (campaign, codes, _) = await PrintAsync(2, anonymous: false);
        await AnswerAsync(codes[0], "satisfied", "同行乙");

        foreach (var query in new[] { $"campaignId={campaign}", $"department={_department}" })
        {
            var read = (await Service.GetAsync($"/v1/satisfaction/items?{query}")).Ok();
            Items(read).ShouldBe(["D.price", "E.speed"]);
            read["competitors"].AsArray().ShouldHaveSingleItem()!["competitor"]!.ToString().ShouldBe("同行乙");
        }

        var nobody = (await Service.GetAsync($"/v1/satisfaction/items?campaignId={campaign}&department=nobody")).Ok();
        Items(nobody).ShouldBeEmpty();
        nobody["competitors"].AsArray().ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    [Trait("Rule", "C5.9")]
    public async Task Of_too_few_anonymous_forms_only_number_and_rate_are_shown_and_of_enough_words_and_competitor()
    {
        var (campaign, codes, _) = await PrintAsync(6, anonymous: true);
        foreach (var code in codes.Take(4))
        {
            await AnswerAsync(code, "satisfied", "同行丙");
        }

        var few = await SatisfactionAsync($"campaignId={campaign}");
        var figures = few["figures"];
        (figures["recovered"]!.GetValue<int>(), figures["percent"]!.GetValue<decimal>()).ShouldBe((4, 100.0m));
        figures["distribution"]!.AsArray().ShouldBeEmpty();
        foreach (var breakdown in new[] { "departments", "trend", "kinds", "modes" })
        {
            few[breakdown].AsArray().Where(one => one!["figures"]!["recovered"]!.GetValue<int>() > 0).ShouldBeEmpty();
        }

        Items((await Service.GetAsync($"/v1/satisfaction/items?campaignId={campaign}")).Ok()).ShouldBeEmpty();
        (few["sent"].GetValue<int>(), few["responseRate"].GetValue<decimal>()).ShouldBe((6, 66.7m));
        (await NoteAsync())["items"]!.AsArray().ShouldBeEmpty();
        var (paper, _) = await Service.DownloadAsync($"/v1/satisfaction.pdf?campaignId={campaign}");
        paper.Status.ShouldBe(HttpStatusCode.OK);

        await AnswerAsync(codes[4], "satisfied", "同行丙");

        var enough = await SatisfactionAsync($"campaignId={campaign}");
        enough["figures"]["distribution"]!.AsArray().Sum(g => g!["count"]!.GetValue<int>()).ShouldBe(5);
        enough["departments"].AsArray().ShouldHaveSingleItem()!["department"]!.ToString().ShouldBe(_department);
        var read = (await Service.GetAsync($"/v1/satisfaction/items?campaignId={campaign}")).Ok();
        var rival = read["competitors"].AsArray().ShouldHaveSingleItem()!;
        (rival["competitor"]!.ToString(), rival["forms"]!.GetValue<int>()).ShouldBe(("同行丙", 5));
        Items(rival["items"]!.AsArray()).ShouldBe(["D.price"]);
        var note = await NoteAsync();
        note["overall"]!["recovered"]!.GetValue<int>().ShouldBe(5);
        var speed = note["items"]!.AsArray().Single(item => item!["item"]!.ToString() == "E.speed")!;
        speed["comments"]!.AsArray().Select(c => c!.ToString()).Distinct().ShouldBe(["太慢"]);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Papers_with_links_that_work_are_for_those_who_hand_them_out()
    {
        var (_, _, batch) = await PrintAsync(1, anonymous: false);
        var (invitation, _) = await Fixture.InviteAsync();
        var region = Fixture.As(Roles.RegionalSales);
        foreach (var stranger in new[] { Fixture.As(Someone.InQuality()), Fixture.As(Roles.Finance) })
        {
            (await stranger.GetAsync($"/v1/sheet-batches/{batch.Id}/sheets.pdf")).Code.ShouldBe("role-missing");
            (await stranger.GetAsync($"/v1/invitations/{invitation}/forms/fm006")).Code.ShouldBe("role-missing");
            (await stranger.GetAsync($"/v1/invitations/{invitation}/forms/fm006.pdf")).Code.ShouldBe("role-missing");
        }

        (await region.GetAsync($"/v1/sheet-batches/{batch.Id}/sheets.pdf")).Code.ShouldBe("role-missing");
        (await region.GetAsync($"/v1/invitations/{invitation}/forms/fm006")).Ok();
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    [Trait("Rule", "C5.9")]
    public async Task Behind_an_open_link_a_form_has_a_key_and_says_how_whoever_wants_an_answer_is_reached()
    {
        var (campaign, _, _) = await PrintAsync(1, anonymous: false);
        var open = (await Service.GetAsync($"/v1/campaigns/{campaign}")).Ok().Text("openLink").Split('/')[^1];
        var form = new FilledForm
        {
            Overall = "satisfied",
            Respondent = "王工",
            Suggestions = "請回電",
            WantsAnswer = true,
            Reach = "010-6555-0199",
        };

        var without = await Fixture.Anonymous().PostAsync($"/v1/f/{open}", form, key: "");
        (without.Status, without.Code).ShouldBe((HttpStatusCode.BadRequest, "idempotency-key-missing"));
        var key = Guid.CreateVersion7().ToString("N");
        var first = (await Fixture.Anonymous().PostAsync($"/v1/f/{open}", form, key: key)).Ok();
        (await Fixture.Anonymous().PostAsync($"/v1/f/{open}", form, key: key)).Ok().Id.ShouldBe(first.Id);

        var owed = (await Service.GetAsync("/v1/owed-answers?limit=100"))
            .Ok()
            .Items.Single(one => one["responseId"]!.ToString() == first.Id.ToString());
        (owed["contact"]!.ToString(), owed["phone"]!.ToString()).ShouldBe(("王工", "010-6555-0199"));
    }

    private static string[] Items(ApiAnswer read) =>
        [.. read["dimensions"].AsArray().SelectMany(d => Items(d!["items"]!.AsArray()))];

    private static string[] Items(System.Text.Json.Nodes.JsonArray items) =>
        [.. items.Select(item => item!["item"]!.ToString())];

    private async Task<ApiAnswer> SatisfactionAsync(string query) =>
        (await Service.GetAsync($"/v1/satisfaction?{(query.Length > 0 ? query : $"department={_department}")}")).Ok();

    private async Task<System.Text.Json.Nodes.JsonNode> NoteAsync() =>
        (
            await Service.PostAsync(
                "/v1/contact-notes",
                new
                {
                    department = _department,
                    from = Fixture.Today,
                    to = Fixture.Today,
                    text = "速度",
                }
            )
        ).Ok()["findings"];

    private async Task AnswerAsync(string code, string grade, string competitor = "同行甲")
    {
        var form = new FilledForm
        {
            Overall = grade,
            Items = [new("D.price", grade), new("E.speed", grade, "太慢")],
            Competitor = competitor,
        };
        (await Fixture.Anonymous().PostAsync($"/v1/f/{code}", form)).Status.ShouldBe(HttpStatusCode.Created);
    }

    private async Task<(Guid Campaign, IReadOnlyList<string> Codes, ApiAnswer Batch)> PrintAsync(
        int sheets,
        bool anonymous
    )
    {
        var planned = (
            await Service.PostAsync(
                "/v1/campaigns",
                new
                {
                    title = "調查",
                    kind = "D",
                    lastDay = Fixture.Today.AddDays(10),
                    department = _department,
                    anonymous,
                    open = !anonymous,
                }
            )
        ).Ok();
        var path = $"/v1/campaigns/{planned.Id}";
        var begun = (await Service.PostAsync(path + "/begin", new { }, planned.ETag)).Ok();
        var batch = (await Service.PostAsync(path + "/print", new { sheets }, begun.ETag)).Ok();
        return (planned.Id, await Fixture.CodesAsync(batch.Id, sheets), batch);
    }
}
