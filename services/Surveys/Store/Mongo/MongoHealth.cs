using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CustomerService.Surveys.Store.Mongo;

/// <summary>Whether the server can serve.</summary>
internal sealed class MongoCheck(MongoDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        await database.FaultAsync(cancellationToken) is { } fault
            ? HealthCheckResult.Unhealthy(fault)
            : HealthCheckResult.Healthy();
}

/// <summary>Whether collections and indexes are there, of this program's version or a younger one.</summary>
internal sealed class MongoMigratedCheck(MongoDatabase database) : IHealthCheck
{
    // Once migrated it stays so while this process lives.
    private static bool _migrated;

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        if (await database.FaultAsync(cancellationToken) is { } fault)
        {
            return HealthCheckResult.Unhealthy(fault);
        }

        if (!_migrated && await database.MissingAsync(cancellationToken) is { } missing)
        {
            return HealthCheckResult.Unhealthy($"{missing}: run the program with 'migrate'.");
        }

        _migrated = true;
        return HealthCheckResult.Healthy();
    }
}
