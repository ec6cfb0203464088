using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.FollowUps;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.Store;
using FluentValidation;

namespace CustomerService.Surveys.Invitations.Features;

/// <summary>An interviewer takes the answers down, or somebody types in a form on paper (C5.8.2). Both are marked and
/// reported apart.</summary>
internal static class TakeDownAnswers
{
    private const int MostScans = 20;

    internal sealed record Request
    {
        /// <summary><c>interview</c> or <c>paper</c>.</summary>
        public required string Mode { get; init; }

        /// <summary>What was answered; it need not be complete where it was broken off.</summary>
        public required FilledForm Form { get; init; }

        /// <summary>When the customer gave the answers, where they are sent later than that.</summary>
        public DateTimeOffset? TakenAt { get; init; }

        /// <summary>Files of the invitation that show the paper; a form on paper has one at least.</summary>
        public IReadOnlyList<Guid>? Scans { get; init; }
    }

    /// <param name="Form">What was answered so far.</param>
    /// <param name="Reason">Why it was broken off.</param>
    internal sealed record BreakOffRequest(FilledForm Form, string Reason);

    /// <param name="Invitation">The invitation.</param>
    /// <param name="ResponseId">The response.</param>
    internal sealed record Taken(InvitationView Invitation, Guid ResponseId);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Mode).Must(mode => mode is "interview" or "paper").WithErrorCode("unknown-mode");
            RuleFor(r => r.Scans).Must(scans => scans is null || scans.Count <= MostScans).WithErrorCode("too-many");
        }
    }

    internal sealed class BreakOffValidator : AbstractValidator<BreakOffRequest>
    {
        public BreakOffValidator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/invitations/{id:guid}/take-down", Handle)
            .AsCommand()
            .WithSummary("Take the answers of a customer down")
            .WithDescription(
                "Rules C5.8.2 and C5.8.3. For an interview face to face or by phone, and for a form that came on paper. "
                    + "Who takes it down is named; it is reported apart from what customers answer themselves. A form on paper is "
                    + "shown by its scan, a file of the invitation. 409 scan-missing, taken-in-future, taken-long-ago."
            )
            .Produces<Taken>();
        routes
            .MapPost("/invitations/{id:guid}/break-off", BreakOffAsync)
            .AsCommand()
            .WithName("BreakOffInterview")
            .WithSummary("Note that an interview was broken off")
            .WithDescription(
                "Rule C5.8.2. What was answered is kept, counted apart and never as recovered. 400 as for a "
                    + "form, but it need not be complete."
            )
            .Produces<InvitationView>();
    }

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        IDocumentStore store,
        Files files,
        Caller caller,
        QuestionnaireVersions questionnaires,
        CancellationToken cancellation
    )
    {
        var invitation = await store.FindAsync(
            InvitationAccess.VisibleTo(caller.Actor).Where(i => i.Id, id),
            cancellation
        );
        if (caller.Precondition(invitation) is { } failed)
        {
            return failed;
        }

        var context = caller.Context(invitation!);
        var named = body.Mode == "paper" ? body.Scans?.Distinct().ToList() ?? [] : [];
        var scans = await files.HoldAsync(context, id, named, null, cancellation);
        var questionnaire = await questionnaires.ByVersionAsync(invitation!.QuestionnaireVersion, cancellation);
        if (
            Response
                .TakeDown(
                    context,
                    invitation,
                    questionnaire,
                    body.Form,
                    new(
                        body.Mode == "paper" ? AnswerMode.Paper : AnswerMode.Interview,
                        body.TakenAt,
                        named.Count,
                        scans.Count
                    )
                )
                .Failed(out var refusal, out var response)
        )
        {
            return refusal;
        }

        response.ShowPaper(scans);
        store.Add(response);
        AfterReceipt.Follow(store, context, invitation, response);
        if (scans.Count > 0)
        {
            await files.CarryAsync(
                context,
                new RecordRef("surveys", invitation.Kind, invitation.Id, null),
                new RecordRef("surveys", response.Kind, response.Id, null),
                cancellation
            );
        }

        return CommandResult.Ok(invitation, () => new Taken(InvitationView.From(invitation, caller), response.Id));
    }

    private static async Task<CommandResult> BreakOffAsync(
        Guid id,
        BreakOffRequest body,
        IDocumentStore store,
        Caller caller,
        QuestionnaireVersions questionnaires,
        CancellationToken cancellation
    )
    {
        var versions = await questionnaires.AllAsync(cancellation);
        return await caller.ChangeAsync(
            store,
            InvitationAccess.VisibleTo(caller.Actor),
            id,
            (invitation, context) =>
                invitation.BreakOff(
                    context,
                    versions.First(version => version.Version == invitation.QuestionnaireVersion),
                    body.Form,
                    body.Reason.Trim()
                ),
            InvitationView.From,
            cancellation
        );
    }
}
