using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Capas;

/// <summary>What a CAPA can serve may be erased by its service (C8), and that may be heard before the case itself.</summary>
internal static class ErasedCases
{
    private const string Name = "survey-cases";

    /// <summary>Who keeps a case shares the lock, who erases holds it alone: each sees what the other has committed.</summary>
    public static Task LockCasesAsync(this ComplaintsDb db, bool erases, CancellationToken cancellation) =>
        erases ? db.LockAsync(Name, cancellation) : db.LockSharedAsync(Name, cancellation);

    /// <summary>What the record said goes, and what each finding of it said, where it is a revisit.</summary>
    public static async Task ForgetCasesAsync(
        this ComplaintsDb db,
        CommandContext context,
        Guid record,
        CancellationToken cancellation
    )
    {
        var known = await db
            .SurveyCases.Where(one => one.Id == record || one.RevisitId == record)
            .ToListAsync(cancellation);
        foreach (var one in known)
        {
            one.Forget(context);
        }
    }
}
