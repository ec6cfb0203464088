using CustomerService.Contracts.Complaints.V1;

namespace CustomerService.Reporting.Facts;

internal sealed class CapaFact
    : Fact,
        IApplies<CapaOpened>,
        IApplies<CapaAssigned>,
        IApplies<CapaReopened>,
        IApplies<CapaAnalysed>,
        IApplies<CapaReviewed>,
        IApplies<CapaExecuted>,
        IApplies<CapaVerified>,
        IApplies<CapaCaseJoined>
{
    public string? Number { get; set; }
    public string? Source { get; set; }
    public Guid? SourceId { get; set; }
    public string? Department { get; set; }
    public DateOnly? OpenedOn { get; set; }
    public DateOnly? DueOn { get; set; }
    public long AssignedVersion { get; set; }
    public long DueVersion { get; set; }
    public DateOnly? AnalysedOn { get; set; }
    public DateOnly? ReviewedOn { get; set; }
    public DateOnly? ExecutedOn { get; set; }
    public bool? ExecutedInTime { get; set; }
    public DateOnly? VerifiedOn { get; set; }
    public bool? Effective { get; set; }
    public long VerifiedVersion { get; set; }
    public int IneffectiveRounds { get; set; }
    public int Recurrences { get; set; }

    /// <summary>Cases that it serves beside the one that it was opened for.</summary>
    public int JoinedCases { get; set; }

    public long AnalysedVersion { get; set; }
    public long ReviewedVersion { get; set; }
    public long ExecutedVersion { get; set; }
    public long EffectiveVersion { get; set; }

    public void Apply(CapaOpened e)
    {
        SourceId = e.SourceId;
        Number = e.Number;
        Source = e.Source;
        OpenedOn = e.OpenedOn;
        Assign(e.Department, e.DueOn, e.Version);
        AdvanceState("opened", e.Version);
    }

    public void Apply(CapaAssigned e)
    {
        SourceId = e.SourceId;
        Assign(e.Department, e.DueOn, e.Version);
        AdvanceState("assigned", e.Version);
    }

    /// <summary>What came back was not effective, whatever the verification said.</summary>
    public void Apply(CapaReopened e)
    {
        SourceId = e.SourceId;
        Recurrences++;
        Due(e.DueOn, e.Version);
        Prove(false, e.Version);
        AdvanceState("reopened", e.Version);
    }

    public void Apply(CapaAnalysed e)
    {
        SourceId = e.SourceId;
        if (IsNewer(e.Version, AnalysedVersion, v => AnalysedVersion = v))
        {
            AnalysedOn = e.AnalysedOn;
        }

        AdvanceState("analysed", e.Version);
    }

    public void Apply(CapaReviewed e)
    {
        SourceId = e.SourceId;
        if (IsNewer(e.Version, ReviewedVersion, v => ReviewedVersion = v))
        {
            ReviewedOn = e.ReviewedOn;
        }

        AdvanceState(e.Approved ? "reviewed" : "sent-back", e.Version);
    }

    public void Apply(CapaExecuted e)
    {
        SourceId = e.SourceId;
        if (IsNewer(e.Version, ExecutedVersion, v => ExecutedVersion = v))
        {
            ExecutedOn = e.ExecutedOn;
            ExecutedInTime = e.InTime;
        }

        AdvanceState("executed", e.Version);
    }

    public void Apply(CapaVerified e)
    {
        SourceId = e.SourceId;
        IneffectiveRounds += e.Effective ? 0 : 1;
        if (IsNewer(e.Version, VerifiedVersion, v => VerifiedVersion = v))
        {
            VerifiedOn = e.VerifiedOn;
        }

        if (e.DueOn is not null)
        {
            Due(e.DueOn, e.Version);
        }

        Prove(e.Effective, e.Version);
        AdvanceState(e.Effective ? "verified" : "ineffective", e.Version);
    }

    // Each case joins once, and each event is applied once, in whatever order they come.
    public void Apply(CapaCaseJoined e)
    {
        Number = e.Number;
        JoinedCases++;
    }

    private void Assign(string? department, DateOnly? due, long version)
    {
        if (IsNewer(version, AssignedVersion, v => AssignedVersion = v))
        {
            Department = department;
        }

        Due(due, version);
    }

    private void Due(DateOnly? due, long version)
    {
        if (IsNewer(version, DueVersion, v => DueVersion = v))
        {
            DueOn = due;
        }
    }

    private void Prove(bool effective, long version)
    {
        if (IsNewer(version, EffectiveVersion, v => EffectiveVersion = v))
        {
            Effective = effective;
        }
    }
}
