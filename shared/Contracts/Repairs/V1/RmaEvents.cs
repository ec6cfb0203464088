namespace CustomerService.Contracts.Repairs.V1;

/// <summary>A customer has declared what they send for repair, rule C5.1.1.</summary>
/// <param name="RmaId">The RMA.</param>
/// <param name="Version">Version of the RMA.</param>
/// <param name="Number">Its number, for example <c>RMA-2026-000123</c>.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="CustomerName">Its name.</param>
/// <param name="Quantity">How many are declared.</param>
/// <param name="Source"><c>request</c>, <c>enquiry</c> or <c>complaint</c>.</param>
/// <param name="SourceId">The enquiry or complaint.</param>
/// <param name="DeclaredOn">Day of the declaration.</param>
[EventName("repairs.rma.declared.v1")]
public sealed record RmaDeclared(
    Guid RmaId,
    long Version,
    string Number,
    Guid CustomerId,
    string CustomerName,
    int Quantity,
    [property: Words("request", "enquiry", "complaint")] string Source,
    Guid? SourceId,
    DateOnly DeclaredOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RmaId;
}

/// <summary>What came of an RMA was counted, rule C5.1.1.</summary>
/// <param name="Declared">How many were declared.</param>
/// <param name="Received">How many came so far.</param>
/// <param name="Unexpected">How many came and were not declared.</param>
/// <param name="Missing">How many were declared and did not come.</param>
/// <param name="Blocked">Nothing goes on before the customer has confirmed the count.</param>
/// <param name="ReceivedOn">Day of this count.</param>
[EventName("repairs.rma.received.v1")]
public sealed record RmaReceived(
    Guid RmaId,
    long Version,
    string Number,
    Guid CustomerId,
    int Declared,
    int Received,
    int Unexpected,
    int Missing,
    bool Blocked,
    DateOnly ReceivedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RmaId;
}

/// <summary>The received quantity is agreed with the customer, rule C5.1.1.</summary>
[EventName("repairs.rma.count-confirmed.v1")]
public sealed record RmaCountConfirmed(
    Guid RmaId,
    long Version,
    string Number,
    Guid CustomerId,
    int Received,
    DateOnly ConfirmedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RmaId;
}

/// <summary>Everything that came of an RMA has ended, rule C3.1.1.</summary>
/// <param name="CustomerName">Its name.</param>
/// <param name="Contact">Contact person, where the registry names one.</param>
/// <param name="Phone">Telephone number.</param>
/// <param name="Language">Language in which the customer is written to.</param>
/// <param name="Department">Code of the department that repaired what came, most of it; null where nothing was.</param>
[EventName("repairs.rma.closed.v1")]
public sealed record RmaClosed(
    Guid RmaId,
    long Version,
    string Number,
    Guid CustomerId,
    DateOnly ClosedOn,
    string? CustomerName = null,
    string? Contact = null,
    string? Phone = null,
    string? Language = null,
    string? Department = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RmaId;
}

/// <summary>An RMA was given up before anything came, rule C5.1.1.</summary>
[EventName("repairs.rma.withdrawn.v1")]
public sealed record RmaWithdrawn(Guid RmaId, long Version, string Number, Guid CustomerId, DateOnly WithdrawnOn)
    : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RmaId;
}

/// <summary>It is known what is wrong with a unit, rule C5.1.1.1.</summary>
/// <param name="UnitId">The unit.</param>
/// <param name="Quantity">1 for a machine, of a lot how many.</param>
/// <param name="FaultCode">Fault code of the company.</param>
/// <param name="MainComponentDamaged">Whether a main component is damaged.</param>
/// <param name="UnderWarranty">Whether the warranty covers it.</param>
[EventName("repairs.rma-unit.diagnosed.v1")]
public sealed record RmaUnitDiagnosed(
    Guid UnitId,
    long Version,
    string Number,
    Guid RmaId,
    Guid CustomerId,
    string? ModelCode,
    int Quantity,
    string FaultCode,
    bool MainComponentDamaged,
    bool UnderWarranty,
    DateOnly DiagnosedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => UnitId;
}

/// <summary>FM001 was sent to the customer, rules C3.1.2 and C5.1.1.1.</summary>
/// <param name="OfferNumber">Number of FM001.</param>
/// <param name="OfferVersion">Version of the offer.</param>
/// <param name="Sum">What is to be paid.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Through">How it was sent.</param>
/// <param name="ValidThrough">Last day on which it can be answered.</param>
[EventName("repairs.rma-unit.offered.v1")]
public sealed record RepairOffered(
    Guid UnitId,
    long Version,
    string Number,
    string OfferNumber,
    int OfferVersion,
    Guid CustomerId,
    decimal Sum,
    string Currency,
    [property: Words("phone", "fax", "mail", "portal", "on-site")] string Through,
    DateOnly ValidThrough
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => UnitId;
}

/// <summary>An offer is to be called to the customer's mind, rule C3.1.2.</summary>
/// <param name="Reminder">Which reminder it is: 1, 2 …</param>
[EventName("repairs.rma-unit.offer-reminder-due.v1")]
public sealed record RepairOfferReminderDue(
    Guid UnitId,
    long Version,
    string Number,
    string OfferNumber,
    Guid CustomerId,
    int Reminder,
    DateOnly ValidThrough
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => UnitId;
}

/// <summary>The customer has answered an offer, rule C5.1.1.1.</summary>
/// <param name="Consented">False where they do not want the repair.</param>
[EventName("repairs.rma-unit.answered.v1")]
public sealed record RepairOfferAnswered(
    Guid UnitId,
    long Version,
    string Number,
    string OfferNumber,
    int OfferVersion,
    Guid CustomerId,
    bool Consented,
    decimal Sum,
    string Currency
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => UnitId;
}

