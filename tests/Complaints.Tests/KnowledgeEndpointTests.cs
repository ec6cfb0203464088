using System.Net;
using CustomerService.Complaints.Enquiries.Features;
using CustomerService.Complaints.Knowledge.Features;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>Knowledge articles over HTTP.</summary>
public sealed class KnowledgeEndpointTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    private static readonly WriteKnowledgeArticle.Request Draft = new([
        new("zh-Hant", "液壓站溫升報警如何解除?", "清洗散熱器後復位。"),
    ]);

    [Fact]
    [Trait("Rule", "C3.1.5")]
    public async Task An_enquiry_becomes_an_article_that_a_second_person_reviews_and_that_is_offered_while_typing()
    {
        var f = Fixture;
        var customer = await f.CustomerAsync();
        var enquiry = (
            await f.Desk.PostAsync(
                "/v1/enquiries",
                new RegisterEnquiry.Request
                {
                    CustomerId = customer,
                    Contact = "王小姐",
                    Phone = "0755",
                    Subject = "溫升報警",
                    Question = "液壓站溫升報警如何解除?",
                    ProductModel = "Y-9",
                }
            )
        ).Ok();
        var written = (await f.Desk.PostAsync("/v1/knowledge-articles", Draft with { EnquiryId = enquiry.Id })).Ok();
        var article = "/v1/knowledge-articles/" + written.Id;
        (written.Text("originNumber"), written.Text("productModel")).ShouldBe((enquiry.Number, "Y-9"));
        (await f.Desk.GetAsync(article + "/links")).Ok().Items.Single()["number"]!.ToString().ShouldBe(enquiry.Number);
        (await f.Sales.ChangeAsync(article, "review", new { })).Refused(
            HttpStatusCode.Conflict,
            "language-missing",
            "C3.1.5"
        );
        await f.Desk.DoAsync(
            article,
            "edit",
            new WriteKnowledgeArticle.EditRequest(
                [
                    .. Draft.Texts,
                    new("zh-Hans", "液压站温升报警如何解除?", "清洗散热器后复位。"),
                    new("en", "How is the overheat alarm cleared?", "Clean the cooler, then reset."),
                ],
                "Y-9"
            )
        );
        (await f.Customer(customer).GetAsync(article)).Status.ShouldBe(HttpStatusCode.NotFound, "a draft is internal");
        (await f.Desk.ChangeAsync(article, "review", new { })).Refused(
            HttpStatusCode.Conflict,
            "reviewer-is-author",
            "C3.1.5"
        );
        await f.Sales.DoAsync(article, "review", new { });
        await f.Desk.DoAsync(article, "publish", new { });

        var offered = (
            await f.Customer(customer)
                .GetAsync("/v1/knowledge-articles/offered?text=" + Uri.EscapeDataString("液压站温升"), language: "en")
        )
            .Ok()
            .Items.Single();

        (offered["number"]!.ToString(), offered["answer"]!.ToString()).ShouldBe(
            (written.Number, "Clean the cooler, then reset.")
        );
        var seen = (await f.Customer(customer).GetAsync(article)).Ok();
        foreach (var member in (string[])["authors", "reviewedBy", "publishedBy", "originNumber", "edition"])
        {
            seen.Body![member].ShouldBeNull(member);
        }

        (await f.Customer(customer).GetAsync("/v1/knowledge-articles?search=液壓站")).Ok().Items.Count.ShouldBe(1);
        await f.Desk.DoAsync(
            "/v1/enquiries/" + enquiry.Id,
            "answer",
            new AnswerEnquiry.AnswerRequest("復位", written.Number)
        );
        await f.Desk.DoAsync(article, "withdraw", new ReviewKnowledgeArticle.ReasonRequest("停產"));
        (await f.Desk.GetAsync("/v1/knowledge-articles/offered?text=" + Uri.EscapeDataString("液壓站溫升")))
            .Ok()
            .Items.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "C3.1.5")]
    public async Task An_article_is_sent_back_and_revised_and_an_answer_names_only_a_published_one()
    {
        var f = Fixture;
        var texts = new[] { "zh-Hant", "zh-Hans", "en" }.Select(l => new ArticleTextView(l, "如何校準?", "見手冊。"));
        var written = (
            await f.Desk.PostAsync("/v1/knowledge-articles", new WriteKnowledgeArticle.Request([.. texts]))
        ).Ok();
        var article = "/v1/knowledge-articles/" + written.Id;
        await f.Sales.DoAsync(article, "review", new { });
        var why = new ReviewKnowledgeArticle.ReasonRequest("補充");
        (await f.Sales.DoAsync(article, "send-back", why)).State.ShouldBe("draft");
        await f.Sales.DoAsync(article, "review", new { });
        await f.Desk.DoAsync(article, "publish", new { });
        (await f.Desk.DoAsync(article, "revise", why))["edition"].GetValue<int>().ShouldBe(2);
        var enquiry = (
            await f.Desk.PostAsync(
                "/v1/enquiries",
                new RegisterEnquiry.Request
                {
                    Contact = "王",
                    Phone = "0755",
                    Subject = "校準",
                    Question = "如何校準?",
                }
            )
        ).Ok();

        (
            await f.Desk.ChangeAsync(
                "/v1/enquiries/" + enquiry.Id,
                "answer",
                new AnswerEnquiry.AnswerRequest("見條目", written.Number)
            )
        ).Refused(HttpStatusCode.BadRequest, "article-not-published", "C3.1.5");
        (
            await f.Desk.PostAsync("/v1/knowledge-articles", Draft with { ComplaintId = Guid.CreateVersion7() })
        ).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
