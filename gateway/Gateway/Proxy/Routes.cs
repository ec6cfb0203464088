using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;

namespace CustomerService.Gateway.Proxy;

/// <summary>Which address leads to which service.</summary>
internal static class Routes
{
    /// <summary>What needs no token here: the sign-in itself, the forms that recipients of a survey open by their
    /// link, calendar feeds, and the links of customers and repairers.</summary>
    private const string Anonymous = "anonymous";

    public static IReadOnlyList<RouteConfig> All()
    {
        var routes = GatewaySettings
            .ServiceNames.Select(service =>
                Api(service, "api-" + service, $"/api/{service}/v1/{{**rest}}", "default", 10)
            )
            .ToList();
        routes.Add(Api(GatewaySettings.Surveys, "survey-forms", "/api/surveys/v1/f/{token}/{**rest}", Anonymous, 1));
        // Where the code of a printed sheet is typed in.
        routes.Add(Api(GatewaySettings.Surveys, "survey-codes", "/api/surveys/v1/f", Anonymous, 1));
        // A calendar program cannot sign in; the address itself is the secret, and can be revoked.
        routes.Add(
            Api(
                GatewaySettings.Projects,
                "calendar-feeds",
                "/api/projects/v1/calendar-feeds/{feed:regex(\\.ics$)}",
                Anonymous,
                1
            )
        );
        // What a customer without an account confirms or consents to; the address itself is the secret.
        routes.Add(
            Api(
                GatewaySettings.Repairs,
                "customer-links",
                "/api/repairs/v1/customer-links/{token}/{**rest}",
                Anonymous,
                1
            )
        );
        // And what they confirm or dispute: the answer to one complaint.
        routes.Add(
            Api(
                GatewaySettings.Complaints,
                "answer-links",
                "/api/complaints/v1/answer-links/{token}/{**rest}",
                Anonymous,
                1
            )
        );
        // And the orders of the day of those who repair.
        routes.Add(
            Api(GatewaySettings.Repairs, "repair-links", "/api/repairs/v1/repair-links/{token}/{**rest}", Anonymous, 1)
        );
        // What the figures mean; it names no record.
        routes.Add(
            new RouteConfig
            {
                RouteId = "metrics",
                ClusterId = GatewaySettings.Reporting,
                Match = new RouteMatch { Path = "/docs/metrics" },
                AuthorizationPolicy = Anonymous,
            }
        );
        foreach (var prefix in (string[])["connect", ".well-known", "account"])
        {
            routes.Add(
                new RouteConfig
                {
                    RouteId = "identity-" + prefix,
                    ClusterId = GatewaySettings.Identity,
                    Match = new RouteMatch { Path = $"/{prefix}/{{**rest}}" },
                    AuthorizationPolicy = Anonymous,
                }
            );
        }

        return routes;
    }

    public static IReadOnlyList<ClusterConfig> Clusters(GatewaySettings settings) =>
        settings
            .Services.Select(service => new ClusterConfig
            {
                ClusterId = service.Key,
                LoadBalancingPolicy = "PowerOfTwoChoices",
                Destinations = service
                    .Value.Select((replica, index) => (replica, index))
                    .ToDictionary(
                        pair => $"{service.Key}-{pair.index + 1}",
                        pair => new DestinationConfig
                        {
                            Address = pair.replica.Http.ToString(),
                            Health = pair.replica.Management.ToString(),
                        }
                    ),
                HealthCheck = new HealthCheckConfig
                {
                    AvailableDestinationsPolicy = ReadyReplicas.PolicyName,
                    Active = new ActiveHealthCheckConfig
                    {
                        Enabled = true,
                        Path = "/health/ready",
                        Interval = settings.HealthInterval,
                        Timeout = TimeSpan.FromSeconds(2),
                        Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
                    },
                    Passive = new PassiveHealthCheckConfig { Enabled = true, Policy = UnreachableReplicas.PolicyName },
                },
                // As Kestrel reads them. By default the client sends ASCII only and fails on anything else.
                HttpClient = new HttpClientConfig { RequestHeaderEncoding = "utf-8", ResponseHeaderEncoding = "utf-8" },
                // Without TLS there is no negotiation, so the version is said.
                HttpRequest = new ForwarderRequestConfig
                {
                    Version = new Version(1, 1),
                    VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                    ActivityTimeout = settings.Timeout,
                },
            })
            .ToList();

    private static RouteConfig Api(string service, string id, string path, string policy, int order) =>
        new()
        {
            RouteId = id,
            ClusterId = service,
            Order = order,
            Match = new RouteMatch { Path = path },
            AuthorizationPolicy = policy,
            Transforms =
            [
                new Dictionary<string, string> { ["PathRemovePrefix"] = "/api/" + service },
                // The API knows tokens only; the sign-in page's cookies are none of its business.
                new Dictionary<string, string> { ["RequestHeaderRemove"] = "Cookie" },
            ],
        };
}
