using CustomerService.Complaints.Data;
using CustomerService.Complaints.Enquiries.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

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
            .WithDescription("Rule C3.1.5; customer service, sales, or who knows the product.")
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
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Enquiries.VisibleTo(caller.Actor),
            id,
            (enquiry, context) => enquiry.Answer(context, body.Answer, body.KnowledgeEntry),
            EnquiryView.From,
            cancellation
        );

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
