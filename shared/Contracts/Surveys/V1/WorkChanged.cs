using CustomerService.Contracts.Work;

namespace CustomerService.Contracts.Surveys.V1;

/// <summary>
/// The steps that somebody must take on a record of this service have changed, rule S1: all of them, none where it is
/// closed. A collector keeps the set with the highest version, so that order and copies do not matter.
/// </summary>
/// <param name="RecordId">The record.</param>
/// <param name="Version">Its version.</param>
/// <param name="Work">The steps.</param>
[EventName("surveys.work.changed.v1")]
public sealed record SurveysWorkChanged(Guid RecordId, long Version, WorkOfRecord Work) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RecordId;
}
