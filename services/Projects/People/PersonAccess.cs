using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.People.Domain;
using CustomerService.Rules;

namespace CustomerService.Projects.People;

/// <summary>The staff register is the company's own.</summary>
internal static class PersonAccess
{
    public static IQueryable<Person> VisibleTo(this IQueryable<Person> people, Actor actor) =>
        actor.SeesAll() ? people : people.Where(_ => false);
}
