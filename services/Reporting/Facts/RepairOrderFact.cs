using CustomerService.Contracts.Repairs.V1;

namespace CustomerService.Reporting.Facts;

internal sealed class RepairOrderFact
    : Fact,
        IApplies<RepairOrderOpened>,
        IApplies<RepairOrderConfirmed>,
        IApplies<RepairOrderApproved>,
        IApplies<RepairOrderDispatched>,
        IApplies<RepairOrderStarted>,
        IApplies<RepairOrderInspected>,
        IApplies<RepairOrderOwnerResponded>,
        IApplies<RepairOrderReturned>,
        IApplies<RepairOrderWithdrawn>
{
    public string? Number { get; set; }
    public Guid? ProjectId { get; set; }
    public string? ProjectName { get; set; }
    public Guid? OwnerId { get; set; }
    public string? PartCode { get; set; }
    public string? Severity { get; set; }
    public string? Source { get; set; }
    public Guid? SourceId { get; set; }
    public Guid? RepairUnitId { get; set; }
    public string? RepairUnitName { get; set; }

    /// <summary><c>yes</c>, <c>no</c>, <c>unknown</c>.</summary>
    public string? UnderWarranty { get; set; }

    public DateOnly? NotifiedOn { get; set; }
    public DateOnly? ConfirmDueOn { get; set; }
    public DateOnly? ConfirmedOn { get; set; }
    public bool? ConfirmedInTime { get; set; }
    public DateOnly? ApprovedOn { get; set; }
    public DateOnly? DispatchedOn { get; set; }
    public DateOnly? StartedOn { get; set; }
    public DateOnly? PassedOn { get; set; }
    public DateOnly? AcceptedOn { get; set; }
    public DateOnly? ReturnedOn { get; set; }
    public DateOnly? WithdrawnOn { get; set; }
    public int FailedInspections { get; set; }
    public int OwnerRefusals { get; set; }

    public long UnitVersion { get; set; }
    public long PassedVersion { get; set; }
    public long FailedVersion { get; set; }

    public void Apply(RepairOrderOpened e)
    {
        OwnerId = e.OwnerId;
        Describe(e.Number, e.ProjectId, e.ProjectName, e.PartCode);
        Severity = e.Severity;
        Source = e.Source;
        SourceId = e.SourceId;
        NotifiedOn = e.NotifiedOn;
        ConfirmDueOn = e.ConfirmDueOn;
        AdvanceState("opened", e.Version);
    }

    public void Apply(RepairOrderConfirmed e)
    {
        OwnerId = e.OwnerId;
        ConfirmedOn = e.ConfirmedOn;
        ConfirmedInTime = e.InTime;
        AdvanceState("confirmed", e.Version);
    }

    public void Apply(RepairOrderApproved e)
    {
        OwnerId = e.OwnerId;
        ApprovedOn = e.ApprovedOn;
        if (!e.Ratified)
        {
            AdvanceState("approved", e.Version);
        }
    }

    public void Apply(RepairOrderDispatched e)
    {
        OwnerId = e.OwnerId;
        Unit(e.RepairUnitId, e.RepairUnitName, e.UnderWarranty, e.Version);
        DispatchedOn = e.DispatchedOn;
        AdvanceState("dispatched", e.Version);
    }

    public void Apply(RepairOrderStarted e)
    {
        OwnerId = e.OwnerId;
        StartedOn = e.StartedOn;
        AdvanceState("in-repair", e.Version);
    }

    public void Apply(RepairOrderInspected e)
    {
        OwnerId = e.OwnerId;
        if (e.Passed && IsNewer(e.Version, PassedVersion, v => PassedVersion = v))
        {
            PassedOn = e.InspectedOn;
        }

        // Events of before the number was told: the round counts an owner's refusals too, and the record's
        // return puts that right.
        if ((e.FailedInspections ?? (e.Passed ? null : e.Round)) is { } failed)
        {
            Failed(failed, e.Version);
        }

        AdvanceState(e.Passed ? "passed" : "in-repair", e.Version);
    }

    public void Apply(RepairOrderOwnerResponded e)
    {
        OwnerId = e.OwnerId;
        if (e.Accepted)
        {
            AcceptedOn = e.RespondedOn;
        }

        AdvanceState(e.Accepted ? "accepted" : "in-repair", e.Version);
    }

    public void Apply(RepairOrderReturned e)
    {
        OwnerId = e.OwnerId;
        Describe(e.Number, e.ProjectId, e.ProjectName, e.PartCode);
        Unit(e.RepairUnitId, e.RepairUnitName, e.UnderWarranty, e.Version);
        ReturnedOn = e.ReturnedOn;
        Failed(e.FailedInspections, e.Version);
        OwnerRefusals = e.OwnerRefusals;
        AdvanceState("returned", e.Version);
    }

    public void Apply(RepairOrderWithdrawn e)
    {
        OwnerId = e.OwnerId;
        WithdrawnOn = e.WithdrawnOn;
        AdvanceState("withdrawn", e.Version);
    }

    // An order keeps these from its opening on, so that whoever tells them tells the same.
    private void Describe(string number, Guid project, string projectName, string part) =>
        (Number, ProjectId, ProjectName, PartCode) = (number, project, projectName, part);

    private void Unit(Guid unit, string name, string underWarranty, long version)
    {
        if (IsNewer(version, UnitVersion, v => UnitVersion = v))
        {
            RepairUnitId = unit;
            RepairUnitName = name;
            UnderWarranty = underWarranty;
        }
    }

    private void Failed(int failed, long version)
    {
        if (IsNewer(version, FailedVersion, v => FailedVersion = v))
        {
            FailedInspections = failed;
        }
    }
}
