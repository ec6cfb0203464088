using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Enquiries.Domain;
using CustomerService.Rules;

namespace CustomerService.Complaints.Knowledge.Domain;

/// <summary>The article in one language.</summary>
/// <param name="Language"><c>zh-Hant</c>, <c>zh-Hans</c>, <c>en</c>.</param>
/// <param name="Question">What is asked, one line.</param>
/// <param name="Answer">What is answered.</param>
internal sealed record ArticleText(string Language, string Question, string Answer);

/// <summary>The enquiry or complaint of which it was made.</summary>
internal sealed record ArticleOrigin(string Kind, Guid Id, string Number, string? ProductModel)
{
    public static ArticleOrigin Of(Enquiry enquiry) =>
        new(enquiry.Kind, enquiry.Id, enquiry.Number, enquiry.ProductModel);

    public static ArticleOrigin Of(Complaint complaint) =>
        new(complaint.Kind, complaint.Id, complaint.Number, complaint.Reference.ProductModel);
}

/// <summary>What the company knows about a question, so that it is answered the same the next time (C3.1.5).</summary>
internal sealed class KnowledgeArticle : Aggregate<KnowledgeArticle, KnowledgeArticleState, KnowledgeArticleAction>
{
    /// <summary>Prefix of the number, which may have gaps.</summary>
    public const string NumberKind = "KB";

    /// <summary>The languages that an article has before it is offered.</summary>
    public static readonly IReadOnlyList<string> Languages = ["zh-Hant", "zh-Hans", "en"];

    // What stands further down in a long answer is not what people search for.
    private const int SearchedLength = 400;

    private KnowledgeArticle() { }

    protected override Flow<KnowledgeArticle, KnowledgeArticleState, KnowledgeArticleAction> Table =>
        KnowledgeArticleFlow.Table;

    public override string Kind => "knowledge-article";

    public override WorkSubject WorkSubject => new(Number, Texts[0].Question);

    public string Number { get; private set; } = "";

    public IReadOnlyList<ArticleText> Texts { get; private set; } = [];

    /// <summary>The product that it is about; null for all.</summary>
    public string? ProductModel { get; private set; }

    public string? OriginKind { get; private set; }

    public Guid? OriginId { get; private set; }

    public string? OriginNumber { get; private set; }

    /// <summary>1, and one more with each revision of a published article.</summary>
    public int Edition { get; private set; }

    /// <summary>Who wrote words of this edition.</summary>
    public IReadOnlyList<Stamp> Authors { get; private set; } = [];

    public Stamp? ReviewedBy { get; private set; }

    public Stamp? PublishedBy { get; private set; }

    public DateOnly? PublishedOn { get; private set; }

    /// <summary>Why it was withdrawn.</summary>
    public string? WithdrawnReason { get; private set; }

    /// <summary>What it is found by.</summary>
    public string SearchText { get; private set; } = "";

    public string[] SearchGrams { get; private set; } = [];

    /// <summary>The languages in which it is not written yet.</summary>
    public IReadOnlyList<string> MissingLanguages => [.. Languages.Except(Texts.Select(text => text.Language))];

    public static Result<KnowledgeArticle> Write(
        CommandContext context,
        string number,
        IReadOnlyList<ArticleText> texts,
        string? productModel,
        ArticleOrigin? origin
    )
    {
        var article = new KnowledgeArticle { Id = Guid.CreateVersion7(context.Now) };
        if (article.Start(context, KnowledgeArticleAction.Write, texts[0].Question) is { } refusal)
        {
            return refusal;
        }

        article.Number = number;
        article.Edition = 1;
        (article.OriginKind, article.OriginId, article.OriginNumber) = (origin?.Kind, origin?.Id, origin?.Number);
        article.Set(context, texts, productModel ?? origin?.ProductModel);
        return article;
    }

    public Refusal? Edit(CommandContext context, IReadOnlyList<ArticleText> texts, string? productModel) =>
        Transition(
            context,
            KnowledgeArticleAction.Edit,
            why: texts[0].Question,
            change: () => Set(context, texts, productModel)
        );

    /// <summary>A second person read it and stands by it.</summary>
    public Refusal? Review(CommandContext context) =>
        Transition(context, KnowledgeArticleAction.Review, change: () => ReviewedBy = Stamp.Of(context));

    public Refusal? SendBack(CommandContext context, string reason) =>
        Transition(context, KnowledgeArticleAction.SendBack, why: reason, change: () => ReviewedBy = null);

    /// <summary>It is offered from now on.</summary>
    public Refusal? Publish(CommandContext context) =>
        Transition(
            context,
            KnowledgeArticleAction.Publish,
            change: () => (PublishedBy, PublishedOn) = (Stamp.Of(context), context.Today)
        );

    /// <summary>Another edition is written; until it is published none is offered.</summary>
    public Refusal? Revise(CommandContext context, string reason) =>
        Transition(
            context,
            KnowledgeArticleAction.Revise,
            why: reason,
            change: () =>
            {
                Edition++;
                (Authors, ReviewedBy, PublishedBy, PublishedOn) = ([Stamp.Of(context)], null, null, null);
            }
        );

    public Refusal? Withdraw(CommandContext context, string reason) =>
        Transition(context, KnowledgeArticleAction.Withdraw, why: reason, change: () => WithdrawnReason = reason);

    /// <summary>The text in a language, or in the first one that there is.</summary>
    public ArticleText In(string language) => Texts.FirstOrDefault(text => text.Language == language) ?? Texts[0];

    private void Set(CommandContext context, IReadOnlyList<ArticleText> texts, string? productModel)
    {
        Texts = [.. texts.OrderBy(text => Languages.ToList().IndexOf(text.Language))];
        ProductModel = productModel;
        Authors = [.. Authors, Stamp.Of(context)];
        SearchText = Rules.SearchText.Of([
            Number,
            productModel,
            .. Texts.SelectMany(text => new[] { text.Question, text.Answer.Truncate(SearchedLength, "") }),
        ]);
        SearchGrams = Rules.SearchText.Grams(SearchText);
    }
}
