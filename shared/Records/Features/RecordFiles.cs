using CustomerService.Attachments;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Records.Features;

/// <summary>The order of a record's files.</summary>
/// <param name="Files">Files of the record in order; others stand behind them as they came.</param>
public sealed record FileOrderRequest(IReadOnlyList<Guid> Files)
{
    internal sealed class Validator : AbstractValidator<FileOrderRequest>
    {
        public Validator() => RuleFor(r => r.Files).NotNull().AtMost(RecordLimits.Most);
    }
}

/// <summary>Strikes a file through.</summary>
/// <param name="Reason">Why.</param>
public sealed record RemoveFileRequest(string Reason)
{
    internal sealed class Validator : AbstractValidator<RemoveFileRequest>
    {
        public Validator() => RuleFor(r => r.Reason).RequiredText(500);
    }
}

/// <summary>Where a file comes from that was taken along from another record.</summary>
/// <param name="Service">Service of that record.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Id">The record.</param>
/// <param name="Number">Its number, where it has one.</param>
public sealed record FileOrigin(string Service, string Kind, Guid Id, string? Number);

/// <summary>A file of a record.</summary>
public sealed record FileView
{
    /// <summary>The file.</summary>
    public required Guid Id { get; init; }

    /// <summary>Version, for If-Match.</summary>
    public required long Version { get; init; }

    /// <summary>What the caller can do now.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>What it is for.</summary>
    public required string Purpose { get; init; }

    /// <summary>What it shows, in words.</summary>
    public string? Caption { get; init; }

    /// <summary>The part of the record that it shows, for example a finding.</summary>
    public Guid? PartId { get; init; }

    /// <summary>Name of the file.</summary>
    public required string FileName { get; init; }

    /// <summary>Type by its content.</summary>
    public required string ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the content, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When the picture was taken, UTC, where it says so.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>Where it was taken, degrees north; for staff, at the record that owns it.</summary>
    public double? Latitude { get; init; }

    /// <summary>Where it was taken, degrees east; for staff, at the record that owns it.</summary>
    public double? Longitude { get; init; }

    /// <summary>Who handed it in; outsiders are told of people of their own organisation.</summary>
    public string? UploadedBy { get; init; }

    /// <summary>When it was handed in, UTC.</summary>
    public required DateTimeOffset UploadedAt { get; init; }

    /// <summary>Address of the content behind the gateway.</summary>
    public required string Content { get; init; }

    /// <summary>Address of the small picture behind the gateway; null where there is none.</summary>
    public string? Thumbnail { get; init; }

    /// <summary>The record from which it was taken along; for staff.</summary>
    public FileOrigin? From { get; init; }

    /// <summary>Who struck it through, when and why; for staff.</summary>
    public StruckView? Struck { get; init; }
}

/// <summary>The files of a record.</summary>
/// <param name="Items">In order, at most 500.</param>
public sealed record FilesView(IReadOnlyList<FileView> Items);

/// <summary>Files of a record: photos, scans, papers.</summary>
internal sealed class RecordFiles(RecordKind kind)
{
    private const string Rule = "S2";
    private const string Any = "application/octet-stream";

    private static readonly string[] Readers = [.. Roles.Staff, Roles.Customer, Roles.RepairUnit];

