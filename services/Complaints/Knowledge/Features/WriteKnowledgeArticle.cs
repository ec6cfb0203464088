using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.Enquiries.Domain;
using CustomerService.Complaints.Knowledge.Domain;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Knowledge.Features;

/// <summary>An article is written, of an enquiry or a complaint or by itself, and edited.</summary>
internal static class WriteKnowledgeArticle
{
    /// <param name="Texts">In at least one language; in all three before it is reviewed.</param>
    /// <param name="ProductModel">The product that it is about; the origin's by default.</param>
    /// <param name="EnquiryId">The enquiry of which it is made.</param>
    /// <param name="ComplaintId">The complaint of which it is made.</param>
    internal sealed record Request(
        IReadOnlyList<ArticleTextView> Texts,
        string? ProductModel = null,
        Guid? EnquiryId = null,
        Guid? ComplaintId = null
    );

    internal sealed record EditRequest(IReadOnlyList<ArticleTextView> Texts, string? ProductModel = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Texts).NotEmpty().Must(Differ).WithErrorCode("languages-differ");
            RuleForEach(r => r.Texts).NotNull().SetValidator(new TextValidator());
            RuleFor(r => r.ProductModel).OptionalText(TextLength.Line);
            RuleFor(r => r.ComplaintId).Null().When(r => r.EnquiryId is not null).WithErrorCode("one-origin");
        }
    }

    internal sealed class EditValidator : AbstractValidator<EditRequest>
    {
        public EditValidator()
        {
            RuleFor(r => r.Texts).NotEmpty().Must(Differ).WithErrorCode("languages-differ");
            RuleForEach(r => r.Texts).NotNull().SetValidator(new TextValidator());
            RuleFor(r => r.ProductModel).OptionalText(TextLength.Line);
        }
    }

    internal sealed class TextValidator : AbstractValidator<ArticleTextView>
    {
        public TextValidator()
        {
            RuleFor(t => t.Language)
                .Must(language => KnowledgeArticle.Languages.Contains(language))
                .WithErrorCode("language-unknown");
            RuleFor(t => t.Question).RequiredText(TextLength.Line);
            RuleFor(t => t.Answer).RequiredText();
        }
    }

    private static bool Differ(IReadOnlyList<ArticleTextView>? texts) =>
        texts is null || texts.Count == texts.DistinctBy(text => text?.Language).Count();

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/knowledge-articles", Handle)
            .AsCommand()
            .WithSummary("Write a knowledge article, of an enquiry or a complaint")
            .WithDescription(
                "Rule C3.1.5. A draft has at least one language. 404 where the enquiry or the complaint is not there."
            )
            .WithExample(new Request([new("zh-Hant", "最多可並聯幾台?", "最多 12 台，需加裝同步線。")], "M-200"))
            .Produces<KnowledgeArticleView>(StatusCodes.Status201Created);
        routes
            .MapPost("/knowledge-articles/{id:guid}/edit", EditArticle)
            .AsCommand()
            .WithName("EditKnowledgeArticle")
            .WithSummary("Edit a draft")
            .WithDescription("Rule C3.1.5. All texts are handed in.")
            .Produces<KnowledgeArticleView>();
    }

    private static async Task<CommandResult> Handle(
        Request body,
        ComplaintsDb db,
        RecordNumbers numbers,
        Links links,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var origin = await OriginAsync(body, db, caller, cancellation);
        if (origin is null && (body.EnquiryId ?? body.ComplaintId) is not null)
        {
            return CommandResult.NotFound();
        }

        var context = caller.Context();
        var number = await numbers.NextAsync(KnowledgeArticle.NumberKind, context.Today.Year, cancellation);
        var written = KnowledgeArticle.Write(context, number, TextsOf(body.Texts), body.ProductModel, origin);
        if (origin is not null && !written.Failed(out _, out var article))
        {
            await links.LinkAsync(
                context,
                new LinkedPair(
                    new RecordRef("complaints", article.Kind, article.Id, article.Number),
                    LinkKind.CausedBy,
                    new RecordRef("complaints", origin.Kind, origin.Id, origin.Number)
                ),
                cancellation
            );
        }

        return caller.Create(db, "knowledge-articles", written, KnowledgeArticleView.From);
    }

    private static Task<CommandResult> EditArticle(
        Guid id,
        EditRequest body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.KnowledgeArticles.VisibleTo(caller.Actor),
            id,
            (article, context) => article.Edit(context, TextsOf(body.Texts), body.ProductModel),
            KnowledgeArticleView.From,
            cancellation
        );

    private static IReadOnlyList<ArticleText> TextsOf(IReadOnlyList<ArticleTextView> texts) =>
        [.. texts.Select(text => new ArticleText(text.Language, text.Question.Trim(), text.Answer))];

    private static async Task<ArticleOrigin?> OriginAsync(
        Request body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (body.EnquiryId is { } enquiryId)
        {
            var enquiries = db.Enquiries.AsNoTracking().VisibleTo(caller.Actor);
            return await enquiries.FirstOrDefaultAsync(e => e.Id == enquiryId, cancellation) is { } enquiry
                ? ArticleOrigin.Of(enquiry)
                : null;
        }

        if (body.ComplaintId is { } complaintId)
        {
            var complaints = db.Complaints.AsNoTracking().VisibleTo(caller.Actor);
            return await complaints.FirstOrDefaultAsync(c => c.Id == complaintId, cancellation) is { } complaint
                ? ArticleOrigin.Of(complaint)
                : null;
        }

        return null;
    }
}
