using CustomerService.ServiceDefaults;

namespace CustomerService.Attachments;

/// <summary>Blobs as files, in 256 folders by the first two letters of the key.</summary>
internal sealed class FolderBlobs(string folder) : IBlobs
{
    public async Task PutAsync(
        string key,
        ReadOnlyMemory<byte> content,
        string contentType,
        CancellationToken cancellationToken
    )
    {
        var path = PathOf(key);
        if (File.Exists(path))
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            // Written beside it and then renamed: no reader sees half a file, and two writers do not collide.
            var part = $"{path}.{Guid.CreateVersion7():N}";
            await File.WriteAllBytesAsync(part, content.ToArray(), cancellationToken);
            File.Move(part, path, overwrite: true);
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException)
        {
            throw new UnavailableException(BlobRegistration.Unavailable, away);
        }
    }

    public async Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        // Not File.Exists: a folder that cannot be read is away, and not empty.
        try
        {
            return await File.ReadAllBytesAsync(PathOf(key), cancellationToken);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (DirectoryNotFoundException) when (Directory.Exists(folder))
        {
            return null;
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException)
        {
            throw new UnavailableException(BlobRegistration.Unavailable, away);
        }
    }

    public Task<bool> ExistsAsync(string key, CancellationToken cancellationToken)
    {
        // Not File.Exists: it says no of a folder that cannot be read, too. And a folder is no content.
        try
        {
            return File.GetAttributes(PathOf(key)).HasFlag(FileAttributes.Directory)
                ? throw new UnauthorizedAccessException(key)
                : Task.FromResult(true);
        }
        catch (FileNotFoundException)
        {
            return Task.FromResult(false);
        }
        catch (DirectoryNotFoundException) when (Directory.Exists(folder))
        {
            return Task.FromResult(false);
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException)
        {
            throw new UnavailableException(BlobRegistration.Unavailable, away);
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            File.Delete(PathOf(key));
            return Task.CompletedTask;
        }
        catch (DirectoryNotFoundException) when (Directory.Exists(folder))
        {
            return Task.CompletedTask;
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException)
        {
            throw new UnavailableException(BlobRegistration.Unavailable, away);
        }
    }

    // Keys are hashes that this service made itself; still nothing else gets to the file system.
    private string PathOf(string key) =>
        key.Length == 64 && key.All(char.IsAsciiHexDigitLower)
            ? Path.Combine(folder, key[..2], key)
            : throw new ArgumentException("A key is a SHA-256 in lower-case hexadecimal.", nameof(key));
}
