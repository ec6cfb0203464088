using System.Security.Cryptography;
using CustomerService.Attachments;
using CustomerService.Records.Keeping;
using CustomerService.ServiceDefaults;

namespace CustomerService.Records;

/// <summary>
/// Copies the content of a file that another service is about to delete, because the record that had it was erased
/// (C8), while records of this one still show it (S2).
/// </summary>
internal sealed class ContentAdoption(
    IRecordStore store,
    IKeepingStore keeping,
    RecordsOf records,
    IBlobs blobs,
    IFileServices others
)
{
    /// <summary>Makes the copy where it is needed and not there.</summary>
    /// <returns>Whether this service has one now.</returns>
    /// <exception cref="UnavailableException">It is needed and could not be fetched or kept now.</exception>
    public async Task<bool> AdoptAsync(ContentToKeep offered, CancellationToken cancellation)
    {
        if (await blobs.ExistsAsync(offered.Sha256, cancellation))
        {
            return true;
        }

        // Whoever has it else will ask again before it goes; who offers it asks now.
        IReadOnlyList<string> sources =
            await keeping.IsUsedAsync(offered.Sha256, cancellation)
            // Records elsewhere may have it from one of these and be asked only when its contents go.
            || await keeping.IsPendingAsync(offered.Sha256, Guid.Empty, cancellation)
                ? [.. new[] { offered.Service }.Where(service => service != records.Service)]
            // The word of the file may still be under way to a record that takes it along, and will name nobody who knows.
            : await IsCarriedAsync(offered, cancellation) ? FileOwners.Besides(records.Service, offered.Service)
            : [];
        foreach (var source in sources)
        {
            var question = new ContentQuestion(null, offered.Sha256);
            if (await others.ReadAsync(source, question, thumbnail: false, cancellation) is not { } content)
            {
                continue;
            }

            if (Convert.ToHexStringLower(SHA256.HashData(content)) != offered.Sha256)
            {
                throw new UnavailableException(
                    FileOwners.Unavailable,
                    new InvalidDataException($"The content {offered.Sha256} of {source} has another hash.")
                );
            }

            var type = FileKinds.Of(content) ?? "application/octet-stream";
            await blobs.PutAsync(offered.Sha256, content, type, cancellation);
            return true;
        }

        return false;
    }

    /// <summary>Whether a record of this service takes files along from the erased one: the word of one may be under
    /// way.</summary>
    public async Task<bool> IsCarriedAsync(ContentToKeep offered, CancellationToken cancellation) =>
        (await store.CarriesAsync(offered.RecordId, cancellation)).Any(carry =>
            carry.FromService == offered.Service && (carry.FromPartId is not { } part || offered.Parts.Contains(part))
        );
}
