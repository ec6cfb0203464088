using System.Collections.Concurrent;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace CustomerService.Gateway.Proxy;

/// <summary>
/// Finds the replicas behind a name. A name that cannot be looked up keeps the addresses that it had, or stays
/// itself: neither the start nor a service depends on one answer of the name server.
/// </summary>
internal sealed class ReplicaAddresses(IDestinationResolver names) : IDestinationResolver
{
    /// <summary>How often a name is looked up again.</summary>
    public static readonly TimeSpan RefreshPeriod = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, DestinationConfig>> _known = new();

    /// <summary>Puts itself in front of the resolver that is registered.</summary>
    public static void Decorate(IServiceCollection services)
    {
        var inner = services.Last(s => s.ServiceType == typeof(IDestinationResolver));
        services.Remove(inner);
        services.AddSingleton<IDestinationResolver>(provider => new ReplicaAddresses(
            (IDestinationResolver)ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!)
        ));
    }

    public async ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, DestinationConfig>();
        var changes = new List<IChangeToken>();
        foreach (var (id, destination) in destinations)
        {
            // An address needs no looking up.
            if (new Uri(destination.Address).HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6)
            {
                found[id] = destination;
                continue;
            }

            var (replicas, change) = await LookUpAsync(id, destination, cancellationToken);
            changes.Add(change);
            foreach (var (name, replica) in replicas)
            {
                found[name] = replica;
            }
        }

        return new ResolvedDestinationCollection(found, changes.Count > 0 ? new CompositeChangeToken(changes) : null);
    }

    private async Task<(IReadOnlyDictionary<string, DestinationConfig> Replicas, IChangeToken Change)> LookUpAsync(
        string id,
        DestinationConfig destination,
        CancellationToken cancellationToken
    )
    {
        var alone = new Dictionary<string, DestinationConfig> { [id] = destination };
        try
        {
            var answer = await names.ResolveDestinationsAsync(alone, cancellationToken);
            _known[id] = answer.Destinations;
            return (answer.Destinations, answer.ChangeToken ?? NextLook());
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Health says it where nothing answers there.
            return (_known.GetValueOrDefault(id) ?? alone, NextLook());
        }
    }

    private static CancellationChangeToken NextLook() => new(new CancellationTokenSource(RefreshPeriod).Token);
}
