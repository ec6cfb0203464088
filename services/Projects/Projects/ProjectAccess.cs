using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;

namespace CustomerService.Projects.Projects;

/// <summary>Staff and other systems see all projects, a customer its own.</summary>
internal static class ProjectAccess
{
    public static IQueryable<Project> VisibleTo(this IQueryable<Project> projects, Actor actor)
    {
        if (actor.SeesAll())
        {
            return projects;
        }

        var own = actor.OwnOrganisation();
        return projects.Where(p => p.OwnerId == own);
    }
}
