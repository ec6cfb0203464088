using System.Security.Cryptography;
using CustomerService.Forms;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;

namespace CustomerService.Attachments;

/// <summary>A file as it is kept.</summary>
/// <param name="Name">Name of the file, without a path.</param>
/// <param name="ContentType">Type by its content.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Hash of the content, its key among the blobs.</param>
/// <param name="Facts">When and where a picture was taken, where it says so.</param>
public sealed record StoredFile(string Name, string ContentType, long Size, string Sha256, PictureFacts Facts);

/// <summary>Largest file and largest picture that are taken.</summary>
/// <param name="MaxMegabytes"><c>Attachments:MaxMegabytes</c>, default 10.</param>
/// <param name="MaxMegapixels"><c>Attachments:MaxMegapixels</c>, default 25.</param>
public sealed record FileLimits(int MaxMegabytes, int MaxMegapixels)
{
    public long MaxBytes => MaxMegabytes * 1024L * 1024L;

    public long MaxPixels => MaxMegapixels * 1_000_000L;

    /// <summary>Size of a request that hands a file in, with room for the frame of the form; a file that is too large has a
    /// code of its own.</summary>
    public RequestSizeLimitAttribute ForRequests => new(Math.Max(MaxBytes * 4, MaxBytes + (1024 * 1024)));

    public static FileLimits From(IConfiguration configuration) =>
        new(
            Settings.Number(configuration, "Attachments:MaxMegabytes", 10, 1, 100),
            Settings.Number(configuration, "Attachments:MaxMegapixels", 25, 1, 200)
        );
}

/// <summary>Checks a file that is handed in by its content, and keeps it.</summary>
public sealed class FileIntake(IBlobs blobs, FileLimits limits, CompanyClock clock)
{
    /// <summary>Keeps the file, or says why not: <c>attachment-size</c>, <c>attachment-type</c>,
    /// <c>attachment-incomplete</c>, <c>attachment-pixels</c> (P3.3).</summary>
    /// <param name="file">PNG, JPEG, WebP or PDF; a signature PNG or JPEG.</param>
    /// <param name="isSignature">Whether it is a signature, drawn on a screen or scanned from paper, which will be
    /// printed.</param>
    /// <param name="hold">Sees to it, by the hash, that nobody deletes the content before the commit.</param>
    /// <param name="cancellation">Ends the upload.</param>
    public async Task<Result<StoredFile>> KeepAsync(
        IFormFile file,
        bool isSignature,
        Func<string, CancellationToken, Task> hold,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(hold);
        ArgumentNullException.ThrowIfNull(file);
        if (file.Length == 0 || file.Length > limits.MaxBytes)
        {
            return Refusal.Invalid("attachment-size", "P3.3", "file").With("limit", limits.MaxMegabytes);
        }

        using var memory = new MemoryStream((int)file.Length);
        await file.CopyToAsync(memory, cancellation);
        var content = memory.ToArray();
        if (FileKinds.Of(content) is not { } type || (isSignature && type is not ("image/png" or "image/jpeg")))
        {
            return Refusal.Invalid("attachment-type", "P3.3", "file");
        }

        if (!FileKinds.IsComplete(content))
        {
            return Refusal.Invalid("attachment-incomplete", "P3.3", "file");
        }

        if (type.StartsWith("image/", StringComparison.Ordinal) && CheckPicture(content, isSignature) is { } fault)
        {
            return fault;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        await hold(hash, cancellation);
        await blobs.PutAsync(hash, content, type, cancellation);
        return new StoredFile(
            FileNames.Of(file.FileName, type),
            type,
            content.Length,
            hash,
            PictureFacts.Of(content, clock.Zone)
        );
    }

    // The whole of what will be printed, the head of what is only kept.
    private Refusal? CheckPicture(byte[] content, bool isSignature) =>
        Pictures.Check(content, limits.MaxPixels, whole: isSignature) switch
        {
            null => null,
            PictureFault.TooLarge => Refusal
                .Invalid("attachment-pixels", "P3.3", "file")
                .With("limit", limits.MaxMegapixels),
            _ => Refusal.Invalid("attachment-type", "P3.3", "file"),
        };
}