/// <summary>FM002 was made out, rule C5.1.1.1.</summary>
/// <param name="ChargeNumber">Number of FM002.</param>
[EventName("repairs.rma-unit.charged.v1")]
public sealed record RepairCharged(
    Guid UnitId,
    long Version,
    string Number,
    string ChargeNumber,
    Guid CustomerId,
    decimal Amount,
    string Currency
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => UnitId;
}

/// <summary>The quality department has inspected a repaired unit, rule C5.1.2.</summary>
/// <param name="Round">Round of repair.</param>
[EventName("repairs.rma-unit.inspected.v1")]
public sealed record RmaUnitInspected(
    Guid UnitId,
    long Version,
    string Number,
    Guid RmaId,
    Guid CustomerId,
    string? ModelCode,
    int Quantity,
    string FaultCode,
    bool UnderWarranty,
    bool Passed,
    int Round,
    DateOnly ReceivedOn,
    DateOnly InspectedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => UnitId;
}

/// <summary>A unit is with the customer again, was exchanged, taken back or scrapped, rules C3.1.1 and C3.1.3.</summary>
/// <param name="Result">What became of it.</param>
[EventName("repairs.rma-unit.ended.v1")]
public sealed record RmaUnitEnded(
    Guid UnitId,
    long Version,
    string Number,
    Guid RmaId,
    Guid CustomerId,
    string? ModelCode,
    int Quantity,
    string? FaultCode,
    bool? UnderWarranty,
    [property: Words("repaired", "returned-unrepaired", "exchanged", "returned", "scrapped")] string Result,
    DateOnly ReceivedOn,
    DateOnly EndedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => UnitId;
}

/// <summary>FM003 was made out, rule C5.1.2.</summary>
/// <param name="ShipmentId">The shipment.</param>
/// <param name="Number">Number of FM003.</param>
/// <param name="Method">How it is shipped.</param>
[EventName("repairs.shipment.issued.v1")]
public sealed record ShipmentIssued(
    Guid ShipmentId,
    long Version,
    string Number,
    Guid CustomerId,
    string CustomerName,
    int Quantity,
    [property: Words("express", "freight", "own-vehicle", "picked-up")] string Method
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ShipmentId;
}

/// <summary>Goods have left the house, rule C5.1.2.</summary>
[EventName("repairs.shipment.dispatched.v1")]
public sealed record ShipmentDispatched(
    Guid ShipmentId,
    long Version,
    string Number,
    Guid CustomerId,
    string? Carrier,
    string? TrackingNumber,
    DateOnly ShippedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ShipmentId;
}

/// <summary>The customer has the goods, rule C3.1.1.</summary>
/// <param name="Proof">By what that is known.</param>
[EventName("repairs.shipment.delivered.v1")]
public sealed record ShipmentDelivered(
    Guid ShipmentId,
    long Version,
    string Number,
    Guid CustomerId,
    [property: Words("portal", "carrier", "call")] string Proof,
    DateOnly ReceivedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ShipmentId;
}

/// <summary>A machine was exchanged for another, which inherits the rest of its warranty, rule C5.1.5.</summary>
/// <param name="SerialId">The former machine.</param>
/// <param name="ReplacedById">The machine given in its place.</param>
[EventName("repairs.serial.replaced.v1")]
public sealed record SerialReplaced(
    Guid SerialId,
    long Version,
    string SerialNumber,
    Guid ReplacedById,
    string ReplacedByNumber,
    string ModelCode,
    DateOnly? WarrantyEndsOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => SerialId;
}

/// <summary>The monthly report of repaired machines, or a correction of it, was issued, rule C3.1.3.</summary>
/// <param name="Number">Number of the form.</param>
/// <param name="Month">For example <c>2026-10</c>.</param>
/// <param name="Correction">0 for the report, 1, 2 … for its corrections.</param>
/// <param name="Received">Machines that came in.</param>
/// <param name="Settled">Machines that are counted.</param>
/// <param name="Open">Machines that were still under repair at the end of the month.</param>
/// <param name="Hash">SHA-256 over the frozen figures.</param>
/// <param name="CheckedBy">Printed name.</param>
[EventName("repairs.monthly-report.issued.v1")]
public sealed record MonthlyRepairReportIssued(
    Guid ReportId,
    long Version,
    string Number,
    string Month,
    int Correction,
    int Received,
    int Settled,
    int Open,
    string Hash,
    string CheckedBy
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ReportId;
}

/// <summary>The customer has not answered an offer while it held, rule C3.1.2.</summary>
/// <param name="OfferVersion">The version that lapsed.</param>
/// <param name="ValidThrough">Last day on which it could be answered.</param>
[EventName("repairs.rma-unit.offer-lapsed.v1")]
public sealed record RepairOfferLapsed(
    Guid UnitId,
    long Version,
    string Number,
    string OfferNumber,
    int OfferVersion,
    Guid CustomerId,
    decimal Sum,
    string Currency,
    DateOnly ValidThrough
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => UnitId;
}

/// <summary>The customer was not reached about the charge by the day for it, rule C3.1.2.</summary>
/// <param name="ContactDueOn">Last day of the first contact.</param>
[EventName("repairs.rma-unit.contact-overdue.v1")]
public sealed record RmaContactOverdue(
    Guid UnitId,
    long Version,
    string Number,
    Guid RmaId,
    Guid CustomerId,
    string CustomerName,
    DateOnly ContactDueOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => UnitId;
}
