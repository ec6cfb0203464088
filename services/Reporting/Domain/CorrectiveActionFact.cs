using CustomerService.Contracts.Complaints.V1;

namespace CustomerService.Reporting.Domain;

internal sealed class CorrectiveActionFact : Fact
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

    public long AnalysedVersion { get; set; }
    public long ReviewedVersion { get; set; }
    public long ExecutedVersion { get; set; }
    public long EffectiveVersion { get; set; }

    public void Apply(CorrectiveActionOpened e)
    {
        SourceId = e.SourceId;
        Number = e.Number;
        Source = e.Source;
        OpenedOn = e.OpenedOn;
        Assign(e.Department, e.DueOn, e.Version);
        Reach("opened", e.Version);
    }

    public void Apply(CorrectiveActionAssigned e)
    {
        SourceId = e.SourceId;
        Assign(e.Department, e.DueOn, e.Version);
        Reach("assigned", e.Version);
    }

    /// <summary>What came back was not effective, whatever the verification said.</summary>
    public void Apply(CorrectiveActionReopened e)
    {
        SourceId = e.SourceId;
        Recurrences++;
        Due(e.DueOn, e.Version);
        Prove(false, e.Version);
        Reach("reopened", e.Version);
    }

    public void Apply(CorrectiveActionAnalysed e)
    {
        SourceId = e.SourceId;
        if (IsNewer(e.Version, AnalysedVersion, v => AnalysedVersion = v))
        {
            AnalysedOn = e.AnalysedOn;
        }

        Reach("analysed", e.Version);
    }

    public void Apply(CorrectiveActionReviewed e)
    {
        SourceId = e.SourceId;
        if (IsNewer(e.Version, ReviewedVersion, v => ReviewedVersion = v))
        {
            ReviewedOn = e.ReviewedOn;
        }

        Reach(e.Approved ? "reviewed" : "sent-back", e.Version);
    }

    public void Apply(CorrectiveActionExecuted e)
    {
        SourceId = e.SourceId;
        if (IsNewer(e.Version, ExecutedVersion, v => ExecutedVersion = v))
        {
            ExecutedOn = e.ExecutedOn;
            ExecutedInTime = e.InTime;
        }

        Reach("executed", e.Version);
    }

    public void Apply(CorrectiveActionVerified e)
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
        Reach(e.Effective ? "verified" : "ineffective", e.Version);
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
