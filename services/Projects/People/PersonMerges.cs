using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Registry;

namespace CustomerService.Projects.People;

/// <summary>Which record of a person stayed of those that were merged (S4).</summary>
internal sealed class PersonMerges(ProjectsDb db) : IMergedParties
{
    public async Task<(Party Party, Guid? MergedInto)?> FindAsync(Guid id, CancellationToken cancellation) =>
        await db.People.FindAsync([id], cancellation) is { } found
            ? (new Party(found.Id, found.Name), found.MergedInto)
            : null;

    /// <summary>The record into which another is to be merged.</summary>
    public async Task<Survivor?> SurvivorAsync(Guid id, CancellationToken cancellation)
    {
        if (await db.People.FindAsync([id], cancellation) is not { } found)
        {
            return null;
        }

        var chain = await ReferenceMoves.ChainAsync(this, id, cancellation);
        return new(found.Id, found.Name, null, [.. chain.Skip(1).Select(p => p.Id)]);
    }
}
