using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.Work;

/// <summary>Some steps can be taken only from a day on, or until one: they come onto the lists and go from them though
/// nobody has touched the record (S1).</summary>
public sealed class RefreshWork<TDb>(IServiceScopeFactory scopes, CompanyClock clock, ILogger<RefreshWork<TDb>> log)
    : DueSweep(scopes, Every, clock.Time, log)
    where TDb : ServiceDbContext
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<Guid>> DueAsync(
        IServiceProvider services,
        Guid after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        await services
            .GetRequiredService<TDb>()
            .Set<WorkRow>()
            .Where(row => row.DependsOnTime && row.RecordId > after)
            .Select(row => row.RecordId)
            .Distinct()
            .OrderBy(id => id)
            .Take(limit)
            .ToListAsync(cancellationToken);

    /// <inheritdoc/>
    protected override async Task<bool> StepAsync(
        IServiceProvider services,
        Guid id,
        CancellationToken cancellationToken
    )
    {
        var db = services.GetRequiredService<TDb>();
        return await db.Set<WorkRow>()
                .Where(row => row.RecordId == id)
                .Select(row => row.RecordKind)
                .FirstOrDefaultAsync(cancellationToken)
                is { } kind
            && await db.RefreshWorkAsync(kind, id, cancellationToken);
    }
}
