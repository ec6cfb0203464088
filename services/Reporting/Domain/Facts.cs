namespace CustomerService.Reporting.Domain;

/// <summary>
/// A fact is filled by several events of one subject. Each event owns its columns, so that the order of arrival does not matter;
/// where two events write the same column the one with the higher version wins.
/// </summary>
internal abstract class Fact
{
    public Guid Id { get; init; }

    /// <summary>Last state by version, for people.</summary>
    public string State { get; private set; } = "";

    /// <summary>Version of the event that set the state.</summary>
    public long StateVersion { get; private set; }

    /// <summary>Moves the state on when the event is newer than what is known.</summary>
    public bool Reach(string state, long version)
    {
        if (version <= StateVersion)
        {
            return false;
        }

        State = state;
        StateVersion = version;
        return true;
    }
}

internal sealed class ProjectFact : Fact
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
    public DateOnly? ClearanceOverdueSince { get; set; }
    public DateOnly? RevisitBreachedOn { get; set; }
}

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
}

internal sealed class RepairOrderFact : Fact
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
}

internal sealed class ComplaintFact : Fact
{
    public string? Number { get; set; }
    public Guid? CustomerId { get; set; }
    public string? CustomerName { get; set; }
    public string? Channel { get; set; }
    public Guid? SourceId { get; set; }
    public string? Subject { get; set; }
    public string? Severity { get; set; }
    public DateOnly? RegisteredOn { get; set; }
    public DateTimeOffset? ResponseDueAt { get; set; }
    public DateTimeOffset? ResolutionDueAt { get; set; }
    public DateTimeOffset? RespondedAt { get; set; }
    public bool? RespondedInTime { get; set; }
    public string? Triage { get; set; }
    public string? Liability { get; set; }
    public string? Department { get; set; }
    public string? CauseCode { get; set; }
    public DateOnly? ClosedOn { get; set; }
    public long ClosedVersion { get; set; }
    public bool? CustomerConfirmed { get; set; }
    public int Reopened { get; set; }
}

internal sealed class CorrectiveActionFact : Fact
{
    public string? Number { get; set; }
    public string? Source { get; set; }
    public Guid? SourceId { get; set; }
    public string? Department { get; set; }
    public DateOnly? OpenedOn { get; set; }
    public DateOnly? DueOn { get; set; }
    public long AssignedVersion { get; set; }
    public DateOnly? AnalysedOn { get; set; }
    public DateOnly? ReviewedOn { get; set; }
    public DateOnly? ExecutedOn { get; set; }
    public bool? ExecutedInTime { get; set; }
    public DateOnly? VerifiedOn { get; set; }
    public bool? Effective { get; set; }
    public long VerifiedVersion { get; set; }
    public int IneffectiveRounds { get; set; }
    public int Recurrences { get; set; }
}

internal sealed class InvitationFact : Fact
{
    public string? SurveyKind { get; set; }
    public Guid? CustomerId { get; set; }
    public string? CustomerName { get; set; }
    public string? Source { get; set; }
    public Guid? SourceId { get; set; }
    public DateOnly? SentOn { get; set; }
}

internal sealed class FormFact : Fact
{
    public Guid? InvitationId { get; set; }
    public string? SurveyKind { get; set; }
    public Guid? CustomerId { get; set; }
    public string? CustomerName { get; set; }
    public string? Department { get; set; }
    public string? Overall { get; set; }
    public DateOnly? RecoveredOn { get; set; }
    public bool Dissatisfied { get; set; }
    public List<FormItemFact> Items { get; } = [];
}

internal sealed class FormItemFact
{
    public required string Item { get; init; }
    public required string Grade { get; init; }
    public string? Comment { get; init; }
}
