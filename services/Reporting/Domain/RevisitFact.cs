using CustomerService.Contracts.Projects.V1;

namespace CustomerService.Reporting.Domain;

internal sealed class RevisitFact : Fact
{
    public Guid? ProjectId { get; set; }
    public Guid? OwnerId { get; set; }
    public int? Number { get; set; }

    /// <summary>First planned date: what rule P2.1.1 is measured by, however often it is moved.</summary>
    public DateOnly? PlannedOn { get; set; }

    /// <summary>Planned date now.</summary>
    public DateOnly? DueOn { get; set; }

    public long DueVersion { get; set; }
    public DateOnly? HeldOn { get; set; }
    public DateOnly? ClosedOn { get; set; }
    public bool Cancelled { get; set; }
    public bool Overdue { get; set; }
    public int? FindingCount { get; set; }

    public void Apply(RevisitPlanned e)
    {
        Belongs(e.ProjectId, e.OwnerId);
        Number = e.Number;
        PlannedOn = e.DueOn;
        Due(e.DueOn, e.Version);
        Reach("planned", e.Version);
    }

    public void Apply(RevisitMoved e)
    {
        Belongs(e.ProjectId, e.OwnerId);
        Due(e.To, e.Version);
        Reach("planned", e.Version);
    }

    public void Apply(RevisitCancelled e)
    {
        Belongs(e.ProjectId, e.OwnerId);
        Cancelled = true;
        Reach("cancelled", e.Version);
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
        FindingCount = e.FindingCount;
        Due(e.DueOn, e.Version);
        Reach("held", e.Version);
    }

    public void Apply(RevisitClosed e)
    {
        Belongs(e.ProjectId, e.OwnerId);
        ClosedOn = e.ClosedOn;
        Reach("closed", e.Version);
    }

    private void Due(DateOnly due, long version)
    {
        if (IsNewer(version, DueVersion, v => DueVersion = v))
        {
            DueOn = due;
        }
    }

    private void Belongs(Guid project, Guid owner) => (ProjectId, OwnerId) = (project, owner);
}
