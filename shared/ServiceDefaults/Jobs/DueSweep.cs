using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Takes one step with each record that has become due. Every record has a scope and a commit of its own: one that
/// cannot be read, or is changed at the same moment, does not hold up the others and comes again with the next run.
/// Any number of replicas may run it; the record's version lets one of them win.
/// </summary>
/// <param name="scopes">Makes a scope for each record.</param>
/// <param name="every">Time from one run to the next.</param>
/// <param name="time">Clock.</param>
/// <param name="log">Log of the work.</param>
public abstract partial class DueSweep(IServiceScopeFactory scopes, TimeSpan every, TimeProvider time, ILogger log)
    : PeriodicJob(every, time, log)
{
    /// <summary>How many identities are read at a time.</summary>
    protected const int Batch = 200;

    /// <summary>Runs once over everything that is due now.</summary>
    /// <returns>How many records took the step.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var taken = 0;
        var after = Guid.Empty;
        while (true)
        {
            IReadOnlyList<Guid> due;
            await using (var scope = scopes.CreateAsyncScope())
            {
                due = await DueAsync(scope.ServiceProvider, after, Batch, cancellationToken);
            }

            foreach (var id in due)
            {
                taken += await TakeAsync(id, cancellationToken) ? 1 : 0;
            }

            if (due.Count < Batch)
            {
                return taken;
            }

            after = due[^1];
        }
    }

    /// <summary>Identities of what is due, ascending, beginning behind <paramref name="after"/>.</summary>
    protected abstract Task<IReadOnlyList<Guid>> DueAsync(
        IServiceProvider services,
        Guid after,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>Loads the record and takes the step; it is saved afterwards. False where nothing is left to do.</summary>
    protected abstract Task<bool> StepAsync(IServiceProvider services, Guid id, CancellationToken cancellationToken);

    /// <summary>Whether the store cannot be reached: the run then ends, because every record would fail.</summary>
    protected virtual bool IsAway(Exception exception) => Unavailability.Is(exception);

    /// <inheritdoc/>
    protected sealed override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        if (await SweepAsync(stoppingToken) is > 0 and var taken)
        {
            Taken(Log, GetType().Name, taken);
        }
    }

    private async Task<bool> TakeAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            if (!await StepAsync(scope.ServiceProvider, id, cancellationToken))
            {
                return false;
            }

            var store = scope.ServiceProvider.GetRequiredService<ICommandStore>();
            return await store.CommitAsync(null, cancellationToken) == Commit.Done;
        }
        catch (Exception broken) when (broken is not OperationCanceledException && !IsAway(broken))
        {
            NotTaken(Log, GetType().Name, id, broken);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Work} took its step with {Count} records")]
    private static partial void Taken(ILogger logger, string work, int count);

    [LoggerMessage(LogLevel.Error, "{Work} failed at record {Id} and goes on with the others")]
    private static partial void NotTaken(ILogger logger, string work, Guid id, Exception exception);
}

/// <summary>The same for a service on EF Core: a query of what is due, and the step.</summary>
/// <inheritdoc cref="DueSweep"/>
public abstract class DueSweep<TDb, TAggregate>(
    IServiceScopeFactory scopes,
    TimeSpan every,
    TimeProvider time,
    ILogger log
) : DueSweep(scopes, every, time, log)
    where TDb : AuditedDbContext
    where TAggregate : Aggregate
{
    /// <summary>What is due now.</summary>
    protected abstract IQueryable<TAggregate> Due(TDb db);

    /// <summary>The step; a refusal means that there is nothing to do any more.</summary>
    protected virtual Refusal? Step(TAggregate record) =>
        throw new NotSupportedException($"{GetType().Name} takes its step with services.");

    /// <summary>The step of what needs more than the record, for example a mail that goes with it.</summary>
    /// <returns>Whether it was taken.</returns>
    protected virtual Task<bool> StepAsync(
        IServiceProvider services,
        TAggregate record,
        CancellationToken cancellationToken
    ) => Task.FromResult(Step(record) is null);

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<Guid>> DueAsync(
        IServiceProvider services,
        Guid after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        await Due(services.GetRequiredService<TDb>())
            .Where(record => record.Id > after)
            .OrderBy(record => record.Id)
            .Select(record => record.Id)
            .Take(limit)
            .ToListAsync(cancellationToken);

    /// <inheritdoc/>
    protected override async Task<bool> StepAsync(
        IServiceProvider services,
        Guid id,
        CancellationToken cancellationToken
    ) =>
        await services
            .GetRequiredService<TDb>()
            .Set<TAggregate>()
            .FirstOrDefaultAsync(record => record.Id == id, cancellationToken)
            is { } record
        && await StepAsync(services, record, cancellationToken);
}