    public void Map(IEndpointRouteBuilder routes)
    {
        var limits = routes.ServiceProvider.GetRequiredService<FileLimits>();
        var path = $"/{kind.Collection}/{{id:guid}}/files";
        routes
            .MapGet(path, List)
            .AsQuery()
            .ForRoles(Readers)
            .WithName($"List{kind.Word}Files")
            .WithSummary("The files of the record, in order")
            .WithDescription(
                """
                Rule S2. Those that the record took along from others too. Staff see all of them, those that were struck
                through as such; customers and repair units what the record shows them and what they handed in.
                """
            )
            .Produces<FilesView>();
        routes
            .MapPost(path, Add)
            .AsCommand()
            .ForRoles(Readers)
            .DisableAntiforgery()
            .WithMetadata(limits.ForRequests)
            .WithName($"Add{kind.Word}File")
            .WithSummary("Add a file to the record")
            .WithDescription(
                """
                Rule S2. multipart/form-data with the field `file`: PNG, JPEG, WebP or PDF, checked by content (400
                attachment-type) to its end (400 attachment-incomplete), a signature PNG or JPEG; at most 10 MB (400
                attachment-size) and 25 million pixels (400 attachment-pixels) unless set otherwise. `purpose`: what it
                is for (400 bad-filter names the words of this record), other by default; `caption`: what it shows;
                `partId`: the part of the record that it shows. The name gets the extension of the type. Time and place
                of a photo are read from it. The same file with the same key is kept once. 409 files-too-many.
                """
            )
            .Produces<FileView>(StatusCodes.Status201Created);
        routes
            .MapGet(path + "/{fileId:guid}", Read)
            .AsQuery()
            .ForRoles(Readers)
            .WithName($"Get{kind.Word}File")
            .WithSummary("The content of a file")
            .WithDescription(
                """
                Rule S2. Always sent as a download, with the type that its content has. A file that was taken along is
                fetched from the service that owns it and checked against its hash (503 file-owner-unavailable).
                Customers and repair units get pictures of others without what the camera wrote beside them.
                """
            )
            .ProducesFile(Any);
        routes
            .MapGet(path + "/{fileId:guid}/thumbnail", Small)
            .AsQuery()
            .ForRoles(Readers)
            .WithName($"Get{kind.Word}FileThumbnail")
            .WithSummary("A small picture of a picture")
            .WithDescription("Rule S2. JPEG, 320 pixels at most, upright as the camera was held. 404 for papers.")
            .ProducesFile(Thumbnails.ContentType);
        routes
            .MapPut(path + "/order", Order)
            .AsCommand()
            .ForRoles(Roles.Staff)
            .WithName($"Order{kind.Word}Files")
            .WithSummary("Set the order of the record's files")
            .WithDescription("Rule S2. Files that are not named stand behind as they came. 400 `file-unknown`.")
            .WithExample(new FileOrderRequest([Guid.Parse("01981f2e-7c00-7000-8000-000000000001")]))
            .Produces<FilesView>();
        routes
            .MapPost(path + "/{fileId:guid}/remove", Remove)
            .AsCommand()
            .ForRoles(Readers)
            .WithName($"Remove{kind.Word}File")
            .WithSummary("Strike a file through")
            .WithDescription(
                """
                Rule S2. By who handed it in, or a head; staff can still read it. If-Match names the version of the file.
                403 `file-not-yours`; 409 `file-removed`, `file-held`: something that was signed or recorded rests on it.
                """
            )
            .WithExample(new RemoveFileRequest("拍錯了房間。"))
            .Produces<FileView>();
    }

    private async Task<QueryResult> List(
        Guid id,
        HttpContext http,
        Files files,
        Caller caller,
        CancellationToken cancellation
    ) =>
        await kind.FindAsync(http.RequestServices, caller, id, cancellation) is not null
            ? QueryResult.Of(View(await files.AllAsync(id, cancellation), caller))
            : QueryResult.NotFound;

    private async Task<CommandResult> Add(
        Guid id,
        IFormFile file,
        TextFilter? purpose,
        TextGiven? caption,
        Guid? partId,
        HttpContext http,
        NewFiles files,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (await kind.FindAsync(http.RequestServices, caller, id, cancellation) is not { } record)
        {
            return CommandResult.NotFound();
        }

        var rules = kind.Files;
        if (
            partId is { } part
            && (rules.IsPart is null || !await rules.IsPart(http.RequestServices, id, part, cancellation))
        )
        {
            return CommandResult.NotFound();
        }

        var result = await files.AddAsync(
            caller.Context(),
            record,
            rules,
            file,
            purpose?.Value,
            caption?.Value,
            partId,
            cancellation
        );
        return result.Failed(out var refusal, out var added)
            ? refusal
            : CommandResult.Created($"{kind.Collection}/{id}/files/{added.Id}", added, () => View(added, caller));
    }

    private async Task<QueryResult> Read(
        Guid id,
        Guid fileId,
        HttpContext http,
        IRecordStore store,
        Files files,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (
            await SeenAsync(id, fileId, http, store, caller, cancellation) is not { } file
            || await files.ContentAsync(file, cancellation) is not { } content
        )
        {
            return QueryResult.NotFound;
        }

        // Where a picture was taken stands in the picture, too.
        var bare =
            SeesAll(caller) || FileRules.IsOwn(caller.Actor, file) ? content : PicturePlaces.WithoutNotes(content);
        Guard(http.Response);
        return QueryResult.File(Results.File(bare, file.ContentType, file.Name));
    }

