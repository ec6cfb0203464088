using CustomerService.Repairs.Components.Domain;
using CustomerService.Repairs.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Components.Jobs;

/// <summary>Marks and announces each claim that its maker has not answered by the expected day (C3.1.1).</summary>
internal sealed class MarkOverdueClaims(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    RepairsSettings settings,
    ILogger<MarkOverdueClaims> log
) : DueSweep<RepairsDb, MakerClaim>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<MakerClaim> Due(RepairsDb db) =>
        db.MakerClaims.Where(claim =>
            claim.State == MakerClaimState.Sent && claim.ExpectedOn < contexts.Clock.Today && claim.OverdueOn == null
        );

    protected override Refusal? Step(MakerClaim claim) => claim.MarkOverdue(contexts.ForSystem("repairs", claim));
}
