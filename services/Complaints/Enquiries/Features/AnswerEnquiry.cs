using CustomerService.Complaints.Data;
using CustomerService.Complaints.Enquiries.Domain;
using CustomerService.Complaints.Knowledge.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Enquiries.Features;

/// <summary>Questions and answers of an enquiry.</summary>
internal static class AnswerEnquiry
{
    /// <param name="KnowledgeEntry">Number of the knowledge entry that the answer rests on.</param>
    internal sealed record AnswerRequest(string Answer, string? KnowledgeEntry);

    internal sealed record AskRequest(string Question);

    internal sealed class AnswerValidator : AbstractValidator<AnswerRequest>
    {
        public AnswerValidator()
        {
            RuleFor(r => r.Answer).RequiredText();
            RuleFor(r => r.KnowledgeEntry).OptionalCode();
        }
    }

    internal sealed class AskValidator : AbstractValidator<AskRequest>
    {
        public AskValidator() => RuleFor(r => r.Question).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/enquiries/{id:guid}/answer", Answer)
            .AsCommand()
            .WithName("AnswerEnquiry")
            .WithSummary("Answer the enquiry")
            .WithDescription(
                "Rule C3.1.5; customer service, sales, or who knows the product. 400 `article-not-published`."
            )
            .Produces<EnquiryView>();
        routes
            .MapPost("/enquiries/{id:guid}/ask-further", AskFurther)
            .AsCommand()
            .WithName("AskFurtherInEnquiry")
            .WithSummary("The customer asks further")
            .WithDescription("Rule C3.1.5; the customer, or staff for them. The clock begins again.")
            .Produces<EnquiryView>();
        routes
            .MapPost("/enquiries/{id:guid}/close", Close)
            .AsCommand()
            .WithName("CloseEnquiry")
            .WithSummary("Nothing more was asked")
            .WithDescription("Rule C3.1.5.")
            .Produces<EnquiryView>();
    }

    private static Task<CommandResult> Answer(
        Guid id,
        AnswerRequest body,
        ComplaintsDb db,
        ComplaintsMails mails,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Enquiries.VisibleTo(caller.Actor),
            id,
            async (enquiry, context) =>
            {
                if (
                    (
                        enquiry.Answer(context, body.Answer, body.KnowledgeEntry)
                        ?? await CheckArticleAsync(body.KnowledgeEntry, db, cancellation)
                    ) is
                    { } refusal
                )
                {
                    return refusal;
                }

                await mails.AnswerAsync(context, enquiry, body.Answer, cancellation);
                return null;
            },
            EnquiryView.From,
            cancellation
        );

    private static async Task<Refusal?> CheckArticleAsync(
        string? number,
        ComplaintsDb db,
        CancellationToken cancellation
    ) =>
        number is null
        || await db.KnowledgeArticles.AnyAsync(
            article => article.Number == number && article.State == KnowledgeArticleState.Published,
            cancellation
        )
            ? null
            : Refusal.Invalid("article-not-published", "C3.1.5", "published-article");

    private static Task<CommandResult> AskFurther(
        Guid id,
        AskRequest body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Enquiries.VisibleTo(caller.Actor),
            id,
            (enquiry, context) => enquiry.AskFurther(context, body.Question),
            EnquiryView.From,
            cancellation
        );

    private static Task<CommandResult> Close(Guid id, ComplaintsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ChangeAsync(
            db.Enquiries.VisibleTo(caller.Actor),
            id,
            (enquiry, context) => enquiry.Close(context),
            EnquiryView.From,
            cancellation
        );
}
