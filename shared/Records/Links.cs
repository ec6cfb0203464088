using CustomerService.Contracts;
using CustomerService.Records.Keeping;
using CustomerService.Rules;

namespace CustomerService.Records;

/// <summary>Sets and removes links at the ends that this service keeps.</summary>
public sealed class Links
{
    private readonly IRecordStore _store;
    private readonly IKeepingStore _keeping;
    private readonly RecordsOf _records;

    internal Links(IRecordStore store, IKeepingStore keeping, RecordsOf records) =>
        (_store, _keeping, _records) = (store, keeping, records);

    /// <summary>
    /// Links two records, one of which is of this service, and tells the other service; for what the system knows by
    /// itself, for example which finding an order was opened for. Nothing changes where they are linked.
    /// </summary>
    /// <param name="context">Who acts.</param>
    /// <param name="pair">The two records.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    public Task LinkAsync(CommandContext context, LinkedPair pair, CancellationToken cancellation) =>
        ChangeAsync(context, pair, active: true, cancellation);

    /// <summary>Removes a link, at whichever end.</summary>
    /// <inheritdoc cref="LinkAsync"/>
    public Task UnlinkAsync(CommandContext context, LinkedPair pair, CancellationToken cancellation) =>
        ChangeAsync(context, pair, active: false, cancellation);

    /// <summary>Takes over what a service said of a link.</summary>
    internal async Task HearAsync(
        CommandContext context,
        IRecordLinkEvent said,
        bool active,
        CancellationToken cancellation
    )
    {
        // A kind that a later version knows concerns a later version of this service.
        if (LinkedPair.Of(said) is not { } pair)
        {
            return;
        }

        foreach (var (own, relation, other) in pair.Ends.Where(end => end.Own.Service == _records.Service))
        {
            // Erased before it was heard (C8): nothing comes back, and the other end is told as the erasing would have.
            if (await _keeping.FindAsync(own.Id, cancellation) is { State: RetentionState.Erased } gone)
            {
                if (active)
                {
                    gone.Unlink(context, pair, said.Version + 1);
                }

                continue;
            }

            var link = await EndAsync(pair, own, relation, other, add: true, cancellation);
            link!.Change(context, active, said.Version, other.Number);
        }
    }

    /// <summary>The ends in this service as they are afterwards, where there are any.</summary>
    internal async Task<IReadOnlyList<RecordLink>> ChangeAsync(
        CommandContext context,
        LinkedPair pair,
        bool active,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(pair);
        var told = false;
        var ends = new List<RecordLink>();
        foreach (var (own, relation, other) in pair.Ends.Where(end => end.Own.Service == _records.Service))
        {
            if (await EndAsync(pair, own, relation, other, active, cancellation) is not { } link)
            {
                continue;
            }

            ends.Add(link);
            if (link.Active != active && link.Change(context, active, link.Revision + 1, other.Number) && !told)
            {
                // Told once, also where both ends are of this service.
                link.Announce(_records.Service, pair);
                told = true;
            }
        }

        return ends;
    }

    private async Task<RecordLink?> EndAsync(
        LinkedPair pair,
        RecordRef own,
        LinkRelation relation,
        RecordRef other,
        bool add,
        CancellationToken cancellation
    )
    {
        var link = await _store.FindAsync<RecordLink>(RecordLink.IdOf(pair, own), cancellation);
        if (link is null && add)
        {
            _store.Add(link = RecordLink.Of(pair, own, relation, other));
        }

        return link;
    }
}
