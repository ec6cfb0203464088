using CustomerService.Repairs.Data;
using CustomerService.Repairs.Projects;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders.Jobs;

/// <summary>Asks Projects again what it did not answer while it was away: the warranty of an order, and whom it proposes to
/// lead (P3.1.1, P3.2.2).</summary>
internal sealed class AskProjectsAgain(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    RepairsSettings settings,
    ILogger<AskProjectsAgain> log
) : DueSweep<RepairsDb, RepairOrder>(scopes, settings.AskAgainEvery, contexts.Clock.Time, log)
{
    private static readonly RepairOrderState[] Over =
    [
        RepairOrderState.Closed,
        RepairOrderState.Withdrawn,
        RepairOrderState.Merged,
    ];

    private bool _away;

    protected override IQueryable<RepairOrder> Due(RepairsDb db) =>
        db.RepairOrders.Where(order => (order.WarrantyPending || order.LeaderPending) && !Over.Contains(order.State));

    protected override Task<IReadOnlyList<Guid>> DueAsync(
        IServiceProvider services,
        Guid after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        _away &= after != Guid.Empty;
        return base.DueAsync(services, after, limit, cancellationToken);
    }

    protected override async Task<bool> StepAsync(
        IServiceProvider services,
        Guid id,
        CancellationToken cancellationToken
    )
    {
        var db = services.GetRequiredService<RepairsDb>();
        // Who does not answer for one order does not for the next: the others wait for the next run.
        if (_away || await db.RepairOrders.FirstOrDefaultAsync(o => o.Id == id, cancellationToken) is not { } order)
        {
            return false;
        }

        var projects = services.GetRequiredService<ProjectsClient>();
        var context = contexts.ForSystem("repairs", order);
        var taken = false;
        if (order.WarrantyPending)
        {
            var answer = await projects.AskWarrantyAsync(
                order.ProjectId,
                order.PartCode,
                order.NotifiedOn,
                cancellationToken
            );
            _away = answer.Problem == AskProblem.NoAnswer;
            taken = !_away && order.RecordWarranty(context, answer) is null;
        }

        if (!_away && order.LeaderPending)
        {
            var answer = await projects.ProposeLeaderAsync(order.ProjectId, cancellationToken);
            _away = answer.Problem == AskProblem.NoAnswer;
            taken |= !_away && order.NoteProposal(context, answer) is null;
        }

        return taken;
    }
}
