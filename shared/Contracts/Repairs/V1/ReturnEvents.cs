namespace CustomerService.Contracts.Repairs.V1;

/// <summary>A customer asks to give goods back or to get others for them, rule C5.1.3.</summary>
/// <param name="ReturnCaseId">The case.</param>
/// <param name="Version">Version of the case.</param>
/// <param name="Number">Its number, for example <c>TX-2026-000123</c>.</param>
/// <param name="Kind"><c>return</c> or <c>exchange</c>.</param>
[EventName("repairs.return-case.requested.v1")]
public sealed record ReturnRequested(
    Guid ReturnCaseId,
    long Version,
    string Number,
    [property: Words("return", "exchange")] string Kind,
    Guid CustomerId,
    string CustomerName,
    string? ModelCode,
    int Quantity,
    DateOnly RequestedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ReturnCaseId;
}

/// <summary>The quality of returned goods is doubted: the quality department inspects them at once, rule C5.1.4.</summary>
/// <param name="Doubt">What is doubted.</param>
[EventName("repairs.return-case.quality-doubted.v1")]
public sealed record ReturnQualityDoubted(
    Guid ReturnCaseId,
    long Version,
    string Number,
    Guid CustomerId,
    string? ModelCode,
    string? Serial,
    int Quantity,
    string Doubt
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ReturnCaseId;
}

/// <summary>The inspection report of returned goods is made out, rule C5.1.4.</summary>
/// <param name="ReportNumber">Number of the report.</param>
/// <param name="QualityFault">Whether the goods failed by their own quality.</param>
/// <param name="Liability">Whose fault it is.</param>
[EventName("repairs.return-case.inspected.v1")]
public sealed record ReturnInspected(
    Guid ReturnCaseId,
    long Version,
    string Number,
    string ReportNumber,
    Guid CustomerId,
    bool QualityFault,
    [property: Words("company", "customer", "carrier", "supplier")] string Liability
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ReturnCaseId;
}

/// <summary>A return or exchange was decided by the after-sales terms, rules C5.1.3 and C5.1.4.</summary>
/// <param name="Edition">Edition of the terms.</param>
/// <param name="Clause">Its clause.</param>
/// <param name="ByException">Whether the sales manager approved an exception.</param>
[EventName("repairs.return-case.decided.v1")]
public sealed record ReturnDecided(
    Guid ReturnCaseId,
    long Version,
    string Number,
    [property: Words("return", "exchange")] string Kind,
    Guid CustomerId,
    bool Accepted,
    string Edition,
    string Clause,
    bool ByException,
    DateOnly DecidedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ReturnCaseId;
}

/// <summary>The red copy of a slip has another holder, rule C5.1.5.</summary>
/// <param name="SlipNumber">Number of the slip.</param>
/// <param name="Region">Region whose salesperson gets it.</param>
/// <param name="Holder">Who has it, as a role.</param>
[EventName("repairs.return-case.slip-moved.v1")]
public sealed record ReturnSlipMoved(
    Guid ReturnCaseId,
    long Version,
    string Number,
    string SlipNumber,
    Guid CustomerId,
    string Region,
    string Holder
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ReturnCaseId;
}

/// <summary>An exchange was shipped in advance, and goods and slip are not here by the deadline, rule C5.1.5.</summary>
[EventName("repairs.return-case.advance-overdue.v1")]
public sealed record AdvanceExchangeOverdue(
    Guid ReturnCaseId,
    long Version,
    string Number,
    Guid CustomerId,
    DateOnly Deadline
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ReturnCaseId;
}

/// <summary>What is given in exchange has left the house, rule C5.1.5.</summary>
/// <param name="Serial">Serial number of the returned machine.</param>
/// <param name="ReplacementSerial">That of the machine given for it.</param>
/// <param name="InAdvance">Before goods and slip were here.</param>
[EventName("repairs.return-case.exchange-shipped.v1")]
public sealed record ExchangeShipped(
    Guid ReturnCaseId,
    long Version,
    string Number,
    Guid CustomerId,
    string? ModelCode,
    string? Serial,
    string? ReplacementSerial,
    int Quantity,
    bool InAdvance,
    DateOnly ShippedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ReturnCaseId;
}

/// <summary>A return or exchange is complete, rule C5.1.5.</summary>
[EventName("repairs.return-case.closed.v1")]
public sealed record ReturnClosed(
    Guid ReturnCaseId,
    long Version,
    string Number,
    [property: Words("return", "exchange")] string Kind,
    Guid CustomerId,
    string? ModelCode,
    int Quantity,
    DateOnly ClosedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ReturnCaseId;
}

/// <summary>The red copy of a slip lies with its holder for too long, rule C5.1.5.</summary>
/// <param name="SlipNumber">Number of the slip.</param>
/// <param name="Region">Region whose salesperson gets it.</param>
/// <param name="SalespersonId">The account of the customer's salesperson, where one is named.</param>
/// <param name="Holder">Who has it.</param>
/// <param name="HeldSince">Since which day.</param>
/// <param name="Reminder">1, 2 …</param>
[EventName("repairs.return-case.slip-reminder-due.v1")]
public sealed record ReturnSlipReminderDue(
    Guid CaseId,
    long Version,
    string Number,
    string SlipNumber,
    Guid CustomerId,
    string Region,
    string? SalespersonId,
    string Holder,
    DateOnly HeldSince,
    int Reminder
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => CaseId;
}

/// <summary>The customer has what was given in exchange, rules C3.1.1 and C5.1.5.</summary>
/// <param name="Proof"><c>portal</c>, <c>carrier</c> or <c>call</c>.</param>
[EventName("repairs.return-case.exchange-delivered.v1")]
public sealed record ExchangeDelivered(
    Guid ReturnCaseId,
    long Version,
    string Number,
    Guid CustomerId,
    string? ReplacementSerial,
    int Quantity,
    [property: Words("portal", "carrier", "call")] string Proof,
    DateOnly DeliveredOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ReturnCaseId;
}
