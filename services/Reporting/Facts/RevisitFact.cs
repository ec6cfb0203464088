using CustomerService.Contracts.Projects.V1;

namespace CustomerService.Reporting.Facts;

internal sealed class RevisitFact
    : Fact,
        IApplies<RevisitPlanned>,
        IApplies<RevisitMoved>,
        IApplies<RevisitCancelled>,
        IApplies<RevisitOverdue>,
        IApplies<RevisitHeld>,
        IApplies<FindingRecorded>,
        IApplies<FindingAssessed>,
        IApplies<RevisitClosed>
{
    public Guid? ProjectId { get; set; }
    public Guid? OwnerId { get; set; }
    public int? Number { get; set; }

    /// <summary>First planned date; another one than <see cref="DueOn"/> where it was moved.</summary>
    public DateOnly? PlannedOn { get; set; }

    /// <summary>Planned date now: what rule P2.1.1 is measured by, since a date may be moved with a reason.</summary>
    public DateOnly? DueOn { get; set; }

    public long DueVersion { get; set; }
    public DateOnly? HeldOn { get; set; }
    public DateOnly? ClosedOn { get; set; }
    public bool Cancelled { get; set; }
    public bool Overdue { get; set; }
    public int? FindingCount { get; set; }

    /// <summary>Findings that were announced one by one, in the order of their ids.</summary>
    public Guid[] FindingIds { get; set; } = [];

    /// <summary>The same with what is known of each (P3.3.2).</summary>
    public List<FindingFact> Findings { get; } = [];

    public void Apply(RevisitPlanned e)
    {
        Belongs(e.ProjectId, e.OwnerId);
        Number = e.Number;
        PlannedOn = e.DueOn;
        Due(e.DueOn, e.Version);
        AdvanceState("planned", e.Version);
    }

    public void Apply(RevisitMoved e)
    {
        Belongs(e.ProjectId, e.OwnerId);
        Due(e.To, e.Version);
        AdvanceState("planned", e.Version);
    }

    public void Apply(RevisitCancelled e)
    {
        Belongs(e.ProjectId, e.OwnerId);
        Cancelled = true;
        AdvanceState("cancelled", e.Version);
    }

    public void Apply(RevisitOverdue e)
    {
        Belongs(e.ProjectId, e.OwnerId);
        Overdue = true;
    }

    public void Apply(RevisitHeld e)
    {
        Belongs(e.ProjectId, e.OwnerId);
        Number = e.Number;
        HeldOn = e.HeldOn;
        Found(e.FindingCount);
        Due(e.DueOn, e.Version);
        AdvanceState("held", e.Version);
    }

    /// <summary>It comes again for a finding for which more is asked for, and its version is that of the
    /// revisit: its id alone tells whether it is known.</summary>
    public void Apply(FindingRecorded e)
    {
        Belongs(e.ProjectId, e.OwnerId);
        if (!FindingIds.Contains(e.FindingId))
        {
            FindingIds = [.. FindingIds.Append(e.FindingId).Order()];
            Found(FindingIds.Length);
            var finding = FindingOf(e.FindingId, e.PartCode);
            (finding.Severity, finding.FoundOn) = (e.Severity, e.FoundOn);
        }
    }

    /// <summary>It may come before the finding itself, and comes again where quality decides again.</summary>
    public void Apply(FindingAssessed e)
    {
        Belongs(e.ProjectId, e.OwnerId);
        var finding = FindingOf(e.FindingId, e.PartCode);
        if (IsNewer(e.Version, finding.AssessedVersion, v => finding.AssessedVersion = v))
        {
            (finding.Liability, finding.CauseCode) = (e.Liability, e.CauseCode);
            (finding.ResponsibleUnit, finding.Systemic) = (e.ResponsibleUnit, e.Systemic);
            finding.AssessedOn = e.AssessedOn;
        }
    }

    public void Apply(RevisitClosed e)
    {
        Belongs(e.ProjectId, e.OwnerId);
        ClosedOn = e.ClosedOn;
        AdvanceState("closed", e.Version);
    }

    private FindingFact FindingOf(Guid id, string part)
    {
        var finding = Findings.Find(one => one.FindingId == id);
        if (finding is null)
        {
            Findings.Add(finding = new FindingFact { FindingId = id, PartCode = part });
            Findings.Sort((one, other) => one.FindingId.CompareTo(other.FindingId));
        }

        return finding;
    }

    private void Due(DateOnly due, long version)
    {
        if (IsNewer(version, DueVersion, v => DueVersion = v))
        {
            DueOn = due;
        }
    }

    // What was there when the revisit was held is announced one by one as well, so that both count the same
    // findings; neither may have come in yet.
    private void Found(int count) => FindingCount = Math.Max(FindingCount ?? 0, count);

    private void Belongs(Guid project, Guid owner) => (ProjectId, OwnerId) = (project, owner);
}

/// <summary>A quality problem or hazard that a revisit found (P2.2.2).</summary>
internal sealed class FindingFact
{
    public required Guid FindingId { get; init; }
    public required string PartCode { get; init; }
    public string? Severity { get; set; }

    /// <summary>Null while only what was decided of it has come.</summary>
    public DateOnly? FoundOn { get; set; }

    public string? Liability { get; set; }
    public string? CauseCode { get; set; }

    /// <summary>Unit or department that it is assigned to.</summary>
    public string? ResponsibleUnit { get; set; }
    public bool? Systemic { get; set; }
    public DateOnly? AssessedOn { get; set; }
    public long AssessedVersion { get; set; }
}
