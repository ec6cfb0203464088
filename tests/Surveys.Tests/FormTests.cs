using System.Net;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests;

/// <summary>The form behind a link, as programs meet it.</summary>
public sealed class FormTests(SurveysFixture fixture) : OnServers<SurveysFixture>(fixture)
{
    private static readonly FilledForm Satisfied = new() { Overall = "satisfied" };

    private ApiClient Holder => Fixture.Anonymous();

    [Fact]
    public async Task Given_a_link_When_it_is_opened_Then_the_form_comes_in_the_readers_language_and_it_is_noted()
    {
        var (id, token) = await Fixture.InviteAsync();

        var open = (await Holder.GetAsync($"/v1/f/{token}", "zh-Hant")).Ok();

        open["questionnaire"]["title"]!.ToString().ShouldBe("顧客滿意度調查表");
        open["questionnaire"]["grades"]!
            .AsArray()
            .Select(g => g!["text"]!.ToString())
            .ShouldBe(["很滿意", "比較滿意", "基本滿意", "不太滿意", "不滿意"]);
        open.Raw.Headers.CacheControl!.NoStore.ShouldBeTrue();
        open.Raw.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        (await Fixture.Sales.GetAsync($"/v1/invitations/{id}")).Ok().State.ShouldBe("opened");
    }

    [Theory]
    [Trait("Rule", "C5.8.3")]
    [InlineData("""{}""", "overall-missing")]
    [InlineData("""{"overall":"good"}""", "unknown-grade")]
    [InlineData("""{"overall":"satisfied","items":[{"item":"X.y","grade":"satisfied"}]}""", "unknown-item")]
    [InlineData("""{"overall":"satisfied","items":[null]}""", "unknown-item")]
    [InlineData("""{"overall":"satisfied","suggestions":"a\u0000b"}""", "validation")]
    [InlineData("""{"overall":"satisfied","score":5}""", "malformed")]
    [InlineData("""{"overall":""", "malformed")]
    public async Task Given_a_wrong_answer_When_it_is_sent_Then_400_by_code_and_nothing_is_used_up(
        string body,
        string code
    )
    {
        var (id, token) = await Fixture.InviteAsync();

        var answer = await Holder.PostAsync($"/v1/f/{token}", body);

        (answer.Status, answer.Code).ShouldBe((HttpStatusCode.BadRequest, code));
        (await Fixture.Sales.GetAsync($"/v1/invitations/{id}")).Ok().State.ShouldBe("sent");
    }

