using CustomerService.Contracts.Projects.V1;

namespace CustomerService.Reporting.Facts;

internal sealed class ProjectFact
    : Fact,
        IApplies<ProjectRegistered>,
        IApplies<ProjectRevised>,
        IApplies<ProjectAccepted>,
        IApplies<ProjectHandedOver>,
        IApplies<WarrantyChanged>,
        IApplies<SiteCleared>,
        IApplies<ClearanceOverdue>,
        IApplies<RevisitBreached>,
        IApplies<ProjectWithdrawn>,
        IApplies<WarrantyEnded>
{
    public string? ContractNumber { get; set; }
    public string? Name { get; set; }
    public Guid? OwnerId { get; set; }
    public string? OwnerName { get; set; }
    public string? City { get; set; }
    public decimal? BuildingAreaSquareMetres { get; set; }
    public string? StructureType { get; set; }
    public DateOnly? AcceptedOn { get; set; }
    public DateOnly? HandedOverOn { get; set; }
    public DateOnly? WarrantyEndsOn { get; set; }
    public DateOnly? ClearanceDueOn { get; set; }
    public DateOnly? ClearedOn { get; set; }

    /// <summary>The due date that passed, as long as it is the due date.</summary>
    public DateOnly? ClearanceOverdueSince { get; set; }

    /// <summary>The last due date of which was said that it passed.</summary>
    public DateOnly? ClearanceMissedOn { get; set; }

    public DateOnly? RevisitBreachedOn { get; set; }

    public long DescribedVersion { get; set; }
    public long AcceptedVersion { get; set; }
    public long WarrantyVersion { get; set; }
    public long ClearanceVersion { get; set; }
    public long BreachedVersion { get; set; }
    public long ClearanceMissedVersion { get; set; }

    public void Apply(ProjectRegistered e)
    {
        Describe(
            e.ContractNumber,
            e.Name,
            e.OwnerId,
            e.OwnerName,
            e.City,
            e.BuildingAreaSquareMetres,
            e.StructureType,
            e.Version
        );
        AdvanceState("registered", e.Version);
    }

    /// <summary>What was entered wrong, or another owner before acceptance.</summary>
    public void Apply(ProjectRevised e) =>
        Describe(
            e.ContractNumber,
            e.Name,
            e.OwnerId,
            e.OwnerName,
            e.City,
            e.BuildingAreaSquareMetres,
            e.StructureType,
            e.Version
        );

    public void Apply(ProjectAccepted e)
    {
        Accept(e.AcceptedOn, e.Version);
        Clear(e.ClearanceDueOn, e.Version);
        AdvanceState("accepted", e.Version);
    }

    public void Apply(ProjectHandedOver e)
    {
        HandOver(e.AcceptedOn, e.HandedOverOn, e.WarrantyEndsOn, e.Version);
        AdvanceState("handed-over", e.Version);
    }

    /// <summary>Dates or terms that were put right, and what follows from them. A warranty that had ended runs
    /// again, until its end is told again.</summary>
    public void Apply(WarrantyChanged e)
    {
        AdvanceState("handed-over", e.Version);
        HandOver(e.AcceptedOn, e.HandedOverOn, e.WarrantyEndsOn, e.Version);
        if (e.ClearanceDueOn is { } due)
        {
            Clear(due, e.Version);
        }
    }

    public void Apply(SiteCleared e) => ClearedOn = e.ClearedOn;

    public void Apply(ClearanceOverdue e)
    {
        if (IsNewer(e.Version, ClearanceMissedVersion, v => ClearanceMissedVersion = v))
        {
            ClearanceMissedOn = e.DueOn;
        }

        // Events of before corrections told the due date did not: here it is.
        Clear(e.DueOn, e.Version);
    }

    public void Apply(RevisitBreached e)
    {
        if (IsNewer(e.Version, BreachedVersion, v => BreachedVersion = v))
        {
            RevisitBreachedOn = e.HorizonEndedOn;
        }
    }

    public void Apply(ProjectWithdrawn e) => AdvanceState("withdrawn", e.Version);

    public void Apply(WarrantyEnded e) => AdvanceState("warranty-ended", e.Version);

    private void Describe(
        string contractNumber,
        string name,
        Guid owner,
        string ownerName,
        string city,
        decimal area,
        string structureType,
        long version
    )
    {
        if (IsNewer(version, DescribedVersion, v => DescribedVersion = v))
        {
            ContractNumber = contractNumber;
            Name = name;
            OwnerId = owner;
            OwnerName = ownerName;
            City = city;
            BuildingAreaSquareMetres = area;
            StructureType = structureType;
        }
    }

    private void HandOver(DateOnly accepted, DateOnly handedOver, DateOnly ends, long version)
    {
        Accept(accepted, version);
        if (IsNewer(version, WarrantyVersion, v => WarrantyVersion = v))
        {
            HandedOverOn = handedOver;
            WarrantyEndsOn = ends;
        }
    }

    private void Clear(DateOnly due, long version)
    {
        if (IsNewer(version, ClearanceVersion, v => ClearanceVersion = v))
        {
            ClearanceDueOn = due;
        }

        ClearanceOverdueSince = ClearanceMissedOn == ClearanceDueOn ? ClearanceMissedOn : null;
    }

    private void Accept(DateOnly accepted, long version)
    {
        if (IsNewer(version, AcceptedVersion, v => AcceptedVersion = v))
        {
            AcceptedOn = accepted;
        }
    }
}
