namespace CustomerService.Contracts.Repairs.V1;

/// <summary>A component of a customer's machine, or the machine, was sent to its maker, rule C3.1.1.</summary>
/// <param name="Maker">The maker, as the company calls it.</param>
/// <param name="RmaId">The customer's RMA.</param>
/// <param name="UnitId">The customer's unit.</param>
/// <param name="ComponentCode">Code of the component.</param>
/// <param name="ExpectedOn">By when the maker is expected to answer.</param>
[EventName("repairs.maker-claim.sent.v1")]
public sealed record ComponentSentToMaker(
    Guid ClaimId,
    long Version,
    string Number,
    string Maker,
    Guid RmaId,
    string RmaNumber,
    Guid UnitId,
    string ComponentCode,
    int Quantity,
    DateOnly SentOn,
    DateOnly ExpectedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ClaimId;
}

/// <summary>A maker has not answered by the expected day, rule C3.1.1.</summary>
[EventName("repairs.maker-claim.overdue.v1")]
public sealed record MakerAnswerOverdue(
    Guid ClaimId,
    long Version,
    string Number,
    string Maker,
    Guid RmaId,
    DateOnly ExpectedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ClaimId;
}

/// <summary>A maker has answered, rule C3.1.1.</summary>
/// <param name="Answer">What it did.</param>
/// <param name="Back">How many came back.</param>
[EventName("repairs.maker-claim.answered.v1")]
public sealed record MakerAnswered(
    Guid ClaimId,
    long Version,
    string Number,
    string Maker,
    Guid RmaId,
    [property: Words("repaired", "replaced", "credited", "refused")] string Answer,
    int Back,
    DateOnly AnsweredOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ClaimId;
}

/// <summary>It is booked what a maker paid, rule C3.1.1.</summary>
/// <param name="Claimed">What was asked for.</param>
/// <param name="Recovered">What was recovered.</param>
[EventName("repairs.maker-claim.settled.v1")]
public sealed record MakerClaimSettled(
    Guid ClaimId,
    long Version,
    string Number,
    string Maker,
    Guid RmaId,
    decimal Claimed,
    decimal Recovered,
    string Currency,
    DateOnly SettledOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ClaimId;
}
