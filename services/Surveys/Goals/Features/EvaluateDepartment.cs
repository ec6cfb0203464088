using System.Text.Json.Serialization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Analysis;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Goals.Domain;
using CustomerService.Surveys.Store;
using FluentValidation;

namespace CustomerService.Surveys.Goals.Features;

/// <summary>Measures a department against its quality goal (C5.10).</summary>
internal static class EvaluateDepartment
{
    /// <param name="Department">Code of the department.</param>
    /// <param name="From">First day of the period.</param>
    /// <param name="To">Last day of the period; it is over.</param>
    internal sealed record Request(
        string Department,
        [property: JsonRequired] DateOnly From,
        [property: JsonRequired] DateOnly To
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Department).RequiredCode();
            RuleFor(r => r.To).GreaterThanOrEqualTo(r => r.From);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/evaluations", Handle)
            .AsCommand()
            .WithSummary("Measure a department against its goal")
            .WithDescription(
                "Rule C5.10. Customer service. The goal reached: a reward is proposed; below it: corrective order, public "
                    + "criticism and a deadline; fewer than 5 forms: shown, and nothing follows. Once a department and period; "
                    + "409 already-evaluated, period-not-over."
            )
            .WithExample(new Request("engineering", new(2026, 7, 1), new(2026, 9, 30)))
            .Produces<EvaluationView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        IDocumentStore store,
        Caller caller,
        RecoveredForms forms,
        CancellationToken cancellation
    )
    {
        var context = caller.Context();
        var key = Evaluation.KeyOf(body.Department, body.From, body.To);
        if (await store.AnyAsync(DocumentQuery<Evaluation>.All.Where(e => e.Key, key), cancellation))
        {
            return Refusal.ByRule("already-evaluated", "C5.10", ["other-period"], [Roles.CustomerService]);
        }

        var goals = await store.ListAsync(
            DocumentQuery<QualityGoal>.All.Where(g => g.Department, body.Department),
            null,
            QualityGoal.Most,
            cancellation
        );
        var goal = QualityGoal.On(goals, body.To, context.Policy.Surveys);
        var rate = await forms.RateOfAsync(
            body.Department,
            new(body.From, body.To),
            context.Policy.Surveys,
            cancellation
        );
        var notice =
            Evaluation.Consequence(rate, goal, context.Policy.Surveys) == EvaluationAction.Order
                ? await NumberSeries.NextAsync(store, context, "TB", cancellation)
                : null;
        return caller.Create(
            store.Add,
            "evaluations",
            Evaluation.Of(context, body.Department, body.From, body.To, goal, rate, notice),
            EvaluationView.Of
        );
    }
}
