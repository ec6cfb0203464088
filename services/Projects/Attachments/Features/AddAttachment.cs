using System.Security.Cryptography;
using CustomerService.Forms;
using CustomerService.Projects.Blobs;
using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

/// <summary>A file of a project or revisit.</summary>
internal sealed record AttachmentView(
    Guid Id,
    string State,
    long Version,
    string SubjectKind,
    Guid SubjectId,
    Guid? FindingId,
    AttachmentPurpose Purpose,
    string FileName,
    string ContentType,
    long Size,
    string Sha256,
    string UploadedBy,
    DateTimeOffset UploadedAt,
    string Content
)
{
    public static AttachmentView From(Attachment a) =>
        new(
            a.Id,
            "kept",
            a.Version,
            a.SubjectKind,
            a.SubjectId,
            a.FindingId,
            a.Purpose,
            a.FileName,
            a.ContentType,
            a.Size,
            a.Sha256,
            a.UploadedBy,
            a.UploadedAt,
            $"/api/projects/v1/attachments/{a.Id}"
        );
}

/// <summary>Largest file and largest picture that are taken. Settings <c>Attachments:MaxMegabytes</c>, default
/// 10, and <c>Attachments:MaxMegapixels</c>, default 25.</summary>
internal sealed record AttachmentLimit(int Megabytes, int Megapixels)
{
    public long Pixels => Megapixels * 1_000_000L;

    public long Bytes => Megabytes * 1024L * 1024L;
}

internal static class AddAttachment
{
    internal static void Map(IEndpointRouteBuilder routes, AttachmentLimit limit)
    {
        routes
            .MapPost("/revisits/{id:guid}/attachments", ToRevisit)
            .AsUpload(limit)
            .WithSummary("Attaches a photo, a document or a signature to a revisit")
            .WithDescription(
                """
                Rules P2.2.2, P3.3. multipart/form-data with the field `file`; `purpose`: photo, document or signature; `finding`: the finding that it shows. PNG, JPEG, WebP or PDF, checked by
                content (400 attachment-type), a signature PNG or JPEG; at most 10 MB (400 attachment-size) and 25 million pixels (400 attachment-pixels) unless set otherwise. The same file with the same key is kept once.
                """
            );
        routes
            .MapPost("/projects/{id:guid}/attachments", ToProject)
            .AsUpload(limit)
            .WithSummary("Attaches a photo or a document to a project, for example of the cleared site")
            .WithDescription("Rules P1, P3.3. As for revisits, without `finding`.");
    }

    private static RouteHandlerBuilder AsUpload(this RouteHandlerBuilder builder, AttachmentLimit limit) =>
        builder
            .AsCommand()
            .DisableAntiforgery()
            // Room for the frame of the form; what is too large for us is told with a code of its own.
            .WithMetadata(new RequestSizeLimitAttribute(limit.Bytes + (1024 * 1024)))
            .WithTags("Attachments")
            .Produces<AttachmentView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> ToRevisit(
        Guid id,
        IFormFile file,
        string? purpose,
        Guid? finding,
        ProjectsDb store,
        IBlobs blobs,
        AttachmentLimit limit,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var revisit = await store
            .Revisits.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (revisit is null)
        {
            return CommandResult.NotFound();
        }

        return finding is { } wanted && revisit.Findings.All(f => f.Id != wanted)
            ? CommandResult.NotFound()
            : await AttachAsync(
                revisit,
                revisit.OwnerId,
                revisit.PolicyVersion,
                finding,
                file,
                purpose,
                store,
                blobs,
                limit,
                caller,
                cancellationToken
            );
    }

    private static async Task<CommandResult> ToProject(
        Guid id,
        IFormFile file,
        string? purpose,
        ProjectsDb store,
        IBlobs blobs,
        AttachmentLimit limit,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var project = await store
            .Projects.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(p => p.Id == id, cancellationToken);
        return project is null
            ? CommandResult.NotFound()
            : await AttachAsync(
                project,
                project.OwnerId,
                project.PolicyVersion,
                null,
                file,
                purpose,
                store,
                blobs,
                limit,
                caller,
                cancellationToken
            );
    }

    private static async Task<CommandResult> AttachAsync(
        Aggregate subject,
        Guid ownerId,
        int policyVersion,
        Guid? finding,
        IFormFile file,
        string? purpose,
        ProjectsDb store,
        IBlobs blobs,
        AttachmentLimit limit,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var context = caller.Flow(policyVersion);
        if (Attachment.CheckRole(context) is { } forbidden)
        {
            return forbidden;
        }

        if (!Filters.TryEnum<AttachmentPurpose>(purpose, "purpose", out var wanted, out var refusal))
        {
            return refusal;
        }

        if (file.Length == 0 || file.Length > limit.Bytes)
        {
            return Refusal.Invalid("attachment-size", "P3.3", "file").With("limit", limit.Megabytes);
        }

        using var memory = new MemoryStream((int)file.Length);
        await file.CopyToAsync(memory, cancellationToken);
        var content = memory.ToArray();
        var kind = wanted ?? AttachmentPurpose.Document;
        if (
            FileKinds.Of(content) is not { } type
            || (kind == AttachmentPurpose.Signature && type is not ("image/png" or "image/jpeg"))
        )
        {
            return Refusal.Invalid("attachment-type", "P3.3", "file");
        }

        // The whole of what will be printed, the head of what is only kept.
        if (
            type.StartsWith("image/", StringComparison.Ordinal)
            && Pictures.Check(content, limit.Pixels, whole: kind == AttachmentPurpose.Signature) is { } fault
        )
        {
            return fault == PictureFault.TooLarge
                ? Refusal.Invalid("attachment-pixels", "P3.3", "file").With("limit", limit.Megapixels)
                : Refusal.Invalid("attachment-type", "P3.3", "file");
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        await blobs.PutAsync(hash, content, type, cancellationToken);
        var attachment = Attachment.Attach(
            subject,
            ownerId,
            finding,
            kind,
            NameOf(file),
            type,
            content.Length,
            hash,
            context
        );
        store.Add(attachment);
        return CommandResult.Created(
            $"/api/projects/v1/attachments/{attachment.Id}",
            AttachmentView.From(attachment),
            attachment.Version
        );
    }

    // A browser may send a path, and anybody may send control characters.
    private static string NameOf(IFormFile file)
    {
        var name = Shortening
            .To(
                string.Concat(
                    file.FileName[(file.FileName.LastIndexOfAny(['/', '\\']) + 1)..].Where(c => !char.IsControl(c))
                ),
                200
            )
            .Trim();
        return name.Length == 0 ? "file" : name;
    }
}
