using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Capas.Jobs;

/// <summary>Measures each rate whose window is over: reached, the two sides verify; below, it is analysed again
/// (C5.6.2).</summary>
internal sealed class MeasureRates(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    ComplaintsSettings settings,
    ILogger<MeasureRates> log
) : DueSweep(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override async Task<IReadOnlyList<Guid>> DueAsync(
        IServiceProvider services,
        Guid after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var today = contexts.Clock.Today;
        return await services
            .GetRequiredService<ComplaintsDb>()
            .Capas.Where(capa =>
                capa.State == CapaState.Verification
                && capa.MeasuresRate
                && capa.Rate == null
                && capa.WatchThrough < today
                && capa.Id > after
            )
            .OrderBy(capa => capa.Id)
            .Select(capa => capa.Id)
            .Take(limit)
            .ToListAsync(cancellationToken);
    }

    protected override Task<bool> StepAsync(IServiceProvider services, Guid id, CancellationToken cancellationToken) =>
        services.GetRequiredService<EffectMeasurement>().ConcludeAsync(id, cancellationToken);
}
