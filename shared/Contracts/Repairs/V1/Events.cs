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
/// <param name="ReceiptDueOn">Last day on which the unit receives it in time.</param>
/// <param name="StartDueAt">By when the work begins, or somebody is on site in an emergency.</param>
/// <param name="FinishDueAt">By when it is finished; null for an emergency.</param>
[EventName("repairs.repair-order.dispatched.v1")]
public sealed record RepairOrderDispatched(
    Guid RepairOrderId,
    long Version,
    Guid OwnerId,
    Guid RepairUnitId,
    string RepairUnitName,
    string LeaderName,
    [property: Words("yes", "no", "unknown")] string UnderWarranty,
    DateOnly DispatchedOn,
    DateOnly? ReceiptDueOn = null,
    DateTimeOffset? StartDueAt = null,
    DateTimeOffset? FinishDueAt = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>Work has begun; the briefing (技術交底) was recorded before, rule P3.2.2.</summary>
/// <param name="StartMissed">Whether a unit, this one or one before it, had not begun by its target; null where it was not
/// told.</param>
[EventName("repairs.repair-order.started.v1")]
public sealed record RepairOrderStarted(
    Guid RepairOrderId,
    long Version,
    Guid OwnerId,
    Guid RepairUnitId,
    DateOnly StartedOn,
    bool? StartMissed = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>The quality department inspected the repair, rule P3.2.3.</summary>
/// <param name="Round">1 for the first inspection, one more after each return to repair by the quality
/// department or the owner.</param>
/// <param name="FailedInspections">Failed inspections so far, this one included; null where it was not
/// told.</param>
/// <param name="PartCode">Part of Table 3.1; null where it was not told.</param>
[EventName("repairs.repair-order.inspected.v1")]
public sealed record RepairOrderInspected(
    Guid RepairOrderId,
    long Version,
    Guid OwnerId,
    Guid RepairUnitId,
    bool Passed,
    int Round,
    DateOnly InspectedOn,
    int? FailedInspections = null,
    string? PartCode = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>The owner accepted and signed, or refused, rule P3.2.3.</summary>
/// <param name="By"><c>owner</c>, or <c>user</c>: the user of the unit of the building, with the owner told.</param>
/// <param name="OwnerRefusals">Refusals so far, this one included; null where it was not told.</param>
[EventName("repairs.repair-order.owner-responded.v1")]
public sealed record RepairOrderOwnerResponded(
    Guid RepairOrderId,
    long Version,
    Guid OwnerId,
    Guid RepairUnitId,
    bool Accepted,
    string? Opinion,
    DateOnly RespondedOn,
    [property: Words("owner", "user")] string By = "owner",
    int? OwnerRefusals = null
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
/// <param name="CostTotal">What the repair cost, yuan.</param>
/// <param name="Waited">How long it waited for whom.</param>
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
    int OwnerRefusals,
    decimal? CostTotal = null,
    IReadOnlyList<WaitingTime>? Waited = null
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

/// <summary>How long an order waited for somebody.</summary>
/// <param name="For"><c>customer-service</c>, <c>engineering</c>, <c>leadership</c>, <c>repair-unit</c>, <c>quality</c>,
/// <c>owner</c>, <c>weather</c>.</param>
/// <param name="Seconds">Whole seconds.</param>
public sealed record WaitingTime(
    [property: Words("customer-service", "engineering", "leadership", "repair-unit", "quality", "owner", "weather")]
        string For,
    long Seconds
);

/// <summary>The day by which a defect is to be confirmed with the owner comes near, rule P3.2.1.</summary>
/// <param name="DaysLeft">Days until the last day.</param>
[EventName("repairs.repair-order.confirmation-due.v1")]
public sealed record RepairOrderConfirmationDue(
    Guid RepairOrderId,
    long Version,
    string Number,
    Guid ProjectId,
    Guid OwnerId,
    DateOnly ConfirmDueOn,
    int DaysLeft
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>The unit has received the order, rule P3.1.1.</summary>
/// <param name="InTime">False when it was later than the due day.</param>
/// <param name="ReceiptMissed">Whether a unit, this one or one before it, had not received it by its day; null where it was
/// not told.</param>
[EventName("repairs.repair-order.received.v1")]
public sealed record RepairOrderReceived(
    Guid RepairOrderId,
    long Version,
    Guid OwnerId,
    Guid RepairUnitId,
    DateTimeOffset ReceivedAt,
    bool InTime,
    bool? ReceiptMissed = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>The unit objects to being assigned; engineering decides, rule P3.1.1.</summary>
[EventName("repairs.repair-order.objected.v1")]
public sealed record RepairOrderObjected(
    Guid RepairOrderId,
    long Version,
    string Number,
    Guid OwnerId,
    Guid RepairUnitId,
    string Reason,
    DateOnly ObjectedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>The unit has not received the order by the due day, rule P3.1.1.</summary>
[EventName("repairs.repair-order.receipt-overdue.v1")]
public sealed record RepairOrderReceiptOverdue(
    Guid RepairOrderId,
    long Version,
    string Number,
    Guid OwnerId,
    Guid RepairUnitId,
    string RepairUnitName,
    DateOnly ReceiptDueOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>The work has not begun by its target, rule P3.2.2.</summary>
[EventName("repairs.repair-order.start-overdue.v1")]
public sealed record RepairOrderStartOverdue(
    Guid RepairOrderId,
    long Version,
    string Number,
    Guid OwnerId,
    Guid RepairUnitId,
    string RepairUnitName,
    DateTimeOffset StartDueAt
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>The work is not finished by its target, rule P3.2.2.</summary>
[EventName("repairs.repair-order.completion-overdue.v1")]
public sealed record RepairOrderCompletionOverdue(
    Guid RepairOrderId,
    long Version,
    string Number,
    Guid OwnerId,
    Guid RepairUnitId,
    string RepairUnitName,
    DateTimeOffset FinishDueAt
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>A unit that does not come got a written notice, rule P3.1.1.</summary>
/// <param name="Ground"><c>not-received</c> or <c>not-started</c>.</param>
[EventName("repairs.repair-order.unit-notified.v1")]
public sealed record RepairUnitNotified(
    Guid RepairOrderId,
    long Version,
    string Number,
    Guid OwnerId,
    Guid RepairUnitId,
    string RepairUnitName,
    [property: Words("not-received", "not-started")] string Ground,
    DateOnly NotifiedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>Another unit repairs at the cost of the one that did not come, rule P3.1.1.</summary>
/// <param name="FirstUnitId">The unit that did not come and bears the cost.</param>
[EventName("repairs.repair-order.unit-replaced.v1")]
public sealed record RepairUnitReplaced(
    Guid RepairOrderId,
    long Version,
    string Number,
    Guid OwnerId,
    Guid FirstUnitId,
    string FirstUnitName,
    Guid RepairUnitId,
    string RepairUnitName,
    DateOnly ReplacedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>The unit reports the work done: the quality department is to inspect, rule P3.2.3.</summary>
/// <param name="Round">1 for the first repair, one more after each return to repair.</param>
/// <param name="CompletionMissed">Whether it was not finished by its target; null where it was not told.</param>
[EventName("repairs.repair-order.finished.v1")]
public sealed record RepairOrderFinished(
    Guid RepairOrderId,
    long Version,
    string Number,
    Guid OwnerId,
    Guid RepairUnitId,
    int Round,
    DateOnly FinishedOn,
    bool? CompletionMissed = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>What a repair cost has changed, rule P3.1.1.</summary>
/// <param name="CostTotal">What it cost so far, yuan.</param>
[EventName("repairs.repair-order.cost-changed.v1")]
public sealed record RepairCostChanged(
    Guid RepairOrderId,
    long Version,
    string Number,
    Guid ProjectId,
    Guid OwnerId,
    string PartCode,
    Guid RepairUnitId,
    decimal CostTotal
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>A defect came back after the owner had accepted its repair: quality is to look at it, rule P2.2.3.</summary>
[EventName("repairs.repair-order.recurred.v1")]
public sealed record RepairOrderRecurred(
    Guid RepairOrderId,
    long Version,
    string Number,
    Guid ProjectId,
    string ProjectName,
    Guid OwnerId,
    string PartCode,
    string Location,
    Guid EarlierOrderId,
    string EarlierNumber,
    DateOnly RecurredOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>A CAPA must open for a construction fault, rule P2.2.3.</summary>
/// <param name="RequestId">One CAPA at most comes from it.</param>
/// <param name="Ground">Why.</param>
/// <param name="RepairOrderIds">The orders that it is for.</param>
[EventName("repairs.repair-order.capa-requested.v1")]
public sealed record RepairCapaRequested(
    Guid RepairOrderId,
    long Version,
    Guid RequestId,
    string Number,
    Guid ProjectId,
    string ProjectName,
    string ContractNumber,
    Guid OwnerId,
    string PartCode,
    string Location,
    string Description,
    [property: Words("systemic", "recurs-in-project", "recurs-in-projects")] string Ground,
    IReadOnlyList<Guid> RepairOrderIds,
    DateOnly RequestedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>A fault of a group.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The order, or the finding that no order was opened for.</param>
/// <param name="Number">Number of the order, or of the finding's contract.</param>
/// <param name="RevisitId">The revisit that found it; null for what no revisit found.</param>
/// <param name="FindingId">The finding; null for what no revisit found.</param>
public sealed record GroupedFault(
    [property: Words("repair-order", "finding")] string Kind,
    Guid Id,
    string Number,
    Guid? RevisitId = null,
    Guid? FindingId = null
);

/// <summary>Quality put faults with something in common together: one CAPA must open for them, rules P2.2.3 and
/// P3.3.2.</summary>
/// <param name="GroupId">The group; one CAPA at most comes from it.</param>
/// <param name="Version">Its version.</param>
/// <param name="ProjectId">Project of the first of them.</param>
/// <param name="ProjectName">Its name.</param>
/// <param name="Subject">What they have in common.</param>
/// <param name="Description">What quality says of them, with their numbers.</param>
/// <param name="Faults">Repair orders, and findings of revisits that no order was opened for.</param>
/// <param name="RequestedOn">Day of the request.</param>
[EventName("repairs.fault-group.capa-requested.v1")]
public sealed record FaultGroupCapaRequested(
    Guid GroupId,
    long Version,
    Guid ProjectId,
    string ProjectName,
    string Subject,
    string Description,
    IReadOnlyList<GroupedFault> Faults,
    DateOnly RequestedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => GroupId;
}

/// <summary>A unit is to go to a project for several orders at once, rule P3.2.2.</summary>
/// <param name="Day">The planned day.</param>
/// <param name="RepairOrderIds">The orders that share the trip.</param>
[EventName("repairs.trip.planned.v1")]
public sealed record RepairTripPlanned(
    Guid TripId,
    long Version,
    string Number,
    Guid ProjectId,
    string ProjectName,
    Guid RepairUnitId,
    string RepairUnitName,
    DateOnly Day,
    IReadOnlyList<Guid> RepairOrderIds
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => TripId;
}

/// <summary>A trip was made or given up, rule P3.2.2.</summary>
/// <param name="RepairOrderIds">The orders that shared it.</param>
/// <param name="Cost">What it cost so far, yuan; each order has its share among its own costs.</param>
[EventName("repairs.trip.ended.v1")]
public sealed record RepairTripEnded(
    Guid TripId,
    long Version,
    string Number,
    Guid ProjectId,
    Guid RepairUnitId,
    [property: Words("made", "cancelled")] string End,
    IReadOnlyList<Guid> RepairOrderIds,
    decimal Cost,
    DateOnly EndedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => TripId;
}

/// <summary>The same defect as another order's, which goes on for both, rule S4.</summary>
[EventName("repairs.repair-order.merged.v1")]
public sealed record RepairOrderMerged(
    Guid RepairOrderId,
    long Version,
    string Number,
    Guid OwnerId,
    Guid IntoId,
    string IntoNumber,
    DateOnly MergedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>A merge was undone: the order goes on by itself, rule S4.</summary>
[EventName("repairs.repair-order.unmerged.v1")]
public sealed record RepairOrderUnmerged(
    Guid RepairOrderId,
    long Version,
    string Number,
    Guid OwnerId,
    Guid FromId,
    DateOnly UnmergedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>The cost of a repair is charged back to a subcontractor, for the first time or with another sum, rule P3.1.1.</summary>
/// <param name="Amount">Yuan.</param>
[EventName("repairs.charge-back.proposed.v1")]
public sealed record ChargeBackProposed(
    Guid ChargeBackId,
    long Version,
    string Number,
    Guid RepairOrderId,
    string RepairOrderNumber,
    Guid ProjectId,
    string PartCode,
    Guid RepairUnitId,
    string RepairUnitName,
    decimal Amount,
    DateOnly ProposedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ChargeBackId;
}

/// <summary>A charge-back was accepted or disputed by the unit, or upheld by a leader, rule P3.1.1.</summary>
/// <param name="Answer"><c>accepted</c>, <c>disputed</c> or <c>upheld</c>.</param>
[EventName("repairs.charge-back.answered.v1")]
public sealed record ChargeBackAnswered(
    Guid ChargeBackId,
    long Version,
    Guid RepairOrderId,
    Guid RepairUnitId,
    decimal Amount,
    [property: Words("accepted", "disputed", "upheld")] string Answer,
    DateOnly AnsweredOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ChargeBackId;
}

/// <summary>A charge-back was settled or given up, rule P3.1.1.</summary>
/// <param name="Outcome"><c>settled</c> or <c>withdrawn</c>.</param>
[EventName("repairs.charge-back.ended.v1")]
public sealed record ChargeBackEnded(
    Guid ChargeBackId,
    long Version,
    Guid RepairOrderId,
    Guid RepairUnitId,
    decimal Amount,
    [property: Words("settled", "withdrawn")] string Outcome,
    DateOnly EndedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ChargeBackId;
}

/// <summary>Times to come are offered to the owner, rule P3.2.1.</summary>
/// <param name="Times">Beginnings of the times.</param>
[EventName("repairs.appointment.offered.v1")]
public sealed record RepairAppointmentOffered(
    Guid AppointmentId,
    long Version,
    Guid RepairOrderId,
    string RepairOrderNumber,
    Guid OwnerId,
    IReadOnlyList<DateTimeOffset> Times,
    DateTimeOffset ExpiresAt
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => AppointmentId;
}

/// <summary>A time was agreed with the owner, rule P3.2.1.</summary>
[EventName("repairs.appointment.agreed.v1")]
public sealed record RepairAppointmentAgreed(
    Guid AppointmentId,
    long Version,
    Guid RepairOrderId,
    string RepairOrderNumber,
    Guid OwnerId,
    Guid? RepairUnitId,
    DateTimeOffset From,
    DateTimeOffset To
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => AppointmentId;
}

/// <summary>An appointment is given up, or its order has come to its end, rule P3.2.1.</summary>
/// <param name="From">Beginning of the time that was agreed; null where none was.</param>
[EventName("repairs.appointment.cancelled.v1")]
public sealed record RepairAppointmentCancelled(
    Guid AppointmentId,
    long Version,
    Guid RepairOrderId,
    string RepairOrderNumber,
    Guid OwnerId,
    Guid? RepairUnitId,
    DateTimeOffset? From
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => AppointmentId;
}

/// <summary>An agreed time is on the next working day: both sides are reminded, rule P3.2.1.</summary>
[EventName("repairs.appointment.reminder-due.v1")]
public sealed record RepairAppointmentReminderDue(
    Guid AppointmentId,
    long Version,
    Guid RepairOrderId,
    string RepairOrderNumber,
    Guid OwnerId,
    Guid? RepairUnitId,
    DateTimeOffset From
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => AppointmentId;
}
