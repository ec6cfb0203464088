using System.Security.Cryptography;
using CustomerService.Attachments;
using CustomerService.Contracts.Files;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Records;

/// <summary>The files of records, for handlers, forms and consumers of this service.</summary>
public sealed class Files
{
    private readonly IRecordStore _store;
    private readonly RecordsOf _records;
    private readonly FileEvents _events;
    private readonly IFileServices _others;
    private readonly IBlobs _blobs;
    private readonly Thumbnails _thumbnails;

    internal Files(
        IRecordStore store,
        RecordsOf records,
        FileEvents events,
        IFileServices others,
        IBlobs blobs,
        Thumbnails thumbnails
    ) =>
        (_store, _records, _events, _others, _blobs, _thumbnails) = (store, records, events, others, blobs, thumbnails);

    /// <summary>How many files of each purpose a record has that are not struck through, its references too. For
    /// rules such as "photos before and after"; a purpose without files is not there.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountAsync(Guid recordId, CancellationToken cancellation) =>
        (await _store.FilesAsync(recordId, cancellation))
            .Where(file => file.Stands)
            .GroupBy(file => file.Purpose, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);

    /// <summary>The files of a record that are not struck through, in order; for forms.</summary>
    public async Task<IReadOnlyList<RecordFile>> ListAsync(Guid recordId, CancellationToken cancellation) =>
        [.. (await AllAsync(recordId, cancellation)).Where(file => file.Stands)];

    /// <summary>The content of a file; null where the store has lost it.</summary>
    /// <exception cref="UnavailableException">The store of files or the service that owns the file is
    /// away (<c>file-owner-unavailable</c>).</exception>
    public async Task<byte[]?> ContentAsync(RecordFile file, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(file);
        // A content that its owner erased was adopted here.
        return await _blobs.GetAsync(file.Sha256, cancellation) is { } own ? own
            : file.IsReference ? await FetchAsync(file, thumbnail: false, cancellation)
            : null;
    }

    /// <summary>The small picture of a picture, upright, JPEG; null where there is none.</summary>
    /// <inheritdoc cref="ContentAsync"/>
    public async Task<byte[]?> ThumbnailAsync(RecordFile file, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(file);
        return !file.IsPicture ? null
            : await _thumbnails.OfAsync(file.Sha256, cancellation) is { } own ? own
            : file.IsReference ? await FetchAsync(file, thumbnail: true, cancellation)
            : null;
    }

    /// <summary>
    /// Something that is signed or recorded rests on these files: from the commit on they can no longer be struck
    /// through.
    /// </summary>
    /// <param name="context">Who does it.</param>
    /// <param name="recordId">The record.</param>
    /// <param name="files">The files that are named.</param>
    /// <param name="fit">Which of them will do; null for all.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    /// <returns>Those of them that are the record's own, stand and will do.</returns>
    public async Task<IReadOnlySet<Guid>> HoldAsync(
        CommandContext context,
        Guid recordId,
        IReadOnlyCollection<Guid> files,
        Func<RecordFile, bool>? fit,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(files);
        var held = new HashSet<Guid>();
        foreach (var id in files.Distinct())
        {
            if (
                await _store.FindAsync<RecordFile>(id, cancellation) is { Stands: true } file
                && file.RecordId == recordId
                && fit?.Invoke(file) != false
            )
            {
                file.Hold(context);
                held.Add(id);
            }
        }

        return held;
    }

    /// <summary>
    /// A record is opened for another one and takes its files along by reference: those of now and those that come
    /// later. Call it where the record is opened; nothing changes where that was said before.
    /// </summary>
    /// <param name="context">Who acts.</param>
    /// <param name="from">The record that has the files, of any service.</param>
    /// <param name="to">The record of this service that takes them along.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    /// <param name="part">Only files of this part of it, for example of a finding.</param>
    public async Task CarryAsync(
        CommandContext context,
        RecordRef from,
        RecordRef to,
        CancellationToken cancellation,
        Guid? part = null
    )
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (await _store.FindAsync<FileCarry>(FileCarry.IdOf(from, part, to), cancellation) is not null)
        {
            return;
        }

