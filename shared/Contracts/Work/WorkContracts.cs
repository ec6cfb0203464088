namespace CustomerService.Contracts.Work;

/// <summary>A step that somebody must take now, rule S1.</summary>
/// <param name="Action">The action, as <c>_actions</c> names it.</param>
/// <param name="Alternatives">Other ways to decide it, for the same people.</param>
/// <param name="Rule">Rule id.</param>
/// <param name="Takers">Who may, any of them: a role, <c>role@organisation</c>, <c>role#department</c> or
/// <c>role!person</c>; <c>*</c> is any role.</param>
/// <param name="Exceptions">Who may not: <c>!person</c>, <c>=printed name</c>, <c>#department</c>.</param>
/// <param name="Missing">What is to be handed in, or what is waited for.</param>
/// <param name="WaitsFor">Roles that can supply what keeps everybody from taking it; empty where somebody can.</param>
/// <param name="DueAt">By when, UTC; null where no clock runs.</param>
public sealed record WorkItem(
    string Action,
    IReadOnlyList<string> Alternatives,
    string Rule,
    IReadOnlyList<string> Takers,
    IReadOnlyList<string> Exceptions,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> WaitsFor,
    DateTimeOffset? DueAt
);

/// <summary>The person whose record it is, rule S2.</summary>
/// <param name="PersonId">Account.</param>
/// <param name="Name">Printed name.</param>
/// <param name="Department">Department code, where the person has one.</param>
public sealed record WorkAssignee(string PersonId, string Name, string? Department);

/// <summary>The work items of records have changed, in a service.</summary>
public interface IWorkChangedEvent : IIntegrationEvent
{
    /// <summary>The records, each with all its steps.</summary>
    IReadOnlyList<WorkOfRecord> Records { get; }
}

/// <summary>All steps of one record at one version; of two the one with the higher version counts.</summary>
public sealed record WorkOfRecord(
    Guid RecordId,
    long Version,
    string RecordKind,
    string Number,
    string Title,
    string? Severity,
    string State,
    WorkAssignee? Assignee,
    IReadOnlyList<WorkItem> Items
);
