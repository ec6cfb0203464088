using System.Security.Cryptography;
using System.Text;
using CustomerService.Forms;

namespace CustomerService.Attachments;

/// <summary>Small pictures of pictures, made when the first reader asks and kept beside them.</summary>
public sealed class Thumbnails(IBlobs blobs)
{
    /// <summary>Longer side of a small picture, pixels.</summary>
    public const int Edge = 320;

    /// <summary>Type of a small picture.</summary>
    public const string ContentType = "image/jpeg";

    /// <summary>The small picture of a content that is kept; null where there is none.</summary>
    /// <param name="sha256">Hash of the content.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<byte[]?> OfAsync(string sha256, CancellationToken cancellation)
    {
        var key = KeyOf(sha256);
        if (await blobs.GetAsync(key, cancellation) is { } known)
        {
            return known;
        }

        if (
            await blobs.GetAsync(sha256, cancellation) is not { } content
            || FileKinds.Of(content)?.StartsWith("image/", StringComparison.Ordinal) != true
            || Pictures.Thumbnail(content, Edge) is not { } small
        )
        {
            return null;
        }

        await blobs.PutAsync(key, small, ContentType, cancellation);
        return small;
    }

    /// <summary>Deletes a content and its small picture.</summary>
    public async Task DeleteAsync(string sha256, CancellationToken cancellation)
    {
        await blobs.DeleteAsync(KeyOf(sha256), cancellation);
        await blobs.DeleteAsync(sha256, cancellation);
    }

    // A blob's key is a hash; this one is of what it is derived from, so that it is found without a table.
    private static string KeyOf(string sha256) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"thumbnail {Edge} {sha256}")))
        );
}
