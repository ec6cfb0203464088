using System.Text.Json.Serialization;
using CustomerService.Complaints.Knowledge.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Knowledge.Features;

/// <param name="Language"><c>zh-Hant</c>, <c>zh-Hans</c>, <c>en</c>.</param>
/// <param name="Question">What is asked, one line.</param>
/// <param name="Answer">What is answered.</param>
internal sealed record ArticleTextView(string Language, string Question, string Answer)
{
    public static ArticleTextView From(ArticleText text) => new(text.Language, text.Question, text.Answer);
}

/// <summary>A knowledge article as the caller may see it. What is internal is null for customers.</summary>
internal sealed record KnowledgeArticleView
{
    public required Guid Id { get; init; }

    /// <summary>For example <c>KB-2026-000007</c>; with gaps.</summary>
    public required string Number { get; init; }

    public required KnowledgeArticleState State { get; init; }

    /// <summary>Its ETag.</summary>
    public required long Version { get; init; }

    /// <summary>What this caller could do now; each is the last part of the route to post to.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required IReadOnlyList<ArticleTextView> Texts { get; init; }

    /// <summary>The product that it is about; null for all.</summary>
    public string? ProductModel { get; init; }

    public DateOnly? PublishedOn { get; init; }

    /// <summary>1, and one more with each revision of a published article; staff only.</summary>
    public int? Edition { get; init; }

    /// <summary>Languages in which it is not written yet; staff only.</summary>
    public IReadOnlyList<string>? MissingLanguages { get; init; }

    /// <summary><c>enquiry</c> or <c>complaint</c>; staff only.</summary>
    public string? OriginKind { get; init; }

    /// <summary>Staff only.</summary>
    public Guid? OriginId { get; init; }

    /// <summary>Staff only.</summary>
    public string? OriginNumber { get; init; }

    /// <summary>Who wrote words of this edition; staff only.</summary>
    public IReadOnlyList<string>? Authors { get; init; }

    /// <summary>Staff only.</summary>
    public string? ReviewedBy { get; init; }

    /// <summary>Staff only.</summary>
    public string? PublishedBy { get; init; }

    /// <summary>Staff only.</summary>
    public string? WithdrawnReason { get; init; }

    public static KnowledgeArticleView From(KnowledgeArticle article, Caller caller)
    {
        var shown = ForOutsiders(article, caller);
        return caller.IsStaff
            ? shown with
            {
                Edition = article.Edition,
                MissingLanguages = article.MissingLanguages,
                OriginKind = article.OriginKind,
                OriginId = article.OriginId,
                OriginNumber = article.OriginNumber,
                Authors = [.. article.Authors.Select(author => author.Name).Distinct()],
                ReviewedBy = article.ReviewedBy?.Name,
                PublishedBy = article.PublishedBy?.Name,
                WithdrawnReason = article.WithdrawnReason,
            }
            : shown;
    }

    private static KnowledgeArticleView ForOutsiders(KnowledgeArticle article, Caller caller) =>
        new()
        {
            Id = article.Id,
            Number = article.Number,
            State = article.State,
            Version = article.Version,
            Actions = article.AllowedActions(caller.Context(article)),
            Texts = [.. article.Texts.Select(ArticleTextView.From)],
            ProductModel = article.ProductModel,
            PublishedOn = article.PublishedOn,
        };
}
