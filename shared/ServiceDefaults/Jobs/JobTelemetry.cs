using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CustomerService.ServiceDefaults;

/// <summary>Figures of the work that is repeated.</summary>
internal static class JobTelemetry
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "CustomerService.Jobs";

    private static readonly Meter Meter = new(Name);
    private static readonly ConcurrentDictionary<PeriodicJob, bool> Running = [];
    private static readonly ConcurrentDictionary<string, long> Overdue = new(StringComparer.Ordinal);

    /// <summary>Seconds since each running job last did its work to the end, or since its start.</summary>
    public static ObservableGauge<double> SinceSuccess { get; } =
        Meter.CreateObservableGauge(
            "jobs.since_success",
            () =>
                Running.Keys.Select(job => new Measurement<double>(
                    job.SinceSuccess.TotalSeconds,
                    new KeyValuePair<string, object?>("job", job.GetType().Name)
                )),
            "s",
            "Time since the job last did its work to the end, or since its start."
        );

    /// <summary>Records that are overdue, by clock.</summary>
    public static ObservableGauge<long> OverdueRecords { get; } =
        Meter.CreateObservableGauge(
            "records.overdue",
            () =>
                Overdue.Select(counted => new Measurement<long>(
                    counted.Value,
                    new KeyValuePair<string, object?>("clock", counted.Key)
                )),
            "{record}",
            "Records of which this clock has run out."
        );

    public static void Began(PeriodicJob job) => Running[job] = true;

    public static void Ended(PeriodicJob job) => Running.TryRemove(job, out _);

    public static void Counted(string clock, long records) => Overdue[clock] = records;
}
