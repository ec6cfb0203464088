using System.Security.Cryptography;
using CustomerService.Forms;
using CustomerService.Projects.Attachments.Blobs;
using CustomerService.Projects.Attachments.Domain;
using CustomerService.Projects.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Attachments;

/// <summary>Checks a file that is handed in by its content, and keeps it.</summary>
internal sealed class Upload(ProjectsDb db, IBlobs blobs, ProjectsSettings settings, Caller caller)
{
    /// <summary>Attaches the file, or says why not.</summary>
    /// <param name="subject">The project or revisit.</param>
    /// <param name="ownerId">The owner, who may see it.</param>
    /// <param name="findingId">The finding that it shows.</param>
    /// <param name="file">The file.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="cancellation">Ends the upload.</param>
    public async Task<Result<Attachment>> AttachAsync(
        Aggregate subject,
        Guid ownerId,
        Guid? findingId,
        IFormFile file,
        AttachmentPurpose purpose,
        CancellationToken cancellation
    )
    {
        var context = caller.Context(subject);
        if (Attachment.CheckRole(context) is { } forbidden)
        {
            return forbidden;
        }

        if (file.Length == 0 || file.Length > settings.MaxBytes)
        {
            return Refusal.Invalid("attachment-size", "P3.3", "file").With("limit", settings.MaxMegabytes);
        }

        using var memory = new MemoryStream((int)file.Length);
        await file.CopyToAsync(memory, cancellation);
        var content = memory.ToArray();
        if (
            FileKinds.Of(content) is not { } type
            || (purpose == AttachmentPurpose.Signature && type is not ("image/png" or "image/jpeg"))
        )
        {
            return Refusal.Invalid("attachment-type", "P3.3", "file");
        }

        if (type.StartsWith("image/", StringComparison.Ordinal) && CheckPicture(content, purpose) is { } fault)
        {
            return fault;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        await blobs.PutAsync(hash, content, type, cancellation);
        var stored = new StoredFile(NameOf(file), type, content.Length, hash);
        var attachment = Attachment.Attach(context, subject, ownerId, findingId, purpose, stored);
        db.Add(attachment);
        return attachment;
    }

    // The whole of what will be printed, the head of what is only kept.
    private Refusal? CheckPicture(byte[] content, AttachmentPurpose purpose) =>
        Pictures.Check(content, settings.MaxPixels, whole: purpose == AttachmentPurpose.Signature) switch
        {
            null => null,
            PictureFault.TooLarge => Refusal
                .Invalid("attachment-pixels", "P3.3", "file")
                .With("limit", settings.MaxMegapixels),
            _ => Refusal.Invalid("attachment-type", "P3.3", "file"),
        };

    // A browser may send a path, and a name may hold control characters.
    private static string NameOf(IFormFile file)
    {
        var last = file.FileName[(file.FileName.LastIndexOfAny(['/', '\\']) + 1)..];
        var name = string.Concat(last.Where(c => !char.IsControl(c))).Truncate(200).Trim();
        return name.Length == 0 ? "file" : name;
    }
}
