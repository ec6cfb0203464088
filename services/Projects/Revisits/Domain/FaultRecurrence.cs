using CustomerService.Rules;

namespace CustomerService.Projects.Revisits.Domain;

/// <summary>A construction fault as it is counted: by part and cause, over all projects (P2.2.3). It follows the
/// assessment that it comes from, in the same commit.</summary>
internal sealed class KnownFault
{
    /// <summary>The finding.</summary>
    public required Guid Id { get; init; }

    public required Guid RevisitId { get; init; }

    public required Guid ProjectId { get; init; }

    /// <summary>Part code of Table 3.1.</summary>
    public required string Part { get; init; }

    public required CauseCode Cause { get; set; }

    /// <summary>The day of the revisit.</summary>
    public required DateOnly FoundOn { get; init; }
}

/// <summary>How often other revisits have found a part to fail by a cause.</summary>
/// <param name="Part">Part code.</param>
/// <param name="Cause">Cause.</param>
/// <param name="InProject">Times in the same project.</param>
/// <param name="OtherProjects">Other projects in which it was found within the months of the policy, up to the day of
/// the revisit.</param>
internal sealed record FaultRecurrence(string Part, CauseCode Cause, int InProject, int OtherProjects)
{
    /// <summary>Why a CAPA must open for a finding; null where it need not (P2.2.3).</summary>
    /// <param name="decided">Quality's decision about the finding.</param>
    /// <param name="part">Its part.</param>
    /// <param name="times">How many faults of this part and cause the revisit itself has found, this one among
    /// them.</param>
    /// <param name="known">What other revisits have found.</param>
    /// <param name="policy">From when on it recurs.</param>
    public static CapaGround? GroundOf(
        FindingLiability decided,
        string part,
        int times,
        IReadOnlyList<FaultRecurrence> known,
        RecurrencePolicy policy
    )
    {
        if (decided.Systemic)
        {
            return CapaGround.Systemic;
        }

        if (!decided.IsConstructionFault || decided.CauseCode == CauseCode.Other)
        {
            return null;
        }

        var before = known.FirstOrDefault(r => r.Part == part && r.Cause == decided.CauseCode);
        if ((before?.InProject ?? 0) + times >= policy.TimesInProject)
        {
            return CapaGround.RecursInProject;
        }

        return (before?.OtherProjects ?? 0) + 1 >= policy.Projects ? CapaGround.RecursInProjects : null;
    }
}
