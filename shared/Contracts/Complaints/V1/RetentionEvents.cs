using CustomerService.Contracts.Retention;

namespace CustomerService.Contracts.Complaints.V1;

/// <summary>It became known, or changed, how long a record of this service is kept, rule C8.</summary>
/// <param name="RecordId">The record.</param>
/// <param name="Version">Version of what is known of its keeping.</param>
/// <param name="Record">How long it is kept.</param>
[EventName("complaints.record.kept.v1")]
public sealed record ComplaintsRecordKept(Guid RecordId, long Version, KeptRecord Record) : IRecordKeptEvent
{
    Guid IIntegrationEvent.SubjectId => RecordId;
}

/// <summary>A record of this service was erased after its day, rule C8; what others keep of it that is personal they drop
/// too.</summary>
/// <param name="RecordId">The record.</param>
/// <param name="Version">Version of what is known of its keeping.</param>
/// <param name="Record">What was erased.</param>
[EventName("complaints.record.erased.v1")]
public sealed record ComplaintsRecordErased(Guid RecordId, long Version, ErasedRecord Record) : IRecordErasedEvent
{
    Guid IIntegrationEvent.SubjectId => RecordId;
}
