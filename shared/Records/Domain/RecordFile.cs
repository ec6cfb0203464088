using CustomerService.Contracts;
using CustomerService.Contracts.Files;
using CustomerService.Rules;

namespace CustomerService.Records;

/// <summary>What a service says of its files, under its own names.</summary>
/// <param name="Added">A file was added, or is told again.</param>
/// <param name="Removed">A file was struck through.</param>
/// <param name="Wanted">A record takes the files of another one along: identity of that, version, what.</param>
public sealed record FileEvents(
    Func<FileOfRecord, long, IIntegrationEvent> Added,
    Func<FileOfRecord, long, IIntegrationEvent> Removed,
    Func<Guid, long, FilesOfRecordWanted, IIntegrationEvent> Wanted
);

/// <summary>A file as it was taken in.</summary>
public sealed record NewFile
{
    /// <summary>What it is for.</summary>
    public required string Purpose { get; init; }

    /// <summary>What it shows, in words.</summary>
    public string? Caption { get; init; }

    /// <summary>The part of the record that it shows.</summary>
    public Guid? PartId { get; init; }

    /// <summary>Name of the file.</summary>
    public required string Name { get; init; }

    /// <summary>Type by its content.</summary>
    public required string ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the content.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When the picture was taken, UTC.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>Where it was taken, degrees north.</summary>
    public double? Latitude { get; init; }

    /// <summary>Where it was taken, degrees east.</summary>
    public double? Longitude { get; init; }
}

/// <summary>
/// A file of a record, rule S2: its own, or a reference to one of another record, which keeps the bytes. It is never
/// changed; it can be struck through, and its bytes stay while the record is kept (C8).
/// </summary>
public sealed class RecordFile : Aggregate
{
    internal const string Attach = "attach";
    internal const string Carry = "carry";
    internal const string Struck = "struck";

    private const string Rule = "S2";
    private const string Kept = "kept";

    private RecordFile() { }

    /// <inheritdoc/>
    public override string Kind => RecordParts.File;

    /// <summary>Kind of the record.</summary>
    public string RecordKind { get; private set; } = "";

    /// <summary>The record.</summary>
    public Guid RecordId { get; private set; }

    /// <summary>Its number, where it has one.</summary>
    public string? RecordNumber { get; private set; }

    /// <summary>The part of the record that it shows, for example a finding.</summary>
    public Guid? PartId { get; private set; }

    /// <summary>What it is for.</summary>
    public string Purpose { get; private set; } = "";

    /// <summary>What it shows, in words.</summary>
    public string? Caption { get; private set; }

    /// <summary>Name of the file.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Type by its content.</summary>
    public string ContentType { get; private set; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; private set; }

    /// <summary>SHA-256 of the content, its key among the blobs.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>When the picture was taken, UTC, where it says so.</summary>
    public DateTimeOffset? TakenAt { get; private set; }

    /// <summary>Where it was taken, degrees north; of a reference its owner knows.</summary>
    public double? Latitude { get; private set; }

    /// <summary>Where it was taken, degrees east.</summary>
    public double? Longitude { get; private set; }

    /// <summary>Who handed it in: the subject of the token.</summary>
    public string UploadedById { get; private set; } = "";

    /// <summary>Printed name of that person at that time.</summary>
    public string UploadedBy { get; private set; } = "";

    /// <summary>Organisation of that person, where they are no staff.</summary>
    public Guid? UploadedByOrganisation { get; private set; }

    /// <summary>When it was handed in, UTC.</summary>
    public DateTimeOffset UploadedAt { get; private set; }

    /// <summary>Of a reference: the service that keeps the bytes.</summary>
    public string? OwnerService { get; private set; }

    /// <summary>Of a reference: the file there.</summary>
    public Guid? OwnerFileId { get; private set; }

    /// <summary>Of a reference: kind of the record from which it came.</summary>
    public string? FromKind { get; private set; }

    /// <summary>Of a reference: service of the record from which it came.</summary>
    public string? FromService { get; private set; }

    /// <summary>Of a reference: the record from which it came.</summary>
    public Guid? FromId { get; private set; }

    /// <summary>Of a reference: number of the record from which it came.</summary>
    public string? FromNumber { get; private set; }

    /// <summary>Whether something that was signed or recorded rests on it; then it stays.</summary>
    public bool Held { get; private set; }

    /// <summary>When it was struck through, UTC.</summary>
    public DateTimeOffset? StruckAt { get; private set; }

    /// <summary>Who struck it through: printed name.</summary>
    public string? StruckBy { get; private set; }

    /// <summary>Why it was struck through.</summary>
    public string? StruckWhy { get; private set; }

    /// <summary>Whether it is not struck through.</summary>
    public bool Stands => StruckAt is null;

    /// <summary>Whether it is a picture.</summary>
    public bool IsPicture => ContentType.StartsWith("image/", StringComparison.Ordinal);

    /// <summary>Whether another record keeps the bytes.</summary>
    public bool IsReference => OwnerFileId is not null;

    /// <summary>Identity of a reference: one a record and file.</summary>
    internal static Guid IdOf(Guid record, string ownerService, Guid ownerFile) =>
        NamedIds.Of(RecordParts.File, record.ToString("N"), ownerService, ownerFile.ToString("N"));

