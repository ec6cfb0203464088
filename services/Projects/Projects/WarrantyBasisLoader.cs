using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Projects;

/// <summary>
/// Reads what warranties follow from, and no more of a project. Repairs and returns ask often and at the same time, so
/// questions that come together are read together.
/// </summary>
internal sealed class WarrantyBasisLoader
{
    private readonly IServiceScopeFactory _scopes;
    private readonly BatchLoader<Guid, WarrantyBasis?> _asked;

    public WarrantyBasisLoader(IServiceScopeFactory scopes)
    {
        _scopes = scopes;
        _asked = new BatchLoader<Guid, WarrantyBasis?>(ReadAsync);
    }

    /// <summary>Null where there is no such project, the actor may not see it, or it was withdrawn.</summary>
    public async Task<WarrantyBasis?> FindAsync(Guid project, Actor actor, CancellationToken cancellationToken) =>
        await _asked.LoadAsync(project).WaitAsync(cancellationToken) is { } basis
        && actor.SeesWhatBelongsTo(basis.OwnerId)
            ? basis
            : null;

    private async Task<IReadOnlyList<WarrantyBasis?>> ReadAsync(IReadOnlyList<Guid> projects)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<ProjectsDb>();
        var asked = projects.Distinct().ToArray();
        var bases = await store
            .Projects.AsNoTracking()
            .Where(p => asked.Contains(p.Id) && p.State != ProjectState.Withdrawn)
            .Select(p => new
            {
                p.Id,
                Basis = new WarrantyBasis(
                    p.OwnerId,
                    p.PolicyVersion,
                    p.City,
                    p.DesignLifeYears,
                    p.AcceptedOn,
                    p.HandedOverOn,
                    p.Packages,
                    p.Commitments,
                    p.GoodwillGrants
                ),
            })
            .ToDictionaryAsync(p => p.Id, p => p.Basis);
        return [.. projects.Select(bases.GetValueOrDefault)];
    }
}
