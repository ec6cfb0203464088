using CustomerService.Registry;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs;

/// <summary>Records of one unit that move when it is merged with another organisation (S4) and follow its name (S3) while
/// they are open; what ended keeps its words.</summary>
/// <param name="what">What a merge remembers them by.</param>
internal abstract class FollowsUnit<T>(string what) : IMoveReferences, IFollowRegistry
    where T : Aggregate
{
    /// <summary>The open ones of a unit.</summary>
    protected abstract IQueryable<T> OpenOf(Guid unit);

    /// <summary>What it calls its unit.</summary>
    protected abstract string NameIn(T record);

    /// <summary>Moves it; the system may always follow.</summary>
    protected abstract void Move(T record, Guid unit, string name);

    public async Task<IReadOnlyList<RecordReference>> MoveOrganisationAsync(
        ReferenceMove move,
        CancellationToken cancellation
    )
    {
        var records = await move.Limit(OpenOf(move.From), what).ToListAsync(cancellation);
        records.ForEach(record => Move(record, move.To.Id, move.To.Name));
        return [.. records.Select(record => new RecordReference(what, record.Id))];
    }

    public Task<IReadOnlyList<RecordReference>> MovePersonAsync(ReferenceMove move, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<RecordReference>>([]);

    public async Task OrganisationChangedAsync(OrganisationCopy organisation, CancellationToken cancellation)
    {
        foreach (var record in await OpenOf(organisation.Id).ToListAsync(cancellation))
        {
            if (NameIn(record) != organisation.Name)
            {
                Move(record, organisation.Id, organisation.Name);
            }
        }
    }
}
