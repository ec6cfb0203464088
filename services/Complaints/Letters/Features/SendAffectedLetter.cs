using CustomerService.Complaints.Data;
using CustomerService.Complaints.Letters.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Letters.Features;

/// <summary>A letter is sent, answered, or not sent after all.</summary>
internal static class SendAffectedLetter
{
    /// <param name="Via">How it was sent: by mail, by hand …</param>
    internal sealed record SendRequest(string Via);

    /// <param name="InStock">How many are still with the customer.</param>
    /// <param name="Delivered">How many were passed on, used or built in.</param>
    /// <param name="Text">What the customer says.</param>
    internal sealed record AnswerRequest(int? InStock, int? Delivered, string Text);

    internal sealed record CancelRequest(string Reason);

    internal sealed class SendValidator : AbstractValidator<SendRequest>
    {
        public SendValidator() => RuleFor(r => r.Via).RequiredText(TextLength.Line);
    }

    internal sealed class AnswerValidator : AbstractValidator<AnswerRequest>
    {
        public AnswerValidator()
        {
            RuleFor(r => r.InStock).NotNull();
            RuleFor(r => r.Delivered).NotNull();
            RuleFor(r => r.Text).RequiredText();
        }
    }

    internal sealed class CancelValidator : AbstractValidator<CancelRequest>
    {
        public CancelValidator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/affected-letters/{id:guid}/send", Send)
            .AsCommand()
            .WithName("SendAffectedLetter")
            .WithSummary("The letter was sent")
            .WithDescription(
                """
                Rule C7. It is answered within `complaints.letterAnswerDays`; else the customer is reminded. Where a mail
                server is set and the customer's address is known, it goes there by mail as well.
                """
            )
            .Produces<AffectedLetterView>();
        routes
            .MapPost("/affected-letters/{id:guid}/answer", Answer)
            .AsCommand()
            .WithName("AnswerAffectedLetter")
            .WithSummary("The customer says what is with the goods")
            .WithDescription("Rule C7; the customer, or staff for them. 409: more-than-affected.")
            .Produces<AffectedLetterView>();
        routes
            .MapPost("/affected-letters/{id:guid}/cancel", Cancel)
            .AsCommand()
            .WithName("CancelAffectedLetter")
            .WithSummary("The letter is not to be sent after all")
            .WithDescription("Rule C7. Another can be written to the customer then.")
            .Produces<AffectedLetterView>();
    }

    private static Task<CommandResult> Send(
        Guid id,
        SendRequest body,
        ComplaintsDb db,
        ComplaintsMails mails,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.AffectedLetters.VisibleTo(caller.Actor),
            id,
            async (letter, context) =>
            {
                if (letter.Send(context, body.Via) is { } refusal)
                {
                    return refusal;
                }

                await mails.LetterAsync(context, letter, cancellation);
                return null;
            },
            AffectedLetterView.From,
            cancellation
        );

    private static Task<CommandResult> Answer(
        Guid id,
        AnswerRequest body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            id,
            db,
            caller,
            (letter, context) =>
                letter.RecordAnswer(context, new(body.InStock!.Value, body.Delivered!.Value, body.Text)),
            cancellation
        );

    private static Task<CommandResult> Cancel(
        Guid id,
        CancelRequest body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => ChangeAsync(id, db, caller, (letter, context) => letter.Cancel(context, body.Reason), cancellation);

    private static Task<CommandResult> ChangeAsync(
        Guid id,
        ComplaintsDb db,
        Caller caller,
        Func<AffectedLetter, CommandContext, Refusal?> change,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.AffectedLetters.VisibleTo(caller.Actor),
            id,
            change,
            AffectedLetterView.From,
            cancellation
        );
}
