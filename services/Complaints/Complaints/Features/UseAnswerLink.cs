using System.Text.Json.Serialization;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Complaints.Features;

/// <summary>What the holder of a link to an answer sees and says, without another sign-in.</summary>
internal static class UseAnswerLink
{
    /// <param name="Opinion">What the customer says about it.</param>
    internal sealed record ConfirmRequest(string? Opinion);

    /// <param name="Reason">In the customer's words.</param>
    internal sealed record DisputeRequest(string Reason);

    /// <summary>What is behind the link: the answer and nothing else of the complaint.</summary>
    internal sealed record AnswerPage
    {
        /// <summary>What its holder can say now: <c>confirm</c>, <c>object</c>, or nothing any more.</summary>
        [JsonPropertyName("_actions")]
        public required IReadOnlyList<string> Actions { get; init; }

        /// <summary>For whom the link is.</summary>
        public required string Person { get; init; }

        public required string ComplaintNumber { get; init; }

        public required string CustomerName { get; init; }

        public required string Subject { get; init; }

        /// <summary>Language of the customer: <c>zh-Hant</c>, <c>zh-Hans</c>, <c>en</c>.</summary>
        public required string Language { get; init; }

        public required DateOnly ValidThrough { get; init; }

        /// <summary>Cause, traceability and conclusion; null where customer service settled it alone.</summary>
        public AnswerText? Answer { get; init; }

        /// <summary>What customer service explained or did alone.</summary>
        public string? Settled { get; init; }

        /// <summary>What was said by this link; null while nothing was.</summary>
        public LinkOutcome? Outcome { get; init; }

        public DateTimeOffset? UsedAt { get; init; }
    }

    private static readonly string[] Said = [ComplaintAction.Confirm.ToKebab(), ComplaintAction.Object.ToKebab()];

    internal sealed record AnswerText(string Cause, string Traceability, string Conclusion);

    internal sealed class ConfirmValidator : AbstractValidator<ConfirmRequest>
    {
        public ConfirmValidator() => RuleFor(r => r.Opinion).OptionalText();
    }

    internal sealed class DisputeValidator : AbstractValidator<DisputeRequest>
    {
        public DisputeValidator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        const string closed =
            " 404 where there is no such link; 410: link-revoked, link-expired, link-used, link-of-earlier-answer.";
        routes
            .MapGet("/answer-links/{token}", Handle)
            .AsQuery()
            .ForLinkHolders()
            .WithPage<AnswerPage>(page => page.Language, SheetOf)
            .WithSummary("The answer behind a customer's link")
            .WithDescription("Rule C5.6.1. Needs no other token. A page where text/html is preferred." + closed)
            .Produces<AnswerPage>();
        routes
            .MapPost("/answer-links/{token}/confirm", ConfirmByLink)
            .AsCommand()
            .ForLinkHolders()
            .WithSummary("The holder of the link confirms the conclusion")
            .WithDescription("Rule C5.6.1, once." + closed)
            .Produces<AnswerPage>();
        routes
            .MapPost("/answer-links/{token}/object", ObjectByLink)
            .AsCommand()
            .ForLinkHolders()
            .WithSummary("The holder of the link disputes the conclusion")
            .WithDescription("Rule C5.6.1, once: the complaint goes back as when the customer objects." + closed)
            .Produces<AnswerPage>();
    }

    private static LinkSheet SheetOf(AnswerPage page, LinkWords words) =>
        new()
        {
            Title = words.Say("link.answer", ("number", page.ComplaintNumber)),
            Lines =
            [
                words.Line("person", page.Person),
                words.Line("customer", page.CustomerName),
                words.Line("subject", page.Subject),
                words.Line("cause", page.Answer?.Cause),
                words.Line("traceability", page.Answer?.Traceability),
                words.Line("conclusion", page.Answer?.Conclusion),
                words.Line("settled", page.Settled),
                words.Line("said", page.Outcome is { } outcome ? words.Say("link.said." + outcome.ToKebab()) : null),
                words.Line("valid-through", Spelling.Day(page.ValidThrough)),
            ],
            Forms = [.. page.Actions.Order(StringComparer.Ordinal).Select(action => FormOf(action, words))],
        };

