using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs;

/// <summary>What else than units a scan finds (C3.1.1, C10): whatever stands as a QR code on a paper of a module.</summary>
internal interface IScannable
{
    /// <summary>The record with this number, or with a form of it; null where the caller may see none.</summary>
    Task<Scanned?> FindAsync(string number, Caller caller, CancellationToken cancellation);
}

/// <summary>A record that was found by its code.</summary>
/// <param name="Collection">First part of its address.</param>
/// <param name="Next">What the caller can do with it now.</param>
/// <param name="PromisedTo">Whose it is; null for a paper of the house.</param>
internal sealed record Scanned(
    Aggregate Record,
    string Number,
    string Collection,
    IReadOnlyList<string> Next,
    string? PromisedTo
);
