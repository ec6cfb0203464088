using CustomerService.Projects.Organisations.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Organisations;

/// <summary>Collects the records that a reader could take for one that is entered (S4), and shows the most alike.</summary>
/// <param name="keys">What is entered.</param>
internal sealed class SimilarRecords<T>(SimilarityKeys keys)
    where T : Aggregate, ISimilar
{
    /// <summary>As many as a reader compares.</summary>
    public const int Most = 5;

    // Several may share a name, a switchboard or an address.
    private const int Looked = 20;

    private readonly Dictionary<Guid, T> _found = [];

    /// <summary>Whether more would not be shown.</summary>
    public bool IsFull => _found.Count >= Most;

    /// <summary>Takes some of these; an index serves the query.</summary>
    public async Task LookAsync(IQueryable<T> some, CancellationToken cancellation)
    {
        foreach (var one in await some.OrderBy(record => record.Id).Take(Looked).ToListAsync(cancellation))
        {
            _found[one.Id] = one;
        }
    }

    /// <summary>The most alike first. Who was merged is shown as the one that stayed.</summary>
    /// <param name="all">All records.</param>
    /// <param name="which">Which of those found.</param>
    /// <param name="shown">Makes what is shown, with what it has in common with what is entered.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    public async Task<IReadOnlyList<TShown>> MostAlikeAsync<TShown>(
        IQueryable<T> all,
        Func<T, bool> which,
        Func<T, IReadOnlyList<SimilarReason>, TShown> shown,
        CancellationToken cancellation
    )
    {
        List<T> found = [.. _found.Values.Where(which)];
        // Those found are at hand; only where one was merged is there something to read.
        var stayed = await Stayed.OfAsync(
            [.. found.Select(one => one.Id)],
            async ids =>
                ids.All(_found.ContainsKey)
                    ? [.. ids.Select(id => _found[id])]
                    : await all.Where(record => ids.Contains(record.Id)).ToListAsync(cancellation)
        );
        return
        [
            .. found
                .Select(one => (Shown: stayed[one.Id], one.Keys))
                .OrderByDescending(c => keys.Weight(c.Keys))
                .ThenBy(c => c.Shown.Id)
                .DistinctBy(c => c.Shown.Id)
                .Take(Most)
                .Select(c => shown(c.Shown, keys.InCommonWith(c.Keys))),
        ];
    }
}