    /// <summary>A file that was handed in.</summary>
    public static RecordFile Add(CommandContext context, RecordRef record, NewFile given, FileEvents events)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(given);
        var file = new RecordFile
        {
            Id = Guid.CreateVersion7(context.Now),
            RecordKind = record.Kind,
            RecordId = record.Id,
            RecordNumber = record.Number,
            PartId = given.PartId,
            Purpose = given.Purpose,
            Caption = given.Caption,
            Name = given.Name,
            ContentType = given.ContentType,
            Size = given.Size,
            Sha256 = given.Sha256,
            TakenAt = given.TakenAt,
            Latitude = given.Latitude,
            Longitude = given.Longitude,
            UploadedById = context.Actor.Id,
            UploadedBy = context.Actor.Name,
            UploadedByOrganisation = context.Actor.IsStaff() ? null : context.Actor.OrganisationId,
            UploadedAt = context.Now,
        };
        file.Record(context, Attach, null, Kept, given.Name);
        if (record.Discretion != Discretion.KeptQuiet)
        {
            file.Announce(record.Service, events);
        }

        return file;
    }

    /// <summary>A file of another record, taken along by reference.</summary>
    /// <param name="context">Who does it.</param>
    /// <param name="record">The record that takes it along.</param>
    /// <param name="fromService">Service of the record that has it.</param>
    /// <param name="given">The file there.</param>
    /// <param name="events">What the service says of it.</param>
    internal static RecordFile Take(
        CommandContext context,
        RecordRef record,
        string fromService,
        FileOfRecord given,
        FileEvents events
    )
    {
        var file = new RecordFile
        {
            Id = IdOf(record.Id, given.OwnerService, given.OwnerFileId),
            RecordKind = record.Kind,
            RecordId = record.Id,
            RecordNumber = record.Number,
            Purpose = given.Purpose,
            Caption = given.Caption,
            Name = given.Name,
            ContentType = given.ContentType,
            Size = given.Size,
            Sha256 = given.Sha256,
            TakenAt = given.TakenAt,
            UploadedById = given.UploadedById,
            UploadedBy = given.UploadedBy,
            UploadedByOrganisation = given.UploadedByOrganisation,
            UploadedAt = given.UploadedAt,
            OwnerService = given.OwnerService,
            OwnerFileId = given.OwnerFileId,
            FromService = fromService,
            FromKind = given.RecordKind,
            FromId = given.RecordId,
            FromNumber = given.RecordNumber,
        };
        file.Record(context, Carry, null, Kept, given.Name);
        file.Announce(record.Service, events);
        return file;
    }

    /// <summary>Another record takes it along: it is told again.</summary>
    /// <param name="context">Who does it.</param>
    /// <param name="service">The service of the record.</param>
    /// <param name="with">Number of the record that takes it along.</param>
    /// <param name="events">What the service says of it.</param>
    internal void Share(CommandContext context, string service, string? with, FileEvents events)
    {
        Record(context, "share", Kept, Kept, with);
        Announce(service, events);
    }

    /// <summary>Something that is signed or recorded rests on it: it can no longer be struck through.</summary>
    internal void Hold(CommandContext context)
    {
        if (!Held)
        {
            Held = true;
            Record(context, "hold", Kept, Kept, null);
        }
    }

    /// <summary>Strikes it through; staff can still read it.</summary>
    /// <param name="context">Who does it: who handed it in, or a head.</param>
    /// <param name="service">The service of the record.</param>
    /// <param name="reason">Why.</param>
    /// <param name="neverRemoved">Purposes that stay.</param>
    /// <param name="events">What the service says of it.</param>
    /// <param name="discretion">What events may tell of it.</param>
    public Refusal? Remove(
        CommandContext context,
        string service,
        string reason,
        IReadOnlyCollection<string> neverRemoved,
        FileEvents events,
        Discretion discretion = Discretion.None
    )
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(events);
        if (CheckRemove(context, neverRemoved) is { } refusal)
        {
            return refusal;
        }

        (StruckAt, StruckBy, StruckWhy) = (context.Now, context.Actor.Name, reason);
        Record(context, "remove", Kept, Struck, reason);
        if (discretion != Discretion.KeptQuiet)
        {
            Raise(events.Removed(ToContract(service), Version));
        }

        return null;
    }

    /// <summary>What this actor could do now, as the API's <c>_actions</c>.</summary>
    public IReadOnlyList<string> AllowedActions(CommandContext context, IReadOnlyCollection<string> neverRemoved) =>
        CheckRemove(context, neverRemoved) is null ? ["remove"] : [];

    /// <summary>The file as other services know it.</summary>
    /// <param name="service">The service of the record.</param>
    public FileOfRecord ToContract(string service) =>
        new(
            Id,
            RecordKind,
            RecordId,
            RecordNumber,
            PartId,
            Purpose,
            Caption,
            Name,
            ContentType,
            Size,
            Sha256,
            TakenAt,
            UploadedById,
            UploadedBy,
            UploadedByOrganisation,
            UploadedAt,
            OwnerService ?? service,
            OwnerFileId ?? Id
        );

    private Refusal? CheckRemove(CommandContext context, IReadOnlyCollection<string> neverRemoved)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(neverRemoved);
        return context.Actor.Id != UploadedById && !context.Actor.HasAny(Note.Strikers)
                ? new Refusal(RefusalKind.Forbidden, "file-not-yours", Rule, ["author"], [.. Note.Strikers])
            : !Stands ? Refusal.ByRule("file-removed", Rule, [])
            : Held || neverRemoved.Contains(Purpose) ? Refusal.ByRule("file-held", Rule, [])
            : null;
    }

    private void Announce(string service, FileEvents events) => Raise(events.Added(ToContract(service), Version));
}
