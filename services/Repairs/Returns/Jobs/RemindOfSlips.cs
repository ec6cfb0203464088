using CustomerService.Repairs.Data;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Returns.Jobs;

/// <summary>Reminds of each red copy that somebody holds for too long (C5.1.5), again each time that the policy's days have
/// passed.</summary>
internal sealed class RemindOfSlips(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    RepairsSettings settings,
    ILogger<RemindOfSlips> log
) : DueSweep<RepairsDb, ReturnCase>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    // A day at least; how many the case's own policy says.
    protected override IQueryable<ReturnCase> Due(RepairsDb db)
    {
        var before = contexts.Clock.Now.AddDays(-1);
        return db.ReturnCases.Where(one => one.SlipHeldSince < before && ReturnCaseFlow.SlipStates.Contains(one.State));
    }

    protected override Refusal? Step(ReturnCase one) => one.RemindOfSlip(contexts.ForSystem("repairs", one));
}
