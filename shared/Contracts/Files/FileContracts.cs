namespace CustomerService.Contracts.Files;

/// <summary>A file of a record, rule S2. The bytes stay with the service that owns it; others ask it for them and check
/// the hash.</summary>
public sealed record FileOfRecord
{
    /// <summary>The file at this record.</summary>
    public required Guid FileId { get; init; }

    /// <summary>Kind of the record, for example <c>repair-order</c>.</summary>
    public required string RecordKind { get; init; }

    /// <summary>The record.</summary>
    public required Guid RecordId { get; init; }

    /// <summary>Its number, where it has one.</summary>
    public string? RecordNumber { get; init; }

    /// <summary>The part of the record that it shows, for example a finding.</summary>
    public Guid? PartId { get; init; }

    /// <summary>What it is for, for example <c>before</c> or <c>scan</c>.</summary>
    public required string Purpose { get; init; }

    /// <summary>What it shows, in words.</summary>
    public string? Caption { get; init; }

    /// <summary>Name of the file.</summary>
    public required string Name { get; init; }

    /// <summary>Type by its content.</summary>
    public required string ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the content, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When the picture was taken, UTC, where it says so.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>Who handed it in: the <c>sub</c> of their tokens.</summary>
    public required string UploadedById { get; init; }

    /// <summary>Printed name of that person.</summary>
    public required string UploadedBy { get; init; }

    /// <summary>Organisation of that person, where they are no staff.</summary>
    public Guid? UploadedByOrganisation { get; init; }

    /// <summary>When it was handed in, UTC.</summary>
    public required DateTimeOffset UploadedAt { get; init; }

    /// <summary>Service that keeps the bytes.</summary>
    public required string OwnerService { get; init; }

    /// <summary>The file there.</summary>
    public required Guid OwnerFileId { get; init; }
}

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
