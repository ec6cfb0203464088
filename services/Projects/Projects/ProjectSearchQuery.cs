using CustomerService.Projects.Data;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Projects;

/// <summary>
/// Finds projects by a part of their name, contract number, owner or address. A text that many have is found by a walk
/// in order until there is a page; a rare one by the index of grams. The planner cannot tell them apart, because it
/// takes grams for independent of each other and of the other filters, so a sample is counted first.
/// </summary>
internal static class ProjectSearchQuery
{
    // Some five hundred projects from all over the table, always the same ones, so that they stay cached: contract
    // numbers and names run in order of entry, so neighbours have more in common than others.
    private const string Sample =
        "select * from projects tablesample system ((select least(100, 50000 / greatest(reltuples, 500)) "
        + "from pg_class where oid = 'projects'::regclass)) repeatable (1)";

    // One in a hundred: a walk to a page of fifty reads five thousand projects, the index gives a thousand out of a
    // hundred thousand, and both take as long.
    private const int Many = 5;

    /// <summary>The projects among these that have this text, and whether they are many.</summary>
    /// <param name="projects">The projects to search.</param>
    /// <param name="db">The store, of which a sample is counted.</param>
    /// <param name="search">As the user typed it.</param>
    /// <param name="cancellation">Ends the count.</param>
    public static async Task<(IQueryable<Project> Found, bool AreMany)> SearchAsync(
        this IQueryable<Project> projects,
        ProjectsDb db,
        string search,
        CancellationToken cancellation
    )
    {
        var (fragment, pieces) = SearchText.Find(search);
        if (fragment.Length == 0)
        {
            // Only signs that the search leaves out: every text would contain it.
            return (projects.Where(_ => false), false);
        }

        var areMany =
            await db.Projects.FromSqlRaw(Sample).CountAsync(p => p.SearchText.IndexOf(fragment) >= 0, cancellation)
            >= Many;
        // For LIKE the planner expects few rows and takes the index; for a position it expects a third, and walks.
        return areMany
            ? (projects.Where(p => p.SearchText.IndexOf(fragment) >= 0), true)
            : (
                projects.Where(p => pieces.All(g => p.SearchGrams.Contains(g)) && p.SearchText.Contains(fragment)),
                false
            );
    }
}