        var carry = FileCarry.Start(context, from, part, to, _events);
        _store.Add(carry);
        if (from.Service != _records.Service)
        {
            return;
        }

        foreach (var file in await StandingAsync(from.Id, part, cancellation))
        {
            await TakeAsync(context, carry, file.ToContract(_records.Service), cancellation);
        }
    }

    /// <summary>The files of a record, in order, those that are struck through too.</summary>
    internal async Task<IReadOnlyList<RecordFile>> AllAsync(Guid recordId, CancellationToken cancellation)
    {
        var order = await _store.ReadAsync<FileOrder>([FileOrder.IdOf(recordId)], cancellation);
        return FileOrder.Sorted(await _store.FilesAsync(recordId, cancellation), order.SingleOrDefault());
    }

    /// <summary>Another service says that a file was added: the records that take it along get a reference.</summary>
    internal async Task HearAddedAsync(
        CommandContext context,
        string service,
        FileOfRecord file,
        CancellationToken cancellation
    )
    {
        foreach (var carry in await _store.CarriesAsync(file.RecordId, cancellation))
        {
            if (carry.Takes(service, file))
            {
                await TakeAsync(context, carry, file, cancellation);
            }
        }
    }

    /// <summary>A record somewhere takes the files of a record of this service along: they are told again.</summary>
    internal async Task HearWantedAsync(
        CommandContext context,
        FilesOfRecordWanted wanted,
        CancellationToken cancellation
    )
    {
        if (wanted.FromService != _records.Service)
        {
            return;
        }

        foreach (var read in await StandingAsync(wanted.FromId, wanted.FromPartId, cancellation))
        {
            if (await _store.FindAsync<RecordFile>(read.Id, cancellation) is not { } file)
            {
                continue;
            }

            file.Share(context, _records.Service, wanted.ToNumber, _events);
        }
    }

    private async Task TakeAsync(
        CommandContext context,
        FileCarry carry,
        FileOfRecord file,
        CancellationToken cancellation
    )
    {
        var id = RecordFile.IdOf(carry.RecordId, file.OwnerService, file.OwnerFileId);
        if (await _store.FindAsync<RecordFile>(id, cancellation) is not null)
        {
            return;
        }

        // A file that comes back to its own record is there already.
        if (
            file.OwnerService == _records.Service
            && (await _store.ReadAsync<RecordFile>([file.OwnerFileId], cancellation)).Any(own =>
                own.RecordId == carry.RecordId
            )
        )
        {
            return;
        }

        var to = new RecordRef(_records.Service, carry.RecordKind, carry.RecordId, carry.RecordNumber);
        _store.Add(RecordFile.Take(context, to, carry.FromService, file, _events));
    }

    private async Task<IReadOnlyList<RecordFile>> StandingAsync(
        Guid recordId,
        Guid? part,
        CancellationToken cancellation
    ) =>
        [
            .. (await _store.FilesAsync(recordId, cancellation)).Where(file =>
                file.Stands && (part is null || file.PartId == part)
            ),
        ];

    // Its owner, and where that erased it any service that had to make a copy.
    private async Task<byte[]?> FetchAsync(RecordFile file, bool thumbnail, CancellationToken cancellation)
    {
        UnavailableException? away = null;
        foreach (var service in FileOwners.Besides(_records.Service, file.OwnerService))
        {
            try
            {
                var question = new ContentQuestion(file.OwnerService == service ? file.OwnerFileId : null, file.Sha256);
                if (await _others.ReadAsync(service, question, thumbnail, cancellation) is not { } content)
                {
                    continue;
                }

                if (thumbnail || IsIntact(file, content))
                {
                    return content;
                }

                away = Unavailable(new InvalidDataException($"File {file.Id} has another hash at {service}."));
            }
            catch (UnavailableException fault)
            {
                away = fault;
            }
        }

        return away is null ? null : throw away;
    }

    private static UnavailableException Unavailable(Exception why) => new(FileOwners.Unavailable, why);

    internal static bool IsIntact(RecordFile file, byte[] content) =>
        content.Length == file.Size && Convert.ToHexStringLower(SHA256.HashData(content)) == file.Sha256;
}
