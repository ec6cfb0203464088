using CustomerService.Rules;

namespace CustomerService.Complaints.Knowledge.Domain;

/// <summary>Who sees which articles: staff all of them, customers what is published, others none.</summary>
internal static class KnowledgeAccess
{
    public static IQueryable<KnowledgeArticle> VisibleTo(this IQueryable<KnowledgeArticle> articles, Actor actor) =>
        actor.IsStaff() ? articles
        : actor.Has(Roles.Customer) ? articles.Where(article => article.State == KnowledgeArticleState.Published)
        : articles.Where(_ => false);
}
