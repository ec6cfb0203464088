using CustomerService.Attachments;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.Extensions.Logging;

namespace CustomerService.Records.Keeping;

/// <summary>When contents of erased files go.</summary>
public sealed class KeepingOptions
{
    /// <summary>How often closed records are looked for.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long the contents of an erased record's files stay at least, in case the database is restored after
    /// a mistake.</summary>
    public TimeSpan FilesGrace { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Whether the store cannot be reached at all; set by a store of another make.</summary>
    public Func<Exception, bool> IsAway { get; set; } = Unavailability.Is;
}

/// <summary>Keeps, holds and erases the records of this service, rule C8; the same for every store.</summary>
public sealed partial class RecordKeeping
{
    private readonly IKeepingStore _store;
    private readonly KeptKinds _kinds;
    private readonly RecordsOf _records;
    private readonly CommandContexts _contexts;
    private readonly Thumbnails _contents;
    private readonly IFileServices _others;
    private readonly ContentAdoption _adoption;
    private readonly KeepingOptions _options;
    private readonly ILogger _log;

    internal RecordKeeping(
        IKeepingStore store,
        KeptKinds kinds,
        RecordsOf records,
        CommandContexts contexts,
        Thumbnails contents,
        IFileServices others,
        ContentAdoption adoption,
        KeepingOptions options,
        ILogger<RecordKeeping> log
    ) =>
        (_store, _kinds, _records, _contexts, _contents, _others, _adoption, _options, _log) = (
            store,
            kinds,
            records,
            contexts,
            contents,
            others,
            adoption,
            options,
            log
        );

    /// <summary>The entry of a record as it stands now, made where there was none; null where there is no such
    /// record.</summary>
    public async Task<RetentionEntry?> EntryAsync(
        CommandContext context,
        KeptKind kind,
        Guid id,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(kind);
        var known = await _store.FindAsync(id, cancellation);
        if (known is { State: RetentionState.Erased })
        {
            return known;
        }

        return await _store.RecordAsync(kind, id, cancellation) is { } record
            ? await LookAsync(context, kind, record, known, announce: false, cancellation)
            : null;
    }

    /// <summary>Erases a record: it is gone with the commit, or refused and nothing changes.</summary>
    /// <param name="context">Who erases.</param>
    /// <param name="kind">Kind of the record.</param>
    /// <param name="id">The record.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    public async Task<Result<RetentionEntry>?> EraseAsync(
        CommandContext context,
        KeptKind kind,
        Guid id,
        string reason,
        CancellationToken cancellation
    )
    {
        if (await EntryAsync(context, kind, id, cancellation) is not { } entry)
        {
            return null;
        }

        if (entry.CheckErase(context) is { } refusal)
        {
            return refusal;
        }

        var record = (await _store.RecordAsync(kind, id, cancellation))!;
        if (await _store.DependentsAsync(record, cancellation) is { Count: > 0 } dependents)
        {
            return Refusal
                .ByRule("records-depend", "C8", ["erasure-of-dependents"], [.. RetentionEntry.Erasers])
                .With("kinds", string.Join(", ", dependents));
        }

        var content = await _store.RemoveAsync(kind, record, cancellation);
        return entry.Erase(context, reason, content, _options.FilesGrace) is { } late ? late : entry;
    }

    /// <summary>A record was closed or reopened: its entry follows.</summary>
    /// <returns>Whether there is anything to save.</returns>
    internal async Task<bool> FollowAsync(Guid id, CancellationToken cancellation)
    {
        var trail = await _store.AuditAsync(id, cancellation);
        if (
            trail.Count == 0
            || _kinds.Find(trail[0].AggregateType) is not { } kind
            || await _store.RecordAsync(kind, id, cancellation) is not { } record
        )
        {
            return false;
        }

        var known = await _store.FindAsync(id, cancellation);
        if (known is { State: RetentionState.Erased } || (known is null && !kind.IsClosed(record)))
        {
            return false;
        }

        var before = known?.Version;
        return (
                await LookAsync(
                    _contexts.ForSystem(_records.Service),
                    kind,
                    record,
                    known,
                    announce: true,
                    cancellation
                )
            ).Version != before;
    }

