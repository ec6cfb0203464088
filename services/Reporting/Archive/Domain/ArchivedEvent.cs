namespace CustomerService.Reporting.Archive.Domain;

/// <summary>An event as it came in. The archive holds every event from the first on, so that facts can be made from
/// nothing; the broker's stream keeps 30 days.</summary>
internal sealed class ArchivedEvent
{
    /// <summary>Its <c>cloudEvents:id</c>.</summary>
    public Guid MessageId { get; init; }

    /// <summary>Given by the database, in about the order in which events came.</summary>
    public long Sequence { get; init; }

    /// <summary>Name of the event.</summary>
    public required string Name { get; init; }

    /// <summary>What it is about.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>The event as JSON.</summary>
    public required string Body { get; set; }

    /// <summary>When it happened, UTC.</summary>
    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>When it came, UTC.</summary>
    public DateTimeOffset ArchivedAt { get; init; }
}
