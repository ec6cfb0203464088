using CustomerService.Contracts.Work;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Messaging;

/// <summary>Tells others of a record's work items (S1).</summary>
public interface IWorkAnnouncer
{
    /// <summary>The record's part of the service's own event.</summary>
    EventPart Changed(Aggregate record, IReadOnlyList<WorkRow> rows);
}

/// <summary>What one record has to say in an event that tells of many (see <see cref="OutboxPartition.Gathered"/>).</summary>
/// <param name="EventName">Public name of the event.</param>
/// <param name="Work">The record's steps.</param>
public sealed record EventPart(string EventName, WorkOfRecord Work);
