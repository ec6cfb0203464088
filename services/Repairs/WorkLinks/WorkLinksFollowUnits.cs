using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.WorkLinks.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.WorkLinks;

/// <summary>Links that still lead somewhere follow their unit's name (S3), and its orders when it is merged with another
/// organisation (S4).</summary>
internal sealed class WorkLinksFollowUnits(RepairsDb db, CommandContexts contexts, TimeProvider time)
    : IMoveReferences,
        IFollowRegistry
{
    private const string Unit = "work-link/unit";

    public async Task<IReadOnlyList<RecordReference>> MoveOrganisationAsync(
        ReferenceMove move,
        CancellationToken cancellation
    )
    {
        var links = await MoveAsync(move.Limit(LeadingOf(move.From), Unit), move.To.Id, move.To.Name, cancellation);
        return [.. links.Select(link => new RecordReference(Unit, link.Id))];
    }

    public Task<IReadOnlyList<RecordReference>> MovePersonAsync(ReferenceMove move, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<RecordReference>>([]);

    public Task OrganisationChangedAsync(OrganisationCopy organisation, CancellationToken cancellation) =>
        MoveAsync(
            LeadingOf(organisation.Id).Where(link => link.UnitName != organisation.Name),
            organisation.Id,
            organisation.Name,
            cancellation
        );

    private IQueryable<WorkLink> LeadingOf(Guid unit)
    {
        var now = time.GetUtcNow();
        return db.WorkLinks.Where(link => link.UnitId == unit && link.RevokedAt == null && link.ExpiresAt > now);
    }

    private async Task<List<WorkLink>> MoveAsync(
        IQueryable<WorkLink> which,
        Guid unit,
        string name,
        CancellationToken cancellation
    )
    {
        var links = await which.ToListAsync(cancellation);
        foreach (var link in links)
        {
            link.FollowUnit(contexts.ForSystem("repairs"), unit, name);
        }

        return links;
    }
}
