using CustomerService.Projects.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class ProjectsFound
{
    // PostgreSQL then takes what follows as it is and not as a regular expression.
    private const string Literally = "***=";

    /// <summary>Projects with this part of name, contract number, owner or address.</summary>
    public static IQueryable<Project> FoundBy(this IQueryable<Project> projects, string search)
    {
        // The grams find by index what few have; the text decides. It is looked at by a function and not by LIKE: the planner multiplies its guess of what LIKE finds
        // with that of the grams, takes what thousands have for a handful, and fetches them all where a walk would soon have had a page. And it is looked at first, which
        // is this function's advantage over others that cost the planner more: a walk then unpacks the grams of those only that have the text.
        var (fragment, grams) = ProjectSearch.Find(search);
        var literal = Literally + fragment;
        return projects.Where(p => Matches(p.SearchText, literal) && grams.All(g => p.SearchGrams.Contains(g)));
    }

    /// <summary>Maps the function that is used above.</summary>
    public static ModelBuilder AddProjectSearch(this ModelBuilder model)
    {
        model.HasDbFunction(typeof(ProjectsFound).GetMethod(nameof(Matches))!).HasName("regexp_like").IsBuiltIn();
        return model;
    }

    /// <summary><c>regexp_like</c> of PostgreSQL, 15 or later.</summary>
    public static bool Matches(string text, string pattern) => throw new NotSupportedException("Only in queries.");
}
