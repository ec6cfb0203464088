using CustomerService.Attachments;
using CustomerService.Projects.Attachments.Domain;
using CustomerService.Projects.Data;
using CustomerService.Projects.Projects;
using CustomerService.Projects.Revisits;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Attachments.Features;

internal static class AddAttachment
{
    internal static void Map(IEndpointRouteBuilder routes, FileLimits limits)
    {
        routes
            .MapPost("/revisits/{id:guid}/attachments", ToRevisit)
            .AsUpload(limits)
            .WithSummary("Attaches a photo, a document or a signature to a revisit")
            .WithDescription(
                """
                Rules P2.2.2, P3.3. multipart/form-data with the field `file`; `purpose`: photo, document (default) or
                signature; `findingId`: the finding that it shows. PNG, JPEG, WebP or PDF, checked by content (400
                attachment-type) to its end (400 attachment-incomplete), a signature PNG or JPEG; at most 10 MB (400
                attachment-size) and 25 million pixels (400 attachment-pixels) unless set otherwise. The name gets the
                extension of the type. The same file with the same key is kept once.
                """
            );
        routes
            .MapPost("/projects/{id:guid}/attachments", ToProject)
            .AsUpload(limits)
            .WithSummary("Attaches a photo or a document to a project, for example of the cleared site")
            .WithDescription("Rules P1, P3.3. As for revisits, without `findingId`.");
    }

    private static RouteHandlerBuilder AsUpload(this RouteHandlerBuilder builder, FileLimits limits) =>
        builder
            .AsCommand()
            .DisableAntiforgery()
            // Room for the frame of the form; a file that is too large has a code of its own.
            .WithMetadata(new RequestSizeLimitAttribute(limits.MaxBytes + (1024 * 1024)))
            .Produces<AttachmentView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> ToRevisit(
        Guid id,
        IFormFile file,
        EnumFilter<AttachmentPurpose>? purpose,
        Guid? findingId,
        ProjectsDb db,
        FileIntake files,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var revisit = await db
            .Revisits.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(r => r.Id == id, cancellation);
        return revisit is null || (findingId is { } finding && revisit.Finding(finding) is null)
            ? CommandResult.NotFound()
            : await AttachAsync(
                db,
                files,
                caller,
                new(revisit, revisit.OwnerId, findingId),
                file,
                purpose,
                cancellation
            );
    }

    private static async Task<CommandResult> ToProject(
        Guid id,
        IFormFile file,
        EnumFilter<AttachmentPurpose>? purpose,
        ProjectsDb db,
        FileIntake files,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var project = await db
            .Projects.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(p => p.Id == id, cancellation);
        return project is null
            ? CommandResult.NotFound()
            : await AttachAsync(db, files, caller, new(project, project.OwnerId, null), file, purpose, cancellation);
    }

    /// <param name="Record">The project or revisit.</param>
    /// <param name="OwnerId">The owner, who may see it.</param>
    /// <param name="FindingId">The finding that it shows.</param>
    private sealed record Subject(Aggregate Record, Guid OwnerId, Guid? FindingId);

    private static async Task<CommandResult> AttachAsync(
        ProjectsDb db,
        FileIntake files,
        Caller caller,
        Subject subject,
        IFormFile file,
        EnumFilter<AttachmentPurpose>? purpose,
        CancellationToken cancellation
    )
    {
        var context = caller.Context(subject.Record);
        if (Attachment.CheckRole(context) is { } forbidden)
        {
            return forbidden;
        }

        var kind = purpose?.Values[0] ?? AttachmentPurpose.Document;
        if ((await files.KeepAsync(file, kind, cancellation)).Failed(out var refusal, out var stored))
        {
            return refusal;
        }

        Result<Attachment> attached = Attachment.Attach(
            context,
            subject.Record,
            subject.OwnerId,
            subject.FindingId,
            kind,
            stored
        );
        return caller.Create(db, "attachments", attached, (attachment, _) => AttachmentView.From(attachment));
    }
}