    private async Task<QueryResult> Small(
        Guid id,
        Guid fileId,
        HttpContext http,
        IRecordStore store,
        Files files,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (
            await SeenAsync(id, fileId, http, store, caller, cancellation) is not { } file
            || await files.ThumbnailAsync(file, cancellation) is not { } small
        )
        {
            return QueryResult.NotFound;
        }

        Guard(http.Response);
        return QueryResult.File(Results.File(small, Thumbnails.ContentType));
    }

    private async Task<CommandResult> Order(
        Guid id,
        FileOrderRequest body,
        HttpContext http,
        IRecordStore store,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (await kind.FindAsync(http.RequestServices, caller, id, cancellation) is not { } record)
        {
            return CommandResult.NotFound();
        }

        var known = await store.FilesAsync(id, cancellation);
        IReadOnlyList<Guid> wanted = [.. body.Files.Distinct()];
        if (wanted.Except(known.Select(file => file.Id)).Any())
        {
            return Refusal.Invalid("file-unknown", Rule, "files");
        }

        var order = await store.FindAsync<FileOrder>(FileOrder.IdOf(id), cancellation);
        if (order is null)
        {
            store.Add(order = FileOrder.Of(record));
        }

        order.Put(caller.Context(), wanted);
        return CommandResult.Ok(View(FileOrder.Sorted(known, order), caller));
    }

    private async Task<CommandResult> Remove(
        Guid id,
        Guid fileId,
        RemoveFileRequest body,
        HttpContext http,
        IRecordStore store,
        FileEvents events,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (
            await SeenAsync(id, fileId, http, store, caller, cancellation) is null
            || await kind.FindAsync(http.RequestServices, caller, id, cancellation) is not { } record
        )
        {
            return CommandResult.NotFound();
        }

        return caller.Change(
            await store.FindAsync<RecordFile>(fileId, cancellation),
            (file, context) =>
                file.Remove(context, kind.Service, body.Reason, kind.Files.NeverRemoved, events, record.Discretion),
            View
        );
    }

    private async Task<RecordFile?> SeenAsync(
        Guid id,
        Guid fileId,
        HttpContext http,
        IRecordStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        await kind.FindAsync(http.RequestServices, caller, id, cancellation) is not null
        && (await store.ReadAsync<RecordFile>([fileId], cancellation)).SingleOrDefault() is { } file
        && file.RecordId == id
        && kind.Files.AreSeenBy(caller.Actor, file)
            ? file
            : null;

    private static bool SeesAll(Caller caller) => caller.IsStaff || caller.Actor.Has(Roles.System);

    // A foreign file never runs in our page.
    private static void Guard(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        response.Headers.CacheControl = "private, max-age=86400, immutable";
    }

    private FilesView View(IEnumerable<RecordFile> files, Caller caller) =>
        new([.. files.Where(file => kind.Files.AreSeenBy(caller.Actor, file)).Select(file => View(file, caller))]);

    private FileView View(RecordFile file, Caller caller) =>
        SeesAll(caller)
            ? Common(file, caller) with
            {
                Latitude = file.Latitude,
                Longitude = file.Longitude,
                UploadedBy = file.UploadedBy,
                From = file.FromId is { } from ? new(file.FromService!, file.FromKind!, from, file.FromNumber) : null,
                Struck = file.StruckAt is { } at ? new(file.StruckBy!, at, file.StruckWhy) : null,
            }
            : Common(file, caller) with
            {
                UploadedBy = FileRules.IsOwn(caller.Actor, file) ? file.UploadedBy : null,
            };

    // Listed: what a file is given one day is not shown to outsiders unasked.
    private FileView Common(RecordFile file, Caller caller)
    {
        var address = $"/api/{kind.Service}/v1/{kind.Collection}/{file.RecordId}/files/{file.Id}";
        return new()
        {
            Id = file.Id,
            Version = file.Version,
            Actions = file.AllowedActions(caller.Context(), kind.Files.NeverRemoved),
            Purpose = file.Purpose,
            Caption = file.Caption,
            PartId = file.PartId,
            FileName = file.Name,
            ContentType = file.ContentType,
            Size = file.Size,
            Sha256 = file.Sha256,
            TakenAt = file.TakenAt,
            UploadedAt = file.UploadedAt,
            Content = address,
            Thumbnail = file.IsPicture ? address + "/thumbnail" : null,
        };
    }
}
