using CustomerService.Rules;

namespace CustomerService.Surveys.Store;

/// <summary>Records that only people of the company see.</summary>
internal static class StaffAccess
{
    /// <summary>Staff see all, others none.</summary>
    public static DocumentQuery<T> Of<T>(Actor actor)
        where T : Aggregate =>
        actor.IsStaff() ? DocumentQuery<T>.All : DocumentQuery<T>.All.In(record => record.Id, Array.Empty<Guid>());
}
