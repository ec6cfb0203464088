using CustomerService.Messaging;
using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

/// <summary>
/// Reads what warranties are worked out from, and no more of a project. Repairs and returns ask often and at
/// the same time, so questions
/// that come together are read together.
/// </summary>
internal sealed class WarrantyBases
{
    private readonly IServiceScopeFactory _scopes;
    private readonly Gathering<Guid, WarrantyBasis?> _asked;

    public WarrantyBases(IServiceScopeFactory scopes)
    {
        _scopes = scopes;
        _asked = new Gathering<Guid, WarrantyBasis?>(ReadAsync);
    }

    /// <summary>Null where there is no such project, none that the actor may see, or one that was withdrawn: it
    /// was entered by mistake.</summary>
    public async Task<WarrantyBasis?> FindAsync(Guid project, Actor actor, CancellationToken cancellationToken) =>
        await _asked.AskAsync(project).WaitAsync(cancellationToken) is { } basis
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
