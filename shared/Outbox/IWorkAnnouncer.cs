using CustomerService.Contracts;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Messaging;

/// <summary>Makes the event that tells others of a record's work items (S1).</summary>
public interface IWorkAnnouncer
{
    /// <summary>The service's own event.</summary>
    IIntegrationEvent Changed(Aggregate record, IReadOnlyList<WorkRow> rows);
}
