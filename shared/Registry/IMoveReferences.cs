using CustomerService.Rules;

namespace CustomerService.Registry;

/// <summary>A reference that a record of a service holds to an organisation or a person.</summary>
/// <param name="What">Kind of the record and of the reference, stable, for example <c>repair-order/owner</c>.</param>
/// <param name="RecordId">The record.</param>
public readonly record struct RecordReference(string What, Guid RecordId);

/// <summary>An organisation or person as records name it.</summary>
/// <param name="Id">Identity in the registry.</param>
/// <param name="Name">Name.</param>
/// <param name="Contact">The person whom the company calls first, of an organisation.</param>
/// <param name="Phone">That person's telephone number.</param>
public sealed record Party(Guid Id, string Name, string? Contact = null, string? Phone = null);

/// <summary>References that move from one party to another, because they were merged or a merge is undone.</summary>
/// <param name="From">Whom the records name until now.</param>
/// <param name="To">Whom they name from now on.</param>
/// <param name="Only">Only these; null for all.</param>
public sealed record ReferenceMove(Guid From, Party To, IReadOnlySet<RecordReference>? Only = null)
{
    /// <summary>Identities of the records to which the move is limited, of one kind of reference; null for all.</summary>
    public IReadOnlyList<Guid>? OnlyOf(string what) =>
        Only is null ? null : [.. Only.Where(r => r.What == what).Select(r => r.RecordId)];

    /// <summary>Of these records, those to which the move is limited for one kind of reference.</summary>
    public IQueryable<T> Limit<T>(IQueryable<T> records, string what)
        where T : Aggregate => OnlyOf(what) is { } only ? records.Where(record => only.Contains(record.Id)) : records;
}

/// <summary>
/// Records of a service that refer to organisations or people (rule S4). Open records take the name of the party to
/// which they move; what was signed or closed keeps its words and is found under both. Register each as scoped; a
/// service may have several.
/// </summary>
public interface IMoveReferences
{
    /// <summary>Moves the references to an organisation. Nothing is saved.</summary>
    /// <returns>What was moved: the same can be moved back.</returns>
    Task<IReadOnlyList<RecordReference>> MoveOrganisationAsync(ReferenceMove move, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<RecordReference>>([]);

    /// <summary>Moves the references to a person.</summary>
    /// <inheritdoc cref="MoveOrganisationAsync" path="/returns"/>
    Task<IReadOnlyList<RecordReference>> MovePersonAsync(ReferenceMove move, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<RecordReference>>([]);
}
