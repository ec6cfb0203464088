using System.Runtime.CompilerServices;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace CustomerService.Gateway.Proxy;

/// <summary>
/// Sets a replica aside for a moment when no connection to it can be made, or when it was silent several times
/// running. Nothing else that happens to a request speaks of the replica: most of it can be brought about by a
/// caller.
/// </summary>
internal sealed class UnreachableReplicas(IDestinationHealthUpdater health, GatewaySettings settings)
    : IPassiveHealthCheckPolicy
{
    public const string PolicyName = nameof(UnreachableReplicas);

    private const int MostSilences = 3;

    private readonly ConditionalWeakTable<DestinationState, StrongBox<int>> _silences = [];

    public string Name => PolicyName;

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        var failure = context.GetForwarderErrorFeature();
        if (failure is null)
        {
            if (_silences.TryGetValue(destination, out var told))
            {
                Volatile.Write(ref told.Value, 0);
            }
        }
        else if (Failures.IsUnconnected(failure))
        {
            health.SetPassive(cluster, destination, DestinationHealth.Unhealthy, settings.HealthInterval);
        }
        else if (
            Failures.IsSilence(context.Request, failure)
            && !context.RequestAborted.IsCancellationRequested
            && Interlocked.Increment(ref _silences.GetOrCreateValue(destination).Value) >= MostSilences
        )
        {
            health.SetPassive(cluster, destination, DestinationHealth.Unhealthy, settings.Timeout);
        }
    }
}

/// <summary>
/// The replicas that may be asked. One that says it is not ready is not asked, even where it is the only one. What
/// requests have met never takes the last one away.
/// </summary>
internal sealed class ReadyReplicas : IAvailableDestinationsPolicy
{
    public const string PolicyName = nameof(ReadyReplicas);

    public string Name => PolicyName;

    public IReadOnlyList<DestinationState> GetAvailalableDestinations(
        ClusterConfig config,
        IReadOnlyList<DestinationState> allDestinations
    )
    {
        var ready = allDestinations.Where(d => d.Health.Active != DestinationHealth.Unhealthy).ToList();
        var reached = ready.Where(d => d.Health.Passive != DestinationHealth.Unhealthy).ToList();
        return reached.Count > 0 ? reached : ready;
    }
}
