namespace CustomerService.Contracts.Retention;

/// <summary>How long a record is kept, rule C8.</summary>
/// <param name="RecordKind">Kind of the record, for example <c>repair-order</c>.</param>
/// <param name="RecordId">The record.</param>
/// <param name="Number">Its number, where it has one.</param>
/// <param name="Department">The department that answers for it, where there is one.</param>
/// <param name="ClosedOn">Day on which it was closed, company time zone; null while it is open.</param>
/// <param name="KeepThrough">Last day on which it must be there; 9999-12-31 under a hold without an end, null while it
/// is open.</param>
/// <param name="Held">Whether a legal hold stands.</param>
/// <param name="HoldThrough">Last day of the hold; null without one or without an end.</param>
/// <param name="AskedBy">Department that asked for more, where one did.</param>
public sealed record KeptRecord(
    string RecordKind,
    Guid RecordId,
    string? Number,
    string? Department,
    DateOnly? ClosedOn,
    DateOnly? KeepThrough,
    bool Held,
    DateOnly? HoldThrough,
    string? AskedBy
);

/// <summary>That a record was erased after its day, rule C8.</summary>
/// <param name="RecordKind">Kind of the record.</param>
/// <param name="RecordId">The record.</param>
/// <param name="Number">Its number, where it had one.</param>
/// <param name="ClosedOn">Day on which it was closed.</param>
/// <param name="KeptThrough">Last day on which it had to be there.</param>
/// <param name="Reason">Why it was erased.</param>
/// <param name="ErasedBy">Who did it: printed name.</param>
/// <param name="ErasedAt">When, UTC.</param>
/// <param name="Sha256">Hash of what was erased, as the audit trail of the service has it.</param>
/// <param name="Parts">What went with it: notes, files and what else stood beside it.</param>
public sealed record ErasedRecord(
    string RecordKind,
    Guid RecordId,
    string? Number,
    DateOnly ClosedOn,
    DateOnly KeptThrough,
    string Reason,
    string ErasedBy,
    DateTimeOffset ErasedAt,
    string Sha256,
    IReadOnlyList<Guid> Parts
);

/// <summary>What every service's event of a kept record says.</summary>
public interface IRecordKeptEvent : IIntegrationEvent
{
    /// <summary>How long it is kept.</summary>
    KeptRecord Record { get; }
}

/// <summary>What every service's event of an erased record says.</summary>
public interface IRecordErasedEvent : IIntegrationEvent
{
    /// <summary>What was erased.</summary>
    ErasedRecord Record { get; }
}
