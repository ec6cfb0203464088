using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations;
using CustomerService.Projects.People.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.People;

/// <summary>People as new records name them: for a record that was merged, the one that stayed (S4).</summary>
internal static class StayedPeople
{
    /// <summary>By the identities that were asked for; those that are not known are left out.</summary>
    public static Task<Dictionary<Guid, Person>> StayedPeopleAsync(
        this ProjectsDb db,
        IReadOnlyCollection<Guid> ids,
        CancellationToken cancellation
    ) => Stayed.OfAsync(ids, some => db.People.Where(p => some.Contains(p.Id)).ToListAsync(cancellation));
}
