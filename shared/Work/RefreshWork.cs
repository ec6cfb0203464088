using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.Work;

/// <summary>Some steps can be taken only from a day on, or until one: they come onto the lists and go from them though
/// nobody has touched the record (S1).</summary>
/// <param name="scopes">Makes a scope for each record.</param>
/// <param name="clock">Clock.</param>
/// <param name="isAway">Whether the store cannot be reached at all.</param>
/// <param name="log">Log of the work.</param>
public sealed class RefreshWork(
    IServiceScopeFactory scopes,
    CompanyClock clock,
    Func<Exception, bool> isAway,
    ILogger<RefreshWork> log
) : DueSweep(scopes, Every, clock.Time, log)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    protected override Task<IReadOnlyList<Guid>> DueAsync(
        IServiceProvider services,
        Guid after,
        int limit,
        CancellationToken cancellationToken
    ) => services.GetRequiredService<IWorkStore>().DependingOnTimeAsync(after, limit, cancellationToken);

    /// <inheritdoc/>
    protected override Task<bool> StepAsync(IServiceProvider services, Guid id, CancellationToken cancellationToken) =>
        services.GetRequiredService<IWorkStore>().RefreshAsync(id, cancellationToken);

    /// <inheritdoc/>
    protected override bool IsAway(Exception exception) => isAway(exception);
}
