using CustomerService.Rules;

namespace CustomerService.Complaints.Knowledge.Domain;

/// <summary>Which articles are offered while somebody types: those that share most with what is typed so far, in whichever
/// script and width.</summary>
internal static class OfferedArticles
{
    private const int Gram = 2;

    // One shared pair of characters is chance.
    private const double Enough = 0.4;

    /// <summary>The pieces of what is typed.</summary>
    public static string[] PiecesOf(string typed) =>
        [.. SearchText.Grams(SearchText.Of(typed)).Where(gram => gram.EnumerateRunes().Count() == Gram)];

    /// <summary>The likeliest first; those that have too little in common not at all.</summary>
    public static IReadOnlyList<(KnowledgeArticle Article, double Share)> Choose(
        IEnumerable<KnowledgeArticle> candidates,
        IReadOnlyCollection<string> pieces,
        string? productModel,
        int most
    )
    {
        var model = productModel is null ? null : TextFolding.Key(productModel);
        return
        [
            .. candidates
                .Select(article =>
                    (
                        Article: article,
                        Share: pieces.Count == 0 ? 0 : (double)pieces.Count(article.SearchGrams.Contains) / pieces.Count
                    )
                )
                .Where(one => one.Share >= Enough)
                .OrderByDescending(one => model is not null && IsOf(one.Article, model))
                .ThenByDescending(one => one.Share)
                .ThenByDescending(one => one.Article.Id)
                .Take(most),
        ];
    }

    private static bool IsOf(KnowledgeArticle article, string model) =>
        article.ProductModel is { } own && TextFolding.Key(own) == model;
}
