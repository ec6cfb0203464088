using CustomerService.Projects.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class ProjectsFound
{
    /// <summary>Projects with this part of name, contract number, owner or address.</summary>
    public static IQueryable<Project> FoundBy(this IQueryable<Project> projects, string search)
    {
        // The pattern decides and stands first, so that a walk in order of identity for what many have reads one short text a row; the grams find by index what few have.
        var (fragment, grams) = ProjectSearch.Find(search);
        var pattern = Filters.Like(fragment);
        return projects.Where(p => EF.Functions.Like(p.SearchText, pattern, "\\") && grams.All(g => p.SearchGrams.Contains(g)));
    }
}
