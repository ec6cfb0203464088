using System.Text.Json.Serialization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.FollowUps.Domain;
using CustomerService.Surveys.Store;
using FluentValidation;

namespace CustomerService.Surveys.FollowUps.Features;

/// <summary>The steps of an internal contact note (C5.9).</summary>
internal static class MoveContactNote
{
    /// <param name="Text">What is done, found or the reason.</param>
    internal sealed record Request(string Text);

    /// <param name="Measures">What the department does.</param>
    /// <param name="DoneBy">Until when; at the latest, and by default, the note's deadline.</param>
    internal sealed record MeasuresRequest(string Measures, DateOnly? DoneBy = null);

    /// <param name="Until">The new deadline.</param>
    /// <param name="Reason">Why the department gets more time.</param>
    internal sealed record ExtendRequest([property: JsonRequired] DateOnly Until, string Reason);

    internal sealed class ExtendValidator : AbstractValidator<ExtendRequest>
    {
        public ExtendValidator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Text).RequiredText();
    }

    internal sealed class MeasuresValidator : AbstractValidator<MeasuresRequest>
    {
        public MeasuresValidator() => RuleFor(r => r.Measures).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost(
                "/contact-notes/{id:guid}/receive",
                (Guid id, IDocumentStore store, Caller caller, CancellationToken cancellation) =>
                    MoveAsync(id, (note, context) => note.Receive(context), store, caller, cancellation)
            )
            .AsCommand()
            .WithName("ReceiveContactNote")
            .WithSummary("The department has the note")
            .WithDescription("Rule C5.9. Somebody of the department, by name.")
            .Produces<ContactNoteView>();
        routes
            .MapPost(
                "/contact-notes/{id:guid}/set-measures",
                (Guid id, MeasuresRequest body, IDocumentStore store, Caller caller, CancellationToken cancellation) =>
                    MoveAsync(
                        id,
                        (note, context) => note.SetMeasures(context, body.Measures.Trim(), body.DoneBy),
                        store,
                        caller,
                        cancellation
                    )
            )
            .AsCommand()
            .WithName("SetContactNoteMeasures")
            .WithSummary("The department says what it does")
            .WithDescription("Rule C5.9. 409 done-by-too-late: more time is given by customer service, see extend.")
            .Produces<ContactNoteView>();
        routes
            .MapPost(
                "/contact-notes/{id:guid}/extend",
                (Guid id, ExtendRequest body, IDocumentStore store, Caller caller, CancellationToken cancellation) =>
                    MoveAsync(
                        id,
                        (note, context) => note.Extend(context, body.Until, body.Reason.Trim()),
                        store,
                        caller,
                        cancellation
                    )
            )
            .AsCommand()
            .WithName("ExtendContactNote")
            .WithSummary("The department gets more time")
            .WithDescription("Rule C5.9. Customer service, with a reason. 409 no-later-day.")
            .Produces<ContactNoteView>();
        Step(
            routes,
            "report-done",
            "ReportContactNoteDone",
            "The department has done it",
            (n, c, t) => n.ReportDone(c, t)
        );
        Step(
            routes,
            "verify-by-quality",
            "VerifyContactNoteByQuality",
            "Quality has seen that it works",
            (n, c, t) => n.VerifyByQuality(c, t)
        );
        Step(
            routes,
            "verify-by-service",
            "VerifyContactNoteByService",
            "Customer service has seen that it works",
            (n, c, t) => n.VerifyByService(c, t)
        );
        Step(routes, "send-back", "SendContactNoteBack", "It does not work", (n, c, t) => n.SendBack(c, t));
        Step(routes, "withdraw", "WithdrawContactNote", "Withdraw the note", (n, c, t) => n.Withdraw(c, t));
    }

    private static void Step(
        IEndpointRouteBuilder routes,
        string action,
        string name,
        string summary,
        Func<ContactNote, CommandContext, string, Refusal?> move
    ) =>
        routes
            .MapPost(
                $"/contact-notes/{{id:guid}}/{action}",
                (Guid id, Request body, IDocumentStore store, Caller caller, CancellationToken cancellation) =>
                    MoveAsync(id, (note, context) => move(note, context, body.Text.Trim()), store, caller, cancellation)
            )
            .AsCommand()
            .WithName(name)
            .WithSummary(summary)
            .WithDescription("Rule C5.9. It is closed when quality and customer service have both verified it.")
            .Produces<ContactNoteView>();

    private static Task<CommandResult> MoveAsync(
        Guid id,
        Func<ContactNote, CommandContext, Refusal?> move,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            store,
            StaffAccess.Of<ContactNote>(caller.Actor),
            id,
            move,
            ContactNoteView.From,
            cancellation
        );
}
