using CustomerService.Attachments;
using CustomerService.Projects.Attachments.Domain;
using CustomerService.Projects.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Attachments;

/// <summary>Attaches a file that is handed in to a project or revisit.</summary>
internal sealed class Upload(ProjectsDb db, FileIntake files, Caller caller)
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

        if ((await files.KeepAsync(file, purpose, cancellation)).Failed(out var refusal, out var stored))
        {
            return refusal;
        }

        var attachment = Attachment.Attach(context, subject, ownerId, findingId, purpose, stored);
        db.Add(attachment);
        return attachment;
    }
}
