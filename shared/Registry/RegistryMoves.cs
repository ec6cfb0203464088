namespace CustomerService.Registry;

/// <summary>Moves what the service's records refer to, by the copies of the registry.</summary>
internal sealed class RegistryMoves(RegistryStore store, IEnumerable<IMoveReferences> movers)
{
    public ReferenceMoves OfOrganisations { get; } =
        new(
            new MovedReferenceTable(store.Db),
            new Organisations(store),
            (move, cancellation) => AllAsync(movers, mover => mover.MoveOrganisationAsync(move, cancellation))
        );

    public ReferenceMoves OfPeople { get; } =
        new(
            new MovedReferenceTable(store.Db),
            new People(store),
            (move, cancellation) => AllAsync(movers, mover => mover.MovePersonAsync(move, cancellation))
        );

    private static async Task<IReadOnlyList<RecordReference>> AllAsync(
        IEnumerable<IMoveReferences> movers,
        Func<IMoveReferences, Task<IReadOnlyList<RecordReference>>> move
    )
    {
        var moved = new List<RecordReference>();
        foreach (var mover in movers)
        {
            moved.AddRange(await move(mover));
        }

        return moved;
    }

    private sealed class Organisations(RegistryStore store) : IMergedParties
    {
        public async Task<(Party Party, Guid? MergedInto)?> FindAsync(Guid id, CancellationToken cancellation) =>
            await store.Db.FindAsync<OrganisationCopy>([id], cancellation) is { } copy
                ? (copy.Party, copy.MergedInto)
                : null;
    }

    private sealed class People(RegistryStore store) : IMergedParties
    {
        public async Task<(Party Party, Guid? MergedInto)?> FindAsync(Guid id, CancellationToken cancellation) =>
            await store.Db.FindAsync<PersonCopy>([id], cancellation) is { } copy ? (copy.Party, copy.MergedInto) : null;
    }
}
