using CustomerService.Complaints.Data;
using CustomerService.Complaints.Knowledge.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Knowledge.Features;

/// <summary>A second person reads an article, and it is published, revised or withdrawn.</summary>
internal static class ReviewKnowledgeArticle
{
    internal sealed record ReasonRequest(string Reason);

    internal sealed class ReasonValidator : AbstractValidator<ReasonRequest>
    {
        public ReasonValidator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/knowledge-articles/{id:guid}/review", Review)
            .AsCommand()
            .WithName("ReviewKnowledgeArticle")
            .WithSummary("A second person stands by the article")
            .WithDescription("Rule C3.1.5. 409: language-missing, reviewer-is-author.")
            .Produces<KnowledgeArticleView>();
        routes
            .MapPost("/knowledge-articles/{id:guid}/send-back", SendBack)
            .AsCommand()
            .WithName("SendBackKnowledgeArticle")
            .WithSummary("The article is to be written better")
            .WithDescription("Rule C3.1.5.")
            .Produces<KnowledgeArticleView>();
        routes
            .MapPost("/knowledge-articles/{id:guid}/publish", Publish)
            .AsCommand()
            .WithName("PublishKnowledgeArticle")
            .WithSummary("The article is offered from now on")
            .WithDescription("Rule C3.1.5.")
            .Produces<KnowledgeArticleView>();
        routes
            .MapPost("/knowledge-articles/{id:guid}/revise", Revise)
            .AsCommand()
            .WithName("ReviseKnowledgeArticle")
            .WithSummary("Another edition is written")
            .WithDescription("Rule C3.1.5. Until it is reviewed and published the article is not offered.")
            .Produces<KnowledgeArticleView>();
        routes
            .MapPost("/knowledge-articles/{id:guid}/withdraw", Withdraw)
            .AsCommand()
            .WithName("WithdrawKnowledgeArticle")
            .WithSummary("The article is no longer offered")
            .WithDescription("Rule C3.1.5.")
            .Produces<KnowledgeArticleView>();
    }

    private static Task<CommandResult> Review(
        Guid id,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => ChangeAsync(id, db, caller, (article, context) => article.Review(context), cancellation);

    private static Task<CommandResult> SendBack(
        Guid id,
        ReasonRequest body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => ChangeAsync(id, db, caller, (article, context) => article.SendBack(context, body.Reason), cancellation);

    private static Task<CommandResult> Publish(
        Guid id,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => ChangeAsync(id, db, caller, (article, context) => article.Publish(context), cancellation);

    private static Task<CommandResult> Revise(
        Guid id,
        ReasonRequest body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => ChangeAsync(id, db, caller, (article, context) => article.Revise(context, body.Reason), cancellation);

    private static Task<CommandResult> Withdraw(
        Guid id,
        ReasonRequest body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => ChangeAsync(id, db, caller, (article, context) => article.Withdraw(context, body.Reason), cancellation);

    private static Task<CommandResult> ChangeAsync(
        Guid id,
        ComplaintsDb db,
        Caller caller,
        Func<KnowledgeArticle, CommandContext, Refusal?> change,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.KnowledgeArticles.VisibleTo(caller.Actor),
            id,
            change,
            KnowledgeArticleView.From,
            cancellation
        );
}
