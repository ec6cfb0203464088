using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Responses.Jobs;

/// <summary>Files the forms FM006 that came in under their numbers (C10).</summary>
internal sealed class FileResponses(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    SurveysSettings settings,
    ILogger<FileResponses> log
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
            .ListIdsAsync(DocumentQuery<Response>.All.Where(r => r.IsFiled, false), after, limit, cancellationToken);

    protected override async Task<bool> StepAsync(
        IServiceProvider services,
        Guid id,
        CancellationToken cancellationToken
    )
    {
        var store = services.GetRequiredService<IDocumentStore>();
        if (
            await store.FindAsync(DocumentQuery<Response>.All.Where(r => r.Id, id), cancellationToken)
            is not { IsFiled: false } response
        )
        {
            return false;
        }

        var context = contexts.ForSystem("surveys", response);
        // Of the year in which it came, even where it is filed in the next.
        var series = $"FM006-{response.ReceivedOn.Year}";
        var number = await NumberSeries.NextAsync(store, context, series, 0, cancellationToken);
        response.File(context, FormattableString.Invariant($"{series}-{number:D6}"));
        return true;
    }

    protected override bool IsAway(Exception exception) => StoreRegistration.IsAway(exception);
}
