using CustomerService.Complaints.Capas.Domain;
using CustomerService.Rules;

namespace CustomerService.Complaints.Complaints.Domain;

/// <summary>
/// A fault that recurs reopens the complaint and the CAPAs that had been found effective, together (C5.6.2): no
/// complaint stays closed over an open CAPA, and no CAPA stays effective whose fault came back.
/// </summary>
internal static class Recurrence
{
    /// <summary>
    /// Reopens them; when it is refused nothing has changed. Reported on a CAPA: that one, and its complaint where it
    /// is closed. Reported on a complaint: the complaint, and all its CAPAs that are closed.
    /// </summary>
    /// <param name="contextOf">The same caller under the policy of each record.</param>
    /// <param name="complaint">The complaint; null for a CAPA that comes from a finding.</param>
    /// <param name="capas">The CAPAs that did not last.</param>
    /// <param name="reason">What recurred.</param>
    /// <param name="dueOn">The CAPAs' new due day; null: QC sets it by assigning.</param>
    public static Refusal? Reopen(
        Func<Aggregate, CommandContext> contextOf,
        Complaint? complaint,
        IReadOnlyCollection<Capa> capas,
        string reason,
        DateOnly? dueOn
    )
    {
        foreach (var capa in capas)
        {
            if (capa.Reopen(contextOf(capa), reason, dueOn) is { } refusal)
            {
                return refusal;
            }
        }

        if (
            complaint is not null
            && (complaint.State == ComplaintState.Closed || capas.Count == 0)
            && complaint.BeginAgain(contextOf(complaint), reason) is { } refused
        )
        {
            return refused;
        }

        foreach (var capa in capas)
        {
            complaint?.UpdateCapa(capa);
        }

        return null;
    }
}
