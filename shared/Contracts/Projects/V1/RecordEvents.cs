namespace CustomerService.Contracts.Projects.V1;

/// <summary>A note was written on a record of this service, rule S2; told again when an edit mentions others. The text
/// stays with the service: only staff who may see the record read it there.</summary>
/// <param name="NoteId">The note.</param>
/// <param name="Version">Version of the note.</param>
/// <param name="RecordKind">Kind of the record, for example <c>revisit</c>.</param>
/// <param name="RecordId">The record.</param>
/// <param name="RecordNumber">Its number, where it has one.</param>
/// <param name="AuthorId">Who wrote it: the <c>sub</c> of their tokens.</param>
/// <param name="People">Accounts that it mentions.</param>
/// <param name="Departments">Codes of departments that it mentions.</param>
/// <param name="At">When it was written or edited, UTC.</param>
[EventName("projects.note.added.v1")]
public sealed record NoteAdded(
    Guid NoteId,
    long Version,
    string RecordKind,
    Guid RecordId,
    string? RecordNumber,
    string AuthorId,
    IReadOnlyList<Guid> People,
    IReadOnlyList<string> Departments,
    DateTimeOffset At
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => NoteId;
}

/// <summary>Two records were linked, rule S2. Every service that has one of them keeps the link at it.</summary>
/// <param name="LinkId">The link; the same whichever end says it.</param>
/// <param name="Version">How often the link was set or removed.</param>
/// <param name="Kind">What the second record is to the first: its parent, what it is a duplicate of, what caused
/// it.</param>
/// <param name="FromService">Service of the first record.</param>
/// <param name="FromKind">Kind of the first record.</param>
/// <param name="FromId">The first record.</param>
/// <param name="FromNumber">Its number, where it has one.</param>
/// <param name="ToService">Service of the second record.</param>
/// <param name="ToKind">Kind of the second record.</param>
/// <param name="ToId">The second record.</param>
/// <param name="ToNumber">Its number, where it has one.</param>
[EventName("projects.record.linked.v1")]
public sealed record RecordLinked(
    Guid LinkId,
    long Version,
    [property: Words("parent", "duplicate-of", "caused-by")] string Kind,
    string FromService,
    string FromKind,
    Guid FromId,
    string? FromNumber,
    string ToService,
    string ToKind,
    Guid ToId,
    string? ToNumber
) : IRecordLinkEvent
{
    Guid IIntegrationEvent.SubjectId => LinkId;
}

/// <summary>A link of two records was removed, rule S2.</summary>
/// <inheritdoc cref="RecordLinked" path="/param"/>
[EventName("projects.record.unlinked.v1")]
public sealed record RecordUnlinked(
    Guid LinkId,
    long Version,
    [property: Words("parent", "duplicate-of", "caused-by")] string Kind,
    string FromService,
    string FromKind,
    Guid FromId,
    string? FromNumber,
    string ToService,
    string ToKind,
    Guid ToId,
    string? ToNumber
) : IRecordLinkEvent
{
    Guid IIntegrationEvent.SubjectId => LinkId;
}
