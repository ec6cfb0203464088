using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Knowledge.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using static CustomerService.Complaints.Knowledge.Domain.KnowledgeArticleState;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>Knowledge articles: written, read by a second person, published, offered, withdrawn.</summary>
public sealed class KnowledgeTests
{
    private static readonly CommandContext Desk = A.Context(Someone.InCustomerService());
    private static readonly CommandContext Second = A.Context(Someone.InSales());

    private static readonly ArticleText[] All =
    [
        new("zh-Hant", "最多可並聯幾台?", "最多十二台，需加裝同步線。"),
        new("zh-Hans", "最多可并联几台?", "最多十二台，需加装同步线。"),
        new("en", "How many units run in parallel?", "Up to twelve, with a sync cable."),
    ];

    [Fact]
    public void The_flow_of_an_article_is_sound() =>
        FlowChecks.Problems(KnowledgeArticleFlow.Table, ComplaintsTexts.Manager, Texts.Common).ShouldBeEmpty();

    [Fact]
    [Trait("Rule", "S1")]
    public void Whatever_is_tried_only_the_table_changes_an_article() =>
        new FlowWalk<KnowledgeArticle, KnowledgeArticleState, KnowledgeArticleAction>(KnowledgeArticleFlow.Table)
            .Start(
                KnowledgeArticleAction.Write,
                move => KnowledgeArticle.Write(move.Context, "KB-1", move.OneIn(3) ? All[..1] : All, null, null)
            )
            .On(KnowledgeArticleAction.Edit, (a, move) => a.Edit(move.Context, All, "M-200"))
            .On(KnowledgeArticleAction.Review, (a, move) => a.Review(move.Context))
            .On(KnowledgeArticleAction.SendBack, (a, move) => a.SendBack(move.Context, "why"))
            .On(KnowledgeArticleAction.Publish, (a, move) => a.Publish(move.Context))
            .On(KnowledgeArticleAction.Revise, (a, move) => a.Revise(move.Context, "why"))
            .On(KnowledgeArticleAction.Withdraw, (a, move) => a.Withdraw(move.Context, "why"))
            .Run(walks: 200);

    [Fact]
    [Trait("Rule", "C3.1.5")]
    public void Given_a_draft_When_reviewed_Then_it_has_all_languages_and_the_reader_is_a_second_person()
    {
        var article = Written(All[..2]);

        article.Review(Second).Refused("language-missing", "C3.1.5").Missing.ShouldBe(["all-languages"]);
        article.Edit(Desk, All, null).ShouldBeNull();
        article.Review(Desk).Refused("reviewer-is-author", "C3.1.5");
        article.Review(Second).ShouldBeNull();

        article.Publish(Desk).ShouldBeNull();
        (article.State, article.ReviewedBy!.Name, article.PublishedOn).ShouldBe(
            (Published, Second.Actor.Name, A.Today)
        );
    }

    [Fact]
    [Trait("Rule", "C3.1.5")]
    public void Given_a_published_article_When_revised_Then_another_edition_goes_through_review_again()
    {
        var article = Written(All);
        article.Review(Second).ShouldBeNull();
        article.Publish(Desk).ShouldBeNull();

        article.Revise(Second, "新機型").ShouldBeNull();

        (article.State, article.Edition, article.ReviewedBy, article.PublishedOn).ShouldBe((Draft, 2, null, null));
        article.Review(Second).Refused("reviewer-is-author", "C3.1.5");
        article.Review(Desk).ShouldBeNull();
        article.Publish(Desk).ShouldBeNull();
        article.Withdraw(Desk, "停產").ShouldBeNull();
        (article.State, article.WithdrawnReason).ShouldBe((Withdrawn, "停產"));
    }

    [Theory]
    [InlineData("可並聯幾", 1)]
    [InlineData("可并联几台", 1)]
    [InlineData("ｈｏｗ　ｍａｎｙ units", 1)]
    [InlineData("外牆滲水", 0)]
    [InlineData("", 0)]
    [Trait("Rule", "C3.1.5")]
    public void Given_what_is_typed_When_articles_are_offered_Then_script_and_width_do_not_matter(
        string typed,
        int offered
    ) => OfferedArticles.Choose([Written(All)], OfferedArticles.PiecesOf(typed), null, 5).Count.ShouldBe(offered);

    [Fact]
    [Trait("Rule", "C3.1.5")]
    public void Given_an_article_of_the_product_When_offered_Then_it_stands_first()
    {
        var (general, own) = (Written(All), Written(All, "Ｍ-200"));

        var offered = OfferedArticles.Choose([general, own], OfferedArticles.PiecesOf("並聯幾台"), "m-200", 5);

        offered.Select(one => one.Article).ShouldBe([own, general]);
    }

    [Fact]
    [Trait("Rule", "C3.1.5")]
    public void Given_a_complaint_When_an_article_is_made_of_it_Then_it_keeps_number_and_model()
    {
        var complaint = A.Complaint().At(ComplaintState.Closed);
        var article = KnowledgeArticle.Write(Desk, "KB-1", All, null, ArticleOrigin.Of(complaint)).Required();

        (article.OriginKind, article.OriginId, article.OriginNumber).ShouldBe(
            ("complaint", complaint.Id, complaint.Number)
        );
    }

    private static KnowledgeArticle Written(ArticleText[] texts, string? model = null) =>
        KnowledgeArticle.Write(Desk, "KB-2026-000001", texts, model, null).Required();
}
