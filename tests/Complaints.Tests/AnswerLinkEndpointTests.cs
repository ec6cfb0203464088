using System.Net;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>The customer's link to an answer, over HTTP.</summary>
public sealed class AnswerLinkEndpointTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    private static readonly string[] Shown =
    [
        "_actions",
        "person",
        "complaintNumber",
        "customerName",
        "subject",
        "language",
        "validThrough",
        "answer",
        "settled",
        "outcome",
        "usedAt",
    ];

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public async Task The_holder_sees_the_answer_only_and_confirms_it_once()
    {
        var complaint = await Fixture.AnsweredAsync();
        var path = (await MadeAsync(complaint)).Text("path");
        var phone = Fixture.Anonymous();

        var page = (await phone.GetAsync(path)).Ok();

        page.Body!.AsObject().Select(member => member.Key).ShouldBeSubsetOf(Shown);
        page.Actions.ShouldBe(["confirm", "object"], ignoreOrder: true);
        page["answer"]["conclusion"]!.ToString().ShouldBe(Steps.Answer.Conclusion);
        page.Raw.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var both = await Task.WhenAll(
            phone.PostAsync(path + "/confirm", new UseAnswerLink.ConfirmRequest("滿意。")),
            phone.PostAsync(path + "/object", new UseAnswerLink.DisputeRequest("仍漏水"))
        );
        both.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1, "once, whichever comes first");
        (await phone.PostAsync(path + "/confirm", new UseAnswerLink.ConfirmRequest(null))).Refused(
            HttpStatusCode.Gone,
            "link-used",
            "C5.6.1"
        );
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public async Task A_dispute_by_link_leads_to_QC_and_a_revoked_or_unknown_link_to_nothing()
    {
        var complaint = await Fixture.AnsweredAsync();
        var (disputed, revoked) = (await MadeAsync(complaint), await MadeAsync(complaint));
        var phone = Fixture.Anonymous();
        (await Fixture.Desk.PostAsync($"/v1/answer-links/{revoked.Id}/revoke", null, revoked.ETag)).Ok();

        (await phone.PostAsync(disputed.Text("path") + "/object", new UseAnswerLink.DisputeRequest("仍漏水"))).Ok();

        var seen = (await Fixture.Desk.GetAsync(Steps.Complaint(complaint))).Ok();
        (seen.State, seen["objections"].AsArray().Single()!["reason"]!.ToString()).ShouldBe(("with-qc", "仍漏水"));
        (await phone.GetAsync(revoked.Text("path"))).Refused(HttpStatusCode.Gone, "link-revoked", "C5.6.1");
        (await phone.GetAsync("/v1/answer-links/nothing")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await phone.PostAsync($"/v1/answer-links/{revoked.Id}/revoke", null, revoked.ETag)).Status.ShouldBe(
            HttpStatusCode.Unauthorized
        );
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public async Task In_a_browser_the_link_is_a_page_to_answer_on_in_the_customers_language_and_says_its_end()
    {
        var complaint = await Fixture.AnsweredAsync();
        var made = await MadeAsync(complaint);
        var (path, phone) = (made.Text("path"), Fixture.Anonymous());

        var (status, html, raw) = await phone.PageAsync(path);

        status.ShouldBe(HttpStatusCode.OK);
        html.ShouldContain("<html lang=\"zh-Hant\">", Case.Sensitive, "the complaint's language, not the browser's");
        html.ShouldContain($"對您的投訴 {complaint.Number} 的答覆");
        html.ShouldContain(Steps.Answer.Conclusion!);
        html.ShouldContain("data-to=\"confirm\"");
        html.ShouldContain("data-to=\"object\"");
        raw.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("connect-src 'self'");
        raw.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await phone.PageAsync(path + "?culture=en")).Html.ShouldContain(
            $"Our answer to your complaint {complaint.Number}"
        );
        (await phone.PostAsync(path + "/confirm", new UseAnswerLink.ConfirmRequest(null))).Ok().Actions.ShouldBeEmpty();
        (await phone.GetAsync(path)).Ok().Actions.ShouldBeEmpty();
        (await phone.PageAsync(path)).Html.ShouldNotContain("<form");
        (await Fixture.Desk.PostAsync($"/v1/answer-links/{made.Id}/revoke", null, NextVersion(made))).Ok();
        var (gone, said, _) = await phone.PageAsync(path);
        gone.ShouldBe(HttpStatusCode.Gone);
        said.ShouldContain("The link was revoked.");
        said.ShouldContain("Please ask the person who sent you the link");
        (await phone.PageAsync("/v1/answer-links/nothing")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static string NextVersion(ApiAnswer link) => $"\"{(long)link["version"]! + 1}\"";

    private async Task<ApiAnswer> MadeAsync(ApiAnswer complaint) =>
        (
            await Fixture.Desk.PostAsync(
                Steps.Complaint(complaint) + "/answer-links",
                new MakeAnswerLink.Request("李經理")
            )
        ).Ok();
}
