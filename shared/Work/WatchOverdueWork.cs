using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.Work;

/// <summary>Counts the records of which a step is overdue, whatever their kind: what has a clock is a figure without being
/// registered as one.</summary>
public sealed class WatchOverdueWork(IServiceScopeFactory scopes, CompanyClock clock, ILogger<WatchOverdueWork> log)
    : PeriodicJob(TimeSpan.FromMinutes(5), clock.Time, log, first: TimeSpan.FromSeconds(30))
{
    private static readonly Meter Meter = new("CustomerService.Work");
    private static readonly ConcurrentDictionary<string, long> Overdue = new(StringComparer.Ordinal);

    /// <summary>Records with a step that is overdue, by kind.</summary>
    public static ObservableGauge<long> OverdueRecords { get; } =
        Meter.CreateObservableGauge(
            "work.overdue",
            () =>
                Overdue.Select(counted => new Measurement<long>(
                    counted.Value,
                    new KeyValuePair<string, object?>("kind", counted.Key)
                )),
            "{record}",
            "Records of this kind with a step that is overdue."
        );

    /// <inheritdoc/>
    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var counted = await scope
            .ServiceProvider.GetRequiredService<IWorkStore>()
            .CountOverdueAsync(clock.Now, stoppingToken);
        // A kind of which nothing is overdue any more says so.
        foreach (var kind in counted.Keys.Union(Overdue.Keys).ToList())
        {
            Overdue[kind] = counted.GetValueOrDefault(kind);
        }
    }
}
