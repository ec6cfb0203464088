namespace CustomerService.Gateway.Tests;

/// <summary>Addresses of services for a gateway under test.</summary>
internal static class Upstreams
{
    /// <summary>A port at which nothing listens: 1 is reserved and never given out.</summary>
    public const string Nowhere = "http://127.0.0.1:1/";

    /// <summary>All services down.</summary>
    public static IReadOnlyDictionary<string, string> None { get; } =
        GatewaySettings
            .ServiceNames.SelectMany(name =>
                new[] { $"Gateway:Services:{name}:Http", $"Gateway:Services:{name}:Management" }
            )
            .ToDictionary(key => key, _ => Nowhere);
}
