using CustomerService.Contracts;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Retention;

/// <summary>Events may come after the erasing of what they tell of: they have a queue of their own.</summary>
internal static class ErasedSubjectsOfEvents
{
    /// <summary>Those of the subjects of these events that were erased. Asked under the lock of writers, which erasing holds
    /// alone.</summary>
    public static Task<HashSet<Guid>> ErasedAsync(
        this ReportingDb db,
        IEnumerable<IIntegrationEvent> events,
        CancellationToken cancellation
    ) => db.ErasedAsync(events.SelectMany(Projections.SubjectsOf), cancellation);
}