    private static LinkForm FormOf(string action, LinkWords words) =>
        new(
            action,
            words.Say("link." + action),
            action == Said[0]
                ? [words.Field("opinion", "remark", LinkInput.Text) with { IsOptional = true }]
                : [words.Field("reason", "reason", LinkInput.Text)]
        );

    private static async Task<QueryResult> Handle(
        string token,
        ComplaintsDb db,
        CommandContexts contexts,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(token, db, cancellation) is not { } link)
        {
            return QueryResult.NotFound;
        }

        if (link.WhyClosed(contexts.Clock.Today) is { } closed)
        {
            return closed;
        }

        var complaint = await db.Complaints.AsNoTracking().FirstAsync(c => c.Id == link.ComplaintId, cancellation);
        return QueryResult.Of(PageOf(link, complaint, contexts));
    }

    private static Task<CommandResult> ConfirmByLink(
        string token,
        ConfirmRequest body,
        ComplaintsDb db,
        CommandContexts contexts,
        CancellationToken cancellation
    ) =>
        UseAsync(
            token,
            LinkOutcome.Confirmed,
            (complaint, context) => complaint.Confirm(context, null, body.Opinion),
            db,
            contexts,
            cancellation
        );

    private static Task<CommandResult> ObjectByLink(
        string token,
        DisputeRequest body,
        ComplaintsDb db,
        CommandContexts contexts,
        CancellationToken cancellation
    ) =>
        UseAsync(
            token,
            LinkOutcome.Disputed,
            (complaint, context) => complaint.Object(context, body.Reason),
            db,
            contexts,
            cancellation
        );

    private static async Task<CommandResult> UseAsync(
        string token,
        LinkOutcome outcome,
        Func<Complaint, CommandContext, Refusal?> act,
        ComplaintsDb db,
        CommandContexts contexts,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(token, db, cancellation) is not { } link)
        {
            return CommandResult.NotFound();
        }

        var complaint = await db.Complaints.FirstAsync(c => c.Id == link.ComplaintId, cancellation);
        var page = PageOf(link, complaint, contexts);
        var context = contexts.For(link.Holder, complaint);
        if (link.Use(context, complaint, outcome, () => act(complaint, context)) is { } refusal)
        {
            return refusal;
        }

        db.NumberFormOf(complaint, context);
        return CommandResult.Ok(page with { Actions = [], Outcome = link.Outcome, UsedAt = link.UsedAt });
    }

    private static async Task<AnswerLink?> FindAsync(string token, ComplaintsDb db, CancellationToken cancellation)
    {
        if (!SecretLink.IsWellFormed(token))
        {
            return null;
        }

        var hash = SecretLink.HashOf(token);
        return await db.AnswerLinks.FirstOrDefaultAsync(l => l.SecretHash == hash, cancellation);
    }

    // Only the answer that the link is about: not the one that came after a dispute.
    private static AnswerPage PageOf(AnswerLink link, Complaint complaint, CommandContexts contexts)
    {
        var isCurrent = complaint.ResolvedAt == link.AnsweredAt;
        return new()
        {
            Actions =
                isCurrent && link.Outcome is null && complaint.CustomerId == link.CustomerId
                    ? [.. complaint.AllowedActions(contexts.For(link.Holder, complaint)).Intersect(Said)]
                    : [],
            Person = link.Person,
            ComplaintNumber = complaint.Number,
            CustomerName = complaint.CustomerName,
            Subject = complaint.Subject,
            Language = complaint.Language,
            ValidThrough = link.ValidThrough,
            Answer =
                isCurrent && complaint.CustomerAnswer is { } answer
                    ? new(answer.Cause, answer.Traceability, answer.Conclusion)
                    : null,
            Settled = isCurrent && complaint.CustomerAnswer is null ? complaint.Triage?.Note : null,
            Outcome = link.Outcome,
            UsedAt = link.UsedAt,
        };
    }
}
