using CustomerService.Contracts;
using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;

namespace CustomerService.Projects.Messaging;

/// <summary>Takes an event of another service into what is known of its record.</summary>
internal static class FollowUps
{
    public static async Task<FollowUp> TakeAsync(
        ProjectsDb store,
        string kind,
        IIntegrationEvent e,
        string state,
        DateOnly on,
        bool done,
        CancellationToken cancellationToken
    )
    {
        var known = await store.FollowUps.FindAsync([kind, e.SubjectId], cancellationToken);
        if (known is null)
        {
            known = new FollowUp { Kind = kind, Id = e.SubjectId };
            store.Add(known);
        }

        known.Take(e.Version, state, on, done);
        return known;
    }
}
