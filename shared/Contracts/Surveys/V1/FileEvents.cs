using CustomerService.Contracts.Files;

namespace CustomerService.Contracts.Surveys.V1;

/// <summary>A file was added to a record of this service, rule S2; told again, with a higher version, when another
/// record takes the files along.</summary>
/// <param name="FileId">The file.</param>
/// <param name="Version">Version of the file.</param>
/// <param name="File">What it is.</param>
[EventName("surveys.file.added.v1")]
public sealed record SurveysFileAdded(Guid FileId, long Version, FileOfRecord File) : IFileEvent
{
    Guid IIntegrationEvent.SubjectId => FileId;
}

/// <summary>A file of a record of this service was struck through, rule S2. References to it stay.</summary>
/// <param name="FileId">The file.</param>
/// <param name="Version">Version of the file.</param>
/// <param name="File">What it was.</param>
[EventName("surveys.file.removed.v1")]
public sealed record SurveysFileRemoved(Guid FileId, long Version, FileOfRecord File) : IFileEvent
{
    Guid IIntegrationEvent.SubjectId => FileId;
}

/// <summary>A record of this service takes the files of another record along, rule S2: the service that has them tells
/// them again.</summary>
/// <param name="CarryId">The same for the same two records, however often it is said.</param>
/// <param name="Version">1.</param>
/// <param name="Wanted">Whose files, and for which record.</param>
[EventName("surveys.files.wanted.v1")]
public sealed record SurveysFilesWanted(Guid CarryId, long Version, FilesOfRecordWanted Wanted) : IFilesWantedEvent
{
    Guid IIntegrationEvent.SubjectId => CarryId;
}
