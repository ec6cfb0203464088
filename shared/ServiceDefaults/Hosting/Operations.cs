using CustomerService.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CustomerService.ServiceDefaults;

/// <summary>How a service is, as its health checks see it.</summary>
/// <param name="Service">Name of the service.</param>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</param>
/// <param name="Checks">By name of the check.</param>
public sealed record ServiceStatusView(string Service, string Status, IReadOnlyDictionary<string, CheckView> Checks);

/// <summary>What one health check says.</summary>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</param>
/// <param name="Description">Why, where it says so.</param>
public sealed record CheckView(string Status, string? Description);

/// <summary>What the walk over all audit chains found.</summary>
/// <param name="Intact">False when a chain is broken.</param>
/// <param name="Report">The lines of the command <c>verify-audit</c>: one a break, and the count.</param>
public sealed record AuditCheckView(bool Intact, IReadOnlyList<string> Report);

/// <summary>
/// What an operator needs without a shell on the machines: the same as the commands of the program.
/// The role sees how a service is and what was given up, and nothing of the company's records but
/// their audit trail.
/// </summary>
public static class Operations
{
    /// <summary>Endpoints under <c>…/operations</c>, with those of every <see cref="IOperationEndpoints"/>.</summary>
    /// <param name="routes">The versioned routes of the service.</param>
    /// <param name="service">Name of the service.</param>
    public static void MapOperations(this IEndpointRouteBuilder routes, string service)
    {
        var group = routes.MapGroup("/operations").ForRoles(Roles.Operator, Roles.Administrator).WithTags("Operations");
        group
            .MapGet(
                "/status",
                async (HealthCheckService health, CancellationToken cancellationToken) =>
                {
                    var report = await health.CheckHealthAsync(cancellationToken);
                    return Results.Json(
                        new ServiceStatusView(
                            service,
                            Word(report.Status),
                            report.Entries.ToDictionary(
                                e => e.Key,
                                e => new CheckView(Word(e.Value.Status), e.Value.Description)
                            )
                        ),
                        Json.Options
                    );
                }
            )
            .WithName("GetServiceStatus")
            .WithSummary("How the service is")
            .WithDescription(
                "Rule API: operator or administrator. All health checks, "
                    + "also those that do not take the service out of rotation."
            )
            .Produces<ServiceStatusView>();

        group
            .MapGet(
                "/audit-check",
                async (IServiceProvider services, CancellationToken cancellationToken) =>
                {
                    await using var output = new StringWriter();
                    var code = await services
                        .GetServices<IServiceCommand>()
                        .First(c => c.Name == "verify-audit")
                        .RunAsync([], services, output, cancellationToken);
                    return Results.Json(
                        new AuditCheckView(
                            code == 0,
                            output
                                .ToString()
                                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                        ),
                        Json.Options
                    );
                }
            )
            .WithName("CheckAuditTrail")
            .WithSummary("Walk all audit chains")
            .WithDescription(
                "Rule P3.3: operator or administrator. As the command verify-audit; "
                    + "it reads the whole trail and takes its time."
            )
            .Produces<AuditCheckView>();

        foreach (var part in routes.ServiceProvider.GetServices<IOperationEndpoints>())
        {
            part.Map(group);
        }
    }

    private static string Word(HealthStatus status) => status.ToKebab();
}
