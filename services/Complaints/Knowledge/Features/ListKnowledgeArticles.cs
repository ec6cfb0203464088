using CustomerService.Complaints.Data;
using CustomerService.Complaints.Knowledge.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Knowledge.Features;

internal static class ListKnowledgeArticles
{
    /// <summary>Filters; all given ones must hold.</summary>
    internal sealed record Query : PageQuery
    {
        /// <summary>States, joined by commas.</summary>
        public EnumFilter<KnowledgeArticleState>? State { get; init; }

        /// <summary>A part of number, model, question or answer, in any of the languages.</summary>
        public TextFilter? Search { get; init; }

        /// <summary>The enquiry or complaint of which it was made.</summary>
        public Guid? OriginId { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/knowledge-articles", Handle)
            .AsQuery()
            .WithSummary("Knowledge articles, the newest first")
            .WithDescription("Rule C3.1.5. Customers see what is published.")
            .Produces<Page<KnowledgeArticleListItem>>();

    private static Task<QueryResult> Handle(
        [AsParameters] Query query,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        // Where an article comes from is internal.
        var articles = db.KnowledgeArticles.VisibleTo(caller.Actor);
        return (caller.IsStaff ? articles.Where(query.OriginId, id => a => a.OriginId == id) : articles)
            .Where(query.State, states => article => states.Contains(article.State))
            .Where(query.Search, text => Lists.Has<KnowledgeArticle>(a => a.SearchText, text))
            .ToPageAsync(query, article => KnowledgeArticleListItem.From(article, caller), cancellation);
    }
}
