using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Capas;

/// <summary>
/// Measures effects as complaints come (C5.6.2): each counts against the CAPAs that watch for its fault, cause or item.
/// One that exceeds its target goes back to analysis by itself, and no complaint that it served stays closed over it.
/// </summary>
internal sealed class EffectMeasurement(ComplaintsDb db, CommandContexts contexts)
{
    /// <summary>Counts a complaint, in the commit in which it is changed.</summary>
    public async Task CountAsync(Complaint complaint, CancellationToken cancellation)
    {
        var keys = EffectWatch.KeysOf(complaint);
        if (keys.Count == 0)
        {
            return;
        }

        var today = contexts.Clock.Today;
        var watching = await db
            .Capas.Where(capa =>
                capa.WatchKey != null
                && keys.Contains(capa.WatchKey)
                && capa.WatchFrom <= today
                && capa.WatchThrough >= today
            )
            .ToListAsync(cancellation);
        foreach (var capa in watching)
        {
            if (!EffectWatch.Count(capa, complaint, contexts.ForSystem("complaints", capa)))
            {
                continue;
            }

            var served = await db.Complaints.Where(one => capa.ComplaintIds.Contains(one.Id)).ToListAsync(cancellation);
            foreach (var one in served)
            {
                if (one.State == ComplaintState.Closed)
                {
                    one.Reopen(contexts.ForSystem("complaints", one), complaint.Number);
                }

                one.UpdateCapa(capa);
            }
        }
    }
}
