using System.Text.Json.Serialization;
using CustomerService.Complaints.Knowledge.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Knowledge.Features;

/// <summary>A knowledge article in a list.</summary>
internal sealed record KnowledgeArticleListItem
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required KnowledgeArticleState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What this caller could do now; each is the last part of the route to post to.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>In the caller's language where it is written in it.</summary>
    public required string Question { get; init; }

    public string? ProductModel { get; init; }

    public DateOnly? PublishedOn { get; init; }

    public static KnowledgeArticleListItem From(KnowledgeArticle article, Caller caller) =>
        new()
        {
            Id = article.Id,
            Number = article.Number,
            State = article.State,
            Version = article.Version,
            Actions = article.AllowedActions(caller.Context(article)),
            Question = article.In(System.Globalization.CultureInfo.CurrentUICulture.Name).Question,
            ProductModel = article.ProductModel,
            PublishedOn = article.PublishedOn,
        };
}