    /// <summary>Deletes the contents that only an erased record had, when every other service has said that it has a
    /// copy or needs none.</summary>
    /// <param name="id">The record.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>False where it is not their day, or a service does not answer: then they stay, all of them.</returns>
    internal Task<bool> DropContentsAsync(Guid id, CancellationToken cancellation) =>
        DropContentsAsync(_contexts.ForSystem(_records.Service), id, cancellation);

    /// <inheritdoc cref="DropContentsAsync(Guid, CancellationToken)"/>
    internal async Task<bool> DropContentsAsync(CommandContext context, Guid id, CancellationToken cancellation)
    {
        if (await _store.FindAsync(id, cancellation) is not { BlobsDueAt: { } due } entry || due > context.Now)
        {
            return false;
        }

        List<ContentToKeep> offers =
        [
            .. entry
                .Contents.OrderBy(content => content.Sha256, StringComparer.Ordinal)
                .Select(content => new ContentToKeep(content.Sha256, _records.Service, id, content.Parts)),
        ];
        foreach (var offer in offers)
        {
            if (!await IsFreeAsync(offer, cancellation))
            {
                return false;
            }
        }

        // The others have answered: from here to the commit nobody adds a file with one of them.
        var free = new List<string>();
        foreach (var content in offers)
        {
            await _store.HoldContentAsync(content.Sha256, cancellation);
            // What another record here has, or had, stays here as long as that.
            if (
                !await _store.IsUsedAsync(content.Sha256, cancellation)
                && !await _store.IsPendingAsync(content.Sha256, id, cancellation)
                && !await _adoption.IsCarriedAsync(content, cancellation)
            )
            {
                free.Add(content.Sha256);
            }
        }

        foreach (var key in free)
        {
            await _contents.DeleteAsync(key, cancellation);
        }

        entry.BlobsGone(context);
        return true;
    }

    private async Task<bool> IsFreeAsync(ContentToKeep content, CancellationToken cancellation)
    {
        foreach (var service in (string[])[_records.Service, .. FileOwners.Besides(_records.Service)])
        {
            try
            {
                await (
                    service == _records.Service
                        ? _adoption.AdoptAsync(content, cancellation)
                        : _others.OfferAsync(service, content, cancellation)
                );
            }
            catch (UnavailableException away)
            {
                Waiting(_log, content.RecordId, service, away);
                return false;
            }
        }

        return true;
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Contents of the erased record {Record} stay until {Service} has said whether it needs them"
    )]
    private static partial void Waiting(ILogger logger, Guid record, string service, Exception away);

    private async Task<RetentionEntry> LookAsync(
        CommandContext context,
        KeptKind kind,
        Aggregate record,
        RetentionEntry? known,
        bool announce,
        CancellationToken cancellation
    )
    {
        if (known is null)
        {
            known = RetentionEntry.Of(context, _records.Service, kind.Name, record.Id);
            _store.Add(known);
        }

        DateTimeOffset? closedAt = kind.IsClosed(record)
            ? (await _store.AuditAsync(record.Id, cancellation))
                .Last(e => e.From != e.To && e.To == record.StateName)
                .At
            : null;
        var warranty = await WarrantyOfAsync(kind, record, cancellation);
        known.Look(context, FactsOf(kind, record, closedAt, warranty), closedAt, announce);
        return known;
    }

    private async Task<DateOnly?> WarrantyOfAsync(KeptKind kind, Aggregate record, CancellationToken cancellation)
    {
        if (kind.WarrantyHolderOf(record) is not { } held)
        {
            return kind.WarrantyOf(record);
        }

        var holder = _kinds.All.Single(other => other.Type == held.Kind);
        return await _store.RecordAsync(holder, held.Id, cancellation) is { } known ? holder.WarrantyOf(known) : null;
    }

    private KeepingFacts FactsOf(KeptKind kind, Aggregate record, DateTimeOffset? closedAt, DateOnly? warranty)
    {
        var system = Actor.System(_records.Service);
        var inForce = _contexts.For(system);
        return new(
            kind.NumberOf(record),
            closedAt is { } at ? inForce.DateOf(at) : null,
            warranty,
            kind.DepartmentOf(record),
            record is IUnderPolicy under ? [_contexts.For(system, under).Policy, inForce.Policy] : [inForce.Policy]
        );
    }
}
