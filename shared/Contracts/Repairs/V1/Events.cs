namespace CustomerService.Contracts.Repairs.V1;

/// <summary>A construction repair order was opened, rule P3.2.1.</summary>
/// <param name="RepairOrderId">The order.</param>
/// <param name="Version">Version of the order.</param>
/// <param name="Number">Number of the repair record (form 3.3.2), per year, for example <c>WX-2026-000123</c>.</param>
/// <param name="ProjectId">The project.</param>
/// <param name="ProjectName">Name of the works.</param>
/// <param name="OwnerId">The owner.</param>
/// <param name="PartCode">Part of Table 3.1.</param>
/// <param name="Severity"><c>minor</c>, <c>major</c>, <c>emergency</c>.</param>
/// <param name="Source"><c>revisit</c>, <c>complaint</c> or <c>notice</c>.</param>
/// <param name="SourceId">The finding or complaint that it comes from.</param>
/// <param name="RevisitId">The revisit, where it comes from one.</param>
/// <param name="NotifiedOn">Day of notice.</param>
/// <param name="ConfirmDueOn">Last day to confirm the defect with the owner.</param>
[EventName("repairs.repair-order.opened.v1")]
public sealed record RepairOrderOpened(
    Guid RepairOrderId,
    long Version,
    string Number,
    Guid ProjectId,
    string ProjectName,
    Guid OwnerId,
    string PartCode,
    [property: Words("minor", "major", "emergency")] string Severity,
    [property: Words("revisit", "complaint", "notice")] string Source,
    Guid? SourceId,
    Guid? RevisitId,
    DateOnly NotifiedOn,
    DateOnly ConfirmDueOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>The defect was confirmed with the owner and the rework agreed, rule P3.2.1.</summary>
/// <param name="InTime">False when it was later than the due day.</param>
[EventName("repairs.repair-order.confirmed.v1")]
public sealed record RepairOrderConfirmed(
    Guid RepairOrderId,
    long Version,
    Guid OwnerId,
    DateOnly ConfirmedOn,
    bool InTime
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>The day by which the defect was to be confirmed with the owner passed, and it is not confirmed,
/// rule P3.2.1.</summary>
/// <param name="NotifiedOn">Day of notice.</param>
/// <param name="ConfirmDueOn">Last day on which it would have been in time.</param>
[EventName("repairs.repair-order.confirmation-overdue.v1")]
public sealed record RepairOrderConfirmationOverdue(
    Guid RepairOrderId,
    long Version,
    string Number,
    Guid ProjectId,
    string ProjectName,
    Guid OwnerId,
    DateOnly NotifiedOn,
    DateOnly ConfirmDueOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>The repair record was reviewed and approved, rule P3.2.1.</summary>
/// <param name="Ratified">True for an emergency that was approved after it was issued: the order stays in the
/// state in which it is.</param>
[EventName("repairs.repair-order.approved.v1")]
public sealed record RepairOrderApproved(
    Guid RepairOrderId,
    long Version,
    Guid OwnerId,
    DateOnly ApprovedOn,
    bool Ratified = false
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>The repair record was issued to the assigned repair unit, rules P3.1.1 and P3.2.2.</summary>
/// <param name="RepairUnitId">The unit: the contractor's own, or the subcontractor of the part.</param>
/// <param name="RepairUnitName">Its name.</param>
/// <param name="LeaderName">Repair leader.</param>
/// <param name="UnderWarranty"><c>yes</c>, <c>no</c> or <c>unknown</c> (Projects could not be asked).</param>
[EventName("repairs.repair-order.dispatched.v1")]
public sealed record RepairOrderDispatched(
    Guid RepairOrderId,
    long Version,
    Guid OwnerId,
    Guid RepairUnitId,
    string RepairUnitName,
    string LeaderName,
    [property: Words("yes", "no", "unknown")] string UnderWarranty,
    DateOnly DispatchedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>Work has begun; the briefing (技術交底) was recorded before, rule P3.2.2.</summary>
[EventName("repairs.repair-order.started.v1")]
public sealed record RepairOrderStarted(
    Guid RepairOrderId,
    long Version,
    Guid OwnerId,
    Guid RepairUnitId,
    DateOnly StartedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>The quality department inspected the repair, rule P3.2.3.</summary>
/// <param name="Round">1 for the first inspection, one more after each return to repair by the quality
/// department or the owner.</param>
/// <param name="FailedInspections">Failed inspections so far, this one included; null where it was not
/// told.</param>
[EventName("repairs.repair-order.inspected.v1")]
public sealed record RepairOrderInspected(
    Guid RepairOrderId,
    long Version,
    Guid OwnerId,
    Guid RepairUnitId,
    bool Passed,
    int Round,
    DateOnly InspectedOn,
    int? FailedInspections = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>The owner accepted and signed, or refused, rule P3.2.3.</summary>
[EventName("repairs.repair-order.owner-responded.v1")]
public sealed record RepairOrderOwnerResponded(
    Guid RepairOrderId,
    long Version,
    Guid OwnerId,
    Guid RepairUnitId,
    bool Accepted,
    string? Opinion,
    DateOnly RespondedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>The repair record came back to engineering: the order is closed, rules P3.2.3 and P3.3. Surveys
/// invites the owner (kind B).</summary>
/// <param name="Contact">Owner's contact person.</param>
/// <param name="Phone">Telephone number.</param>
/// <param name="OpenedOn">Day of opening, for the turnaround.</param>
/// <param name="FailedInspections">Number of failed inspections.</param>
/// <param name="OwnerRefusals">Number of refusals by the owner.</param>
[EventName("repairs.repair-order.returned.v1")]
public sealed record RepairOrderReturned(
    Guid RepairOrderId,
    long Version,
    string Number,
    Guid ProjectId,
    string ProjectName,
    Guid OwnerId,
    string OwnerName,
    string Contact,
    string Phone,
    string PartCode,
    Guid RepairUnitId,
    string RepairUnitName,
    [property: Words("yes", "no", "unknown")] string UnderWarranty,
    DateOnly OpenedOn,
    DateOnly ReturnedOn,
    int FailedInspections,
    int OwnerRefusals
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>The order was withdrawn before work began, with a reason: not a defect, or opened twice.</summary>
[EventName("repairs.repair-order.withdrawn.v1")]
public sealed record RepairOrderWithdrawn(
    Guid RepairOrderId,
    long Version,
    Guid OwnerId,
    string Reason,
    DateOnly WithdrawnOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}
