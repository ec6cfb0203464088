using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.ServiceDefaults;

/// <summary>Once an hour the outcomes of commands are forgotten that nobody will ask for again.</summary>
internal sealed class OutcomePurge(IServiceScopeFactory scopes, TimeProvider time, ILogger<OutcomePurge> log)
    : PeriodicJob(TimeSpan.FromHours(1), time, log, first: TimeSpan.FromMinutes(1))
{
    /// <summary>How long a repeated request gets its first answer.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(48);

    internal async Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<ICommandStore>()
            .PurgeOutcomesAsync(Time.GetUtcNow() - Kept, cancellationToken);
    }

    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        if (await PurgeAsync(stoppingToken) is > 0 and var purged)
        {
            Log.LogInformation("Forgot {Purged} outcomes of commands", purged);
        }
    }
}
