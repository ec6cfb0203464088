namespace CustomerService.Contracts.Surveys.V1;

/// <summary>What the forms say was sent to a department as an internal contact note 內部聯絡單, rule C5.9.</summary>
/// <param name="ContactNoteId">The note.</param>
/// <param name="Version">Its version.</param>
/// <param name="Number">Its number.</param>
/// <param name="Department">Code of the department.</param>
/// <param name="DueOn">Last day on which the department answers.</param>
/// <param name="IssuedOn">Day of issue.</param>
[EventName("surveys.contact-note.issued.v1")]
public sealed record ContactNoteIssued(
    Guid ContactNoteId,
    long Version,
    string Number,
    string Department,
    DateOnly DueOn,
    DateOnly IssuedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ContactNoteId;
}

/// <summary>Quality and customer service have both verified what a department did, rule C5.9.</summary>
/// <param name="ContactNoteId">The note.</param>
/// <param name="Version">Its version.</param>
/// <param name="Number">Its number.</param>
/// <param name="Department">Code of the department.</param>
/// <param name="VerifiedOn">Day of the second verdict.</param>
[EventName("surveys.contact-note.verified.v1")]
public sealed record ContactNoteVerified(
    Guid ContactNoteId,
    long Version,
    string Number,
    string Department,
    DateOnly VerifiedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ContactNoteId;
}

/// <summary>What becomes of a need or suggestion was decided, rule C5.8.1 C.</summary>
/// <param name="SuggestionId">The suggestion.</param>
/// <param name="Version">Its version.</param>
/// <param name="ResponseId">The form that it came with.</param>
/// <param name="CustomerId">Organisation of the customer; zeros where nobody knows it.</param>
/// <param name="Product">Model of the product, where there is one.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="TakenUp">Whether it will be done.</param>
/// <param name="Reason">What will be done, or why not.</param>
/// <param name="DecidedOn">Day of the decision.</param>
[EventName("surveys.suggestion.decided.v1")]
public sealed record SuggestionDecided(
    Guid SuggestionId,
    long Version,
    Guid ResponseId,
    Guid CustomerId,
    string? Product,
    string Topic,
    bool TakenUp,
    string Reason,
    DateOnly DecidedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => SuggestionId;
}

/// <summary>A department was measured against its quality goal, rule C5.10.</summary>
/// <param name="EvaluationId">The evaluation.</param>
/// <param name="Version">Its version.</param>
/// <param name="Department">Code of the department.</param>
/// <param name="From">First day of the period.</param>
/// <param name="To">Last day of the period.</param>
/// <param name="GoalPercent">Its goal.</param>
/// <param name="Recovered">Forms recovered.</param>
/// <param name="Satisfied">Of these, satisfied.</param>
/// <param name="Percent">The rate; null, never 0, where none was recovered.</param>
/// <param name="Outcome">What follows; nothing from too few forms.</param>
/// <param name="EvaluatedOn">Day of the evaluation.</param>
[EventName("surveys.department.evaluated.v1")]
public sealed record DepartmentEvaluated(
    Guid EvaluationId,
    long Version,
    string Department,
    DateOnly From,
    DateOnly To,
    decimal GoalPercent,
    int Recovered,
    int Satisfied,
    decimal? Percent,
    [property: Words("reward", "corrective-order", "not-available")] string Outcome,
    DateOnly EvaluatedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => EvaluationId;
}

/// <summary>A department reached its goal and is rewarded, rule C5.10.</summary>
/// <param name="EvaluationId">The evaluation.</param>
/// <param name="Version">Its version.</param>
/// <param name="Department">Code of the department.</param>
/// <param name="From">First day of the period.</param>
/// <param name="To">Last day of the period.</param>
/// <param name="Reward">What was granted.</param>
/// <param name="GrantedOn">Day of the grant.</param>
[EventName("surveys.reward.granted.v1")]
public sealed record RewardGranted(
    Guid EvaluationId,
    long Version,
    string Department,
    DateOnly From,
    DateOnly To,
    string Reward,
    DateOnly GrantedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => EvaluationId;
}

/// <summary>A department below its goal is ordered to correct and criticised in public, rule C5.10. The criticism names
/// the department, never a person.</summary>
/// <param name="EvaluationId">The evaluation.</param>
/// <param name="Version">Its version.</param>
/// <param name="Notice">Number of the public criticism.</param>
/// <param name="Department">Code of the department.</param>
/// <param name="From">First day of the period.</param>
/// <param name="To">Last day of the period.</param>
/// <param name="GoalPercent">Its goal.</param>
/// <param name="Percent">Its rate.</param>
/// <param name="DueOn">It has corrected by the end of this day.</param>
/// <param name="NoticeThrough">Last day on which the criticism is published.</param>
/// <param name="OrderedOn">Day of the order.</param>
[EventName("surveys.corrective-order.issued.v1")]
public sealed record CorrectiveOrderIssued(
    Guid EvaluationId,
    long Version,
    string Notice,
    string Department,
    DateOnly From,
    DateOnly To,
    decimal GoalPercent,
    decimal? Percent,
    DateOnly DueOn,
    DateOnly NoticeThrough,
    DateOnly OrderedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => EvaluationId;
}

/// <summary>At its deadline a department was measured again, rule C5.10.</summary>
/// <param name="EvaluationId">The evaluation.</param>
/// <param name="Version">Its version.</param>
/// <param name="Department">Code of the department.</param>
/// <param name="Recovered">Forms recovered since the order.</param>
/// <param name="Percent">The rate; null where none was recovered.</param>
/// <param name="Reached">Whether the goal is reached now.</param>
/// <param name="MeasuredOn">Day of the measurement.</param>
/// <param name="Outcome">What follows: nothing of a goal that is reached, a meeting of the heads of one that is missed, and
/// nothing where too few forms came; null where an older version said it.</param>
[EventName("surveys.department.measured-again.v1")]
public sealed record DepartmentMeasuredAgain(
    Guid EvaluationId,
    long Version,
    string Department,
    int Recovered,
    decimal? Percent,
    bool Reached,
    DateOnly MeasuredOn,
    [property: Words("reached", "missed", "not-available")] string? Outcome = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => EvaluationId;
}

/// <summary>A service point was assessed, rules T1 to T3. Who assessed it is not told.</summary>
/// <param name="AssessmentId">The assessment.</param>
/// <param name="Version">Its version.</param>
/// <param name="Number">Its number.</param>
/// <param name="PointId">The service point.</param>
/// <param name="PointName">Its name.</param>
/// <param name="Mystery">Whether it was a mystery visit.</param>
/// <param name="Percent">Weighted score in percent of the best.</param>
/// <param name="Passed">Whether that is enough.</param>
/// <param name="FailedItems">Items that failed and are corrected.</param>
/// <param name="HeldOn">Day of the assessment.</param>
[EventName("surveys.service-point.assessed.v1")]
public sealed record ServicePointAssessed(
    Guid AssessmentId,
    long Version,
    string Number,
    Guid PointId,
    string PointName,
    bool Mystery,
    decimal Percent,
    bool Passed,
    IReadOnlyList<string> FailedItems,
    DateOnly HeldOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => AssessmentId;
}
