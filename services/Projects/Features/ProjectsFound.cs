using CustomerService.Projects.Domain;

namespace CustomerService.Projects.Features;

internal static class ProjectsFound
{
    /// <summary>Projects with this part of name, contract number, owner or address.</summary>
    public static IQueryable<Project> FoundBy(this IQueryable<Project> projects, string search)
    {
        // The grams find by index what few have; the text decides. By its position and not by LIKE: the planner multiplies its guess of what LIKE finds with that of
        // the grams, takes what thousands have for a handful, and fetches them all where a walk would soon have had a page.
        var (fragment, grams) = ProjectSearch.Find(search);
#pragma warning disable CA1307, CA1310 // It becomes SQL, which knows no StringComparison.
        return projects.Where(p => p.SearchText.IndexOf(fragment) >= 0 && grams.All(g => p.SearchGrams.Contains(g)));
#pragma warning restore CA1307, CA1310
    }
}
