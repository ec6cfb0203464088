using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

/// <summary>
/// Finds projects by a part of their name, contract number, owner or address. What many have is found by
/// walking through them in order until there is a page; what few
/// have, by the index of pieces. The planner cannot tell one from the other, because it takes pieces for
/// independent of each other and of the rest; so a sample is looked at first.
/// </summary>
internal static class ProjectsFound
{
    // Some five hundred projects from all over the table, always the same ones, which the database then has at
    // hand: contract numbers and names run in order of entry, so neighbours have more in common than others.
    private const string Sample =
        "select * from projects tablesample system ((select least(100, 50000 / greatest(reltuples, 500)) from pg_class where oid = 'projects'::regclass)) repeatable (1)";

    // One in a hundred: a walk to a page of fifty looks at five thousand projects, the index gives a thousand
    // out of a hundred thousand, and both take as long.
    private const int Many = 5;

    /// <summary>The projects among these that have this text, and whether they are many.</summary>
    /// <param name="projects">Those that are asked for besides.</param>
    /// <param name="store">Has them all, of which some are looked at.</param>
    /// <param name="search">As the user typed it.</param>
    /// <param name="cancellation">Of the request.</param>
    public static async Task<(IQueryable<Project> Found, bool AreMany)> FoundByAsync(
        this IQueryable<Project> projects,
        ProjectsDb store,
        string search,
        CancellationToken cancellation
    )
    {
        var (fragment, pieces) = ProjectSearch.Find(search);
        var areMany =
            await store.Projects.FromSqlRaw(Sample).CountAsync(p => p.SearchText.IndexOf(fragment) >= 0, cancellation)
            >= Many;
        // Where the text is found in by LIKE the planner expects so few that it takes the index; by position it
        // expects a third, and walks.
        return areMany
            ? (projects.Where(p => p.SearchText.IndexOf(fragment) >= 0), true)
            : (
                projects.Where(p => pieces.All(g => p.SearchGrams.Contains(g)) && p.SearchText.Contains(fragment)),
                false
            );
    }
}
