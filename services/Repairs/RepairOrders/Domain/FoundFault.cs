using CustomerService.Contracts.Projects.V1;
using CustomerService.Rules;

namespace CustomerService.Repairs.RepairOrders.Domain;

/// <summary>A finding of a revisit as Projects tells it. While no order is opened for it, it is a fault of its own in the
/// groups (P3.3.2). What is told comes in any order.</summary>
internal sealed class FoundFault : Aggregate
{
    private FoundFault() { }

    public override string Kind => "found-fault";

    public Guid RevisitId { get; private set; }

    public Guid ProjectId { get; private set; }

    public string ProjectName { get; private set; } = "";

    public string ContractNumber { get; private set; } = "";

    /// <summary>Part of Table 3.1; empty until the finding itself was told.</summary>
    public string PartCode { get; private set; } = "";

    /// <summary>Building and floor, folded, as far as the place names one.</summary>
    public string FloorKey { get; private set; } = "";

    public DateOnly FoundOn { get; private set; }

    /// <summary>The main cause; null while quality has not decided.</summary>
    public FaultCause? CauseCode { get; private set; }

    /// <summary>The subcontractor whose part it is; null for everyone else.</summary>
    public Guid? UnitId { get; private set; }

    public string? UnitName { get; private set; }

    /// <summary>Version of the revisit that the decision is from.</summary>
    public long AssessedVersion { get; private set; }

    /// <summary>A CAPA was asked for, by the revisit's file or for a group.</summary>
    public DateOnly? CapaRequestedOn { get; private set; }

    public static FoundFault Of(Guid findingId, Guid revisitId) => new() { Id = findingId, RevisitId = revisitId };

    public void Hear(CommandContext context, FindingRecorded finding)
    {
        ProjectId = finding.ProjectId;
        ProjectName = finding.ProjectName;
        ContractNumber = finding.ContractNumber ?? "";
        PartCode = finding.PartCode;
        FloorKey = Floors.Of(finding.Location);
        FoundOn = finding.FoundOn;
        Record(context, "record", null, StateName, null);
    }

    /// <summary>Cause and unit; an older decision changes nothing.</summary>
    public void Hear(CommandContext context, FindingAssessed decided)
    {
        if (decided.Version <= AssessedVersion)
        {
            return;
        }

        AssessedVersion = decided.Version;
        // A cause that is not known here has nothing in common with another.
        CauseCode = Spelling.FromKebab<FaultCause>(decided.CauseCode) ?? FaultCause.Other;
        UnitId = decided.ResponsibleUnitId;
        UnitName = UnitId is null ? null : decided.ResponsibleUnit;
        Record(context, "assess", null, StateName, decided.CauseCode);
    }

    /// <summary>Its CAPA is asked for.</summary>
    public void RequestCapa(CommandContext context, DateOnly on, string? why)
    {
        if (CapaRequestedOn is null)
        {
            CapaRequestedOn = on;
            Record(context, "request-capa", null, StateName, why);
        }
    }

    /// <summary>Its unit turned out to be another organisation that is known, or not to be it after all (S4).</summary>
    public void MoveUnit(CommandContext context, Guid unitId, string name)
    {
        (UnitId, UnitName) = (unitId, name);
        Record(context, "unit-merged", null, StateName, name);
    }
}
