using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Analysis;
using CustomerService.Surveys.Goals.Domain;
using CustomerService.Surveys.Store;
using FluentValidation;

namespace CustomerService.Surveys.Goals.Features;

/// <summary>What follows from an evaluation (C5.10).</summary>
internal static class MoveEvaluation
{
    /// <param name="Text">The reward, the reason, or the minutes.</param>
    internal sealed record Request(string Text);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Text).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        Step(routes, "grant", "GrantReward", "Grant the reward", (e, c, t) => e.Grant(c, t));
        Step(routes, "refuse", "RefuseReward", "Do not grant the reward", (e, c, t) => e.Refuse(c, t));
        Step(routes, "note", "NoteReward", "The reward was given", (e, c, t) => e.Note(c, t));
        Step(routes, "hold-meeting", "HoldEvaluationMeeting", "The heads have met", (e, c, t) => e.HoldMeeting(c, t));
        foreach (
            var (action, name, summary) in new[]
            {
                (EvaluationAction.Reach, "CloseCorrectedDepartment", "Measured again, the goal is reached"),
                (EvaluationAction.Miss, "CallEvaluationMeeting", "Measured again, the goal is missed"),
                (EvaluationAction.ShowAgain, "ShowEvaluationAgain", "Measured again, by too few forms"),
            }
        )
        {
            routes
                .MapPost(
                    $"/evaluations/{{id:guid}}/{action.ToKebab()}",
                    (
                        Guid id,
                        IDocumentStore store,
                        Caller caller,
                        RecoveredForms forms,
                        CancellationToken cancellation
                    ) => MeasureAsync(id, action, store, caller, forms, cancellation)
                )
                .AsCommand()
                .WithName(name)
                .WithSummary(summary)
                .WithDescription(
                    "Rule C5.10. After the deadline, by the forms that came since the order; the system does it by itself. "
                        + "Nothing follows from fewer than 5. 409 deadline-not-over, goal-not-reached, goal-reached, "
                        + "too-few-forms, enough-forms."
                )
                .Produces<EvaluationView>();
        }
    }

    private static void Step(
        IEndpointRouteBuilder routes,
        string action,
        string name,
        string summary,
        Func<Evaluation, CommandContext, string, Refusal?> move
    ) =>
        routes
            .MapPost(
                $"/evaluations/{{id:guid}}/{action}",
                (Guid id, Request body, IDocumentStore store, Caller caller, CancellationToken cancellation) =>
                    caller.ChangeAsync(
                        store,
                        StaffAccess.Of<Evaluation>(caller.Actor),
                        id,
                        (evaluation, context) => move(evaluation, context, body.Text.Trim()),
                        EvaluationView.Of,
                        cancellation
                    )
            )
            .AsCommand()
            .WithName(name)
            .WithSummary(summary)
            .WithDescription("Rule C5.10.")
            .Produces<EvaluationView>();

    private static async Task<CommandResult> MeasureAsync(
        Guid id,
        EvaluationAction action,
        IDocumentStore store,
        Caller caller,
        RecoveredForms forms,
        CancellationToken cancellation
    )
    {
        var evaluation = await store.FindAsync(
            StaffAccess.Of<Evaluation>(caller.Actor).Where(e => e.Id, id),
            cancellation
        );
        if (caller.Precondition(evaluation) is { } failed)
        {
            return failed;
        }

        var context = caller.Context(evaluation!);
        var rate = await forms.RateAgainAsync(evaluation!, context.Policy.Surveys, cancellation);
        var refusal = action switch
        {
            EvaluationAction.Reach => evaluation!.Reach(context, rate),
            EvaluationAction.Miss => evaluation!.Miss(context, rate),
            _ => evaluation!.ShowAgain(context, rate),
        };
        return refusal is not null
            ? refusal
            : CommandResult.Ok(evaluation, () => EvaluationView.Of(evaluation, caller));
    }
}
