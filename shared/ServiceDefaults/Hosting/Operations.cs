using System.Reflection;
using CustomerService.Messaging;
using CustomerService.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

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

/// <summary>A message that was given up, without its body: that may hold what is personal, and is for the
/// command line.</summary>
/// <param name="Queue">The queue whose consumer gave it up.</param>
/// <param name="MessageId">By it one is replayed.</param>
/// <param name="EventName">Which event it is, if it says so.</param>
/// <param name="Subject">What it is about, if it says so.</param>
/// <param name="Reason">Why it was given up.</param>
/// <param name="GivenUpAt">When, UTC, if known.</param>
public sealed record DeadLetterView(
    string Queue,
    Guid MessageId,
    string? EventName,
    string? Subject,
    string Reason,
    DateTimeOffset? GivenUpAt
);

/// <summary>What is replayed.</summary>
/// <param name="MessageId">One message; null for all.</param>
public sealed record ReplayRequest(Guid? MessageId);

/// <summary>How many messages were put back.</summary>
public sealed record ReplayedView(int Replayed);

/// <summary>What the walk over all audit chains found.</summary>
/// <param name="Intact">False when a chain is broken.</param>
/// <param name="Report">The lines of the command <c>verify-audit</c>: one a break, and the count.</param>
public sealed record AuditCheckView(bool Intact, IReadOnlyList<string> Report);

/// <summary>
/// What whoever runs the system needs without a shell on its machines: the same as the commands of the program,
/// for the role
/// <c>operator</c>. It sees how a service is and what was given up, and nothing of the company's records but
/// their audit trail.
/// </summary>
public static class Operations
{
    /// <summary>Endpoints under <c>…/operations</c>.</summary>
    /// <param name="routes">The versioned routes of the service.</param>
    /// <param name="service">Name of the service.</param>
    /// <param name="consumers">The assembly with its consumers.</param>
    public static void MapOperations(this IEndpointRouteBuilder routes, string service, Assembly consumers)
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
            .WithSummary("How the service is")
            .WithDescription(
                "Rule API: operator or administrator. All health checks, also those that do not take the service out of rotation."
            )
            .Produces<ServiceStatusView>();

        group
            .MapGet(
                "/dead-letters",
                async (HttpContext context, IOptions<MessagingOptions> options, CancellationToken cancellationToken) =>
                {
                    try
                    {
                        var found = await Letters(options, service, consumers).ListAsync(cancellationToken);
                        return Results.Json(
                            found.Select(l => new DeadLetterView(
                                l.Queue,
                                l.MessageId,
                                l.EventName,
                                l.Subject,
                                l.Reason,
                                l.GivenUpAt
                            )),
                            Json.Options
                        );
                    }
                    catch (IOException)
                    {
                        return Problems.Result(context, StatusCodes.Status503ServiceUnavailable, "unavailable");
                    }
                }
            )
            .WithSummary("Messages that were given up")
            .WithDescription(
                "Rule API: operator or administrator. Oldest first; as the command dead-letters list. 503 while the broker does not answer or refuses."
            )
            .Produces<IReadOnlyList<DeadLetterView>>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable, Problems.ContentType);

        group
            .MapPost(
                "/dead-letters/replay",
                async (
                    ReplayRequest body,
                    HttpContext context,
                    IOptions<MessagingOptions> options,
                    CancellationToken cancellationToken
                ) =>
                {
                    try
                    {
                        var replayed = await Letters(options, service, consumers)
                            .ReplayAsync(body.MessageId, cancellationToken);
                        return replayed == 0 && body.MessageId is not null
                            ? (object)CommandResult.NotFound()
                            : CommandResult.Ok(new ReplayedView(replayed));
                    }
                    catch (IOException)
                    {
                        return Problems.Result(context, StatusCodes.Status503ServiceUnavailable, "unavailable");
                    }
                }
            )
            .AsCommand()
            .WithSummary("Put messages back into the queue of their consumer")
            .WithDescription(
                "Rule API: operator or administrator. One by its messageId (404 when it is in no error queue of this service), or all. A message that had its effect has no second one. 503 while the broker does not answer or refuses."
            )
            .Produces<ReplayedView>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable, Problems.ContentType);

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
            .WithSummary("Walk all audit chains")
            .WithDescription(
                "Rule P3.3: operator or administrator. As the command verify-audit; it reads the whole trail and takes its time."
            )
            .Produces<AuditCheckView>();
    }

    private static DeadLetters Letters(IOptions<MessagingOptions> options, string service, Assembly consumers) =>
        new(options.Value, DeadLetters.QueuesOf(consumers, service));

    private static string Word(HealthStatus status) => Spelling.Kebab(status.ToString());
}
