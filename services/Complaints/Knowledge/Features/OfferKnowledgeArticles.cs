using System.Globalization;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.Knowledge.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Knowledge.Features;

/// <summary>An article that may answer what is being typed.</summary>
/// <param name="Share">How much of what is typed it has, from 0 to 1.</param>
internal sealed record OfferedArticleView(Guid Id, string Number, string Question, string Answer, double Share);

internal sealed record OfferedArticlesView(IReadOnlyList<OfferedArticleView> Items);

internal static class OfferKnowledgeArticles
{
    private const int Most = 5;
    private const int Read = 200;

    /// <summary>What is known of the question that is being typed.</summary>
    internal sealed record Query
    {
        /// <summary>The question as far as it is typed.</summary>
        public TextFilter? Text { get; init; }

        /// <summary>Articles about this product stand first.</summary>
        public TextFilter? ProductModel { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/knowledge-articles/offered", Handle)
            .AsQuery()
            .WithName("OfferKnowledgeArticles")
            .WithSummary("Published articles that may answer what is being typed")
            .WithDescription(
                """
                Rule C3.1.5; staff and customers. Traditional and simplified characters, full and half width are the same. At
                most five, the likeliest first, in the caller's language.
                """
            )
            .Produces<OfferedArticlesView>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var pieces = OfferedArticles.PiecesOf(query.Text?.Value ?? "");
        var candidates =
            pieces.Length == 0
                ? []
                : await db
                    .KnowledgeArticles.AsNoTracking()
                    .VisibleTo(caller.Actor)
                    .Where(a => a.State == KnowledgeArticleState.Published)
                    .Where(a => a.SearchGrams.Any(gram => pieces.Contains(gram)))
                    .OrderByDescending(a => a.Id)
                    .Take(Read)
                    .ToListAsync(cancellation);
        var language = CultureInfo.CurrentUICulture.Name;
        return QueryResult.Of(
            new OfferedArticlesView([
                .. OfferedArticles
                    .Choose(candidates, pieces, query.ProductModel?.Value, Most)
                    .Select(one => new OfferedArticleView(
                        one.Article.Id,
                        one.Article.Number,
                        one.Article.In(language).Question,
                        one.Article.In(language).Answer,
                        Math.Round(one.Share, 2)
                    )),
            ])
        );
    }
}
