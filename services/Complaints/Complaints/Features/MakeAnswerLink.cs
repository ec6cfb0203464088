using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Mailing;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Complaints.Features;

/// <summary>Links for customers without an account: to the answer of one complaint, until a day, revocable.</summary>
internal static class MakeAnswerLink
{
    /// <param name="Person">For whom it is.</param>
    /// <param name="Email">Where it is sent by mail, if a mail server is set; the customer's address on record by
    /// default.</param>
    internal sealed record Request(string Person, string? Email = null);

    /// <param name="Path">Its address below the API of this service, told this once; null otherwise.</param>
    internal sealed record AnswerLinkView(
        Guid Id,
        long Version,
        Guid ComplaintId,
        string Person,
        DateOnly ValidThrough,
        bool Revoked,
        LinkOutcome? Outcome,
        string? Path
    )
    {
        public static AnswerLinkView From(AnswerLink link, string? token = null) =>
            new(
                link.Id,
                link.Version,
                link.ComplaintId,
                link.Person,
                link.ValidThrough,
                link.RevokedAt is not null,
                link.Outcome,
                token is null ? null : $"/v1/answer-links/{token}"
            );
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Person).RequiredText(TextLength.Line);
            RuleFor(r => r.Email)
                .MaximumLength(TextLength.Line)
                .Must(address => address is null || MailServer.IsAddress(address))
                .WithErrorCode("mail-address");
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/complaints/{id:guid}/answer-links", Handle)
            .AsCommand()
            .ForRoles(AnswerLink.Makers)
            .WithSummary("Makes a link to the answer for a person of the customer")
            .WithDescription(
                """
                Rule C5.6.1. Its holder sees the answer, and confirms or disputes it once, within `complaints.answerLinkDays`.
                The address holds a secret and is told this once, also under an Idempotency-Key, and to the person by mail
                where a mail server is set and an address is known. 409
                `customer-not-answered` where there is no answer that waits for the customer's word.
                """
            )
            .WithExample(new Request("李經理"))
            .Produces<AnswerLinkView>(StatusCodes.Status201Created);
        routes
            .MapPost("/answer-links/{id:guid}/revoke", RevokeAnswerLink)
            .AsCommand()
            .ForRoles(AnswerLink.Makers)
            .WithSummary("The link to the answer works no more")
            .WithDescription("Rule C5.6.1. 409: link-revoked.")
            .Produces<AnswerLinkView>();
    }

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        ComplaintsMails mails,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var complaint = await db.Complaints.VisibleTo(caller.Actor).FirstOrDefaultAsync(c => c.Id == id, cancellation);
        if (complaint is null)
        {
            return CommandResult.NotFound();
        }

        var secret = SecretLink.New();
        var made = AnswerLink.Make(caller.Context(complaint), complaint, body.Person.Trim(), secret.Hash);
        if (!made.Failed(out _, out var toSend))
        {
            await mails.LinkAsync(caller.Context(complaint), complaint, toSend, secret.Token, body.Email, cancellation);
        }

        var answer = caller.Create(db, "answer-links", made, (link, _) => AnswerLinkView.From(link, secret.Token));
        return made.Failed(out _, out var created) ? answer : answer.ButRemember(() => AnswerLinkView.From(created));
    }

    private static Task<CommandResult> RevokeAnswerLink(
        Guid id,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.AnswerLinks,
            id,
            (link, context) => link.Revoke(context),
            (link, _) => AnswerLinkView.From(link),
            cancellation
        );
}
