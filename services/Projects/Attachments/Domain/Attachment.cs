using CustomerService.Attachments;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Rules;

namespace CustomerService.Projects.Attachments.Domain;

/// <summary>A file that belongs to a project or a revisit (P3.3). It is never changed and never removed
/// while its record is kept (C8).</summary>
internal sealed class Attachment : Aggregate
{
    public static readonly string[] Writers =
    [
        Roles.Engineering,
        Roles.EngineeringHead,
        Roles.Production,
        Roles.Qc,
        Roles.QcHead,
        Roles.CustomerService,
        Roles.Customer,
    ];

    public override string Kind => "attachment";

    /// <summary><c>project</c> or <c>revisit</c>.</summary>
    public string SubjectKind { get; private set; } = "";

    public Guid SubjectId { get; private set; }

    /// <summary>The owner whose project it is: that customer may see it.</summary>
    public Guid OwnerId { get; private set; }

    public Guid? FindingId { get; private set; }

    public AttachmentPurpose Purpose { get; private set; }

    public string FileName { get; private set; } = "";

    public string ContentType { get; private set; } = "";

    public long Size { get; private set; }

    /// <summary>SHA-256 of the content, its key among the blobs.</summary>
    public string Sha256 { get; private set; } = "";

    public string UploadedBy { get; private set; } = "";

    public DateTimeOffset UploadedAt { get; private set; }

    public static Refusal? CheckRole(CommandContext context) => RegistryActions.CheckRole(context, "attach", Writers);

    public static Attachment Attach(
        CommandContext context,
        Aggregate subject,
        Guid ownerId,
        Guid? findingId,
        AttachmentPurpose purpose,
        StoredFile file
    )
    {
        var attachment = new Attachment
        {
            Id = Guid.CreateVersion7(context.Now),
            SubjectKind = subject.Kind,
            SubjectId = subject.Id,
            OwnerId = ownerId,
            FindingId = findingId,
            Purpose = purpose,
            FileName = file.Name,
            ContentType = file.ContentType,
            Size = file.Size,
            Sha256 = file.Sha256,
            UploadedBy = context.Actor.Name,
            UploadedAt = context.Now,
        };
        attachment.Record(context, "attach", null, "kept", file.Name);
        return attachment;
    }

    /// <summary>Its project got another owner, who may see it from then on.</summary>
    public void ChangeOwner(CommandContext context, Guid ownerId)
    {
        OwnerId = ownerId;
        Record(context, "change-owner", "kept", "kept", null);
    }
}
