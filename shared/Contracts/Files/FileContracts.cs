namespace CustomerService.Contracts.Files;

/// <summary>A file of a record, rule S2. The bytes stay with the service that owns it; others ask it for them and check
/// the hash.</summary>
/// <param name="FileId">The file at this record.</param>
/// <param name="RecordKind">Kind of the record, for example <c>repair-order</c>.</param>
/// <param name="RecordId">The record.</param>
/// <param name="RecordNumber">Its number, where it has one.</param>
/// <param name="PartId">The part of the record that it shows, for example a finding.</param>
/// <param name="Purpose">What it is for, for example <c>before</c> or <c>scan</c>.</param>
/// <param name="Caption">What it shows, in words.</param>
/// <param name="Name">Name of the file.</param>
/// <param name="ContentType">Type by its content.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">SHA-256 of the content, lower-case hexadecimal.</param>
/// <param name="TakenAt">When the picture was taken, UTC, where it says so.</param>
/// <param name="UploadedById">Who handed it in: the <c>sub</c> of their tokens.</param>
/// <param name="UploadedBy">Printed name of that person.</param>
/// <param name="UploadedByOrganisation">Organisation of that person, where they are no staff.</param>
/// <param name="UploadedAt">When it was handed in, UTC.</param>
/// <param name="OwnerService">Service that keeps the bytes.</param>
/// <param name="OwnerFileId">The file there.</param>
public sealed record FileOfRecord(
    Guid FileId,
    string RecordKind,
    Guid RecordId,
    string? RecordNumber,
    Guid? PartId,
    string Purpose,
    string? Caption,
    string Name,
    string ContentType,
    long Size,
    string Sha256,
    DateTimeOffset? TakenAt,
    string UploadedById,
    string UploadedBy,
    Guid? UploadedByOrganisation,
    DateTimeOffset UploadedAt,
    string OwnerService,
    Guid OwnerFileId
);

/// <summary>A record was opened for another one and takes its files along by reference, rule S2.</summary>
/// <param name="FromService">Service of the record that has the files.</param>
/// <param name="FromKind">Its kind.</param>
/// <param name="FromId">The record.</param>
/// <param name="FromPartId">Only files of this part of it, for example of a finding; null for all.</param>
/// <param name="ToService">Service of the record that takes them along.</param>
/// <param name="ToKind">Its kind.</param>
/// <param name="ToId">The record.</param>
/// <param name="ToNumber">Its number, where it has one.</param>
public sealed record FilesOfRecordWanted(
    string FromService,
    string FromKind,
    Guid FromId,
    Guid? FromPartId,
    string ToService,
    string ToKind,
    Guid ToId,
    string? ToNumber
);

/// <summary>What every service's event of a file says.</summary>
public interface IFileEvent : IIntegrationEvent
{
    /// <summary>The file.</summary>
    FileOfRecord File { get; }
}

/// <summary>What every service's event of wanted files says.</summary>
public interface IFilesWantedEvent : IIntegrationEvent
{
    /// <summary>Whose files, and for which record.</summary>
    FilesOfRecordWanted Wanted { get; }
}