    [Theory]
    [Trait("Rule", "C5.8.3")]
    [InlineData("zh-Hant", "請評價「為何不滿」，此項必填。", "為何不滿")]
    [InlineData("en", "Please grade “Why not”; it is required.", "Why not")]
    public async Task Given_an_item_of_the_company_that_is_left_out_When_a_program_sends_it_Then_its_words_stand_beside_its_code(
        string language,
        string title,
        string words
    )
    {
        var (_, token) = await Fixture.ToBranchAsync();
        var form = new FilledForm { Overall = "satisfied", Items = [new("F.one", "dissatisfied")] };

        var refused = await Holder.PostAsync($"/v1/f/{token}", form, language: language);

        (refused.Status, refused.Code).ShouldBe((HttpStatusCode.BadRequest, "item-missing"));
        (refused.Text("title"), refused.Text("item"), refused.Text("itemName")).ShouldBe((title, "F.why", words));
        refused.Text("detail").ShouldContain(words);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_an_answer_When_it_is_sent_again_Then_the_same_receipt_under_its_key_and_link_used_else()
    {
        var (_, token) = await Fixture.InviteAsync();
        var key = Guid.CreateVersion7().ToString("N");
        var first = (await Holder.PostAsync($"/v1/f/{token}", Satisfied, key: key)).Ok();
        (first.Status, first.Location).ShouldBe((HttpStatusCode.Created, $"/api/surveys/v1/responses/{first.Id}"));

        var replay = (await Holder.PostAsync($"/v1/f/{token}", Satisfied, key: key)).Ok();
        var reused = await Holder.PostAsync($"/v1/f/{token}", new FilledForm { Overall = "dissatisfied" }, key: key);
        var other = await Holder.PostAsync($"/v1/f/{token}", Satisfied);

        replay.Id.ShouldBe(first.Id);
        reused.Code.ShouldBe("idempotency-key-reused");
        (other.Status, other.Code, other.Rule).ShouldBe((HttpStatusCode.Gone, "link-used", "C5.8.2"));
        (await Holder.GetAsync($"/v1/f/{token}")).Code.ShouldBe("link-used");
    }

    [Fact]
    public async Task Given_the_key_of_another_link_When_a_form_is_answered_Then_it_is_an_answer_of_its_own()
    {
        var key = Guid.CreateVersion7().ToString("N");
        var (_, one) = await Fixture.InviteAsync();
        var (_, two) = await Fixture.InviteAsync();
        var first = (await Holder.PostAsync($"/v1/f/{one}", Satisfied, key: key)).Ok();

        (await Holder.PostAsync($"/v1/f/{two}", Satisfied, key: key)).Ok().Id.ShouldNotBe(first.Id);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_the_same_answer_under_one_key_When_eight_come_at_once_Then_all_get_the_same_receipt()
    {
        for (var round = 0; round < 4; round++)
        {
            var (id, token) = await Fixture.InviteAsync();
            var key = Guid.CreateVersion7().ToString("N");

            var answers = await Task.WhenAll(
                Enumerable.Range(0, 8).Select(_ => Holder.PostAsync($"/v1/f/{token}", Satisfied, key: key))
            );

            answers.ShouldAllBe(a => a.Status == HttpStatusCode.Created);
            answers.Select(a => a.Readable()).Distinct().ShouldHaveSingleItem();
            (await ResponsesOfAsync(id)).ShouldHaveSingleItem();
        }
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_an_answer_held_after_its_look_up_When_its_duplicate_is_faster_Then_both_get_one_receipt()
    {
        var (id, token) = await Fixture.InviteAsync();
        var key = Guid.CreateVersion7().ToString("N");
        var held = Fixture.Gate.Arm();
        var slow = Holder.PostAsync($"/v1/f/{token}", Satisfied, key: key);
        await held.Reached;

        var fast = (await Holder.PostAsync($"/v1/f/{token}", Satisfied, key: key)).Ok();
        held.Release();

        (await slow).Ok().Readable().ShouldBe(fast.Readable());
        (await ResponsesOfAsync(id)).ShouldHaveSingleItem();
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_different_answers_When_they_come_at_once_Then_one_counts_and_the_others_find_the_link_used()
    {
        for (var round = 0; round < 5; round++)
        {
            var (id, token) = await Fixture.InviteAsync();

            var answers = await Task.WhenAll(
                Enumerable.Range(0, 4).Select(_ => Holder.PostAsync($"/v1/f/{token}", Satisfied))
            );

            answers.Count(a => a.Status == HttpStatusCode.Created).ShouldBe(1);
            answers
                .Where(a => a.Status != HttpStatusCode.Created)
                .ShouldAllBe(a => a.Status == HttpStatusCode.Gone && a.Code == "link-used");
            (await ResponsesOfAsync(id)).ShouldHaveSingleItem();
        }
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_a_link_that_is_opened_at_the_same_moment_When_it_is_answered_Then_the_answer_counts()
    {
        for (var round = 0; round < 10; round++)
        {
            var (id, token) = await Fixture.InviteAsync();
            var opened = Enumerable.Range(0, 3).Select(_ => Holder.GetAsync($"/v1/f/{token}")).ToList();

            var answer = await Holder.PostAsync($"/v1/f/{token}", Satisfied);

            await Task.WhenAll(opened);
            answer.Status.ShouldBe(HttpStatusCode.Created, answer.Code);
            (await ResponsesOfAsync(id)).ShouldHaveSingleItem();
        }
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_the_time_is_over_When_the_link_is_used_Then_it_says_so()
    {
        var (id, token) = await Fixture.InviteAsync();
        await Fixture.ExpireAsync(id);

        (await Holder.GetAsync($"/v1/f/{token}")).Code.ShouldBe("link-expired");
        var late = await Holder.PostAsync($"/v1/f/{token}", Satisfied);

        (late.Status, late.Code).ShouldBe((HttpStatusCode.Gone, "link-expired"));
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_tokens_that_are_none_When_they_are_tried_Then_all_answers_look_the_same()
    {
        var (_, token) = await Fixture.InviteAsync();
        string[] guesses =
        [
            SecretLink.New().Token,
            "short",
            token[..^1] + (token[^1] == 'A' ? 'E' : 'A'),
            Guid.CreateVersion7().ToString(),
            new string('x', 500),
        ];

        var shapes = new List<string>();
        foreach (var guess in guesses)
        {
            foreach (
                var answer in new[]
                {
                    await Holder.GetAsync("/v1/f/" + guess),
                    await Holder.PostAsync("/v1/f/" + guess, Satisfied),
                }
            )
            {
                answer.Status.ShouldBe(HttpStatusCode.NotFound);
                var body = answer.Body!.AsObject();
                body.Remove("traceId");
                body.Remove("instance");
                shapes.Add(body.ToJsonString());
            }
        }

        shapes.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Given_a_kind_of_survey_When_its_questionnaire_is_read_Then_in_the_callers_language()
    {
        (await Fixture.Sales.GetAsync("/v1/questionnaires/A", "zh-Hans"))
            .Ok()
            .Text("title")
            .ShouldBe("顾客满意度调查表");
        (await Fixture.Sales.GetAsync("/v1/questionnaires/A", "en"))
            .Ok()["dimensions"]
            .AsArray()
            .Select(d => d!["code"]!.ToString())
            .ShouldBe(["A", "B", "C", "D", "E", "F"]);
        (await Fixture.Sales.GetAsync("/v1/questionnaires/Z")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_a_response_When_it_is_read_Then_staff_see_the_verdict_and_the_customer_its_words()
    {
        var own = Guid.CreateVersion7();
        var (id, token) = await Fixture.InviteAsync(own);
        var form = new FilledForm { Overall = "dissatisfied", Suggestions = "請盡快複查" };
        var receipt = (await Holder.PostAsync($"/v1/f/{token}", form)).Ok();
        var customer = Fixture.As(Someone.AtCustomer(own));

        var staffs = (await Fixture.Sales.GetAsync($"/v1/responses/{receipt.Id}")).Ok();
        var customers = (await customer.GetAsync($"/v1/responses/{receipt.Id}")).Ok();

        (staffs.ETag, staffs.State, staffs.Text("verdict")).ShouldBe(("\"1\"", "received", "complaint"));
        (customers.Text("suggestions"), customers.Body!["verdict"]).ShouldBe(("請盡快複查", null));
        var item = (await ResponsesOfAsync(id, "&verdict=complaint,warning&kind=D")).ShouldHaveSingleItem();
        item["id"]!.ToString().ShouldBe(receipt.Id.ToString());
        (await customer.GetAsync("/v1/responses")).Ok().Items.ShouldHaveSingleItem();
        (
            await Fixture.As(Someone.AtCustomer(Guid.CreateVersion7())).GetAsync($"/v1/responses/{receipt.Id}")
        ).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Fixture.Sales.GetAsync("/v1/responses?verdict=odd")).Code.ShouldBe("bad-filter");
    }

    private async Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode>> ResponsesOfAsync(
        Guid invitation,
        string filters = ""
    ) => (await Fixture.Sales.GetAsync($"/v1/responses?invitationId={invitation}{filters}")).Ok().Items;
}
