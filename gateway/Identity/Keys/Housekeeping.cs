using CustomerService.ServiceDefaults;
using OpenIddict.Abstractions;

namespace CustomerService.Identity.Keys;

/// <summary>Drops tokens and authorizations that have been of no use for a long time.</summary>
internal sealed class Housekeeping(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Housekeeping> logger)
    : PeriodicJob(TimeSpan.FromHours(1), clock, logger, first: TimeSpan.FromMinutes(1))
{
    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var before = Time.GetUtcNow() - TimeSpan.FromDays(30);
        await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(before, stoppingToken);
        await scope
            .ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>()
            .PruneAsync(before, stoppingToken);
    }
}
