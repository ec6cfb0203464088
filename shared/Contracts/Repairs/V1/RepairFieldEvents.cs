namespace CustomerService.Contracts.Repairs.V1;

/// <summary>Somebody came for the order, and nobody was there, rules P3.2.1 and P3.2.2.</summary>
/// <param name="RepairUnitId">The unit that came; null where the company came to confirm the defect.</param>
/// <param name="AttemptedAt">When.</param>
/// <param name="Attempts">How often it was so by now.</param>
[EventName("repairs.repair-order.attempted.v1")]
public sealed record RepairOrderAttempted(
    Guid RepairOrderId,
    long Version,
    string Number,
    Guid ProjectId,
    Guid OwnerId,
    Guid? RepairUnitId,
    string? RepairUnitName,
    DateTimeOffset AttemptedAt,
    int Attempts
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>The clocks of an order stand still, rule P3.2.2.</summary>
/// <param name="Reason"><c>no-access</c>, <c>weather</c>, <c>material</c> or <c>owners-wish</c>.</param>
/// <param name="PausedAt">Since when.</param>
/// <param name="Pauses">How often it was so by now.</param>
[EventName("repairs.repair-order.paused.v1")]
public sealed record RepairOrderPaused(
    Guid RepairOrderId,
    long Version,
    string Number,
    Guid ProjectId,
    Guid OwnerId,
    Guid? RepairUnitId,
    [property: Words("no-access", "weather", "material", "owners-wish")] string Reason,
    DateTimeOffset PausedAt,
    int Pauses
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>The clocks of an order run again, rule P3.2.2.</summary>
/// <param name="Reason">Why they stood still.</param>
/// <param name="PausedAt">Since when.</param>
/// <param name="ResumedAt">Until when.</param>
/// <param name="PausedSeconds">How long all its pauses were by now.</param>
[EventName("repairs.repair-order.resumed.v1")]
public sealed record RepairOrderResumed(
    Guid RepairOrderId,
    long Version,
    string Number,
    Guid ProjectId,
    Guid OwnerId,
    Guid? RepairUnitId,
    [property: Words("no-access", "weather", "material", "owners-wish")] string Reason,
    DateTimeOffset PausedAt,
    DateTimeOffset ResumedAt,
    long PausedSeconds
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}

/// <summary>Liability, cause and lesson of a defect are on record, rule P2.2.3.</summary>
/// <param name="Liability">Who answers for it.</param>
/// <param name="CauseCode">The main cause.</param>
/// <param name="Systemic">Whether quality calls it systemic.</param>
/// <param name="Lesson">The lesson, where one is needed.</param>
[EventName("repairs.repair-order.lessons-drawn.v1")]
public sealed record RepairLessonsDrawn(
    Guid RepairOrderId,
    long Version,
    string Number,
    Guid ProjectId,
    Guid OwnerId,
    string PartCode,
    [property: Words("contractor", "subcontractor", "owner", "third-party")] string Liability,
    string CauseCode,
    bool Systemic,
    string? Lesson,
    DateOnly DrawnOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RepairOrderId;
}
