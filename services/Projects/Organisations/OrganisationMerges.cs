using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Registry;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Organisations;

/// <summary>Which organisation stayed of those that were merged (S4).</summary>
internal sealed class OrganisationMerges(ProjectsDb db) : IMergedParties, IOrganisationMoves
{
    public async Task<(Party Party, Guid? MergedInto)?> FindAsync(Guid id, CancellationToken cancellation) =>
        await db.Organisations.FindAsync([id], cancellation) is { } found ? (PartyOf(found), found.MergedInto) : null;

    /// <inheritdoc/>
    public async Task<Guid> SurvivorOfAsync(Guid organisation, CancellationToken cancellation)
    {
        while (
            await db
                .Organisations.AsNoTracking()
                .Where(o => o.Id == organisation)
                .Select(o => o.MergedInto)
                .FirstOrDefaultAsync(cancellation)
                is { } into
        )
        {
            organisation = into;
        }

        return organisation;
    }

    /// <summary>The organisation into which another is to be merged. What is saved now relies on it as it was
    /// read.</summary>
    public async Task<(Survivor? Survivor, Contact? Contact)> SurvivorAsync(Guid id, CancellationToken cancellation)
    {
        if (await db.Organisations.FindAsync([id], cancellation) is not { } found)
        {
            return (null, null);
        }

        var chain = await ReferenceMoves.ChainAsync(this, id, cancellation);
        return (
            new(found.Id, found.Name, found.OrganisationKind, [.. chain.Skip(1).Select(p => p.Id)]),
            found.FirstContact
        );
    }

    private static Party PartyOf(Organisation organisation) =>
        new(organisation.Id, organisation.Name, organisation.FirstContact?.Name, organisation.FirstContact?.Phone);
}
