using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Rmas.Jobs;

/// <summary>Reminders of unanswered offers, and their end (C3.1.2). A missed run sends one reminder, not several.</summary>
internal sealed class RemindOfOffers(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    RepairsSettings settings,
    ILogger<RemindOfOffers> log
) : DueSweep<RepairsDb, RmaUnit>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<RmaUnit> Due(RepairsDb db) =>
        db.RmaUnits.Where(unit => unit.State == RmaUnitState.Offered && unit.OfferSentOn < contexts.Clock.Today);

    protected override async Task<bool> StepAsync(
        IServiceProvider services,
        RmaUnit unit,
        CancellationToken cancellationToken
    )
    {
        var (context, mails) = (contexts.ForSystem("repairs", unit), services.GetRequiredService<RepairsMails>());
        if (unit.Lapse(context) is null)
        {
            await mails.OfferLapsedAsync(context, unit, cancellationToken);
            return true;
        }

        if (unit.Remind(context) is not null)
        {
            return false;
        }

        await mails.OfferReminderAsync(context, unit, cancellationToken);
        return true;
    }
}
