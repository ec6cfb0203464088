using CustomerService.Projects.Data;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Revisits;

/// <summary>Counts faults by part and cause (P2.2.3); what follows from the numbers is decided in
/// <see cref="FaultRecurrence"/>.</summary>
internal static class KnownFaults
{
    /// <summary>What other revisits have found of these parts and causes.</summary>
    public static async Task<IReadOnlyList<FaultRecurrence>> RecurrencesAsync(
        this ProjectsDb db,
        Revisit revisit,
        IEnumerable<FindingLiability> decided,
        RecurrencePolicy policy,
        CancellationToken cancellation
    )
    {
        // Nothing was found before the visit; the flow table refuses the step.
        if (revisit.HeldOn is not { } through)
        {
            return [];
        }

        var (project, id) = (revisit.ProjectId, revisit.Id);
        var from = CalendarMonths.Add(through, -policy.WithinMonths);
        var recurrences = new List<FaultRecurrence>();
        foreach (
            var (part, cause) in decided
                .Where(d => d.IsConstructionFault && d.CauseCode != CauseCode.Other)
                .Select(d => (revisit.Finding(d.FindingId)?.Part, d.CauseCode))
                .Distinct()
        )
        {
            if (part is null)
            {
                continue;
            }

            var others = db
                .KnownFaults.AsNoTracking()
                .Where(f => f.RevisitId != id && f.Part == part && f.Cause == cause);
            recurrences.Add(
                new(
                    part,
                    cause,
                    await others.CountAsync(f => f.ProjectId == project, cancellation),
                    await others
                        .Where(f => f.ProjectId != project && f.FoundOn > from && f.FoundOn <= through)
                        .Select(f => f.ProjectId)
                        .Distinct()
                        .CountAsync(cancellation)
                )
            );
        }

        return recurrences;
    }

    /// <summary>The faults of a revisit as its assessment now says, in place of what was known of it.</summary>
    public static async Task KeepFaultsAsync(this ProjectsDb db, Revisit revisit, CancellationToken cancellation)
    {
        var id = revisit.Id;
        var before = await db.KnownFaults.Where(f => f.RevisitId == id).ToDictionaryAsync(f => f.Id, cancellation);
        foreach (var fault in revisit.ConstructionFaults)
        {
            if (before.Remove(fault.Id, out var known))
            {
                known.Cause = fault.Cause;
            }
            else
            {
                db.Add(fault);
            }
        }

        db.RemoveRange(before.Values);
    }
}
