using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Projects;

/// <summary>The organisations of merges, in the service's own store (S4).</summary>
internal sealed class KnownOrganisations(IDocumentStore store, CommandContexts contexts)
    : IMergedParties,
        IMovedReferences,
        IOrganisationMoves
{
    // So many in a row nobody makes; and events that cross must not lead in a circle for ever.
    private const int MostMerges = 20;

    // What is new is not found before the commit.
    private readonly Dictionary<Guid, KnownOrganisation> _heard = [];

    /// <summary>The organisation, to be changed; a new one where it was not heard of.</summary>
    public async Task<KnownOrganisation> HeardAsync(Guid id, string name, CancellationToken cancellation)
    {
        if (await ToChangeAsync(id, cancellation) is { } known)
        {
            return known;
        }

        var organisation = KnownOrganisation.Heard(contexts.ForSystem("surveys"), id, name);
        store.Add(organisation);
        return _heard[id] = organisation;
    }

    public async Task<(Party Party, Guid? MergedInto)?> FindAsync(Guid id, CancellationToken cancellation) =>
        await ToChangeAsync(id, cancellation) is { } known ? (known.Party, known.MergedInto) : null;

    /// <summary>The organisation that stayed, by the name that it had when it was last merged or merged into; null where
    /// this one was not merged.</summary>
    public async Task<Party?> StayedAsync(Guid organisation, CancellationToken cancellation)
    {
        Party? stayed = null;
        Guid? next = organisation;
        for (var hops = 0; next is { } id && hops < MostMerges; hops++)
        {
            var found = await store.ListAsync(
                DocumentQuery<KnownOrganisation>.All.Where(o => o.Id, id),
                null,
                1,
                cancellation
            );
            stayed = found is [var one] && id != organisation ? one.Party : stayed;
            next = found is [var known] ? known.MergedInto : null;
        }

        return stayed;
    }

    /// <summary>Whom a request means (S3, S4): the organisation that stayed, by the name of the registry. Only who is not
    /// in the registry is called as the request says; such people are asked, too (C5.8.2).</summary>
    public async Task<Party> MeantAsync(Guid organisation, string said, CancellationToken cancellation)
    {
        var stayed = await StayedAsync(organisation, cancellation) ?? new Party(organisation, said.Trim());
        return await store.CustomerAsync(stayed.Id, cancellation) is { } known
            ? stayed with
            {
                Name = known.Name,
            }
            : stayed;
    }

    /// <inheritdoc/>
    public async Task<Guid> SurvivorOfAsync(Guid organisation, CancellationToken cancellation) =>
        (await StayedAsync(organisation, cancellation))?.Id ?? organisation;

    /// <summary>Of each the one that stayed; one read where none was merged.</summary>
    public async Task<IReadOnlyDictionary<Guid, Guid>> SurvivorsOfAsync(
        IReadOnlyList<Guid> organisations,
        CancellationToken cancellation
    )
    {
        var merged = (
            await store.ListAsync(
                DocumentQuery<KnownOrganisation>.All.In(o => o.Id, organisations),
                null,
                organisations.Count,
                cancellation
            )
        )
            .Where(known => known.MergedInto is not null)
            .Select(known => known.Id)
            .ToHashSet();
        var survivors = organisations.ToDictionary(id => id);
        foreach (var id in merged)
        {
            survivors[id] = await SurvivorOfAsync(id, cancellation);
        }

        return survivors;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<(Guid Merged, RecordReference Reference)>> OfAsync(
        IReadOnlyList<Guid> merged,
        CancellationToken cancellation
    )
    {
        var all = new List<(Guid, RecordReference)>();
        foreach (var id in merged)
        {
            var moved = (await ToChangeAsync(id, cancellation))?.Moved ?? [];
            all.AddRange(moved.Select(one => (id, new RecordReference(one.What, one.Id))));
        }

        return all;
    }

    /// <inheritdoc/>
    public async Task AddAsync(Guid merged, RecordReference reference, CancellationToken cancellation) =>
        (await ToChangeAsync(merged, cancellation))?.Remember(contexts.ForSystem("surveys"), reference);

    /// <inheritdoc/>
    public async Task RemoveAsync(Guid merged, RecordReference reference, CancellationToken cancellation) =>
        (await ToChangeAsync(merged, cancellation))?.Forget(contexts.ForSystem("surveys"), reference);

    private async Task<KnownOrganisation?> ToChangeAsync(Guid id, CancellationToken cancellation)
    {
        if (_heard.TryGetValue(id, out var heard))
        {
            return heard;
        }

        var found = await store.FindAsync(DocumentQuery<KnownOrganisation>.All.Where(o => o.Id, id), cancellation);
        if (found is not null)
        {
            _heard[id] = found;
        }

        return found;
    }
}
