using CustomerService.Attachments;
using CustomerService.Projects.Attachments.Domain;

namespace CustomerService.Projects.Attachments.Features;

/// <summary>A file of a project or revisit.</summary>
internal sealed record AttachmentView
{
    public required Guid Id { get; init; }

    /// <summary>Always kept: files are never removed (C8).</summary>
    public required string State { get; init; }

    public required long Version { get; init; }

    /// <summary><c>project</c> or <c>revisit</c>.</summary>
    public required string SubjectKind { get; init; }

    public required Guid SubjectId { get; init; }

    public Guid? FindingId { get; init; }

    public required AttachmentPurpose Purpose { get; init; }

    public required string FileName { get; init; }

    /// <summary>By its content.</summary>
    public required string ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    public required string Sha256 { get; init; }

    public required string UploadedBy { get; init; }

    public required DateTimeOffset UploadedAt { get; init; }

    /// <summary>Address of the content behind the gateway.</summary>
    public required string Content { get; init; }

    public static AttachmentView From(Attachment attachment) =>
        new()
        {
            Id = attachment.Id,
            State = "kept",
            Version = attachment.Version,
            SubjectKind = attachment.SubjectKind,
            SubjectId = attachment.SubjectId,
            FindingId = attachment.FindingId,
            Purpose = attachment.Purpose,
            FileName = attachment.FileName,
            ContentType = attachment.ContentType,
            Size = attachment.Size,
            Sha256 = attachment.Sha256,
            UploadedBy = attachment.UploadedBy,
            UploadedAt = attachment.UploadedAt,
            Content = $"/api/projects/v1/attachments/{attachment.Id}",
        };
}
