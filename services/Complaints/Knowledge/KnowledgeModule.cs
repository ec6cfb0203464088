using CustomerService.Complaints.Data;
using CustomerService.Complaints.Knowledge.Domain;
using CustomerService.Complaints.Knowledge.Features;
using CustomerService.Records;

namespace CustomerService.Complaints.Knowledge;

/// <summary>What the company knows about questions that were asked before (C3.1.5).</summary>
internal static class KnowledgeModule
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Knowledge");
        WriteKnowledgeArticle.Map(routes);
        ListKnowledgeArticles.Map(routes);
        OfferKnowledgeArticles.Map(routes);
        GetKnowledgeArticle.Map(routes);
        ReviewKnowledgeArticle.Map(routes);
        routes.MapRecords<ComplaintsDb, KnowledgeArticle>(
            "knowledge-articles",
            (articles, actor) => articles.VisibleTo(actor),
            article => article.Number,
            KnowledgeArticleAction.Publish
        );
    }
}
