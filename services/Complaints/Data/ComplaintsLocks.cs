using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Data;

internal static class ComplaintsLocks
{
    /// <summary>Lets only one at a time act on a natural key, until its transaction ends. What it looks up
    /// after this is what the others have committed.</summary>
    public static Task LockAsync(this ComplaintsDb store, string kind, Guid key, CancellationToken cancellationToken) =>
        store.LockAsync($"{kind}/{key:N}", cancellationToken);
}
