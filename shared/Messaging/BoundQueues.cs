using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CustomerService.Messaging;

/// <summary>Which queues of this process were bound to their events; as a check, whether all were.</summary>
internal sealed class BoundQueues(MessagingBuilder builder, TimeProvider time) : IHealthCheck
{
    /// <summary>How long a service without its broker is not ready.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, bool> _bound = new(StringComparer.Ordinal);
    private readonly long _since = time.GetTimestamp();

    public void Add(string queue) => _bound[queue] = true;

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var missing = builder.Queues.Where(queue => !_bound.ContainsKey(queue)).ToList();
        var result =
            missing.Count == 0 ? HealthCheckResult.Healthy()
            : time.GetElapsedTime(_since) < Patience
                ? HealthCheckResult.Unhealthy($"Not bound yet: {string.Join(", ", missing)}.")
            : HealthCheckResult.Degraded("Without the broker, events wait.");
        return Task.FromResult(result);
    }
}
