using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Analysis;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Goals.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Goals.Jobs;

/// <summary>At its deadline a department is measured again (C5.10).</summary>
internal sealed class MeasureAgain(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    SurveysSettings settings,
    ILogger<MeasureAgain> log
) : DueSweep(scopes, TimeSpan.FromSeconds(settings.SweepSeconds), contexts.Clock.Time, log)
{
    protected override Task<IReadOnlyList<Guid>> DueAsync(
        IServiceProvider services,
        Guid after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        services
            .GetRequiredService<IDocumentStore>()
            .ListIdsAsync(EvaluationDocuments.Due(contexts.Clock.Today), after, limit, cancellationToken);

    protected override async Task<bool> StepAsync(
        IServiceProvider services,
        Guid id,
        CancellationToken cancellationToken
    )
    {
        var store = services.GetRequiredService<IDocumentStore>();
        if (
            await store.FindAsync(DocumentQuery<Evaluation>.All.Where(e => e.Id, id), cancellationToken)
            is not { } evaluation
        )
        {
            return false;
        }

        var context = contexts.ForSystem("surveys", evaluation);
        var forms = services.GetRequiredService<RecoveredForms>();
        var rate = await forms.RateAgainAsync(evaluation, context.Policy.Surveys, cancellationToken);
        return evaluation.MeasureAgain(context, rate) is null;
    }

    protected override bool IsAway(Exception exception) => StoreRegistration.IsAway(exception);
}
