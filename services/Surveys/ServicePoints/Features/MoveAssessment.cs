using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.ServicePoints.Domain;
using CustomerService.Surveys.Store;
using FluentValidation;

namespace CustomerService.Surveys.ServicePoints.Features;

/// <summary>The steps of an assessment (T1 to T3).</summary>
internal static class MoveAssessment
{
    private const int MostItems = 100;

    /// <param name="Item">Code of the item.</param>
    /// <param name="Score">0 to 5; null where the point has no such thing.</param>
    /// <param name="Comment">What was seen.</param>
    /// <param name="Photos">Pictures among the files of the assessment that show it; a failed item needs one.</param>
    internal sealed record ScoreOf(string Item, int? Score, string? Comment = null, IReadOnlyList<Guid>? Photos = null);

    /// <param name="Scores">Each item once.</param>
    internal sealed record ScoreRequest(IReadOnlyList<ScoreOf> Scores);

    /// <param name="Item">Code of the failed item.</param>
    /// <param name="Text">What was done, or found.</param>
    internal sealed record CorrectionRequest(string Item, string Text);

    /// <param name="Reason">Why.</param>
    internal sealed record CancelRequest(string Reason);

    internal sealed class ScoreValidator : AbstractValidator<ScoreRequest>
    {
        public ScoreValidator()
        {
            RuleFor(r => r.Scores)
                .NotEmpty()
                .Must(scores => scores is null || scores.Count <= MostItems)
                .WithErrorCode("too-many");
            RuleForEach(r => r.Scores)
                .ChildRules(score =>
                {
                    score.RuleFor(s => s.Item).RequiredText(TextLength.Code);
                    score.RuleFor(s => s.Comment).OptionalText();
                });
        }
    }

    internal sealed class CorrectionValidator : AbstractValidator<CorrectionRequest>
    {
        public CorrectionValidator()
        {
            RuleFor(r => r.Item).RequiredText(TextLength.Code);
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
            .MapPost("/assessments/{id:guid}/score", ScoreAsync)
            .AsCommand()
            .WithName("ScoreAssessment")
            .WithSummary("Score every item")
            .WithDescription(
                "Rules T1 to T3. The assessor; 0 to 5 for each item, none where the point has no such thing. A failed item "
                    + "needs a photo and is corrected by the site; below the pass mark without one the lowest items are. 409 items-missing, score-unknown, photo-missing, "
                    + "photo-unknown."
            )
            .Produces<AssessmentView>();
        Step(routes, "sign-by-assessor", "SignAssessment", "The assessor signs", (a, c) => a.SignByAssessor(c));
        Step(routes, "accept-findings", "AcceptFindings", "The site signs what failed", (a, c) => a.AcceptFindings(c));
        Step(
            routes,
            "sign-by-site",
            "SignAssessmentBySite",
            "The site signs, nothing failed",
            (a, c) => a.SignBySite(c)
        );
        Step(routes, "close", "CloseAssessment", "All corrections are verified", (a, c) => a.Close(c));
        Correction(
            routes,
            "correct",
            "CorrectServiceItem",
            "The site has corrected an item",
            (a, c, i, t) => a.Correct(c, i, t)
        );
        Correction(routes, "verify", "VerifyServiceItem", "A correction works", (a, c, i, t) => a.Verify(c, i, t));
        Correction(
            routes,
            "send-back",
            "SendServiceItemBack",
            "A correction does not work",
            (a, c, i, t) => a.SendBack(c, i, t)
        );
        routes
            .MapPost(
                "/assessments/{id:guid}/cancel",
                (Guid id, CancelRequest body, IDocumentStore store, Caller caller, CancellationToken cancellation) =>
                    MoveAsync(id, (a, c) => a.Cancel(c, body.Reason.Trim()), store, caller, cancellation)
            )
            .AsCommand()
            .WithName("CancelAssessment")
            .WithSummary("Give an assessment up")
            .WithDescription("Rules T1 to T3.")
            .Produces<AssessmentView>();
    }

    private static async Task<CommandResult> ScoreAsync(
        Guid id,
        ScoreRequest body,
        IDocumentStore store,
        Files files,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var found = await store.FindAsync(AssessmentAccess.VisibleTo(caller.Actor).Where(a => a.Id, id), cancellation);
        if (caller.Precondition(found) is { } failed)
        {
            return failed;
        }

        var context = caller.Context(found!);
        var scores = ScoresOf(body);
        var pictures = await files.HoldAsync(
            context,
            id,
            [.. scores.SelectMany(s => s.Photos)],
            file => file.IsPicture,
            cancellation
        );
        return found!.Score(context, scores, pictures) is { } refusal
            ? refusal
            : CommandResult.Ok(found, () => AssessmentView.From(found, caller));
    }

    private static IReadOnlyList<ItemScore> ScoresOf(ScoreRequest body) =>
        [.. body.Scores.Select(s => new ItemScore(s.Item, s.Score, s.Comment, s.Photos ?? []))];

    private static void Step(
        IEndpointRouteBuilder routes,
        string action,
        string name,
        string summary,
        Func<Assessment, CommandContext, Refusal?> move
    ) =>
        routes
            .MapPost(
                $"/assessments/{{id:guid}}/{action}",
                (Guid id, IDocumentStore store, Caller caller, CancellationToken cancellation) =>
                    MoveAsync(id, move, store, caller, cancellation)
            )
            .AsCommand()
            .WithName(name)
            .WithSummary(summary)
            .WithDescription("Rules T1 to T3.")
            .Produces<AssessmentView>();

    private static void Correction(
        IEndpointRouteBuilder routes,
        string action,
        string name,
        string summary,
        Func<Assessment, CommandContext, string, string, Refusal?> move
    ) =>
        routes
            .MapPost(
                $"/assessments/{{id:guid}}/{action}",
                (
                    Guid id,
                    CorrectionRequest body,
                    IDocumentStore store,
                    Caller caller,
                    CancellationToken cancellation
                ) => MoveAsync(id, (a, c) => move(a, c, body.Item, body.Text.Trim()), store, caller, cancellation)
            )
            .AsCommand()
            .WithName(name)
            .WithSummary(summary)
            .WithDescription(
                "Rules T1 to T3. For each failed item by its day; whoever corrected it does not verify it. 409 verifier-did-it."
            )
            .Produces<AssessmentView>();

    private static Task<CommandResult> MoveAsync(
        Guid id,
        Func<Assessment, CommandContext, Refusal?> move,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            store,
            AssessmentAccess.VisibleTo(caller.Actor),
            id,
            move,
            AssessmentView.From,
            cancellation
        );
}
