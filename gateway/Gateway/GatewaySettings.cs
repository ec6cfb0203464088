using System.Net;
using CustomerService.ServiceDefaults;

namespace CustomerService.Gateway;

/// <summary>One replica of a service.</summary>
/// <param name="Http">Where its API answers.</param>
/// <param name="Management">Where its health answers.</param>
internal sealed record Replica(Uri Http, Uri Management);

/// <summary>A rate: so many requests a minute, and so many at once.</summary>
/// <param name="PerMinute">How fast the budget grows again.</param>
/// <param name="Burst">The whole budget.</param>
internal sealed record Rate(int PerMinute, int Burst)
{
    public static Rate From(IConfiguration configuration, string key, int perMinute, int burst) =>
        new(
            Settings.Number(configuration, key + ":PerMinute", perMinute, 1, 10_000_000),
            Settings.Number(configuration, key + ":Burst", burst, 1, 10_000_000)
        );
}

/// <summary>Settings of the gateway, section <c>Gateway</c>; docs/gateway.md lists them.</summary>
/// <param name="Services">Replicas by service name. <c>Gateway:Services:{name}:Http</c> and <c>:Management</c>,
/// several separated by commas.</param>
/// <param name="PerAddress">Everything from one client address, signed in or not.</param>
/// <param name="PerUser">Everything under one token subject.</param>
/// <param name="SignIns">Passwords and client secrets tried from one client address.</param>
/// <param name="RequestBytes">Largest request body.</param>
/// <param name="Timeout">How long a service may be silent.</param>
/// <param name="Retries">How often a GET or HEAD that no answer has begun for is tried again, and what never
/// left.</param>
/// <param name="HealthInterval">Between two looks at a replica's readiness.</param>
/// <param name="CorsOrigins">Origins of other sites' front ends; none by default.</param>
/// <param name="PublicAddress">Where browsers reach the gateway, <c>Gateway:PublicAddress</c>; by default the
/// issuer's address, which ours has from it.</param>
/// <param name="TrustedProxies">Networks of the proxies in front, whose X-Forwarded-* headers are believed;
/// none by default.</param>
internal sealed record GatewaySettings(
    IReadOnlyDictionary<string, IReadOnlyList<Replica>> Services,
    Rate PerAddress,
    Rate PerUser,
    Rate SignIns,
    long RequestBytes,
    TimeSpan Timeout,
    int Retries,
    TimeSpan HealthInterval,
    TimeSpan DocumentLifetime,
    IReadOnlyList<string> CorsOrigins,
    string PublicAddress,
    IReadOnlyList<System.Net.IPNetwork> TrustedProxies
)
{
    public const string Identity = "identity";
    public const string Projects = "projects";
    public const string Repairs = "repairs";
    public const string Surveys = "surveys";
    public const string Complaints = "complaints";
    public const string Reporting = "reporting";

    public static IReadOnlyList<string> ServiceNames { get; } =
    [Projects, Repairs, Complaints, Surveys, Reporting, Identity];

    public static GatewaySettings From(IConfiguration configuration) =>
        new(
            ServiceNames.ToDictionary(name => name, name => Replicas(configuration, name)),
            Rate.From(configuration, "Gateway:RateLimits:PerAddress", 6000, 1500),
            Rate.From(configuration, "Gateway:RateLimits:PerUser", 3000, 1000),
            Rate.From(configuration, "Gateway:RateLimits:SignIns", 120, 60),
            Settings.Number(configuration, "Gateway:Limits:RequestBytes", 20 * 1024 * 1024, 1024, int.MaxValue),
            TimeSpan.FromMilliseconds(
                Settings.Number(configuration, "Gateway:Limits:TimeoutMilliseconds", 30_000, 50, 600_000)
            ),
            Settings.Number(configuration, "Gateway:Limits:Retries", 2, 0, 10),
            TimeSpan.FromMilliseconds(
                Settings.Number(configuration, "Gateway:Health:IntervalMilliseconds", 1_000, 50, 600_000)
            ),
            TimeSpan.FromSeconds(Settings.Number(configuration, "Gateway:OpenApi:CacheSeconds", 60, 0, 86_400)),
            List(configuration, "Gateway:Cors:Origins")
                .Select(origin =>
                    Settings.Url(new ConfigurationBuilder().Build(), "Gateway:Cors:Origins", origin).TrimEnd('/')
                )
                .ToList(),
            Settings.Url(configuration, "Gateway:PublicAddress", AuthSettings.From(configuration).Issuer).TrimEnd('/'),
            List(configuration, "Gateway:TrustedProxies")
                .Select(text =>
                    System.Net.IPNetwork.TryParse(text, out var network)
                        ? network
                        : throw new SettingException(
                            $"Setting Gateway:TrustedProxies has '{text}', expected networks such as 10.0.0.0/8."
                        )
                )
                .ToList()
        );

    private static IReadOnlyList<Replica> Replicas(IConfiguration configuration, string name)
    {
        var http = Addresses(configuration, $"Gateway:Services:{name}:Http", $"http://{name}:8080");
        var management = Addresses(configuration, $"Gateway:Services:{name}:Management", $"http://{name}:8082");
        return http.Count == management.Count
            ? http.Zip(management, (api, health) => new Replica(api, health)).ToList()
            : throw new SettingException(
                $"Settings Gateway:Services:{name}:Http and :Management have {http.Count} and {management.Count} addresses, expected as many."
            );
    }

    private static List<Uri> Addresses(IConfiguration configuration, string key, string fallback) =>
        (configuration[key] is { Length: > 0 } set ? set : fallback)
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text =>
                Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                    ? new Uri(text.TrimEnd('/') + "/")
                    : throw new SettingException(
                        $"Setting {key} has '{text}', expected absolute http or https addresses."
                    )
            )
            .ToList();

    // A list as an array, or in one line with commas.
    private static List<string> List(IConfiguration configuration, string key) =>
        configuration
            .GetSection(key)
            .GetChildren()
            .Select(child => child.Value)
            .Append(configuration[key])
            .Where(value => !string.IsNullOrWhiteSpace(value))
            .SelectMany(value =>
                value!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            )
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
}
