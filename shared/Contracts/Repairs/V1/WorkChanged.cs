using CustomerService.Contracts.Work;

namespace CustomerService.Contracts.Repairs.V1;

/// <summary>
/// The steps that somebody must take on records of this service have changed, rule S1. Told of many records at once, about
/// once a second. A collector keeps of each record the set with the highest version, so that order and copies do not
/// matter.
/// </summary>
/// <param name="BatchId">This announcement.</param>
/// <param name="Records">The records, each with all its steps; none where it is closed.</param>
[EventName("repairs.work.changed.v1")]
public sealed record RepairsWorkChanged(Guid BatchId, IReadOnlyList<WorkOfRecord> Records) : IWorkChangedEvent
{
    Guid IIntegrationEvent.SubjectId => BatchId;

    long IIntegrationEvent.Version => 1;
}
