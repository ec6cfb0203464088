using CustomerService.Messaging;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Domain.RepairOrders;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerService.Repairs.Sweeps;

/// <summary>
/// Looks for defects that were not confirmed with the owner by their due day (P3.2.1), marks each once and
/// announces it. Any number of
/// replicas may run it: whoever comes second finds the order changed.
/// </summary>
internal sealed partial class MarkOverdueConfirmations(
    IServiceScopeFactory scopes,
    CompanyClock clock,
    RepairsSettings settings,
    ILogger<MarkOverdueConfirmations> log
) : RecurringWork(settings.SweepEvery, clock.Time, log)
{
    /// <summary>Marks what is overdue today; returns how many.</summary>
    internal async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        List<Guid> overdue;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var today = clock.Today;
            overdue = await scope
                .ServiceProvider.GetRequiredService<RepairsDb>()
                .RepairOrders.Where(o =>
                    o.State == RepairOrderState.Opened && o.ConfirmDueOn < today && o.ConfirmationOverdueOn == null
                )
                .OrderBy(o => o.Id)
                .Select(o => o.Id)
                .ToListAsync(cancellationToken);
        }

        var marked = 0;
        foreach (var id in overdue)
        {
            // A scope and a catch each: one order that cannot be saved does not hold up the others.
            try
            {
                marked += await MarkAsync(id, cancellationToken) ? 1 : 0;
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                NotMarked(Log, id, failed);
            }
        }

        return marked;
    }

    private async Task<bool> MarkAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<RepairsDb>();
        if (
            await store.RepairOrders.FirstOrDefaultAsync(o => o.Id == id, cancellationToken) is not { } order
            || order.MarkOverdue(new FlowContext(Actor.System("repairs"), clock.Now, clock.Today, order.PolicyVersion))
                is not null
        )
        {
            return false;
        }

        try
        {
            await store.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException changed)
            when (changed is DbUpdateConcurrencyException
                || changed.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }
            )
        {
            // Confirmed or marked at the same moment. The next sweep looks again.
            return false;
        }
    }

    protected override async Task RoundAsync(CancellationToken stoppingToken)
    {
        if (await SweepAsync(stoppingToken) is > 0 and var marked)
        {
            Marked(Log, marked);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} defects were not confirmed with the owner in time")]
    private static partial void Marked(ILogger logger, int count);

    [LoggerMessage(LogLevel.Warning, "Repair order {Id} could not be marked overdue; it is tried again")]
    private static partial void NotMarked(ILogger logger, Guid id, Exception exception);
}
