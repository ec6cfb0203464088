using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Capas.Features;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Capas;

/// <summary>
/// Measures effects as complaints come (C5.6.2): each counts against the CAPAs that watch for its fault, cause or item.
/// One that exceeds its target goes back to analysis by itself, and no complaint that it served stays closed over it.
/// </summary>
internal sealed class EffectMeasurement(ComplaintsDb db, CommandContexts contexts)
{
    /// <summary>Counts a response or an inspection for the rates that CAPAs watch, in the commit of its event.</summary>
    /// <param name="samples">What each key says of it: was it as it should be?</param>
    /// <param name="sourceId">The response or the repair, which counts once.</param>
    /// <param name="on">Its day, the company's date.</param>
    public async Task SampleAsync(
        IReadOnlyDictionary<string, bool> samples,
        Guid sourceId,
        DateOnly on,
        CancellationToken cancellation
    )
    {
        var keys = samples.Keys.ToArray();
        var watching = await db
            .Capas.Where(capa =>
                capa.WatchKey != null && keys.Contains(capa.WatchKey) && capa.WatchFrom <= on && capa.WatchThrough >= on
            )
            .ToListAsync(cancellation);
        foreach (var capa in watching)
        {
            var sample = new EffectSample(capa.Id, capa.Rounds.Count + 1, sourceId, samples[capa.WatchKey!]);
            await db.LockAsync($"effect/{sample.CapaId:N}/{sourceId:N}", cancellation);
            if (await db.EffectSamples.FindAsync([sample.CapaId, sample.Round, sourceId], cancellation) is null)
            {
                db.Add(sample);
            }
        }
    }

    /// <summary>Measures the rate of a window that is over.</summary>
    /// <returns>Whether there was one to measure.</returns>
    public async Task<bool> ConcludeAsync(Guid id, CancellationToken cancellation)
    {
        if (await db.Capas.FirstOrDefaultAsync(one => one.Id == id, cancellation) is not { Plan: { } plan } capa)
        {
            return false;
        }

        var rate = await RateOfAsync(capa, cancellation);
        var context = contexts.ForSystem("complaints", capa);
        if ((plan.IsReachedBy(rate) ? capa.ConfirmRate(context, rate) : capa.FallShort(context, rate)) is not null)
        {
            return false;
        }

        await CapaChange.UpdateComplaintsAsync(db, capa, cancellation);
        return true;
    }

    private async Task<EffectRate> RateOfAsync(Capa capa, CancellationToken cancellation)
    {
        var round = capa.Rounds.Count + 1;
        var counts = await db
            .EffectSamples.Where(sample => sample.CapaId == capa.Id && sample.Round == round)
            .GroupBy(_ => 1)
            .Select(all => new { Good = all.Count(sample => sample.Good), Counted = all.Count() })
            .SingleOrDefaultAsync(cancellation);
        return new(counts?.Good ?? 0, counts?.Counted ?? 0, contexts.Clock.Today);
    }

    /// <summary>Product and fault of a complaint are known, or known better: several customers may have the same (C5.5.2),
    /// and it counts against the CAPAs that watch for it. In the commit in which it is changed.</summary>
    public async Task FaultKnownAsync(Complaint complaint, CancellationToken cancellation)
    {
        if (complaint.FaultKey is not { } key)
        {
            return;
        }

        // Two that become known at the same moment see each other.
        await db.LockAsync($"complaint/fault/{key}", cancellation);
        // Only what lies in a window with this complaint can change by it.
        var policies = new[] { contexts.ForSystem("complaints", complaint), contexts.ForSystem("complaints") }
            .Select(context => context.Policy.Complaints.MajorProblem)
            .ToList();
        var days = policies.Max(policy => policy.SameFaultDays);
        var (from, to) = (complaint.RegisteredOn.AddDays(-days), complaint.RegisteredOn.AddDays(days));
        var same = db.Complaints.Where(other =>
            other.FaultKey == key && other.Id != complaint.Id && other.RegisteredOn >= from && other.RegisteredOn <= to
        );
        var cases = await same.Select(other => new FaultCase(other.CustomerId, other.RegisteredOn))
            .Distinct()
            .ToListAsync(cancellation);
        var customers = cases.Select(one => one.CustomerId).Append(complaint.CustomerId).Distinct().Count();
        if (customers >= policies.Min(policy => policy.SameFaultCustomers))
        {
            var others = await same.Where(other => !other.HasRepeatedFault && other.State != ComplaintState.Closed)
                .ToListAsync(cancellation);
            RepeatedFault.Note(one => contexts.ForSystem("complaints", one), complaint, others, cases);
        }

        await CountAsync(complaint, cancellation);
    }

    /// <summary>Counts a complaint, in the commit in which it is changed.</summary>
    public async Task CountAsync(Complaint complaint, CancellationToken cancellation)
    {
        var keys = EffectWatch.KeysOf(complaint);
        if (keys.Count == 0)
        {
            return;
        }

        var on = EffectWatch.DayOf(complaint, contexts.ForSystem("complaints", complaint));
        var watching = await db
            .Capas.Where(capa =>
                capa.WatchKey != null && keys.Contains(capa.WatchKey) && capa.WatchFrom <= on && capa.WatchThrough >= on
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
                    one.BeginAgain(contexts.ForSystem("complaints", one), complaint.Number);
                }

                one.UpdateCapa(capa);
            }
        }
    }
}
