using CustomerService.Complaints.Data;
using CustomerService.Complaints.Knowledge.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Knowledge.Features;

internal static class GetKnowledgeArticle
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/knowledge-articles/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("A knowledge article in its languages")
            .WithDescription("Rule C3.1.5; customers what is published. The ETag is for If-Match.")
            .Produces<KnowledgeArticleView>();

    private static Task<QueryResult> Handle(Guid id, ComplaintsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.KnowledgeArticles.VisibleTo(caller.Actor), id, KnowledgeArticleView.From, cancellation);
}
