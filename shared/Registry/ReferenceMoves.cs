namespace CustomerService.Registry;

/// <summary>Who was merged into whom, as far as the service knows.</summary>
public interface IMergedParties
{
    /// <summary>The party with the one into which it was merged; null where it is not known.</summary>
    Task<(Party Party, Guid? MergedInto)?> FindAsync(Guid id, CancellationToken cancellation);
}

/// <summary>What merges moved, remembered so that exactly that can go back. Nothing is saved here.</summary>
public interface IMovedReferences
{
    /// <summary>What the merges of these parties moved, each with the party that was merged.</summary>
    Task<IReadOnlyList<(Guid Merged, RecordReference Reference)>> OfAsync(
        IReadOnlyList<Guid> merged,
        CancellationToken cancellation
    );

    /// <summary>Remembers one; once more changes nothing.</summary>
    Task AddAsync(Guid merged, RecordReference reference, CancellationToken cancellation);

    /// <summary>Forgets one.</summary>
    Task RemoveAsync(Guid merged, RecordReference reference, CancellationToken cancellation);
}

/// <summary>
/// Moves what refers to a party that was merged, and back (rule S4). Merges of several parties may be heard of in any
/// order: a reference goes to the end of the chain, and is remembered for each merge on its way.
/// </summary>
/// <param name="remembered">What merges moved.</param>
/// <param name="parties">Who was merged into whom; what changes now is in it already.</param>
/// <param name="move">Moves the references of one kind of party.</param>
public sealed class ReferenceMoves(
    IMovedReferences remembered,
    IMergedParties parties,
    Func<ReferenceMove, CancellationToken, Task<IReadOnlyList<RecordReference>>> move
)
{
    /// <summary>The party has another survivor than before, or none any more, or one for the first time.</summary>
    public async Task FollowAsync(Guid merged, Guid? before, Guid? now, CancellationToken cancellation)
    {
        if (before is { } was)
        {
            await GoBackAsync(merged, was, cancellation);
        }

        if (now is not null)
        {
            await GoOnAsync(merged, cancellation);
        }
    }

    /// <summary>From this party to the one that stays at the end; a circle ends before it closes.</summary>
    public static async Task<IReadOnlyList<Party>> ChainAsync(
        IMergedParties parties,
        Guid from,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(parties);
        var chain = new List<Party>();
        for (
            Guid? next = from;
            next is { } id
                && chain.TrueForAll(p => p.Id != id)
                && await parties.FindAsync(id, cancellation) is { } found;
            next = found.MergedInto
        )
        {
            chain.Add(found.Party);
        }

        return chain;
    }

    private async Task GoOnAsync(Guid merged, CancellationToken cancellation)
    {
        var chain = await ChainAsync(parties, merged, cancellation);
        if (chain.Count < 2)
        {
            return;
        }

        foreach (var moved in await move(new(merged, chain[^1]), cancellation))
        {
            foreach (var hop in chain.SkipLast(1))
            {
                await remembered.AddAsync(hop.Id, moved, cancellation);
            }
        }
    }

    // Only what this merge moved, and of it only what is still where the merge took it.
    private async Task GoBackAsync(Guid merged, Guid before, CancellationToken cancellation)
    {
        var rows = await remembered.OfAsync([merged], cancellation);
        var chain = await ChainAsync(parties, before, cancellation);
        IReadOnlyList<RecordReference> moved = [];
        if (rows.Count > 0 && chain.Count > 0 && await parties.FindAsync(merged, cancellation) is { } back)
        {
            moved = await move(
                new(chain[^1].Id, back.Party, rows.Select(row => row.Reference).ToHashSet()),
                cancellation
            );
        }

        foreach (var row in rows)
        {
            await remembered.RemoveAsync(merged, row.Reference, cancellation);
        }

        // The merges after it on the way have nothing more to bring back of these.
        var later = await remembered.OfAsync([.. chain.SkipLast(1).Select(p => p.Id)], cancellation);
        foreach (var row in later.Where(row => moved.Contains(row.Reference)))
        {
            await remembered.RemoveAsync(row.Merged, row.Reference, cancellation);
        }
    }
}
