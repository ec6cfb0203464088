using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Complaints;

/// <summary>
/// Finds complaints by a part of their numbers, names, subject or description. A text that many have is found by a walk
/// in order until there is a page; a rare one by the index of grams. The planner cannot tell them apart, because it takes
/// grams for independent of each other, so a sample is counted first.
/// </summary>
internal static class ComplaintSearchQuery
{
    private const string Sample =
        "select * from complaints tablesample system ((select least(100, 50000 / greatest(reltuples, 500)) "
        + "from pg_class where oid = 'complaints'::regclass)) repeatable (1)";

    // One in a hundred of some five hundred.
    private const int Many = 5;

    /// <summary>The complaints among these that have this text, and whether they are found by a walk.</summary>
    public static async Task<(IQueryable<Complaint> Found, bool IsWalk)> SearchAsync(
        this IQueryable<Complaint> complaints,
        ComplaintsDb db,
        string search,
        CancellationToken cancellation
    )
    {
        var (fragment, pieces) = SearchText.Find(search);
        if (fragment.Length == 0)
        {
            // Only signs that the search leaves out: every text would contain it.
            return (complaints.Where(_ => false), true);
        }

        var areMany =
            await db.Complaints.FromSqlRaw(Sample).CountAsync(c => c.SearchText.IndexOf(fragment) >= 0, cancellation)
            >= Many;
        // For LIKE the planner expects few rows and takes the index; for a position it expects a third, and walks.
        return (
            areMany
                ? complaints.Where(c => c.SearchText.IndexOf(fragment) >= 0)
                : complaints.Where(c => pieces.All(g => c.SearchGrams.Contains(g)) && c.SearchText.Contains(fragment)),
            areMany
        );
    }

    /// <summary>The newest of these in which there is a page. A walk has no need of it; the index of grams would fetch all
    /// that have the text, each from a place of its own, to sort them.</summary>
    public static async Task<IQueryable<Complaint>> NewestAsync(
        this IQueryable<Complaint> found,
        ComplaintsDb db,
        PageQuery query,
        CancellationToken cancellation
    )
    {
        if (!query.TryAfter(out var after))
        {
            return found;
        }

        var wanted = query.Size + 1;
        var rest = after is { } last ? found.Where(c => c.Id < last) : found;
        var newest =
            after
            ?? await db.Complaints.OrderByDescending(c => c.Id).Select(c => c.Id).FirstOrDefaultAsync(cancellation);
        foreach (var spans in Windows)
        {
            var tokens = SearchSpan.Back(newest, spans);
            var window = rest.Where(c => c.SearchGrams.Any(token => tokens.Contains(token)));
            if (await window.Take(wanted).CountAsync(cancellation) == wanted)
            {
                return window;
            }

            // Where all together are no page there is nothing to keep out. Asked only now: it reads the grams of all.
            if (spans == Windows[0] && await rest.Take(wanted).CountAsync(cancellation) < wanted)
            {
                return found;
            }
        }

        return found;
    }

    // Each four times as long as the one before: no more than that is fetched in vain.
    private static readonly int[] Windows = [1, 4, 16, 64];
}
