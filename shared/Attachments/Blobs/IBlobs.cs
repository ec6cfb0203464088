namespace CustomerService.Attachments;

/// <summary>
/// Where the contents of files are kept. A key is the SHA-256 of its content, so writing twice does no harm, and a
/// content whose record was not committed is only a file that nothing refers to.
/// </summary>
public interface IBlobs
{
    /// <summary>Keeps a content.</summary>
    /// <exception cref="CustomerService.ServiceDefaults.UnavailableException">The store is away or refuses.</exception>
    Task PutAsync(string key, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken);

    /// <summary>The content, or null where there is none.</summary>
    /// <exception cref="CustomerService.ServiceDefaults.UnavailableException">The store is away or refuses.</exception>
    Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>Whether there is such a content, without reading it.</summary>
    /// <exception cref="CustomerService.ServiceDefaults.UnavailableException">The store is away or refuses.</exception>
    Task<bool> ExistsAsync(string key, CancellationToken cancellationToken);

    /// <summary>Deletes a content; nothing happens where there is none.</summary>
    /// <exception cref="CustomerService.ServiceDefaults.UnavailableException">The store is away or refuses.</exception>
    Task DeleteAsync(string key, CancellationToken cancellationToken);
}
