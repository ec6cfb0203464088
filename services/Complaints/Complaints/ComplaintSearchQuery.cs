using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
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

    /// <summary>The complaints among these that have this text.</summary>
    public static async Task<IQueryable<Complaint>> SearchAsync(
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
            return complaints.Where(_ => false);
        }

        var areMany =
            await db.Complaints.FromSqlRaw(Sample).CountAsync(c => c.SearchText.IndexOf(fragment) >= 0, cancellation)
            >= Many;
        // For LIKE the planner expects few rows and takes the index; for a position it expects a third, and walks.
        return areMany
            ? complaints.Where(c => c.SearchText.IndexOf(fragment) >= 0)
            : complaints.Where(c => pieces.All(g => c.SearchGrams.Contains(g)) && c.SearchText.Contains(fragment));
    }
}
